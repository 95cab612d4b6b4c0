"""What the door offers under an answer beside the desk's own buttons: more of it, the chart, the map."""

from __future__ import annotations

from telegram import InlineKeyboardButton

from bot.conversation import Desk
from bot.dialogue import Action, Message
from bot.pictures.toll import TOPICS
from bot.telegram import codes, keyboards
from bot.telegram.asks import Ask
from bot.telegram.codes import Code
from bot.telegram.enquiry import Enquiry

CHART, MAP = Code(codes.VIEW, "chart"), Code(codes.VIEW, "map")


def under(asked: Enquiry, ask: Ask | None, message: Message, desk: Desk) -> list[InlineKeyboardButton]:
    """The buttons to add: "More" under what was cut short, and the picture that shows the same, where there is one."""
    buttons = []
    more = _more(ask, message)
    if more is not None:
        buttons.append(keyboards.choice(asked.says("more"), more))
    if ask is not None and ask.view == "places":
        buttons.append(keyboards.choice(asked.says("map"), MAP))
    elif any(_in_chart(desk, id) for id in message.answers):
        buttons.append(keyboards.choice(asked.says("chart"), CHART))
    return buttons


def _more(ask: Ask | None, message: Message) -> Code | None:
    if not message.shortened or any(button.action.kind == "more" for button in message.buttons):
        return None
    if ask is not None and ask.view is not None and not ask.text:
        return Code(codes.VIEW, ask.view)
    return codes.of_action(Action("more", message.answers[0])) if message.answers else None


def _in_chart(desk: Desk, id: str) -> bool:
    claim = desk.store.claim(id)
    return claim.topic in TOPICS and bool(claim.quantities)
