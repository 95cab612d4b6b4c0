"""Long polling: fetches updates and acknowledges them only when they are on disk."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.state.ledger import StateUnavailable
from bot.telegram.road_start import Say, WrongToken, waiting

LONG = 30  # seconds that Telegram holds a request open while there is nothing
SLACK = 10.0  # seconds more that an answer may take
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds between tries while Telegram or the database is away

Store = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]


class Polling:
    """Asks Telegram for updates again and again; the offset, which acknowledges, moves only after `store` returned.

    `say` gets one key when something is wrong (another-bot-polls, telegram-away,
    database-away) and "polling" when it is over.
    """

    def __init__(self, bot: ExtBot[Any], store: Store, say: Say) -> None:
        self._request = bot.request
        self._address = bot.base_url
        self._store = store
        self._say = say
        self._said = ""
        self._offset = 0
        self._pause = FIRST_PAUSE

    async def run(self, kinds: Sequence[str]) -> None:
        """Polls for updates of these kinds until cancelled; raises WrongToken."""
        while True:
            try:
                updates = await self._fetched(kinds)
            except InvalidToken:
                raise WrongToken from None
            except Conflict:
                await self._wait("another-bot-polls")
            except TelegramError as error:
                await self._wait("telegram-away", error)
            else:
                await self._kept(updates)

    async def _fetched(self, kinds: Sequence[str]) -> list[dict[str, Any]]:
        hold = LONG if not self._said else 1  # after trouble a short one, to know soon that it is over
        query = urlencode({"offset": self._offset, "timeout": hold, "allowed_updates": json.dumps(list(kinds))})
        found = await self._request.post(f"{self._address}/getUpdates?{query}", read_timeout=hold + SLACK)
        assert isinstance(found, list)
        return found

    async def _kept(self, updates: Sequence[dict[str, Any]]) -> None:
        """Stores a batch, however long that takes: Telegram keeps it until the next request."""
        while updates:
            try:
                await self._store(updates)
            except StateUnavailable:
                await self._wait("database-away")
            else:
                self._offset = updates[-1]["update_id"] + 1
                break
        self._say_once("polling")
        self._pause = FIRST_PAUSE

    async def _wait(self, trouble: str, error: TelegramError | None = None) -> None:
        self._say_once(trouble)
        await asyncio.sleep(waiting(error, self._pause) if error else self._pause)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def _say_once(self, what: str) -> None:
        trouble = "" if what == "polling" else what
        if trouble != self._said:
            self._said = trouble
            self._say(what)
