"""The drawing style: fonts, colours and patterns in one place, and a sheet that is measured in pixels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from PIL import Image

from bot.pictures.toll import Voice

# The first family that has a letter draws it; a script that DejaVu lacks is added here and nowhere else.
FONTS = ["DejaVu Sans"]
WIDTH = 1080  # pixels; a phone shows them at a third of that
MARGIN = 48
TITLE, HEADING, BODY, SMALL = 50, 40, 33, 28  # letter heights in pixels
STEP = 1.32  # from line to line, in letter heights

# An opaque paper of its own, so that the picture reads the same in a light and in a dark chat.
PAPER, INK, MUTED, RULE = "#FBFAF6", "#1A1A1A", "#454545", "#B9B6AC"
SEA, LAND, PROVINCE, BORDER, POINT = "#D5E3EC", "#EBE7DB", "#FDFCF8", "#6E6A60", "#0072B2"


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one kind of claimant's bars look: a colour of Okabe and Ito's set and a hatch, so that either is enough."""

    colour: str
    hatch: str


PATTERNS: dict[Voice, Pattern] = {
    "report": Pattern("#56B4E9", ""),
    "officials": Pattern("#E69F00", "//"),
    "attackers": Pattern("#CC79A7", "xx"),
    "others": Pattern("#F0E442", ".."),
}


@cache
def font(size: float, bold: bool = False) -> FontProperties:
    """The typeface at a letter height in pixels."""
    return FontProperties(family=FONTS, size=size * 0.72, weight="bold" if bold else "normal")  # 100 dots an inch


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, 100)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=4096)
def width(text: str, size: float, bold: bool = False) -> float:
    """How many pixels wide a line of text stands."""
    extent = _ruler().get_text_width_height_descent(text, font(size, bold), False)  # type: ignore[no-untyped-call]
    return float(extent[0])


def wrapped(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """A text broken between words into lines of at most `room` pixels; a single word that is longer stays whole."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def indented(text: str, size: float, room: float, indent: float) -> list[str]:
    """The same with a first line that is shorter by `indent` pixels."""
    first = wrapped(text, size, room - indent)[:1]
    rest = text.split()[len(first[0].split()) :] if first else []
    return first + wrapped(" ".join(rest), size, room)


class Sheet:
    """A page with its origin at the top left and one unit a pixel, cut to length when it is written out as a PNG."""

    def __init__(self) -> None:
        self._figure = Figure(dpi=100, facecolor=PAPER)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def text(self, at: tuple[float, float], text: str, size: float, bold: bool = False, **look: Any) -> None:
        """Write one line with its baseline at a point; `look` goes to matplotlib's Text (color, ha, va, zorder ...)."""
        self._axes.text(*at, text, fontproperties=font(size, bold), **{"color": INK, **look}, parse_math=False)

    def lines(self, at: tuple[float, float], lines: Sequence[str], size: float, bold: bool = False) -> float:
        """Write lines below each other from a top edge; returns the y below the last."""
        x, y = at
        for line in lines:
            y += size * STEP
            self.text((x, y - size * (STEP - 1)), line, size, bold)
        return y

    def rule(self, y: float) -> None:
        """Draw a thin line across the page."""
        self.draw(Line2D((MARGIN, WIDTH - MARGIN), (y, y), color=RULE, linewidth=1.5))

    def draw(self, *shapes: Patch | Line2D) -> None:
        """Put shapes on the page."""
        for shape in shapes:
            self._axes.add_artist(shape)

    def png(self, height: float) -> bytes:
        """The page down to a height as the bytes of a PNG, the same for the same page."""
        height = round(height)
        self._figure.set_size_inches(WIDTH / 100, height / 100)
        self._axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        drawn, written = io.BytesIO(), io.BytesIO()
        self._figure.savefig(drawn, format="png", facecolor=PAPER)
        # A palette makes the file a third as large, and flat colours and letters lose nothing by it.
        few = Image.open(drawn).convert("RGB").quantize(128, dither=Image.Dither.NONE)
        few.save(written, format="png", optimize=True)
        return written.getvalue()
