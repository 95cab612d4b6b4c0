"""The pictures as they are sent: drawn once for each state of the facts, away from the conversation, and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from bot.languages import Language
from bot.pictures.captions import chart_caption, course_caption, map_caption
from bot.pictures.places import spots
from bot.pictures.strands import panels
from bot.pictures.toll import toll
from bot.pictures.wording import Wording
from knowledge.store import FactStore

Kind = Literal["chart", "history", "map"]

KEPT = 16  # pictures; the one that was drawn first goes first


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the same in words: the bytes of a PNG, and a caption of at most 1,024 characters of HTML.

    `key` is equal for equal facts, language and kind, so that one upload can serve every chat.
    """

    key: str
    png: bytes
    caption: str


class Gallery:
    """Draws pictures of the facts, one at a time, and keeps them until the facts change."""

    def __init__(self, most: int = KEPT) -> None:
        # One worker: matplotlib is not made for several threads at once.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._most = most
        self._kept: dict[str, Picture] = {}

    async def picture(self, kind: Kind, store: FactStore, language: Language) -> Picture:
        """The toll claim by claim, the toll over time, or the places of the reports over Balochistan."""
        key = f"{kind}-{language.code}-{store.version}"
        if key in self._kept:
            return self._kept[key]
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, self._drawn, key, lambda: DRAWN[kind](wording(store, language)))

    def close(self) -> None:
        """Let the worker go; a picture that is being drawn is finished first."""
        self._worker.shutdown()

    def _drawn(self, key: str, draw: Callable[[], tuple[bytes, str]]) -> Picture:
        """Draw a picture unless the one before it in the queue was the same."""
        if key not in self._kept:
            png, caption = draw()
            self._kept[key] = Picture(key, png, caption)
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return self._kept[key]


def wording(store: FactStore, language: Language) -> Wording:
    """The words for pictures of a store in one language."""
    return Wording(language.code, language.direction, language.pictures, language.dates, store)


def chart(words: Wording) -> tuple[bytes, str]:
    """The chart's PNG and caption, drawn now."""
    from bot.pictures.chart import draw_chart  # half a second of matplotlib that only whoever wants a picture waits for

    groups = toll(words)
    return draw_chart(groups, words), chart_caption(groups, words)


def history(words: Wording) -> tuple[bytes, str]:
    """The PNG and the caption of the toll over time, drawn now."""
    from bot.pictures.course import draw_course

    found = panels(words)
    return draw_course(found, words), course_caption(found, words)


def map_(words: Wording) -> tuple[bytes, str]:
    """The map's PNG and caption, drawn now."""
    from bot.pictures.map import draw_map

    found = spots(words)
    return draw_map(found, words), map_caption(found, words)


DRAWN: dict[Kind, Callable[[Wording], tuple[bytes, str]]] = {"chart": chart, "history": history, "map": map_}
