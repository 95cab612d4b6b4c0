"""The two databases that the bot works over, each new for each test, as fixtures.

PostgreSQL is reached through TEST_DATABASE_URL; without it these tests are skipped and say so.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg  # type: ignore[import-untyped]
import pytest

from bot.state import inbox as inboxes
from bot.state.database import Database, opened

Where = str | Path


def server() -> str:
    """The PostgreSQL server for tests."""
    address = os.environ.get("TEST_DATABASE_URL", "")
    if not address:
        pytest.skip("TEST_DATABASE_URL is not set: nothing is tested over PostgreSQL")
    return address.replace("+asyncpg", "")


@asynccontextmanager
async def new_database() -> AsyncIterator[str]:
    """The address of a PostgreSQL database that is there as long as the context."""
    name = f"saidso_test_{secrets.token_hex(6)}"
    address = server()
    connection = await asyncpg.connect(address)
    await connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


@pytest.fixture
async def postgresql() -> AsyncIterator[str]:
    """The address of a new PostgreSQL database."""
    async with new_database() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
async def where(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Where]:
    """A new database of each kind: a folder, or an address."""
    if request.param == "sqlite":
        yield tmp_path / "data"
    else:
        async with new_database() as address:
            yield address


@pytest.fixture
async def database(where: Where) -> AsyncIterator[Database]:
    """A new database of each kind, open."""
    made = await opened(where)
    yield made
    await made.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """An inbox that does not wait long between its tries."""
    monkeypatch.setattr(inboxes, "BACK_OFF", 0.01)
    monkeypatch.setattr(inboxes, "TICK", 0.05)
