"""What the stand-in server knows: the calls it got, the chats and messages as they stand; and updates to push."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram_rules import Refused

NUMBERS = itertools.count(1)  # of messages, people's and the bot's alike
ME = {
    "id": 123456,
    "is_bot": True,
    "first_name": "Saidso",
    "username": "saidso_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "supports_guest_queries": True,
}


@dataclass
class Call:
    """One call of a method: what came, when, and what became of it."""

    method: str
    params: dict[str, Any]
    at: float = 0.0
    done: bool = False
    result: Any = None

    @property
    def text(self) -> str:
        """The text or caption, empty when there is none."""
        return str(self.params.get("text") or self.params.get("caption") or "")

    @property
    def seen(self) -> bool:
        """Whether people see something of it."""
        return self.method != "sendChatAction"


@dataclass
class State:
    """Chats and messages as they stand, and what bots may do in them."""

    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    gone: dict[int, Refused] = field(default_factory=dict)  # chats that refuse everything: blocked, deleted, migrated
    admins: set[tuple[int, int]] = field(default_factory=set)  # (chat, user)
    answered: set[str] = field(default_factory=set)  # guest and inline queries
    menus: dict[str, Any] = field(default_factory=dict)
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)

    def note(self, update: Mapping[str, Any]) -> None:
        """Remembers the message of an update, so that replies to it can be checked."""
        for key in ("message", "edited_message", "channel_post"):
            message = update.get(key)
            if message:
                self._keep(message)

    def chat(self, number: Any) -> dict[str, Any]:
        """The chat of that number; raises the refusal of one that is gone."""
        if isinstance(number, int) and number in self.gone:
            raise self.gone[number]
        if not isinstance(number, int) or number == 0:
            raise Refused("Bad Request: chat not found")
        return self.chats.get(number, {"id": number, "type": "private" if number > 0 else "supergroup"})

    def new(self, chat: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        """A message by the bot."""
        message = {"message_id": next(NUMBERS), "date": int(time.time()), "chat": chat, "from": ME} | content
        self._keep(message)
        return message

    def own(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The bot's own message that is to be edited."""
        message = self.messages.get((params["chat_id"], params["message_id"]))
        if message is None:
            raise Refused("Bad Request: message to edit not found")
        if message.get("from", {}).get("id") != ME["id"]:
            raise Refused("Bad Request: message can't be edited")
        return message

    def _keep(self, message: dict[str, Any]) -> None:
        chat = message["chat"]["id"]
        self.messages[chat, message["message_id"]] = message
        self.chats.setdefault(chat, message["chat"])


def text(chat: int, words: str, user: int | None = None, **more: Any) -> dict[str, Any]:
    """An update with a text message: in a private chat with a person, or in a group by `user`."""
    person = {"id": user or chat, "is_bot": False, "first_name": "Zarmina", "last_name": "Testkhel"}
    kind: dict[str, Any] = {"type": "private", "first_name": "Zarmina"}
    if chat < 0:
        kind = {"type": "supergroup", "title": "Neighbours of Testabad"}
    message = {
        "message_id": next(NUMBERS),
        "date": int(time.time()),
        "chat": {"id": chat} | kind,
        "from": person,
        "text": words,
    }
    if words.startswith("/"):
        length = len(words.split()[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"message": message | more}
