"""Whether the bot is alive and ready, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.service.metrics import Metrics

FRESH = 60.0  # seconds since Telegram last answered a call, in polling mode about two long polls


class Health:
    """What /healthz, /readyz and /metrics tell."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._heard = 0.0
        self.database: Callable[[], str] = lambda: "not open"  # what is wrong with it; empty when it works
        self.version = ""  # of the store; empty before it is loaded
        self.stopping = False

    def heard(self) -> None:
        """Notes that Telegram has answered."""
        self._heard = time.monotonic()

    @property
    def quiet(self) -> float:
        """Seconds since Telegram last answered."""
        return time.monotonic() - self._heard if self._heard else float("inf")

    def troubles(self) -> dict[str, str]:
        """What keeps the bot from answering, by part; empty when it is ready."""
        found = {
            "database": self.database(),
            "telegram": "" if self.quiet < FRESH else "no answer for a while",
            "store": "" if self.version else "not loaded",
            "process": "stopping" if self.stopping else "",
        }
        return {part: trouble for part, trouble in found.items() if trouble}

    def routes(self) -> list[Route]:
        """The three addresses."""
        return [
            Route("/healthz", self._alive),
            Route("/readyz", self._ready),
            Route("/metrics", self._numbers),
        ]

    async def _alive(self, request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def _ready(self, request: Request) -> Response:
        troubles = self.troubles()
        return JSONResponse({"ready": not troubles, "store": self.version} | troubles, 503 if troubles else 200)

    async def _numbers(self, request: Request) -> Response:
        return Response(self._metrics.page(), media_type="text/plain; version=0.0.4")
