"""Serving HTTP inside the bot's own event loop."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from bot.settings import Address


class AddressTaken(Exception):
    """The bot cannot listen at an address; the message is one line."""


class Server(uvicorn.Server):
    """A server that leaves signals to the process, which has more to stop than this."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


class Listener:
    """An address with its routes; listens from `open` on, serves while `run` runs."""

    def __init__(self, address: Address, routes: Sequence[Route]) -> None:
        config = uvicorn.Config(
            Starlette(routes=list(routes)),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
            timeout_keep_alive=75,
            ws="none",
        )
        self._server = Server(config)
        self._socket = _bound(address)

    async def run(self) -> None:
        """Serves until `stop`."""
        await self._server.serve([self._socket])

    def stop(self) -> None:
        """Takes no more requests; those under way are answered."""
        self._server.should_exit = True


def _bound(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    bound = socket.socket(family)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((address.host, address.port))
        bound.listen(1024)
    except OSError as error:
        bound.close()
        line = f"Cannot listen on {address.host}:{address.port} ({error.strerror}). Choose another address"
        raise AddressTaken(f"{line} with WEBHOOK_LISTEN or HEALTH_LISTEN") from error
    bound.setblocking(False)
    return bound
