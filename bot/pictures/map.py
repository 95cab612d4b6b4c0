"""The places of the reports over Balochistan, with a note on what is reported of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, hypot, radians

from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon, Rectangle
from matplotlib.patheffects import withStroke

from bot.pictures import sources, style
from bot.pictures.borders import Point, outlines
from bot.pictures.placement import GAP, Field, Ground, Label, place
from bot.pictures.places import KM, Spot
from bot.pictures.style import BODY, HEADING, MARGIN, SMALL, STEP, TITLE, WIDTH, Sheet
from bot.pictures.wording import Wording

WEST, EAST, SOUTH, NORTH = 60.3, 70.9, 24.4, 32.5  # degrees; the province with a margin
ACROSS = WIDTH / (EAST - WEST)  # pixels a degree of longitude
UP = ACROSS / cos(radians((SOUTH + NORTH) / 2))  # pixels a degree of latitude, so that distances look right
AREAS: dict[str, Point] = {
    "balochistan": (65.3, 27.45),
    "iran": (61.3, 28.1),
    "afghanistan": (64.0, 31.2),
    "india": (70.45, 27.1),
    "sindh": (68.6, 26.3),
    "punjab": (70.35, 29.3),
    "arabian-sea": (65.3, 24.75),
}
SOLID = (0.0, ())
LINES: dict[str, tuple[float, tuple[float, tuple[float, ...]]]] = {  # thickness and dashes
    "coast": (1.2, SOLID),
    "province-borders": (1.6, (0, (5, 3))),
    "country-borders": (2.6, SOLID),
}
SCALE = 100  # km
NOTED = 10  # places with a note below the map; the others are named on it
EDGE = 6  # pixels that stay free beside a name at the edge
DOT = 11.0  # radius of a place's point
ROOM = WIDTH - 2 * MARGIN


def draw_map(spots: Sequence[Spot], wording: Wording) -> bytes:
    """The map as a PNG, 1,080 pixels wide, with the notes below it."""
    sheet = Sheet(wording.direction)
    y = sheet.paragraph((MARGIN, MARGIN), wording.text("map-title"), TITLE, bold=True) + 18
    frame = Field(0, y, WIDTH, y + UP * (NORTH - SOUTH))
    _ground(sheet, frame)
    areas = _areas(sheet, frame, wording)
    _points(sheet, [spot for spot in spots if frame.holds(_dot(spot, frame))], (frame, areas))
    return sheet.png(_notes(sheet, frame.bottom + 12, spots, wording) + MARGIN)


def _at(point: Point, frame: Field) -> tuple[float, float]:
    """Degrees to pixels: an equirectangular projection, true to scale at the middle of the map."""
    return (point[0] - WEST) * ACROSS, frame.top + (NORTH - point[1]) * UP


def _dot(spot: Spot, frame: Field) -> Field:
    x, y = _at((spot.coordinates.longitude, spot.coordinates.latitude), frame)
    return Field(x - DOT, y - DOT, x + DOT, y + DOT)


def _ground(sheet: Sheet, frame: Field) -> None:
    """Draw sea, land and borders, cut off at the frame."""
    edge = Rectangle((frame.left, frame.top), WIDTH, frame.bottom - frame.top, facecolor=style.SEA, edgecolor="none")
    sheet.draw(edge)
    for id, colour in (("land", style.LAND), ("balochistan", style.PROVINCE)):
        for ring in outlines(id):
            _cut(sheet, Polygon([_at(point, frame) for point in ring], facecolor=colour, edgecolor="none"), edge)
    for id, (thick, dashes) in LINES.items():
        for line in outlines(id):
            x, y = zip(*(_at(point, frame) for point in line), strict=True)
            _cut(sheet, Line2D(x, y, color=style.BORDER, linewidth=thick, linestyle=dashes), edge)


def _cut(sheet: Sheet, shape: Patch | Line2D, edge: Rectangle) -> None:
    sheet.draw(shape)
    shape.set_clip_path(edge)


def _areas(sheet: Sheet, frame: Field, wording: Wording) -> list[Field]:
    """Write the names of the areas and the scale; returns where they stand."""
    fields = []
    for id, point in AREAS.items():
        text, (x, y) = wording.text(f"area-{id}"), _at(point, frame)
        size = HEADING if id == "balochistan" else SMALL
        half = sheet.width(text, size) / 2
        x = min(x, WIDTH - EDGE - half)
        sheet.text((x, y), text, size, ha="center", va="center", color=style.MUTED, style="italic")
        fields.append(Field(x - half, y - size / 2, x + half, y + size / 2))
    length = SCALE / KM * UP
    x, y = WIDTH - MARGIN - length, frame.bottom - 26
    sheet.draw(Line2D((x, x, x + length, x + length), (y - 10, y, y, y - 10), color=style.INK, linewidth=2.5))
    sheet.text((x + length / 2, y - 12), wording.text("scale", km=SCALE), SMALL, ha="center")
    return [*fields, Field(x, y - 12 - SMALL, x + length, y)]


def _points(sheet: Sheet, spots: Sequence[Spot], around: tuple[Field, list[Field]]) -> None:
    """Draw the places' points and names, with a thin line where a name stands apart from its point."""
    frame, areas = around
    dots = [_dot(spot, frame) for spot in spots]
    labels = [
        Label(dot.left + DOT, dot.top + DOT, sheet.width(spot.label, BODY, True) + 8, BODY * 1.15)
        for spot, dot in zip(spots, dots, strict=True)
    ]
    inner = Field(frame.left + 8, frame.top + 8, frame.right - 8, frame.bottom - 8)
    ground = Ground(inner, tuple(areas), tuple(_along(frame)))
    for spot, label, field in zip(spots, labels, place(labels, ground), strict=True):
        if field:
            x, y = (field.left + field.right) / 2, (field.top + field.bottom) / 2
            if hypot(*field.gap(label)) > 2 * GAP:
                sheet.draw(Line2D((label.x, x), (label.y, y), color=style.INK, linewidth=1.5))
            halo = [withStroke(linewidth=6, foreground=style.PAPER)]
            sheet.text((x, y), spot.label, BODY, True, ha="center", va="center_baseline", path_effects=halo, zorder=5)
        sheet.draw(
            Circle((label.x, label.y), DOT, facecolor=style.POINT, edgecolor=style.PAPER, linewidth=2.5, zorder=4)
        )


