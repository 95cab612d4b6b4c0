"""How fast messages go out: no faster than Telegram takes them, each chat by itself."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from typing import Any

from telegram._utils.types import JSONDict
from telegram.ext import BaseRateLimiter

# Telegram's limits (core.telegram.org/bots/faq): messages and seconds.
OVERALL = (30, 1.0)
CHAT = (1, 1.0)
GROUP = (20, 60.0)
PACED = ("send", "edit", "copy", "forward")  # other calls, such as answering a pressed button, are not counted
IDLE = 1000  # chats remembered before those that are quiet are let go


class Pace(BaseRateLimiter[None]):
    """Lets each message wait for its turn, overall and in its chat; a 429 is left to whoever asked for the message.

    A turn is taken when the wait begins, so that messages of one chat keep their order and none is dropped.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._overall: deque[float] = deque(maxlen=OVERALL[0])
        self._chats: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=CHAT[0]))
        self._groups: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=GROUP[0]))

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | JSONDict | list[JSONDict]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> bool | JSONDict | list[JSONDict]:
        """Makes the call when its turn has come."""
        chat = data.get("chat_id")
        if chat is not None and endpoint.startswith(PACED) and endpoint != "sendChatAction":
            await self._turn(str(chat))
        return await callback(*args, **kwargs)

    async def _turn(self, chat: str) -> None:
        await self._until(self._booked(self._chats[chat], CHAT))
        if chat.startswith("-"):  # groups have negative numbers
            await self._until(self._booked(self._groups[chat], GROUP))
        await self._until(self._booked(self._overall, OVERALL))
        if len(self._chats) > IDLE:
            self._let_go()

    def _booked(self, turns: deque[float], limit: tuple[int, float]) -> float:
        """Takes the next turn: when it comes, on the clock."""
        full = len(turns) == limit[0]
        at = max(self._clock(), turns[0] + limit[1]) if full else self._clock()
        turns.append(at)
        return at

    async def _until(self, at: float) -> None:
        wait = at - self._clock()
        if wait > 0:
            await asyncio.sleep(wait)

    def _let_go(self) -> None:
        for chats, limit in ((self._chats, CHAT), (self._groups, GROUP)):
            for chat in [chat for chat, turns in chats.items() if turns[-1] + limit[1] < self._clock()]:
                del chats[chat]
