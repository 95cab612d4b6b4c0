"""Making a message fit: whole claims go, from the end, each together with its other side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.dialogue import Line


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stay or go together: a claim with its other sides, a heading, a note."""

    lines: tuple[Line, ...]
    part: int = 0
    claims: tuple[str, ...] = ()
    spare: bool = False  # what buttons offer as well, and so goes first

    @property
    def counts(self) -> bool:
        """Whether it would be missed: a claim or a report is, a word of the bot's own is not."""
        return bool(self.claims) or any(line.kind == "source" for line in self.lines)


def fitted(blocks: Sequence[Block], room: int, whole: Callable[[Sequence[Block]], Sequence[Line]]) -> tuple[Block, ...]:
    """The blocks whose lines, as `whole` puts them together, stay below `room` characters of plain text.

    One claim at least stays in every part, and the first part stays however small the room is.
    """
    kept = list(blocks)
    while length(whole(kept)) > room and (victims := _least(kept)):
        kept = [block for block in kept if not any(block is victim for victim in victims)]
    return tuple(kept)


def length(lines: Sequence[Line]) -> int:
    """How many characters a reader sees, line breaks included; a heading has a blank line before it."""
    return sum((2 if line.kind == "heading" else 1) + sum(len(span.text) for span in line.spans) for line in lines)


def _least(blocks: Sequence[Block]) -> list[Block]:
    """What can best be spared: a note, else a part's last claim but its first, else the last part."""
    spare = [block for block in blocks if block.spare]
    if spare:
        return spare[-1:]
    firsts = {block.part: block for block in reversed(blocks) if block.claims}
    further = [block for block in blocks if block.claims and block is not firsts[block.part]]
    if further:
        return further[-1:]
    last = max(block.part for block in blocks)
    return [block for block in blocks if block.part == last] if last != blocks[0].part else []
