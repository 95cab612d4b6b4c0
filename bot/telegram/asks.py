"""What a message asks the answer desk for: words, a statement to check, or a view of the whole report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from telegram import Message, User

from bot.conversation import Desk, View
from bot.dialogue import Context, Mode, Turn, Utterance
from bot.telegram.address import Call, to_check

VIEWS: Mapping[str, View] = {
    "casualties": "casualties",
    "timeline": "timeline",
    "where": "places",
    "who": "people",
    "disputed": "disputed",
    "changes": "changes",
    "sources": "sources",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """A question or a view with its subject; `statement` is another's message that stands beside the words."""

    text: str = ""
    mode: Mode = "ask"
    view: View | None = None
    statement: str = ""


def asked_for(call: Call, message: Message, me: User) -> Ask | None:
    """What is asked of the desk; None for a command that is none of its matter, or one that lacks its words."""
    if call.command in VIEWS:
        return Ask(call.text, view=VIEWS[call.command])
    beside = to_check(message, me)
    if call.command in ("ask", "check"):
        text = call.text or beside
        return Ask(text, "check" if call.command == "check" else "ask") if text else None
    if call.command or not (call.text or beside):
        return None
    return Ask(call.text, statement=beside if call.how == "mention" else "")


def answered(desk: Desk, ask: Ask, utterance: Utterance, context: Context) -> Turn:
    """The desk's answer. Words beside another's message are answered where they are a question of their own
    ("how many died?"); else ("is this true?") that message is checked.
    """
    if ask.view is not None:
        return desk.view(ask.view, ask.text, utterance)
    if not ask.statement:
        return desk.reply(replace(utterance, text=ask.text, mode=ask.mode), context)
    if ask.text:
        own = desk.reply(replace(utterance, text=ask.text), Context())
        if own.message.status == "answered":
            return own
    return desk.reply(replace(utterance, text=ask.statement, mode="check"), context)
