"""The key of the chart: only the colours, outlines and ends that the chart has."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pictures.bars import DOWNWARDS, UPWARDS, Box, Look, shapes
from bot.pictures.style import MARGIN, PATTERNS, SMALL, Sheet
from bot.pictures.toll import Bar
from bot.pictures.wording import Wording
from knowledge.model import WORD_BOUNDS

SWATCH = (72, 28)  # length and thickness in pixels
TEXT = MARGIN + 124  # where the words begin, behind the longest swatch


def draw_legend(sheet: Sheet, y: float, bars: Sequence[Bar], wording: Wording) -> float:
    """Draw the key from a top edge; returns the y below it."""
    sheet.rule(y)
    y += 20
    for key, look in entries(bars):
        sheet.place(*shapes(look, Box(MARGIN, y + 4, *SWATCH)))
        y = sheet.paragraph((TEXT, y - 2), wording.text(key), SMALL) + 8
    return y


def entries(bars: Sequence[Bar]) -> list[tuple[str, Look]]:
    """The keys of the legend's words, each with a bar that shows it."""
    looks = [Look.of(bar) for bar in bars]
    found = [(f"legend-{voice}", Look(voice, True, "exactly")) for voice in PATTERNS if _any(looks, voice)]
    if not all(look.settled for look in looks):
        found.append(("legend-unsettled", Look("report", False, "exactly")))
    for key, bounds in (("open", UPWARDS), ("almost", DOWNWARDS), ("word", WORD_BOUNDS)):
        bound = next((look.bound for look in looks if look.bound in bounds), None)
        found += [(f"legend-{key}", Look("report", True, bound))] if bound else []
    return found


def _any(looks: Sequence[Look], voice: str) -> bool:
    return any(look.voice == voice for look in looks)
