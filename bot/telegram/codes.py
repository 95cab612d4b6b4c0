"""What a button or a link carries: a kind, a number and an id, short, versioned, and the same after a restart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from bot.dialogue import Action, ActionKind

EDITION = "1"  # changes when the meaning of a code does; a button of another edition is outdated
WIDEST = 64  # bytes of callback data, and characters of a link's payload
KINDS: dict[ActionKind, str] = {"ask": "a", "claim": "c", "who": "w", "other": "o", "words": "x", "more": "m"}
assert set(KINDS) == set(get_args(ActionKind))
DELETE, VIEW, PLACE, SETTING = "d", "v", "l", "s"  # the door's own
LETTERS = frozenset(KINDS.values()) | {DELETE, VIEW, PLACE, SETTING}
_BY_LETTER = {letter: kind for kind, letter in KINDS.items()}
_CODE = re.compile(r"([a-z])(\d*)_([A-Za-z0-9-]+)")
_DIGEST = 20  # hex digits


@dataclass(frozen=True, slots=True)
class Code:
    """One letter for what is wanted, a number, and the id of what it is wanted of."""

    letter: str
    id: str
    number: int = 0


def written(code: Code) -> str:
    """A code as a link carries it ("c_toll-civilians"); an id too long for a button becomes its digest."""
    head = f"{code.letter}{code.number or ''}_"
    room = WIDEST - len(EDITION) - 1 - len(head)
    return head + (code.id if len(code.id) <= room else _digest(code.id))


def read(text: str) -> Code | None:
    """The code that a link carries; None for anything else."""
    found = _CODE.fullmatch(text)
    return Code(found[1], found[3], int(found[2] or 0)) if found and len(text) <= WIDEST else None


def on_button(code: Code) -> str:
    """A code as a button carries it: at most 64 bytes, the edition first."""
    return f"{EDITION}.{written(code)}"


def from_button(data: str) -> Code | None:
    """The code that a button carries; None where the button is of another edition, or not ours."""
    edition, _, text = data.partition(".")
    return read(text) if edition == EDITION else None


def of_action(action: Action) -> Code:
    """The code of something that the answer desk offers."""
    return Code(KINDS[action.kind], action.claim, action.index)


def action_of(code: Code, claims: Iterable[str]) -> Action | None:
    """What the answer desk is asked for by a code; None where it names no claim that is held, or no such thing."""
    kind = _BY_LETTER.get(code.letter)
    id = found(code.id, claims)
    return Action(kind, id, code.number) if kind is not None and id is not None else None


def found(id: str, known: Iterable[str]) -> str | None:
    """The held id that a code means, by itself or by its digest."""
    return next((each for each in known if each == id or (len(id) == _DIGEST and _digest(each) == id)), None)


def _digest(id: str) -> str:
    return hashlib.blake2b(id.encode(), digest_size=_DIGEST // 2).hexdigest()
