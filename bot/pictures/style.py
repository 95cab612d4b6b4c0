"""The drawing style: fonts, colours and patterns in one place, and a sheet that is measured in pixels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.pictures.toll import Voice
from bot.pictures.wording import Direction
from bot.sentences import ISOLATE, ISOLATED, RIGHT_TO_LEFT

# The first family that has a letter draws it; a script that these lack is added here and nowhere else. DejaVu has no
# heh goal and no yeh barree (Urdu), and a word must come from one family, or its letters do not join.
FONTS: dict[Direction, list[str]] = {"ltr": ["DejaVu Sans"], "rtl": ["IBM Plex Sans Arabic", "DejaVu Sans"]}
PACKAGED = ("IBMPlexSansArabic-Regular.ttf", "IBMPlexSansArabic-Bold.ttf")
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
def font(direction: Direction, size: float, bold: bool = False) -> FontProperties:
    """The typeface of a reading direction at a letter height in pixels."""
    _packaged()
    size *= 0.72  # 100 dots an inch
    return FontProperties(family=FONTS[direction], size=size, weight="bold" if bold else "normal")


@cache
def _packaged() -> None:
    """Make the fonts known that matplotlib does not bring along."""
    for name in PACKAGED:
        fontManager.addfont(str(files("fontpkg_ibm_plex_sans_arabic").joinpath("files", name)))


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, 100)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=4096)
def width(text: str, size: float, bold: bool = False, direction: Direction = "ltr") -> float:
    """How many pixels wide a line of text stands."""
    drawn, look = _directed(text, direction), font(direction, size, bold)
    return float(_ruler().get_text_width_height_descent(drawn, look, False)[0])  # type: ignore[no-untyped-call]


def _directed(line: str, direction: Direction) -> str:
    """A line that runs from the right where its language does, also when its first word is of another script."""
    return f"{RIGHT_TO_LEFT}{line}" if direction == "rtl" else line


def _whole(lines: Sequence[str]) -> list[str]:
    """Lines of which each closes the foreign passages that it opens, and opens those again that run on."""
    found, opened = [], 0
    for line in lines:
        whole = ISOLATE * opened + line
        opened = whole.count(ISOLATE) - whole.count(ISOLATED)
        found.append(whole + ISOLATED * opened)
    return found


class Sheet:
    """A page with its origin at the top left and one unit a pixel, cut to length when it is written out as a PNG.

    Where its language runs from the right, what is written or placed from an edge is so from the right edge.
    """

    def __init__(self, direction: Direction = "ltr") -> None:
        self.direction = direction
        self._figure = Figure(dpi=100, facecolor=PAPER)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """How many pixels wide a line of text stands."""
        return width(text, size, bold, self.direction)

    def wrapped(self, text: str, size: float, room: float, bold: bool = False) -> list[str]:
        """A text broken between words into lines of at most `room` pixels; a single word that is longer stays whole."""
        return _whole(self._broken(text.split(), size, room, bold))

    def indented(self, text: str, size: float, room: float, indent: float) -> list[str]:
        """The same with a first line that is shorter by `indent` pixels."""
        first = self._broken(text.split(), size, room - indent)[:1]
        rest = text.split()[len(first[0].split()) :] if first else []
        return _whole(first + self._broken(rest, size, room))

    def text(self, at: tuple[float, float], text: str, size: float, bold: bool = False, **look: Any) -> None:
        """Write one line with its baseline at a point; `look` goes to matplotlib's Text (color, ha, va, zorder ...)."""
        drawn, typeface = _directed(text, self.direction), font(self.direction, size, bold)
        self._axes.text(*at, drawn, fontproperties=typeface, **{"color": INK, **look}, parse_math=False)

    def line(self, at: tuple[float, float], text: str, size: float, bold: bool = False) -> None:
        """Write one line that begins so far from the edge where reading begins."""
        x, y = at
        if self.direction == "rtl":
            self.text((WIDTH - x, y), text, size, bold, ha="right")
        else:
            self.text((x, y), text, size, bold)

    def lines(self, at: tuple[float, float], lines: Sequence[str], size: float, bold: bool = False) -> float:
        """Write lines below each other from a top edge; returns the y below the last."""
        x, y = at
        for line in lines:
            y += size * STEP
            self.line((x, y - size * (STEP - 1)), line, size, bold)
        return y

    def paragraph(self, at: tuple[float, float], text: str, size: float, bold: bool = False) -> float:
        """Write a text from a top edge, broken where the page ends; returns the y below."""
        return self.lines(at, self.wrapped(text, size, WIDTH - MARGIN - at[0], bold), size, bold)

    def rule(self, y: float) -> None:
        """Draw a thin line across the page."""
        self.draw(Line2D((MARGIN, WIDTH - MARGIN), (y, y), color=RULE, linewidth=1.5))

    def draw(self, *shapes: Patch | Line2D) -> None:
        """Put shapes on the page."""
        for shape in shapes:
            self._axes.add_artist(shape)

    def place(self, *shapes: Patch) -> None:
        """Put shapes on the page, measured from the edge where reading begins."""
        for shape in shapes:
            if self.direction == "rtl":
                shape.set_transform(Affine2D().scale(-1, 1).translate(WIDTH, 0) + self._axes.transData)
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

    def _broken(self, words: Sequence[str], size: float, room: float, bold: bool = False) -> list[str]:
        lines: list[str] = []
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size, bold) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines
