"""Shared fixtures: the invented world of tests/world, as a folder that a test may break and as a store."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import files
from knowledge.store import FactStore

WORLD = Path(__file__).parent / "world"


@pytest.fixture
def anyio_backend() -> str:
    """The loop that the bot runs on."""
    return "asyncio"


@pytest.fixture(scope="session")
def founding() -> FactStore:
    """The store of the founding report alone."""
    return files.load().restricted(["crackdown-article"])


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A copy of the tiny fact base, to be changed at will."""
    return Path(shutil.copytree(WORLD, tmp_path / "world"))


@pytest.fixture(scope="session")
def store() -> FactStore:
    """The store of the tiny fact base."""
    return files.load(WORLD)
