"""The toll over time as stepped lines, a panel for each population, drawn to be read on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from bot.pictures import sources
from bot.pictures.placement import Field
from bot.pictures.strands import Order, Panel, Step, Strand
from bot.pictures.style import HEADING, INK, MARGIN, MUTED, PAPER, PATTERNS, SMALL, TITLE, WIDTH, Sheet
from bot.pictures.wording import Wording

HIGH = 180  # pixels from the foot of a lane to the highest figure of its panel
ABOVE = 90  # pixels for the labels above the highest figure of a lane
DOT = 9
LABEL = 29  # letter height of a figure
TICK = 22
DASHES: dict[bool, Literal["-"] | tuple[float, Sequence[float]]] = {
    True: "-",
    False: (0, (4, 2)),
}  # by whether a claim stands


def draw_course(panels: Sequence[Panel], wording: Wording) -> bytes:
    """The picture as a PNG, 1,080 pixels wide and as high as its panels need."""
    sheet = Sheet(wording.direction)
    y = sheet.paragraph((MARGIN, MARGIN), wording.text("history-title"), TITLE, bold=True)
    marks = sources.numbered(step.source for panel in panels for strand in panel.strands for step in strand.steps)
    for panel in panels:
        y = sheet.paragraph((MARGIN, y + 22), wording.text("history-heading", group=panel.label), HEADING, bold=True)
        y = _panel(sheet, y, panel, marks, wording)
    foot = [wording.text("no-history")]
    if panels:
        y = _legend(sheet, y + 14, panels, wording)
        foot = [wording.text("history-note"), sources.list_of(marks, wording)]
    for text in foot:
        y = sheet.paragraph((MARGIN, y + 12), text, SMALL)
    return sheet.png(y + MARGIN)


def _panel(sheet: Sheet, y: float, panel: Panel, marks: dict[str, int], wording: Wording) -> float:
    """Draw one population's strands in lanes below each other, over the same times; returns the y below."""
    columns = _columns(panel)
    high = HIGH / max(step.number for strand in panel.strands for step in strand.steps)  # pixels for each of the killed
    for strand in panel.strands:
        y = sheet.paragraph((MARGIN, y + 8), wording.text(f"legend-{strand.voice}"), SMALL)
        y += ABOVE + high * max(step.number for step in strand.steps)
        sheet.rule(y)
        points = [(columns[step.at], y - high * step.number) for step in strand.steps]
        _line(sheet, strand, points)
        taken = _drawn(points)
        for step, point in zip(strand.steps, points, strict=True):
            _label(sheet, f"{step.figure} [{marks[step.source.id]}]", point, taken)
    _days(sheet, y, panel, columns)
    return y + 3 * SMALL * 1.2


def _columns(panel: Panel) -> dict[Order, float]:
    """A column for each time, the same distance apart however much time lies between."""
    room = (WIDTH - 2 * MARGIN) / max(1, len(panel.times))
    return {at: MARGIN + room * (index + 0.5) for index, (at, _) in enumerate(panel.times)}


def _days(sheet: Sheet, foot: float, panel: Panel, columns: dict[Order, float]) -> None:
    """Write the day below each column, its month and its part of the day where they are new."""
    before = "", ""
    for at, (day, month, part) in panel.times:
        rows = ("" if (month, day) == before else day, "" if month == before[0] else month, part)
        for row, text in enumerate(rows):
            middle = _x(sheet, columns[at]), foot + SMALL * (row * 1.1 + 1.1)
            sheet.text(middle, text, TICK, ha="center", color=MUTED)
        before = month, day


def _line(sheet: Sheet, strand: Strand, points: Sequence[tuple[float, float]]) -> None:
    """Each figure runs on level until the next takes its place; dashed where a claim does not simply stand."""
    colour = PATTERNS[strand.voice].colour
    for (step, (x, y)), (_, (after, there)) in pairwise(zip(strand.steps, points, strict=True)):
        _stroke(sheet, ((x, y), (after, y), (after, there)), colour, step.settled)
    for step, (x, y) in zip(strand.steps, points, strict=True):
        face = colour if step.settled else PAPER
        sheet.draw(Circle((_x(sheet, x), y), DOT, facecolor=face, edgecolor=INK, linewidth=2, zorder=4))


def _stroke(sheet: Sheet, points: Sequence[tuple[float, float]], colour: str, settled: bool) -> None:
    """A coloured line with a dark edge, dashed where it is not settled."""
    xs, ys = [_x(sheet, x) for x, _ in points], [y for _, y in points]
    for ink, wide in ((INK, 7), (colour, 4)):
        sheet.draw(Line2D(xs, ys, color=ink, linewidth=wide, linestyle=DASHES[settled]))


def _drawn(points: Sequence[tuple[float, float]]) -> list[Field]:
    """What a line and its points cover, where no label may stand."""
    dots = [Field(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in points]
    level = [Field(x, y - 5, after, y + 5) for (x, y), (after, _) in pairwise(points)]
    return dots + level


def _label(sheet: Sheet, text: str, point: tuple[float, float], taken: list[Field]) -> None:
    """Write a figure over its point, ending there, where a line that rises is not in its way; higher if it must."""
    wide = sheet.width(text, LABEL, True)
    right = min(max(point[0] + 2 * DOT, MARGIN / 2 + wide), WIDTH - MARGIN / 2)
    y = point[1] - DOT - 8
    while any(other.meets(field := Field(right - wide - 6, y - LABEL, right + 6, y + 4)) for other in taken):
        y -= LABEL / 4
    taken.append(field)
    sheet.text((_x(sheet, right - wide / 2), y), text, LABEL, True, ha="center", zorder=5)


def _legend(sheet: Sheet, y: float, panels: Sequence[Panel], wording: Wording) -> float:
    """The key: only the voices and the line styles that the picture has."""
    sheet.rule(y)
    y += 18
    strands = [strand for panel in panels for strand in panel.strands]
    entries = [(f"legend-{voice}", pattern.colour, True) for voice, pattern in PATTERNS.items()]
    entries = [entry for entry in entries if any(entry[0] == f"legend-{strand.voice}" for strand in strands)]
    steps: list[Step] = [step for strand in strands for step in strand.steps]
    if not all(step.settled for step in steps):
        entries.append(("legend-dashed", PAPER, False))
    for key, colour, settled in entries:
        _stroke(sheet, ((MARGIN, y + 18), (MARGIN + 72, y + 18)), colour, settled)
        y = sheet.paragraph((MARGIN + 96, y), wording.text(key), SMALL) + 6
    return y


def _x(sheet: Sheet, x: float) -> float:
    """A distance from the edge where reading begins, in pixels from the left."""
    return WIDTH - x if sheet.direction == "rtl" else x
