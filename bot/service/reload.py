"""Changed facts while the bot runs: checked, built, and only then put in the place of the old."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from bot import conversation
from bot.conversation import Desk
from bot.service.metrics import Metrics
from knowledge import checks, files
from knowledge.problems import BrokenFacts

LOOK = 2.0  # seconds between looks at the files


class Reload:
    """Watches a folder of facts; `swap` gets a new desk whenever the files have changed and hold no problem."""

    def __init__(self, facts: Path | None, metrics: Metrics, swap: Callable[[Desk], None]) -> None:
        self._facts = facts or files.FACTS
        self._metrics = metrics
        self._swap = swap
        self._seen = self._stamp()
        self._asked = asyncio.Event()

    def ask(self) -> None:
        """Has the facts loaded now, changed or not."""
        self._asked.set()

    async def run(self) -> None:
        """Watches until cancelled."""
        while True:
            try:
                async with asyncio.timeout(LOOK):
                    await self._asked.wait()
            except TimeoutError:
                stamp = self._stamp()
                if stamp == self._seen:
                    continue
                await asyncio.sleep(0.2)  # an editor may be writing still
                if stamp != self._stamp():
                    continue
            self._asked.clear()
            self._seen = self._stamp()
            await self._load()

    async def _load(self) -> None:
        """On any problem the old store stays, and the log has the checker's lines."""
        log = structlog.get_logger()
        try:
            desk = await asyncio.to_thread(_checked, self._facts)
        except BrokenFacts as broken:
            self._metrics.reloaded("refused")
            log.error("facts-refused", problems=[str(problem) for problem in broken.problems])
        except Exception as error:
            self._metrics.reloaded("refused")
            log.error("facts-refused", problems=[], exc_info=error)
        else:
            self._swap(desk)
            self._metrics.reloaded("done")
            log.info("facts-loaded", store=desk.version)

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        found = []
        for path in sorted(self._facts.rglob("*.yml")):
            try:
                stat = path.stat()
            except OSError:
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
        return tuple(found)


def _checked(facts: Path) -> Desk:
    problems = checks.check(files.read(facts))
    if problems:
        raise BrokenFacts(tuple(problems))
    return conversation.opened(facts)
