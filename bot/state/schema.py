"""The version of the tables: made when the database is new, refused with one line when it is another one's."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

HEAD = "0001"  # the newest revision in migrations/versions
LOCK = 0x5A1D50  # PostgreSQL's advisory lock under which tables are made, so that replicas do not do it together

_versions = sa.table("alembic_version", sa.column("version_num"))


class UnusableDatabase(Exception):
    """The database cannot be used; the message is one line that says what to do."""


async def prepare(engine: AsyncEngine) -> None:
    """Makes the tables of a new database; raises UnusableDatabase when they are older or newer than this code."""
    try:
        async with engine.connect() as connection:
            found = await connection.run_sync(_version)
        if found is None:
            await upgrade(engine)
    except (SQLAlchemyError, OSError) as error:
        raise UnusableDatabase(advice(engine, error)) from error
    if found is None or found == HEAD:
        return
    if found < HEAD:
        line = f"The database is of version {found}, the program of {HEAD}. Back it up and run: python -m bot upgrade"
        raise UnusableDatabase(line)
    line = f"The database is of version {found}, newer than the program's {HEAD}. Install the newer program"
    raise UnusableDatabase(line)


async def upgrade(engine: AsyncEngine) -> None:
    """Brings the tables to this program's version, one process at a time."""
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        await connection.run_sync(_migrated)


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(sa.select(_versions.c.version_num))


def _migrated(connection: sa.Connection) -> None:
    from alembic import command  # it is large, and needed only when tables are made or changed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def advice(engine: AsyncEngine, error: Exception) -> str:
    """One line on a database that cannot be reached or read, with the setting to look at."""
    cause = getattr(error, "orig", None) or error
    if engine.dialect.name == "sqlite":
        return f"The database {engine.url.database} cannot be opened ({cause}). Check SAIDSO_DATA and its rights"
    place = f"{engine.url.host or 'localhost'}:{engine.url.port or 5432}/{engine.url.database}"
    return f"PostgreSQL at {place} cannot be used ({type(cause).__name__}). Check DATABASE_URL and the server"
