"""Who asks, where, and where the answer goes: all that the rooms behind the door need to know of an update."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from bot.telegram.address import asker, replied

GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
GENERAL = 1  # the number of a forum's first topic, which its messages leave out


@dataclass(frozen=True, slots=True)
class Visit:
    """One person asking in one chat; ids are Telegram's."""

    update: int
    chat: int
    asker: int
    group: bool
    message: int  # the message that asks, or that holds the pressed button; 0 where there is none
    thread: int | None = None  # forum topic
    language: str | None = None  # of the person's app, two letters
    edited: bool = False
    pressed: bool = False


def of_message(update: Update, message: Message) -> Visit:
    """The visit that a message makes, new or edited."""
    return Visit(
        update=update.update_id,
        chat=message.chat.id,
        asker=asker(message),
        group=message.chat.type in GROUPS,
        message=message.message_id,
        thread=message.message_thread_id if message.is_topic_message else None,
        language=_language(message.from_user.language_code if message.from_user else None),
        edited=update.edited_message is not None,
    )


def of_press(update: Update, query: CallbackQuery) -> Visit | None:
    """The visit that a pressed button makes; None for a button that stands in no chat that the bot sees."""
    message = query.message
    if message is None:
        return None
    seen = message if isinstance(message, Message) else None  # a message too old to be read has no topic
    return Visit(
        update=update.update_id,
        chat=message.chat.id,
        asker=query.from_user.id,
        group=message.chat.type in GROUPS,
        message=message.message_id,
        thread=seen.message_thread_id if seen and seen.is_topic_message else None,
        language=_language(query.from_user.language_code),
        pressed=True,
    )


def of_change(update: Update, change: ChatMemberUpdated) -> Visit:
    """The visit of whoever added the bot to a group; there is no message to reply to."""
    return Visit(
        update=update.update_id,
        chat=change.chat.id,
        asker=change.from_user.id,
        group=True,
        message=0,
        language=_language(change.from_user.language_code),
    )


def question_of(query: CallbackQuery) -> Message | None:
    """The question that the message with the pressed button replied to, where Telegram still shows it."""
    return replied(query.message) if isinstance(query.message, Message) else None


def _language(code: str | None) -> str | None:
    return code.split("-")[0].lower() if code else None
