"""Taking turns: one process has the embedded database, one replica of many does what is to be done once."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.database import Database

LEADER = 0x5A1D51  # PostgreSQL's advisory lock of the replica that sets the webhook and the menus
LOOK = 5.0  # seconds between tries


@asynccontextmanager
async def alone(folder: Path, busy: Callable[[], None]) -> AsyncIterator[None]:
    """Has a folder to itself among processes; waits while another one has it, after calling `busy` once."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    told = False
    try:
        while not _locked(handle):
            if not told:
                busy()
                told = True
            await asyncio.sleep(0.5)
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


@asynccontextmanager
async def leading(database: Database) -> AsyncIterator[None]:
    """Waits until this replica is the one that leads, and leads until the end; over SQLite there is no other."""
    if database.embedded:
        yield
        return
    while True:
        with suppress(SQLAlchemyError, OSError):
            async with database.engine.connect() as connection:
                if await _leads(connection):
                    yield
                    return
        await asyncio.sleep(LOOK)


async def _leads(connection: AsyncConnection) -> bool:
    connection = await connection.execution_options(isolation_level="AUTOCOMMIT")  # holds no transaction open
    return bool(await connection.scalar(sa.select(sa.func.pg_try_advisory_lock(LEADER))))
