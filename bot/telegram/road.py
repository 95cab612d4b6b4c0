"""The road to Telegram: every call goes over it, and is made again where that cannot do harm."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Literal

import httpx
import stamina
from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.telegram.road_aiohttp import AiohttpRequest, NotSent

os.environ.setdefault("PTB_TIMEDELTA", "true")  # RetryAfter in its coming form; without it each one warns

Event = Literal["sent", "retry", "wait", "unknown"]
Transport = Literal["aiohttp", "httpx"]
ATTEMPTS = 4
LONGEST_PAUSE = 2.0  # seconds between attempts; whoever keeps the order of a chat waits longer
TOO_MANY = 429
ONCE = ("send", "copy", "forward", "answerGuestQuery")  # doing these twice would be seen
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class OutcomeUnknown(NetworkError):
    """A message may have been sent, twice over; nobody knows."""


class _ServerError(Exception):
    """An answer of 500 or above: Telegram says that it did not do it."""

    def __init__(self, code: int, payload: bytes) -> None:
        super().__init__(str(code))
        self.response = (code, payload)


class Road(BaseRequest):
    """Calls that are made again where they failed.

    Up to four times with growing pauses: after a 5xx, when nothing was sent, and what may be repeated freely.
    Once more: what people would see twice and has an unknown outcome, for a lost answer is worse than a doubled one;
    raises OutcomeUnknown when that is unknown too. A 429 goes back to the caller at once, so that its chat alone waits.
    `observed` is told of each call and retry.
    """

    def __init__(self, transport: BaseRequest, observed: Callable[[str, Event], None] | None = None) -> None:
        self._transport = transport
        self._observed = observed or (lambda method, event: None)

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer is waited for, unless a call says otherwise."""
        return self._transport.read_timeout

    async def initialize(self) -> None:
        """Opens the connections."""
        await self._transport.initialize()

    async def shutdown(self) -> None:
        """Closes the connections."""
        await self._transport.shutdown()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **named: Any
    ) -> tuple[int, bytes]:
        """The status and body of the response, after retries."""
        call = url.rpartition("/")[2].partition("?")[0]
        again = _Again(call, self._observed)
        try:
            async for attempt in stamina.retry_context(
                on=again, attempts=ATTEMPTS, timeout=None, wait_initial=0.2, wait_max=LONGEST_PAUSE, wait_jitter=0.3
            ):
                with attempt:
                    code, payload = await self._transport.do_request(url, method, request_data, *timeouts, **named)
                    if code >= 500:
                        raise _ServerError(code, payload)
        except _ServerError as error:
            code, payload = error.response
        except NetworkError as error:
            if again.unknown > 1 and call.startswith(ONCE):
                raise OutcomeUnknown(error.message) from None
            raise
        self._observed(call, "wait" if code == TOO_MANY else "sent")
        return code, payload


class _Again:
    """Whether a failed call is made again."""

    def __init__(self, call: str, observed: Callable[[str, Event], None]) -> None:
        self._call = call
        self._observed = observed
        self._made = 0
        self.unknown = 0

    def __call__(self, error: Exception) -> bool:
        self._made += 1
        again = (
            self._made < ATTEMPTS and self._call != "getUpdates" and self._allowed(error)
        )  # the one who polls has its own patience
        if again:
            self._observed(self._call, "retry")
        return again

    def _allowed(self, error: Exception) -> bool:
        if isinstance(error, _ServerError | NotSent) or isinstance(error.__cause__, UNSENT):
            return True
        if not isinstance(error, NetworkError):
            return False
        self._observed(self._call, "unknown")
        self.unknown += 1
        return self.unknown == 1 or not self._call.startswith(ONCE)


def road(transport: Transport, observed: Callable[[str, Event], None] | None = None) -> Road:
    """A road over aiohttp, or over httpx where that is asked for."""
    stamina.instrumentation.set_on_retry_hooks([])  # its own would log what was called
    carrier = AiohttpRequest() if transport == "aiohttp" else HTTPXRequest(connection_pool_size=64, pool_timeout=10.0)
    return Road(carrier, observed)
