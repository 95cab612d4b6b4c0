"""The shapes of a bar: its colour and hatch tell who speaks, its outline whether that stands, its ends the bound."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Patch, Polygon, Rectangle

from bot.pictures.style import INK, PAPER, PATTERNS
from bot.pictures.toll import Bar, Voice
from knowledge.model import WORD_BOUNDS, Bound

TIP = 30  # pixels of an open end
BLOCKS = 3  # squares that stand for a word such as "several": nobody can read a length off them
UPWARDS: frozenset[Bound] = frozenset({"at least", "more than"})
DOWNWARDS: frozenset[Bound] = frozenset({"almost", "within"})


@dataclass(frozen=True, slots=True)
class Look:
    """What decides how a bar looks, apart from its length."""

    voice: Voice
    settled: bool
    bound: Bound

    @classmethod
    def of(cls, bar: Bar) -> Look:
        """The look of one claim's bar."""
        return cls(bar.voice, bar.settled, bar.quantity.bound)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a bar lies: its upper left corner, its length and its thickness, in pixels."""

    x: float
    y: float
    length: float
    thick: float


def shapes(look: Look, box: Box) -> list[Patch]:
    """The shapes of one bar, back to front."""
    if look.bound in WORD_BOUNDS:
        side = box.thick * 0.62
        top = box.y + (box.thick - side) / 2
        return [_body(look, Box(box.x + i * side * 1.4, top, side, side)) for i in range(BLOCKS)]
    if look.bound in UPWARDS:
        return [_body(look, box), *_arrow(box)]
    if look.bound in DOWNWARDS:
        solid = max(box.length - TIP, 0.0)
        rest = Rectangle((box.x + solid, box.y), box.length - solid, box.thick, facecolor="none", edgecolor=INK)
        rest.set(linestyle=":", linewidth=2)
        return [_body(look, Box(box.x, box.y, solid, box.thick)), rest]
    return [_body(look, box)]


def reach(look: Look, box: Box) -> float:
    """The x where the bar with its open end stops and its figure may begin."""
    if look.bound in WORD_BOUNDS:
        return box.x + box.thick * 0.62 * (1.4 * BLOCKS - 0.4)
    return box.x + box.length + (TIP if look.bound in UPWARDS else 0)


def _body(look: Look, box: Box) -> Patch:
    pattern = PATTERNS[look.voice]
    colour = pattern.colour if look.settled else _pale(pattern.colour)
    body = Rectangle((box.x, box.y), box.length, box.thick, facecolor=colour, edgecolor=INK, linewidth=2)
    body.set(linestyle="-" if look.settled else (0, (4, 3)), hatch=pattern.hatch, hatchcolor=INK)
    body.set_hatch_linewidth(1.4)
    return body


def _pale(colour: str) -> str:
    """A colour thinned with the paper's, so that a doubted claim's bar is lighter in black and white too."""
    red, green, blue = (0.3 * ink + 0.7 * paper for ink, paper in zip(to_rgb(colour), to_rgb(PAPER), strict=True))
    return to_hex((red, green, blue))


def _arrow(box: Box) -> list[Patch]:
    """Two chevrons behind a bar: the figure may be higher."""
    top, middle, bottom = box.y, box.y + box.thick / 2, box.y + box.thick
    chevrons: list[Patch] = []
    for left in (box.x + box.length + 4, box.x + box.length + 4 + TIP / 2):
        right = left + TIP / 2 - 2
        corners = [
            (left, top),
            (left + 5, top),
            (right, middle),
            (left + 5, bottom),
            (left, bottom),
            (right - 5, middle),
        ]
        chevrons.append(Polygon(corners, facecolor=INK, edgecolor="none"))
    return chevrons
