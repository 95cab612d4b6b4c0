"""The door under test: updates go in through `Application.process_update`, the calls to Telegram are recorded.

    async with doorway(tmp_path) as door:
        calls = await door.hears(text(7, "how many civilians died?"))
        assert "31" in calls[0].text

Each call is held against Telegram's rules, as the stand-in server does: broken HTML, long texts or button data raise.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from telegram import Update
from telegram.ext import CallbackContext
from telegram.request import BaseRequest, RequestData
from telegram_methods import METHODS
from telegram_rules import Refused
from telegram_state import ME, NUMBERS, Call, State, text

from bot.conversation import Desk, opened
from bot.settings import Settings
from bot.state import database
from bot.state.keys import Key
from bot.state.memory import Memory
from bot.telegram.door import Door, application, reception

os.environ.setdefault("PTB_TIMEDELTA", "true")  # as the road to Telegram has it; without it each wait warns
UPDATES = itertools.count(1)
NAME = f"@{ME['username']}"
GROUP, PERSON, OTHER = -1001, 7, 8
# The characters that turn the direction of a text, or that nobody sees; a text that begins at the right needs three.
UNSEEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
RIGHT_TO_LEFT = frozenset("\u200f\u2068\u2069")


class Recorder(BaseRequest):
    """The road to Telegram, cut short: calls are carried out against the rules and kept in order."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.state = State()
        self.rule: Callable[[Call], Refused | None] = lambda call: None

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        data = request_data or RequestData()
        call = Call(url.rsplit("/", 1)[1], {**data.parameters, **(data.multipart_data if data.contains_files else {})})
        self.calls.append(call)
        try:
            if refusal := self.rule(call):
                raise refusal
            if call.method not in METHODS:
                raise Refused("Not Found: method not found", 404)
            call.result, call.done = METHODS[call.method](self.state, call), True
            if "inline_keyboard" not in call.params.get("reply_markup", {}) and isinstance(call.result, dict):
                call.result.pop("reply_markup", None)  # a forced reply is not part of the message that comes back
            needed = RIGHT_TO_LEFT if "\u200f" in call.text else frozenset()
            assert not (UNSEEN - needed) & set(call.text), "characters that nobody sees were sent"
            return 200, json.dumps({"ok": True, "result": call.result}).encode()
        except Refused as refused:
            body = {"ok": False, "error_code": refused.code, "description": refused.description}
            return refused.code, json.dumps(body | {"parameters": refused.parameters}).encode()


@dataclass
class Doorway:
    """A door with what stands on both sides of it."""

    app: Door
    memory: Memory
    telegram: Recorder
    errors: list[Exception] = field(default_factory=list)

    async def hears(self, update: Mapping[str, Any]) -> list[Call]:
        """Hands an update in and gives the calls that it led to; an error of the bot's is raised."""
        before = len(self.telegram.calls)
        self.telegram.state.note(update)
        await self.app.process_update(Update.de_json({"update_id": next(UPDATES), **update}, self.app.bot))
        while self.errors:
            raise self.errors.pop()
        return self.telegram.calls[before:]

    async def asks(self, words: str, chat: int = PERSON, user: int = PERSON, **more: Any) -> Call:
        """Hands a text in and gives the one message that answers it."""
        calls = [call for call in await self.hears(text(chat, words, user, **more)) if call.method == "sendMessage"]
        assert len(calls) == 1, [call.method for call in calls]
        return calls[0]

    async def presses(self, call: Call, label: str, user: int = PERSON) -> list[Call]:
        """Presses the button whose label holds these words under a message that was sent."""
        return await self.hears(pressed(call.result, data(call, label), user))

    @property
    def desk(self) -> Desk:
        """The answer desk behind the door."""
        return reception(self.app).desk


@cache
def founding() -> Desk:
    """The desk over the founding report, made once."""
    return opened(sources=frozenset({"crackdown-article"}))


@asynccontextmanager
async def doorway(folder: Path, limits: str = "off", desk: Desk | None = None) -> AsyncIterator[Doorway]:
    """A door over a database in a folder; `limits` as in FLOOD_LIMITS."""
    base = await database.opened(folder)
    memory = Memory(base, Key(b"a key for tests"))
    token = SecretStr("123456:stand-in-token")
    settings = Settings(telegram_token=token, flood_limits=limits)
    telegram = Recorder()
    door = Doorway(application(desk or founding(), memory, settings, telegram), memory, telegram)

    async def failed(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        assert context.error is not None
        door.errors.append(context.error)

    door.app.add_error_handler(failed)
    await door.app.initialize()
    telegram.calls.clear()
    try:
        yield door
    finally:
        await door.app.shutdown()
        await base.close()


def labels(call: Call) -> list[str]:
    """What the buttons under a message say."""
    return [button["text"] for button in _buttons(call)]


def data(call: Call, label: str) -> str:
    """The data of the button whose label holds these words."""
    return next(str(button["callback_data"]) for button in _buttons(call) if label in button["text"])


def pressed(message: Mapping[str, Any], data: str, user: int = PERSON) -> dict[str, Any]:
    """An update with a pressed button under a message."""
    person = {"id": user, "is_bot": False, "first_name": "Zarmina", "language_code": "en"}
    return {
        "callback_query": {
            "id": f"press-{next(NUMBERS)}",
            "from": person,
            "message": {key: value for key, value in message.items() if value is not None},
            "chat_instance": "1",
            "data": data,
        }
    }


def mentioning(words: str) -> dict[str, Any]:
    """The entities of a text that holds the bot's name, counted in UTF-16 units."""
    before = words[: words.index(NAME)]
    entity = {"type": "mention", "offset": len(before.encode("utf-16-le")) // 2, "length": len(NAME)}
    return {"entities": [entity]}


def edited(update: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The same message after its author changed the words."""
    return {"edited_message": {**update["message"], "text": words, "edit_date": update["message"]["date"] + 1}}


def forwarded(date: int = 1700000000) -> dict[str, Any]:
    """What marks a message as forwarded from somebody."""
    return {"forward_origin": {"type": "hidden_user", "sender_user_name": "Somebody", "date": date}}


def refusing(method: str, description: str, code: int = 400, **parameters: Any) -> Callable[[Call], Refused | None]:
    """A rule that refuses one method."""
    return lambda call: Refused(description, code, **parameters) if call.method == method else None


def _buttons(call: Call) -> list[dict[str, Any]]:
    return [button for row in call.params.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


__all__ = [
    "GROUP", "NAME", "OTHER", "PERSON", "Call", "Doorway", "Refused", "data", "doorway", "edited",
    "forwarded", "founding", "labels", "mentioning", "pressed", "refusing", "text",
]  # fmt: skip
