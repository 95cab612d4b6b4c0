"""The bot as a process of its own, and what may stand before it: a balancer over several."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from standin import StandIn

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "bot", "run")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class BotProcess:
    """`python -m bot run` with a data folder, talking to a stand-in; its output goes to files beside the folder."""

    def __init__(self, telegram: StandIn, folder: Path, command: tuple[str, ...] = COMMAND, **settings: Any) -> None:
        self._command = command
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.health = f"http://127.0.0.1:{free_port()}"
        self._process: Process | None = None
        given = {
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_BASE_URL": telegram.url,
            "SAIDSO_DATA": str(folder / "data"),
            "FLOOD_LIMITS": "off",
            "HEALTH_LISTEN": self.health.removeprefix("http://"),
        }
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("WEBHOOK_", "DATABASE_"))}
        self._environment = clean | given | {key.upper(): str(value) for key, value in settings.items()}

    async def start(self) -> BotProcess:
        """Starts it; it takes a second or two until it answers."""
        with open(self.folder / "out", "ab") as out, open(self.folder / "err", "ab") as err:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, env=self._environment, stdout=out, stderr=err, cwd=ROOT
            )
        return self

    @property
    def pid(self) -> int:
        """The process' number."""
        assert self._process is not None
        return self._process.pid

    async def ready(self, seconds: float = 20.0) -> BotProcess:
        """Waits until it says that it is ready."""
        async with asyncio.timeout(seconds), httpx.AsyncClient() as client:
            while True:
                with suppress(httpx.HTTPError):
                    if (await client.get(f"{self.health}/readyz")).status_code == 200:
                        return self
                await asyncio.sleep(0.05)

    async def page(self, path: str) -> httpx.Response:
        """What it says at an address of its health."""
        async with httpx.AsyncClient() as client:
            return await client.get(f"{self.health}/{path}")

    def send(self, number: signal.Signals) -> None:
        """Sends it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    async def kill(self) -> None:
        """Ends it with -9."""
        self.send(signal.SIGKILL)
        await self.ended()

    async def stop(self) -> tuple[int, float]:
        """Ends it with SIGTERM: its exit code, and how many seconds that took."""
        start = time.monotonic()
        self.send(signal.SIGTERM)
        return await self.ended(), time.monotonic() - start

    async def ended(self, seconds: float = 20.0) -> int:
        """Its exit code, once it has one."""
        assert self._process is not None
        async with asyncio.timeout(seconds):
            return await self._process.wait()

    def output(self, name: str = "out") -> str:
        """What it has printed: "out", its log, or "err"."""
        return (self.folder / name).read_text()

    async def close(self) -> None:
        """Ends it if it still runs."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()


@asynccontextmanager
async def running(telegram: StandIn, folder: Path, **settings: Any) -> AsyncIterator[BotProcess]:
    """A bot that is ready, and ended afterwards."""
    bot = BotProcess(telegram, folder, **settings)
    try:
        yield await (await bot.start()).ready()
    finally:
        await bot.close()


class Balancer:
    """Hands connections to whichever of several addresses takes them, in turn."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._turn = 0
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Balancer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *error: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            for _ in self._ports:
                self._turn += 1
                with suppress(OSError):
                    port = self._ports[self._turn % len(self._ports)]
                    there, back = await asyncio.open_connection("127.0.0.1", port)
                    await asyncio.gather(_pumped(reader, back), _pumped(there, writer))
                    return
        finally:
            self._tasks.discard(task)
            writer.close()


async def _pumped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    writer.close()
