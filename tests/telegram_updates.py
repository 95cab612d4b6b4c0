"""How updates reach a bot: getUpdates with its offsets and its one poller, or pushes to a webhook, chat by chat."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from telegram_rules import Refused

LEFT_OUT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})  # only when asked for by name


class Outbox:
    """The updates that a bot has not confirmed yet."""

    def __init__(self) -> None:
        self.waiting: deque[dict[str, Any]] = deque()
        self.url = ""
        self.pushed: list[tuple[int, float]] = []  # HTTP status and seconds of each webhook push
        self._secret = ""
        self._allowed: frozenset[str] | None = None
        self._next_id = 1000
        self._news = asyncio.Event()
        self._poller = 0
        self._lanes: dict[Any, deque[dict[str, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None

    def push(self, update: dict[str, Any]) -> int:
        """Takes an update for the bot, if the bot asked for its kind; one that has an id keeps it."""
        self._next_id += 1
        number: int = update.setdefault("update_id", self._next_id)
        kind = next(key for key in update if key != "update_id")
        if kind in LEFT_OUT if self._allowed is None else kind not in self._allowed:
            return number
        if self.url:
            self._lane(update)
        else:
            self.waiting.append(update)
        self._news.set()
        return number

    async def polled(self, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        """getUpdates: an offset confirms all before it; a second poller ends the first with 409."""
        if self.url:
            raise Refused("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook", 409)
        self._allow(params)
        self._poller += 1
        me = self._poller
        self._news.set()  # wakes the other poller, who sees that it is no longer the one
        offset = int(params.get("offset", 0))
        while self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.popleft()
        if not self.waiting:
            await self._news_within(float(params.get("timeout", 0)), me)
        if me != self._poller:
            raise Refused("Conflict: terminated by other getUpdates request; make sure that only one bot runs", 409)
        return list(self.waiting)[: int(params.get("limit", 100))]

    async def _news_within(self, seconds: float, me: int) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not self.waiting and me == self._poller:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            pass

    def hook(self, params: Mapping[str, Any]) -> None:
        """setWebhook or, without a url, deleteWebhook; what waits goes the new way."""
        self.url = str(params.get("url", ""))
        self._secret = str(params.get("secret_token", ""))
        self._allow(params)
        if self.url:
            while self.waiting:
                self._lane(self.waiting.popleft())
        else:
            for lane in self._lanes.values():
                self.waiting.extend(lane)
            self._lanes.clear()

    def _allow(self, params: Mapping[str, Any]) -> None:
        if "allowed_updates" in params:
            self._allowed = frozenset(params["allowed_updates"]) or None

    def _lane(self, update: dict[str, Any]) -> None:
        """Telegram pushes one update of a chat and kind at a time, and the next one after the 200."""
        kind = next(key for key in update if key != "update_id")
        body = update[kind]
        chat = body.get("chat") or (body.get("message") or {}).get("chat") or body.get("from") or {}
        lane = self._lanes.setdefault((kind, chat.get("id")), deque())
        lane.append(update)
        if len(lane) == 1:
            task = asyncio.create_task(self._push(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _push(self, lane: deque[dict[str, Any]]) -> None:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=40), timeout=ClientTimeout(total=10))
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": self._secret}
        clock = asyncio.get_running_loop().time
        while lane and self.url:
            start, status = clock(), 0
            try:
                async with self._session.post(self.url, data=json.dumps(lane[0]), headers=headers) as answer:
                    status = answer.status
            except (ClientError, OSError, TimeoutError):
                pass
            self.pushed.append((status, clock() - start))
            if status == 200 and lane:
                lane.popleft()
            elif status != 200:
                await asyncio.sleep(0.2)

    async def close(self) -> None:
        """Stops pushing and lets pollers go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._poller += 1
        self._news.set()
        if self._session:
            await self._session.close()
