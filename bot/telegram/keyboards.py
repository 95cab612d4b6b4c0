"""The buttons under a message: few, in words, a row for each long one."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.dialogue import Button
from bot.telegram import codes
from bot.telegram.codes import Code

ROW = 30  # characters that fit side by side on a phone
BESIDE = 3  # buttons in a row
WIDEST = 120  # characters of one label; a phone shows about 40 in a row of its own and cuts the rest itself


def keyboard(buttons: Iterable[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
    """Buttons in rows, in their order; None for none."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        width = sum(len(each.text) for each in rows[-1]) + len(button.text) if rows else ROW + 1
        if width <= ROW and len(rows[-1]) < BESIDE:
            rows[-1].append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup(rows) if rows else None


def choice(label: str, code: Code) -> InlineKeyboardButton:
    """A button that the bot hears being pressed."""
    return InlineKeyboardButton(_fitted(label), callback_data=codes.on_button(code))


def offered(buttons: Iterable[Button]) -> list[InlineKeyboardButton]:
    """The choices that the answer desk offers under a message."""
    return [choice(button.label, codes.of_action(button.action)) for button in buttons]


def linked(buttons: Iterable[Button], bot: str) -> list[InlineKeyboardButton]:
    """The same choices as links into the private chat, for messages in chats that the bot does not see."""
    return [InlineKeyboardButton(_fitted(each.label), url=link(codes.of_action(each.action), bot)) for each in buttons]


def link(code: Code, bot: str) -> str:
    """The address that opens the private chat with this bot and asks for what the code says."""
    return f"https://t.me/{bot}?start={codes.written(code)}"


def _fitted(label: str) -> str:
    return label if len(label) <= WIDEST else label[: WIDEST - 1].rstrip() + "…"
