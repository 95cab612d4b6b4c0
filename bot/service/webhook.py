"""The webhook: takes an update from Telegram, stores it, and only then says 200."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.service.metrics import Metrics
from bot.state.ledger import StateUnavailable

LARGEST = 1_000_000  # bytes of an update; Telegram's are some thousands
SECRET = "x-telegram-bot-api-secret-token"

Store = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]


class _Refusal(Exception):
    """The status that a request is refused with."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Webhook:
    """Answers 401 to a wrong secret, 413 to what is too large, 400 to what is no update, 503 while it cannot store.

    Telegram delivers again whatever was not answered with 200.
    """

    def __init__(self, secret: str, store: Store, metrics: Metrics) -> None:
        self._secret = secret.encode()
        self._store = store
        self._metrics = metrics

    def route(self, path: str) -> Route:
        """The address that Telegram pushes to."""
        return Route(path or "/", self._push, methods=["POST"])

    async def _push(self, request: Request) -> Response:
        try:
            await self._store([await self._update(request)])
            status = 200
        except _Refusal as refusal:
            status = refusal.status
        except StateUnavailable:
            status = 503
        self._metrics.pushed(status)
        return Response(status_code=status)

    async def _update(self, request: Request) -> Mapping[str, Any]:
        given = request.headers.get(SECRET, "").encode()
        if not hmac.compare_digest(given, self._secret):
            raise _Refusal(401)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise _Refusal(400)
        try:
            update = json.loads(await _body(request))
        except (ValueError, RecursionError, ClientDisconnect):
            raise _Refusal(400) from None
        number = update.get("update_id") if isinstance(update, dict) else None
        if type(number) is not int or not 0 <= number < 2**63:
            raise _Refusal(400)
        assert isinstance(update, dict)
        return update


async def _body(request: Request) -> bytes:
    """The body, read no further than it may be long."""
    pieces = bytearray()
    async for piece in request.stream():
        pieces += piece
        if len(pieces) > LARGEST:
            raise _Refusal(413)
    return bytes(pieces)
