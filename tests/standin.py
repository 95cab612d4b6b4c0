"""A stand-in for the Bot API server, on loopback: strict about Telegram's rules, and able to fail on demand.

    async with StandIn() as telegram:
        ... start a bot with TELEGRAM_TOKEN=telegram.token, TELEGRAM_BASE_URL=telegram.url ...
        telegram.push(text(7, "how many civilians died?"))
        call = await telegram.next("sendMessage")
        assert call.params["chat_id"] == 7

`telegram.rule` may be set to a function of a Call that returns None (go on), a Refused (the error that is answered),
"hang" (no answer), "drop" (the connection breaks before the call is carried out) or "drop-after" (after it).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from telegram_methods import METHODS
from telegram_rules import Refused
from telegram_state import Call, State, text
from telegram_updates import Outbox

__all__ = ["Call", "Refused", "StandIn", "text"]

Rule = Callable[[Call], Refused | str | None]


@dataclass(eq=False)
class StandIn:
    """The server: `calls` has what bots called, `done` what was carried out of it, `state` the messages as they are."""

    token: str = "123456:stand-in-token"
    port: int = 0
    rule: Rule = lambda call: None
    delay: float = 0.0  # seconds that each call takes, as Telegram's do
    calls: list[Call] = field(default_factory=list)
    done: list[Call] = field(default_factory=list)
    state: State = field(default_factory=State)

    async def __aenter__(self) -> StandIn:
        self.outbox = Outbox()
        self._news = asyncio.Condition()
        self._seen: dict[str, int] = {}
        self.polls = 0
        self._peers: set[object] = set()
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.outbox.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The root to give the bot as TELEGRAM_BASE_URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        """How many connections bots have made."""
        return len(self._peers)

    def push(self, update: Mapping[str, Any]) -> int:
        """Hands an update to the bot, by getUpdates or webhook, and returns its update_id."""
        self.state.note(update)
        return self.outbox.push(dict(update))

    def made(self, *methods: str) -> list[Call]:
        """The calls of these methods that were carried out, in order."""
        return [call for call in self.done if call.method in methods]

    @property
    def sent(self) -> list[Call]:
        """What people got to see: messages sent, edited or answered, in order."""
        return [call for call in self.done if call.method.startswith(("send", "edit", "answer")) and call.seen]

    async def next(self, *methods: str, timeout: float = 10.0) -> Call:
        """The next call of these methods that has not been returned yet, waiting for it."""
        name = "/".join(methods)
        await self.until(lambda: len(self.made(*methods)) > self._seen.get(name, 0), timeout)
        self._seen[name] = self._seen.get(name, 0) + 1
        return self.made(*methods)[self._seen[name] - 1]

    async def until(self, condition: Callable[[], bool], timeout: float = 10.0) -> None:
        """Waits for a condition on the calls; raises TimeoutError."""
        async with asyncio.timeout(timeout), self._news:
            await self._news.wait_for(condition)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _refusal(Refused("Unauthorized", 401))
        self._peers.add(request.transport.get_extra_info("peername") if request.transport else None)
        call = Call(request.match_info["method"], await _params(request), at=time.time())
        if call.method == "getUpdates":
            return await self._updates(call)
        self.calls.append(call)
        try:
            outcome = self.rule(call)
            if isinstance(outcome, Refused):
                raise outcome
            if outcome in {"hang", "drop"}:
                return await _break(request, outcome)
            result = self._carried_out(call)
            if self.delay:
                await asyncio.sleep(self.delay)
            return await _break(request, "drop") if outcome == "drop-after" else _result(result)
        except Refused as refused:
            return _refusal(refused)
        finally:
            await self._notify()

    async def _notify(self) -> None:
        async with self._news:
            self._news.notify_all()

    def _carried_out(self, call: Call) -> Any:
        method: Callable[[State, Call], Any] | None = METHODS.get(call.method)
        if method is None:
            raise Refused("Not Found: method not found", 404)
        call.result = method(self.state, call)
        call.done = True
        self.done.append(call)
        if call.method in {"setWebhook", "deleteWebhook"}:
            self.outbox.hook(call.params if call.method == "setWebhook" else {})
        if call.method == "getWebhookInfo":
            call.result = {
                "url": self.outbox.url,
                "has_custom_certificate": False,
                "pending_update_count": len(self.outbox.waiting),
            }
        return call.result

    async def _updates(self, call: Call) -> web.StreamResponse:
        self.polls += 1
        await self._notify()
        try:
            outcome = self.rule(call)
            if isinstance(outcome, Refused):
                raise outcome
            return _result(await self.outbox.polled(call.params))
        except Refused as refused:
            return _refusal(refused)


async def _params(request: web.Request) -> dict[str, Any]:
    """The parameters of a call, in whatever way they came; what is JSON is read as such, as Telegram does."""
    raw: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        raw |= await request.json()
    else:
        for name, value in (await request.post()).items():
            raw[name] = value.file.read() if isinstance(value, web.FileField) else value
    return {name: _read(name, value) for name, value in raw.items()}


TEXTS = frozenset({"text", "caption", "url", "secret_token", "name", "description", "short_description", "title"})


def _read(name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in TEXTS or name.endswith("query_id"):
        return value
    with suppress(ValueError):
        return json.loads(value)
    return value


def _result(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refusal(refused: Refused) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    return web.json_response(body, status=refused.code)


async def _break(request: web.Request, how: str) -> web.StreamResponse:
    if how == "hang":
        await asyncio.sleep(3600)
    if request.transport:
        request.transport.abort()
    raise ConnectionResetError
