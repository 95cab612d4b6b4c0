"""Answering as tests need it: updates, a clerk who notes what it answers, an inbox at work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa

from bot.state.database import Database
from bot.state.inbox import Inbox
from bot.state.keys import Key
from bot.state.queue import Arrival
from bot.state.tables import inbox as table

KEY = Key(b"a key for tests")
SECRET = "the words of Zarmina"


def update(number: int, chat: int = 1) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": chat}, "text": SECRET}}


class Clerk:
    """Answers updates as it is told, and notes in which order."""

    def __init__(self, does: Callable[[Arrival], Awaitable[None]] | None = None) -> None:
        self.began: list[int] = []
        self.ended: list[int] = []
        self._does = does

    async def __call__(self, arrival: Arrival) -> None:
        self.began.append(arrival.update_id)
        if self._does:
            await self._does(arrival)
        self.ended.append(arrival.update_id)


@asynccontextmanager
async def working(database: Database, clerk: Clerk, in_flight: int = 16) -> AsyncIterator[Inbox]:
    box = Inbox(database, KEY, clerk, in_flight)
    task = asyncio.create_task(box.run())
    try:
        yield box
    finally:
        await box.stop()
        await task


async def until(condition: Callable[[], bool], seconds: float = 8.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def rows(database: Database) -> list[Any]:
    async with database.engine.connect() as connection:
        return list(await connection.execute(sa.select(table).order_by(table.c.update_id)))


async def settled(database: Database) -> None:
    """Waits until what was asked of the database so far is on disk."""

    async def nothing(connection: Any) -> None:
        return None

    await database.ledger.work(nothing)
