"""Whether somebody speaks to the bot, and with which words, told from a message's entities and replies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from telegram import Message, MessageEntity, User

How = Literal["command", "mention", "reply", "message"]

# Telegram's own accounts behind which an anonymous admin or a channel writes; all other bots are left alone.
ANONYMOUS = frozenset({1087968824, 136817688})


@dataclass(frozen=True, slots=True)
class Call:
    """What was said to the bot: how it was addressed, the command if there was one, and the words left over."""

    how: How
    text: str = ""
    command: str = ""
    by_name: bool = False  # whether the bot's own name stood beside the command


def written(message: Message) -> str:
    """The text of a message, or the caption of its picture or file; "" where there is neither."""
    return message.text or message.caption or ""


def is_person(message: Message) -> bool:
    """Whether a person wrote this: no bot, no inline result of a bot, no post copied from a linked channel."""
    author = message.from_user
    if author is None or message.via_bot is not None or message.is_automatic_forward:
        return False
    return not author.is_bot or (author.id in ANONYMOUS and message.sender_chat is not None)


def asker(message: Message) -> int:
    """The id that the asker is told by: the group or channel in whose name they write, else their own."""
    sender = message.sender_chat or message.from_user
    return sender.id if sender else message.chat.id


def replied(message: Message) -> Message | None:
    """The message that this one really replies to; a topic's first message is none, though Telegram names it."""
    other = message.reply_to_message
    if other is None or other.forum_topic_created is not None:
        return None
    if message.is_topic_message and other.message_id == message.message_thread_id:
        return None
    return other


def to_check(message: Message, me: User) -> str:
    """The words of another's message that this one replies to (the quoted part if one is quoted); "" for none."""
    other = replied(message)
    if other is not None and (_mine(other, me) or (other.via_bot is not None and other.via_bot.id == me.id)):
        return ""
    if message.quote is not None:
        return message.quote.text
    return written(other) if other is not None else ""


def called(message: Message, me: User) -> Call | None:
    """How a message in a group speaks to the bot; None where it speaks to others.

    A command for another bot is never ours, whatever else stands in the message.
    """
    entities = message.entities or message.caption_entities
    command = _command(message, entities, me)
    if command is not None:
        return command if command.command else None
    text, named = _without_mention(message, entities, me)
    if named:
        return Call("mention", text, by_name=True)
    other = replied(message)
    if other is not None and _mine(other, me) and text:
        return Call("reply", text)
    return None


def called_in_private(message: Message, me: User) -> Call | None:
    """The same in a private chat, where every message is for the bot; None for a command meant for another one."""
    command = _command(message, message.entities or message.caption_entities, me)
    if command is not None:
        return command if command.command else None
    return Call("message", _without_mention(message, message.entities or message.caption_entities, me)[0])


def _mine(message: Message, me: User) -> bool:
    return message.from_user is not None and message.from_user.id == me.id


def _command(message: Message, entities: tuple[MessageEntity, ...], me: User) -> Call | None:
    """The command at the very start; one for another bot comes back without its name."""
    if not entities or entities[0].type != MessageEntity.BOT_COMMAND or entities[0].offset != 0:
        return None
    text = written(message)
    head = text[: entities[0].length]  # a command is ASCII, so that UTF-16 units are characters
    name, _, bot = head[1:].partition("@")
    if bot and bot.lower() != (me.username or "").lower():
        return Call("command")
    return Call("command", text[len(head) :].strip(), name.lower(), bool(bot))


def _without_mention(message: Message, entities: tuple[MessageEntity, ...], me: User) -> tuple[str, bool]:
    """The text with the bot's own name cut out, and whether it was there; entities count UTF-16 units."""
    units = written(message).encode("utf-16-le")
    named = False
    for entity in sorted(entities, key=lambda entity: -entity.offset):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        name = units[start:end].decode("utf-16-le", "replace")
        by_name = entity.type == MessageEntity.MENTION and name.lower() == f"@{me.username}".lower()
        by_link = entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id
        if by_name or by_link:
            units, named = units[:start] + units[end:], True
    text = units.decode("utf-16-le", "replace")
    return " ".join(text.split()) if named else text.strip(), named
