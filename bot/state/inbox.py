"""The durable inbox: an update is stored before it is acknowledged, and forgotten once it is answered."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state import queue
from bot.state.database import Database
from bot.state.keys import Key
from bot.state.lanes import lane_of
from bot.state.ledger import StateUnavailable
from bot.state.queue import Arrival

LEASE = 5.0  # seconds after which another replica takes over what a dead one was answering
TICK = 1.0  # seconds between looks for what others left; leases are renewed as often
BACK_OFF = 1.0  # seconds before a failed update is tried again, twice as many each time
TRIES = 3  # times that the handling of an update may raise before it is set aside
GRACE = 5.0  # seconds for what is in flight when the bot stops


class Postpone(Exception):
    """The update's chat has to wait, for reasons that lie outside; all its later updates wait behind it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:g} s")
        self.seconds = seconds


Answer = Callable[[Arrival], Awaitable[None]]


class Inbox:
    """Takes updates in and hands them out, one a chat at a time and in order, to at most `in_flight` answers at once.

    `answer` returns when an update is answered, raises Postpone to have its chat wait, anything else when it failed:
    after three failures the update is set aside with its error and without its text.
    """

    def __init__(self, database: Database, key: Key, answer: Answer, in_flight: int = 16) -> None:
        self._ledger = database.ledger
        self._embedded = database.embedded
        self._key = key
        self._answer = answer
        self._in_flight = in_flight
        self._insert = queue.insert(database)
        self._running: dict[int, asyncio.Task[None]] = {}
        self._open = False  # whether updates are handed out
        self._stopping = asyncio.Event()
        self._claiming: asyncio.Task[None] | None = None
        self._again = False  # whether something may have come due since the last claim
        self.refused: Callable[[Arrival, Exception, bool], None] = lambda arrival, error, aside: None

    async def store(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Puts updates on disk; returns when they may be acknowledged, raises StateUnavailable when they may not.

        An update whose id came within the last 24 hours is passed over.
        """
        now = time.time()
        stored = [
            self._ledger.write(
                self._insert,
                {
                    "update_id": update["update_id"],
                    "lane": self._key.lane("lane", lane_of(update)),
                    "body": json.dumps(update, separators=(",", ":")),
                    "due": 0.0,  # not the time: another replica's clock may be behind
                    "tries": 0,
                    "stored": now,
                },
                urgent=True,
            )
            for update in updates
        ]
        if not stored:
            return
        self._claim_soon()
        await asyncio.gather(*stored)

    async def run(self) -> None:
        """Answers until `stop` is called; raises what must not be passed over."""
        if self._embedded:  # nobody else has the file: what an earlier process was answering is free at once
            await self._ledger.work(queue.freed)
        self._open = True
        while not self._stopping.is_set():
            self._claim_soon()
            try:
                async with asyncio.timeout(TICK):
                    await self._stopping.wait()
            except TimeoutError:
                self._renew()

    async def stop(self, grace: float = GRACE) -> None:
        """Hands out nothing more, gives what is in flight this many seconds, and leaves the rest in the inbox."""
        self._stopping.set()
        if self._claiming:
            await asyncio.wait([self._claiming], timeout=1.0)
        if self._running:
            await asyncio.wait(self._running.values(), timeout=grace)
        for task in list(self._running.values()):
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def backlog(self) -> tuple[int, float]:
        """How many updates wait, and for how many seconds the oldest has."""
        count, oldest = await self._ledger.work(queue.backlog)
        return int(count), max(0.0, time.time() - oldest) if oldest else 0.0

    async def sweep(self, now: float) -> None:
        """Forgets the ids of updates answered 24 hours ago, and after 30 days what was set aside."""
        await self._ledger.work(queue.swept(now))

    def _claim_soon(self) -> None:
        """Has the tick that is coming hand out what is due, after all that it stores and settles."""
        if not self._open or self._stopping.is_set():
            return
        self._again = True
        if self._claiming is None:
            self._claiming = asyncio.create_task(self._claim())

    async def _claim(self) -> None:
        """One claim at a time, so that no two of them see the same room."""
        try:
            while self._again:
                for arrival in await self._ledger.work(self._claimed, last=True):
                    self._running[arrival.update_id] = asyncio.create_task(self._handle(arrival))
        except StateUnavailable:  # the database is being closed
            pass
        finally:
            self._claiming = None

    async def _claimed(self, connection: AsyncConnection) -> list[Arrival]:
        self._again = False  # what comes from here on needs another claim
        room = self._in_flight - len(self._running)
        return await queue.claimed(connection, time.time() + LEASE, room) if room > 0 else []

    async def _handle(self, arrival: Arrival) -> None:
        try:
            await self._answer(arrival)
        except Postpone as wait:
            self._settle(arrival, queue.POSTPONED, due=time.time() + wait.seconds)
        except asyncio.CancelledError:
            self._settle(arrival, queue.POSTPONED, due=0.0)
        except Exception as error:
            self._failed(arrival, error)
        else:
            self._settle(arrival, queue.ANSWERED, due=time.time())
        finally:
            del self._running[arrival.update_id]
            self._claim_soon()

    def _failed(self, arrival: Arrival, error: Exception) -> None:
        tries = arrival.tries + 1
        aside = tries >= TRIES
        if aside:
            told = queue.described(error)
            self._settle(arrival, queue.SET_ASIDE, due=time.time(), tries=tries, error=told)
        else:
            self._settle(arrival, queue.FAILED, due=time.time() + BACK_OFF * 2**arrival.tries, tries=tries)
        self.refused(arrival, error, aside)

    def _settle(self, arrival: Arrival, statement: Any, **values: Any) -> None:
        self._ledger.write(statement, {"id": arrival.update_id} | values)

    def _renew(self) -> None:
        if not self._ledger.outage:
            for number in self._running:
                self._ledger.write(queue.RENEWED, {"id": number, "due": time.time() + LEASE})