def _along(frame: Field) -> Iterator[tuple[float, float]]:
    """Points along every coast and border, close enough together that no label slips between them."""
    for line in (line for id in LINES for line in outlines(id)):
        pixels = [_at(point, frame) for point in line]
        for (x, y), (u, v) in pairwise(pixels):
            parts = int(hypot(u - x, v - y) / 10) + 1
            yield from ((x + (u - x) * i / parts, y + (v - y) * i / parts) for i in range(parts))


def _notes(sheet: Sheet, y: float, spots: Sequence[Spot], wording: Wording) -> float:
    """Write what is reported of each place, and the sources; returns the y below."""
    told = [spot for spot in spots if spot.note]
    for spot in told[:NOTED]:
        y = sheet.lines((MARGIN, y + 14), [spot.label], BODY, bold=True) - BODY * STEP
        indent = sheet.width(spot.label, BODY, True) + 18
        lines = sheet.indented(spot.note, BODY, ROOM, indent)
        y = sheet.lines((MARGIN + indent, y), lines[:1], BODY)
        y = sheet.lines((MARGIN, y), lines[1:], BODY)
    foot = [wording.text("more-places", count=len(told) - NOTED)] if len(told) > NOTED else []
    claims = [claim for spot in spots for claim in spot.claims]
    foot += [sources.line(sources.used(claims, wording), wording)] if claims else [wording.text("no-places")]
    for text in (*foot, wording.text("borders")):
        y = sheet.paragraph((MARGIN, y + 14), text, SMALL)
    return y
