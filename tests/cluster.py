"""A PostgreSQL server of the tests' own, which may be stopped without harm to anybody."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest


class Cluster:
    """A server on loopback with its data in a folder."""

    def __init__(self, programs: Path, folder: Path, port: int) -> None:
        self._programs = programs
        self._folder = folder
        self._port = port
        self.address = f"postgresql://tester@127.0.0.1:{port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of PostgreSQL's programs, as its user where the tests run as root, which PostgreSQL refuses."""
        user = "postgres" if os.geteuid() == 0 else None
        command = [str(self._programs / program), *arguments]
        subprocess.run(command, check=True, user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def create(self) -> None:
        """Makes the data folder."""
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        self.run("initdb", "-D", str(self._folder / "data"), "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8")

    def start(self) -> None:
        """Starts the server and waits for it."""
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
        log = str(self._folder / "log")
        self.run("pg_ctl", "-D", str(self._folder / "data"), "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        """Stops it as a crash would."""
        self.run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "stop")

    async def restart(self) -> None:
        """Stops it as a crash would, and starts it a moment later."""
        await asyncio.to_thread(self.stop)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(self.start)


def programs() -> Path:
    """Where PostgreSQL's programs are; skips the test where there are none."""
    candidates = [Path(found).parent for found in [shutil.which("initdb")] if found]
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.skip("PostgreSQL's initdb is not installed: it is not tested that its restart loses nothing")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server that runs as long as the test."""
    if not os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("TEST_DATABASE_URL is not set: nothing is tested over PostgreSQL")
    found = programs()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="saidso-pg-"))
    made = Cluster(found, folder, port)
    made.create()
    made.start()
    try:
        yield made
    finally:
        with suppress(subprocess.CalledProcessError):
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)
