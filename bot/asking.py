"""Questions from the command line: one as an argument, or one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.conversation import Desk
from bot.dialogue import Context, Mode, Turn, Utterance
from bot.markup import plain
from bot.trace import told

ROOM = 4000  # characters of one reply: a terminal scrolls
KEYS = frozenset({"id", "q", "context", "mode"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the earlier messages of its conversation."""

    text: str
    context: tuple[str, ...] = ()
    mode: Mode = "ask"
    id: str | int | None = None


class WrongLine(ValueError):
    """A line that is no question; the message says what to write."""


def one(desk: Desk, asked: Asked, as_json: bool, explain: bool) -> int:
    """Prints the reply to one question, as a reader would have it or as JSON."""
    turn = reply(desk, asked)
    print(json.dumps(contract(asked, turn), ensure_ascii=False) if as_json else plain(turn.message))
    _explained(turn, explain, aside=as_json)
    return 0


def many(desk: Desk, lines: Iterable[bytes], explain: bool) -> int:
    """Answers a JSON object a line, each at once; stops at the first line that is none, with exit code 1."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = read(line)
        except WrongLine as wrong:
            print(f"line {number}: {wrong}", file=sys.stderr)
            return 1
        turn = reply(desk, asked)
        print(json.dumps(contract(asked, turn), ensure_ascii=False), flush=True)
        _explained(turn, explain, aside=True)
    return 0


def reply(desk: Desk, asked: Asked) -> Turn:
    """The answer desk's turn after the earlier messages have been gone through again."""
    context = Context()
    for earlier in asked.context:
        context = desk.reply(Utterance(earlier, room=ROOM), context).context
    return desk.reply(Utterance(asked.text, asked.mode, room=ROOM), context)


def contract(asked: Asked, turn: Turn) -> dict[str, Any]:
    """A reply as the JSON object that other programs rely on."""
    message = turn.message
    return {
        "id": asked.id,
        "status": message.status,
        "answers": list(message.answers),
        "related": list(message.related),
        "verdict": message.verdict,
        "text": plain(message),
    }


def read(line: bytes) -> Asked:
    """A question from one line of JSON; raises WrongLine."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError too
        raise WrongLine('not JSON. Write an object such as {"id": "1", "q": "How many people were killed?"}') from None
    if not isinstance(row, dict) or not isinstance(row.get("q"), str):
        raise WrongLine('no question. Write an object with the question under "q"')
    if strange := sorted(set(row) - KEYS):
        raise WrongLine(f'unknown key "{strange[0]}". The keys are "id", "q", "context" and "mode"')
    context = row.get("context") or []
    if not isinstance(context, list) or not all(isinstance(each, str) for each in context):
        raise WrongLine('wrong "context". Write a list of the earlier messages')
    mode = row.get("mode", "ask")
    if mode not in ("ask", "check"):
        raise WrongLine('wrong "mode". Write "ask" or "check"')
    return Asked(row["q"], tuple(context), mode, _id(row.get("id")))


def _id(value: object) -> str | int | None:
    if value is None or isinstance(value, str | int):
        return value
    raise WrongLine('wrong "id". Write a text or a whole number')


def _explained(turn: Turn, explain: bool, aside: bool) -> None:
    """Prints the trace; beside JSON it goes to the other stream."""
    if explain:
        print("\n".join(["", *map(told, turn.trace)]), file=sys.stderr if aside else sys.stdout)
