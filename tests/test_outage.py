"""The database away, full or turned read-only: nothing is acknowledged, nothing is lost, and it goes on afterwards."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import pytest
import sqlalchemy as sa
from clerk import SECRET, Clerk, rows, settled, until, update, working

from bot.state import ledger as ledgers
from bot.state.database import Database
from bot.state.ledger import StateUnavailable
from bot.state.queue import Arrival
from bot.state.tables import inbox as table

pytest_plugins = ("engines",)
pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]


class Trouble:
    """Makes a database refuse to write, as a full disk or a server turned read-only does."""

    def __init__(self, database: Database, where: str | Path, kind: str) -> None:
        self._database = database
        self._where = where
        self._pragma = "query_only=ON" if kind == "read-only" else "max_page_count=1"
        self._on = False
        if database.embedded:
            sa.event.listen(database.engine.sync_engine, "connect", self._connected)

    def _connected(self, connection: Any, record: object) -> None:
        if self._on:
            connection.cursor().execute(f"PRAGMA {self._pragma}")

    async def begin(self) -> None:
        self._on = True
        await self._apply("ON", self._pragma)

    async def end(self) -> None:
        self._on = False
        await self._apply("OFF", "query_only=OFF")

    async def _apply(self, read_only: str, pragma: str) -> None:
        async def pragmas(connection: Any) -> None:
            await connection.exec_driver_sql(f"PRAGMA {pragma}")

        if self._database.embedded:
            if read_only == "ON":
                await self._database.ledger.work(pragmas)
            return
        server = await asyncpg.connect(str(self._where))
        name = str(self._where).rpartition("/")[2]
        await server.execute("SET default_transaction_read_only = OFF")
        await server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {read_only}")
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()"
        await server.execute(others, name)
        await server.close()


@pytest.mark.parametrize("kind", ["disk full", "read-only"])
async def test_a_database_that_cannot_write_acknowledges_nothing_and_loses_nothing(
    database: Database, where: str | Path, kind: str
) -> None:
    if kind == "disk full" and not database.embedded:
        pytest.skip("a full disk of PostgreSQL looks like one turned read-only to its clients")
    trouble = Trouble(database, where, kind)
    gate = asyncio.Event()

    async def does(arrival: Arrival) -> None:
        await gate.wait()

    clerk = Clerk(does)
    async with working(database, clerk) as box:
        await box.store([update(1)])
        await until(lambda: clerk.began == [1])
        await trouble.begin()
        with pytest.raises(StateUnavailable) as refused:
            await box.store([update(n, chat=n) | {"filling": "x" * 20_000} for n in range(2, 40)])
        assert SECRET not in str(refused.value)
        assert database.ledger.outage
        gate.set()  # it is answered although that cannot be noted yet
        await until(lambda: clerk.ended == [1])
        await trouble.end()
        await box.store([update(n, chat=n) for n in range(2, 40)])
        await until(lambda: len(clerk.ended) == 39)
        assert not database.ledger.outage
    await settled(database)
    assert sorted(clerk.began) == list(range(1, 40))
    assert all(row.body is None for row in await rows(database))


async def test_a_value_that_does_not_fit_harms_nobody_else(database: Database) -> None:
    clerk = Clerk()
    async with working(database, clerk) as box:
        wrong, right = await asyncio.gather(box.store([update(2**70)]), box.store([update(1)]), return_exceptions=True)
        assert isinstance(wrong, Exception)
        assert right is None
        await until(lambda: clerk.ended == [1])


async def test_reads_give_up_while_the_database_is_away(
    database: Database, where: str | Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.embedded:
        pytest.skip("a file is not away")
    monkeypatch.setattr(ledgers, "PATIENCE", 0.1)
    await settled(database)
    broken = database.ledger._connection
    assert broken is not None
    name = str(where).rpartition("/")[2]
    server = await asyncpg.connect(str(where).replace(name, "postgres"))
    await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
    with pytest.raises(StateUnavailable):
        await database.ledger.row(table.c.error, "x")
    await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    await server.close()
    assert await database.ledger.row(table.c.error, "x") is None
