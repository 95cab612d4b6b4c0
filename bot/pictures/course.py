"""The toll over time as stepped lines, a panel for each population, drawn to be read on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from bot.pictures import sources
from bot.pictures.strands import Order, Panel, Step, Strand
from bot.pictures.style import HEADING, INK, MARGIN, MUTED, PAPER, PATTERNS, SMALL, TITLE, WIDTH, Sheet
from bot.pictures.wording import Wording

HIGH = 300  # pixels from the foot of a panel to its highest figure
ABOVE = 110  # pixels for the label of the highest figure
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
        y = _panel(sheet, y, panel, marks)
    foot = [wording.text("no-history")]
    if panels:
        y = _legend(sheet, y + 14, panels, wording)
        foot = [wording.text("history-note"), sources.list_of(marks, wording)]
    for text in foot:
        y = sheet.paragraph((MARGIN, y + 12), text, SMALL)
    return sheet.png(y + MARGIN)


def _panel(sheet: Sheet, y: float, panel: Panel, marks: dict[str, int]) -> float:
    """Draw one population's strands over its times; returns the y below."""
    foot = y + ABOVE + HIGH
    highest = max(step.number for strand in panel.strands for step in strand.steps)
    columns = _columns(sheet, panel, foot)
    taken: list[tuple[float, float, float]] = []  # labels that stand already: left, right, y
    for strand in panel.strands:
        points = [(columns[step.at], foot - HIGH * step.number / highest) for step in strand.steps]
        _line(sheet, strand, points)
        for step, point in zip(strand.steps, points, strict=True):
            _label(sheet, f"{step.figure} [{marks[step.source.id]}]", point, taken)
    return foot + 3 * SMALL * 1.2


def _columns(sheet: Sheet, panel: Panel, foot: float) -> dict[Order, float]:
    """A column for each time with its day below, the same distance apart however much time lies between."""
    sheet.rule(foot)
    room = (WIDTH - 2 * MARGIN) / max(1, len(panel.times))
    columns, before = {}, ("", "")
    for index, (at, (day, month, part)) in enumerate(panel.times):
        columns[at] = x = MARGIN + room * (index + 0.5)
        rows = ("" if (month, day) == before else day, "" if month == before[0] else month, part)
        for row, text in enumerate(rows):
            sheet.text((_x(sheet, x), foot + SMALL * (row * 1.1 + 1.1)), text, TICK, ha="center", color=MUTED)
        before = month, day
    return columns


def _line(sheet: Sheet, strand: Strand, points: Sequence[tuple[float, float]]) -> None:
    """Each figure runs on level until the next takes its place; dashed where a claim does not simply stand."""
    colour = PATTERNS[strand.voice].colour
    for (step, (x, y)), (_, (after, there)) in pairwise(zip(strand.steps, points, strict=True)):
        style = DASHES[step.settled]
        xs = [_x(sheet, each) for each in (x, after, after)]
        sheet.draw(Line2D(xs, (y, y, there), color=INK, linewidth=7, linestyle=style))
        sheet.draw(Line2D(xs, (y, y, there), color=colour, linewidth=4, linestyle=style))
    for step, (x, y) in zip(strand.steps, points, strict=True):
        face = colour if step.settled else PAPER
        sheet.draw(Circle((_x(sheet, x), y), DOT, facecolor=face, edgecolor=INK, linewidth=2, zorder=4))


def _label(sheet: Sheet, text: str, point: tuple[float, float], taken: list[tuple[float, float, float]]) -> None:
    """Write a figure over its point, higher where another stands there already."""
    half = sheet.width(text, LABEL, True) / 2
    x = min(max(point[0], MARGIN / 2 + half), WIDTH - MARGIN / 2 - half)
    y = point[1] - DOT - 10
    while any(left < x + half and x - half < right and abs(y - other) < LABEL for left, right, other in taken):
        y -= LABEL / 2
    taken.append((x - half - 6, x + half + 6, y))
    sheet.text((_x(sheet, x), y), text, LABEL, True, ha="center", zorder=5)


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
        xs = [_x(sheet, each) for each in (MARGIN, MARGIN + 72)]
        sheet.draw(Line2D(xs, (y + 18, y + 18), color=INK, linewidth=7, linestyle=DASHES[settled]))
        sheet.draw(Line2D(xs, (y + 18, y + 18), color=colour, linewidth=4, linestyle=DASHES[settled]))
        y = sheet.paragraph((MARGIN + 96, y), wording.text(key), SMALL) + 6
    return y


def _x(sheet: Sheet, x: float) -> float:
    """A distance from the edge where reading begins, in pixels from the left."""
    return WIDTH - x if sheet.direction == "rtl" else x
