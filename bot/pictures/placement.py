"""Where the labels of a map go: beside their points, none over another, none over the edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

GAP = 16.0  # pixels between a point and its label
RINGS = (0.0, 24.0, 56.0, 96.0, 144.0)  # how much further a label may move away from its point
ON_A_LINE, NEAR_ANOTHER = 16, 6  # what a position costs that covers a border, or that another point is close to
ASTRAY = 40.0  # pixels; a point nearer to a label than this could be taken for the label's own
CROWD = 120.0  # pixels; points nearer than this are in each other's way
SIDES = ((1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1), (0, 1))  # right, left, then the corners


@dataclass(frozen=True, slots=True)
class Field:
    """A rectangle on the page, its upper left corner first, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Field) -> bool:
        """Whether two rectangles share a pixel."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def covers(self, point: tuple[float, float]) -> bool:
        """Whether a point lies inside."""
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom

    def gap(self, label: Label) -> tuple[float, float]:
        """How far a label's point lies outside, across and down, in pixels."""
        across = max(self.left - label.x, label.x - self.right, 0.0)
        return across, max(self.top - label.y, label.y - self.bottom, 0.0)

    def holds(self, other: Field) -> bool:
        """Whether another rectangle lies wholly inside this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """A point of the map and the size of the text that names it, in pixels."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What labels find on the page: its edges, rectangles that stay free, and lines that are better not covered."""

    frame: Field
    taken: tuple[Field, ...]
    lines: tuple[tuple[float, float], ...]  # points close together along the lines


def place(labels: Sequence[Label], ground: Ground) -> list[Field | None]:
    """A free rectangle for each label, in the labels' order; None where there is no room for one.

    Labels in a crowd choose first, because they have the fewest places to go. Every label's point stays free too.
    """
    full = [*ground.taken, *(_around(one) for one in labels)]
    chosen: dict[Label, Field | None] = {}
    for label in sorted(labels, key=lambda one: -sum(_close(one, other) for other in labels)):
        others = [other for other in labels if other is not label]
        free = [
            (rank + _cost(at, others, ground), at)
            for rank, at in enumerate(_positions(label))
            if ground.frame.holds(at) and not any(map(at.meets, full))
        ]
        chosen[label] = min(free, key=lambda found: found[0])[1] if free else None
        full += [field for field in (chosen[label],) if field]
    return [chosen[label] for label in labels]


def _cost(at: Field, others: Sequence[Label], ground: Ground) -> int:
    """How many positions further down the list a label would rather stand than here."""
    line = any(at.covers(point) for point in ground.lines)
    astray = any(hypot(*at.gap(other)) < ASTRAY for other in others)
    return (ON_A_LINE if line else 0) + (NEAR_ANOTHER if astray else 0)


def _around(label: Label) -> Field:
    return Field(label.x - GAP, label.y - GAP, label.x + GAP, label.y + GAP)


def _close(one: Label, other: Label) -> bool:
    return abs(one.x - other.x) < CROWD and abs(one.y - other.y) < CROWD


def _positions(label: Label) -> Iterator[Field]:
    """The places for a label, the best first: close before far, beside before above."""
    for ring in RINGS:
        for side, rise in SIDES:
            x = label.x + side * (GAP + ring + label.width / 2)
            y = label.y + rise * (GAP + ring + label.height / 2) * (0.6 if side else 1)
            yield Field(x - label.width / 2, y - label.height / 2, x + label.width / 2, y + label.height / 2)
