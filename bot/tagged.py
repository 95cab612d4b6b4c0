"""A text as it has been read: its words, and what each stretch of them stands for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue import Tag

STOP = frozenset("?!.,;:()\n/&+%$-")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read: what was typed, its stem, and how sure the reading is (per cent)."""

    typed: str
    read: str
    stem: str
    score: float = 100.0
    known: bool = True
    light: bool = False  # carries no meaning of its own here

    @property
    def stop(self) -> bool:
        """Whether this is punctuation."""
        return self.typed in STOP


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text read: its words and the tags over them, in order."""

    words: tuple[Word, ...]
    content: tuple[Tag, ...]
    cues: tuple[Tag, ...]
    numbers: tuple[Tag, ...]
    unknown: tuple[Tag, ...]
    days: tuple[Tag, ...] = ()
    asks_first: bool = True  # whether question words open a clause in this language

    def meant(self, position: int) -> frozenset[str]:
        """The cues that a word stands in."""
        return frozenset(id_ for cue in self.cues if cue.start <= position < cue.end for id_ in cue.ids)

    def within(self, start: int, end: int) -> Tagged:
        """The part of the text between two words, with the tags that lie inside it."""

        def inside(tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
            return tuple(t for t in tags if start <= t.start and t.end <= end)

        return replace(
            self,
            content=inside(self.content),
            cues=inside(self.cues),
            numbers=inside(self.numbers),
            unknown=inside(self.unknown),
            days=inside(self.days),
        )
