"""One transaction a tick: all that was asked of the database meanwhile is done together and committed once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

Row = Mapping[str, Any]
Work = Callable[[AsyncConnection], Awaitable[Any]]
PATIENCE = 30.0  # seconds that a read waits for a database that is away
OWN_FAULT = frozenset({"22", "23", "42"})  # PostgreSQL's classes of errors that lie in the statement or its values


class StateUnavailable(Exception):
    """The database cannot be reached or written just now; the message says why, without any value."""


@dataclass(eq=False, slots=True)
class Entry:
    """One thing asked of the database: a row, a write that joins others, or work of its own."""

    kind: Literal["row", "write", "work"]
    what: Any  # the table's key column, the statement, or the work
    value: Any  # the key, the values, or nothing
    future: asyncio.Future[Any]
    urgent: bool = False  # fails at once when the database is away, instead of waiting
    last: bool = False  # done at the end of the tick, after what was asked later
    since: float = field(default=0.0)


class Ledger:
    """The only hand that touches the database: it keeps the order of what is asked, and loses nothing that was taken.

    A tick is one transaction on one connection. Reads of one tick see all its writes. When the database is away,
    writes and work wait for it; urgent ones and, after 30 seconds, reads raise StateUnavailable.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: list[Entry] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._connection: AsyncConnection | None = None
        self._task = asyncio.create_task(self._run(), name="ledger")
        self.outage = ""  # what is wrong with the database, empty when it works
        self.pause = 0.2  # seconds between tries while it is away

    async def row(self, key: sa.Column[Any], value: str) -> Row | None:
        """The row whose key column has this value, or None."""
        found: Row | None = await self._ask(Entry("row", key, value, self._promise()))
        return found

    def write(self, statement: sa.Executable, values: Row, urgent: bool = False) -> asyncio.Future[Any]:
        """Notes a write for the next tick; await the result only where it must be on disk before going on.

        The values name the row's key first. Writes by the same statement object are joined within a tick; between
        different ones the order may change, `work` keeps its place among them.
        """
        entry = Entry("write", statement, values, self._promise(), urgent)
        entry.future.add_done_callback(_seen)
        self._ask(entry)
        return entry.future

    async def work(self, work: Work, last: bool = False) -> Any:
        """Does work of several steps within a tick's transaction and returns its result once it is committed."""
        return await self._ask(Entry("work", work, None, self._promise(), last=last))

    async def close(self) -> None:
        """Carries out what was asked so far and stops; never in the middle of a transaction."""
        self._closing = True
        self._wake.set()
        await self._task

    def _promise(self) -> asyncio.Future[Any]:
        return asyncio.get_running_loop().create_future()

    def _ask(self, entry: Entry) -> asyncio.Future[Any]:
        if self._closing:
            entry.future.set_exception(StateUnavailable("the database is being closed"))
            return entry.future
        entry.since = asyncio.get_running_loop().time()
        self._queue.append(entry)
        self._wake.set()
        return entry.future

    async def _run(self) -> None:
        while self._queue or not self._closing:
            await self._wake.wait()
            self._wake.clear()
            entries, self._queue = sorted(self._queue, key=lambda entry: entry.last), []
            if entries and not await self._tick(entries):
                await asyncio.sleep(self.pause)
        await self._disconnect()

    async def _tick(self, entries: list[Entry]) -> bool:
        """One transaction; on an outage what can wait goes back to the head of the queue."""
        try:
            await self._transaction(entries)
        except (SQLAlchemyError, OSError, OverflowError, ValueError) as error:
            await self._disconnect()
            if _own_fault(error):
                return await self._apart(entries, error)
            self._queue[:0] = self._waiting(entries, error)
            self._wake.set()
            return False
        self.outage = ""
        return True

    async def _apart(self, entries: list[Entry], error: Exception) -> bool:
        """One of them is at fault: each gets a transaction of its own, and only that one fails."""
        pending = [entry for entry in entries if not entry.future.done()]
        if len(pending) == 1:
            pending[0].future.set_exception(error)
            return True
        for index, entry in enumerate(pending):
            if not await self._tick([entry]):
                self._queue[1:1] = pending[index + 1 :]
                return False
        return True

    def _waiting(self, entries: list[Entry], error: Exception) -> list[Entry]:
        self.outage = type(getattr(error, "orig", None) or error).__name__
        now = asyncio.get_running_loop().time()
        kept = []
        for entry in entries:
            impatient = entry.urgent or self._closing or (entry.kind == "row" and now - entry.since > PATIENCE)
            if impatient and not entry.future.done():
                entry.future.set_exception(StateUnavailable(f"the database does not work ({self.outage})"))
            elif not entry.future.done():
                kept.append(entry)
        return kept

    async def _transaction(self, entries: Sequence[Entry]) -> None:
        connection = await self._connected()
        results: list[tuple[Entry, Any]] = []
        segment: list[Entry] = []
        for entry in entries:
            if entry.future.done():  # whoever asked has gone
                continue
            if entry.kind != "work":
                segment.append(entry)
                continue
            await _joined(connection, segment)
            segment = []
            results.append((entry, await entry.what(connection)))
        await _joined(connection, segment)
        await connection.commit()
        for entry in entries:
            if entry.kind == "write" and not entry.future.done():
                entry.future.set_result(None)
        for entry, result in results:
            if not entry.future.done():
                entry.future.set_result(result)

    async def _connected(self) -> AsyncConnection:
        if self._connection is None:
            self._connection = await self._engine.connect()
        return self._connection

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                await connection.invalidate()
                await connection.close()
            except (SQLAlchemyError, OSError):
                pass


async def _joined(connection: AsyncConnection, segment: Sequence[Entry]) -> None:
    """Writes first, one statement each kind; then reads, one query a table, answered before the commit."""
    writes: dict[sa.Executable, list[Row]] = {}
    reads: dict[sa.Column[Any], list[Entry]] = {}
    for entry in segment:
        if entry.kind == "write":
            writes.setdefault(entry.what, []).append(entry.value)
        else:
            reads.setdefault(entry.what, []).append(entry)
    for statement, values in writes.items():
        values.sort(key=lambda row: next(iter(row.values())))  # one order of locks for all replicas: no deadlocks
        await connection.execute(statement, values)
    for column, wanted in reads.items():
        keys = {entry.value for entry in wanted}
        rows = (await connection.execute(sa.select(column.table).where(column.in_(keys)))).mappings()
        found = {row[column.name]: dict(row) for row in rows}
        for entry in wanted:
            if not entry.future.done():
                entry.future.set_result(found.get(entry.value))


def _own_fault(error: Exception) -> bool:
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        return isinstance(error, DataError | IntegrityError | ProgrammingError) or str(state)[:2] in OWN_FAULT
    return isinstance(error, OverflowError | ValueError)


def _seen(future: asyncio.Future[Any]) -> None:
    if not future.cancelled():
        future.exception()
