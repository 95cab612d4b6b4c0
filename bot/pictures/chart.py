"""The toll as horizontal bars, one a claim, drawn to be read on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pictures import sources
from bot.pictures.bars import TIP, Box, Look, reach, shapes
from bot.pictures.captions import heading
from bot.pictures.legend import draw_legend
from bot.pictures.style import BODY, HEADING, MARGIN, SMALL, TITLE, WIDTH, Sheet
from bot.pictures.toll import Bar, Group
from bot.pictures.wording import Wording

THICK = 40  # pixels from the upper to the lower edge of a bar
FIGURE = 42  # letter height of the figure at its end
LEAST = 8  # length of the shortest bar
ROOM = WIDTH - 2 * MARGIN


def draw_chart(groups: Sequence[Group], wording: Wording) -> bytes:
    """The chart as a PNG, 1,080 pixels wide and as high as its bars need."""
    sheet = Sheet(wording.direction)
    bars = [bar for group in groups for bar in group.bars]
    y = sheet.paragraph((MARGIN, MARGIN), wording.text("chart-title"), TITLE, bold=True)
    scale = _scale(sheet, bars)
    for group in groups:
        y = sheet.paragraph((MARGIN, y + 14), heading(group, wording), HEADING, bold=True) + 2
        for bar in group.bars:
            y = _row(sheet, y, (bar, scale), wording)
        if group.more:
            y = sheet.paragraph((MARGIN, y), wording.text("more-claims", count=group.more), BODY)
    foot = [wording.text("no-toll")]
    if bars:
        y = draw_legend(sheet, y + 16, bars, wording)
        foot = [wording.text("not-added"), sources.line(sources.used([bar.claim for bar in bars], wording), wording)]
    for text in foot:
        y = sheet.paragraph((MARGIN, y + 12), text, SMALL)
    return sheet.png(y + MARGIN)


def _scale(sheet: Sheet, bars: Sequence[Bar]) -> float:
    """Pixels a person, so that the longest bar leaves room for the widest figure beside it."""
    beside = max((sheet.width(bar.figure, FIGURE, True) for bar in bars), default=0) + TIP + 40
    return (ROOM - beside) / max((bar.quantity.number or 1 for bar in bars), default=1)


def _row(sheet: Sheet, y: float, drawn: tuple[Bar, float], wording: Wording) -> float:
    """Draw who says a figure, and below it the bar with the figure at its end; returns the y below."""
    bar, scale = drawn
    look, long = Look.of(bar), max(LEAST, (bar.quantity.number or 0) * scale)
    figure_at = reach(look, Box(MARGIN, 0, long, THICK)) + 16
    scope_at = figure_at + sheet.width(bar.figure, FIGURE, True) + 16
    # What it counts stands beside the figure, or above with who says so where there is no room.
    beside = scope_at + sheet.width(bar.scope, BODY) <= WIDTH - MARGIN
    said = wording.clauses([bar.claimant, "" if beside else bar.scope, bar.status])
    y = sheet.paragraph((MARGIN, y), said, BODY) + 6
    sheet.place(*shapes(look, Box(MARGIN, y, long, THICK)))
    sheet.line((figure_at, y + THICK * 0.84), bar.figure, FIGURE, True)
    sheet.line((scope_at, y + THICK * 0.84), bar.scope if beside else "", BODY)
    return y + THICK + 16
