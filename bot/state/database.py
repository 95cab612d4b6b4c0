"""Opening the database: SQLite in a folder, or PostgreSQL at an address, behind one code path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.state.ledger import Ledger
from bot.state.schema import HEAD, UnusableDatabase, advice, prepare, upgrade

FILE = "saidso.sqlite"


class Database:
    """An open database: its engine, and the ledger through which everything goes."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.ledger = Ledger(engine)

    @property
    def embedded(self) -> bool:
        """Whether this is SQLite, which one process has to itself."""
        return self.engine.dialect.name == "sqlite"

    def insert(self, table: sa.Table) -> Any:
        """An insert in the words of this database, so that `on_conflict_do_...` can follow."""
        return sqlite.insert(table) if self.embedded else postgresql.insert(table)

    def upsert(self, table: sa.Table) -> Any:
        """An insert that overwrites the row of the same key."""
        insert = self.insert(table)
        keys = [column.name for column in table.primary_key]
        rest = {c.name: insert.excluded[c.name] for c in table.columns if c.name not in keys}
        return insert.on_conflict_do_update(index_elements=keys, set_=rest)

    async def close(self) -> None:
        """Carries out what was asked of it and closes."""
        await self.ledger.close()
        await self.engine.dispose()


async def opened(where: str | Path) -> Database:
    """Opens the database in a folder (SQLite) or at an address (postgresql://...), made ready if it is new.

    Raises UnusableDatabase with one line to act on, when it cannot be opened or its tables are of another version.
    """
    engine = engine_of(where)
    try:
        await prepare(engine)
    except BaseException:
        await engine.dispose()
        raise
    return Database(engine)


def engine_of(where: str | Path) -> AsyncEngine:
    """The engine for a folder or an address; nothing is connected yet."""
    if isinstance(where, Path) or "://" not in where:
        return _embedded(Path(where))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):  # a port that is no number is the latter
        raise UnusableDatabase("DATABASE_URL is no address. Write postgresql://user:password@host/name") from None
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise UnusableDatabase("DATABASE_URL names no PostgreSQL. Write postgresql://user:password@host/name")
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg"), pool_size=2, pool_pre_ping=True, hide_parameters=True
    )


def _embedded(folder: Path) -> AsyncEngine:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        line = f"The folder {folder} cannot be made ({error.strerror}). Set SAIDSO_DATA to a folder that can be written"
        raise UnusableDatabase(line) from error
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder / FILE}", poolclass=NullPool, hide_parameters=True)
    sa.event.listen(engine.sync_engine, "connect", _durable)
    return engine


def _durable(connection: Any, record: object) -> None:
    """What is committed is on the disk, also when the power fails."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def upgraded(where: str | Path) -> list[str]:
    """Brings a database to this program's version and says so, as lines to print; raises UnusableDatabase."""
    engine = engine_of(where)
    try:
        await upgrade(engine)
    except (SQLAlchemyError, OSError) as error:
        raise UnusableDatabase(advice(engine, error)) from error
    finally:
        await engine.dispose()
    return [f"The database is of version {HEAD}"]
