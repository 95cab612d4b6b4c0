"""The pictures: what they show, that they say it in words too, and that they can be read."""

from __future__ import annotations

import ast
import asyncio
import io
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from matplotlib.patches import Rectangle
from PIL import Image

from bot.languages import Language, languages
from bot.pictures import style
from bot.pictures.__main__ import main
from bot.pictures.captions import ROOM, chart_caption, map_caption
from bot.pictures.gallery import DRAWN, Gallery, wording
from bot.pictures.places import spots
from bot.pictures.toll import toll
from bot.pictures.wording import Wording
from bot.sentences import ISOLATE, ISOLATED, RIGHT_TO_LEFT
from knowledge.model import Claim
from knowledge.store import FactStore

ROOT = Path(__file__).parent.parent
ENGLISH = languages()["en"]
SPOKEN = pytest.mark.parametrize("language", languages().values(), ids=languages())
OKABE_ITO = {"#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#000000"}


@pytest.fixture(scope="module")
def words(founding: FactStore) -> Wording:
    return wording(founding, ENGLISH)


def changed(store: FactStore, claims: list[Claim]) -> Wording:
    report = store.reports[0].model_copy(update={"claims": claims})
    return wording(FactStore((report,), store.names, store.facets), ENGLISH)


class Tags(HTMLParser):
    """Telegram's rules for a caption: tags that it knows, closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "a"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


# -- the same in words --------------------------------------------------------------------------------


def test_captions_say_what_the_pictures_show(words: Wording) -> None:
    chart, found = chart_caption(toll(words), words), map_caption(spots(words), words)
    for bar in (bar for group in toll(words) for bar in group.bars):
        line = next(line for line in Tags(chart).text.splitlines() if bar.claimant in line and bar.figure in line)
        assert bar.status in line and bar.scope in line
    assert all(one.label in found and one.note in found for one in spots(words))
    for caption in (chart, found):
        assert (
            len(Tags(caption).text) <= ROOM and "Capital Post (UK), no date given</a>" in caption and "!" not in caption
        )
    assert ENGLISH.pictures["not-added"] in chart and ENGLISH.pictures["borders"] in found


def test_a_caption_of_many_claims_stays_within_its_limit_and_says_what_is_missing(founding: FactStore) -> None:
    many = wording(founding, ENGLISH)
    long = [one for one in spots(many) for _ in range(5)]
    caption = map_caption(long, many)
    assert len(Tags(caption).text) <= ROOM and "more places" in caption


def test_names_cannot_break_the_markup(founding: FactStore) -> None:
    names = tuple(
        n.model_copy(update={"label": {"en": "<b>&Co"}}) if n.id == "sarfraz-bugti" else n for n in founding.names
    )
    odd = wording(FactStore(founding.reports, names, founding.facets), ENGLISH)
    assert "<b>&Co, chief minister" in Tags(chart_caption(toll(odd), odd)).text


# -- the drawing --------------------------------------------------------------------------------------


def test_the_command_draws_every_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.split() == [str(tmp_path / f"{kind}.png") for kind in ("chart", "history", "map")]
    for name in ("chart", "history", "map"):
        with Image.open(tmp_path / f"{name}.png") as image:
            wide, high = image.size
            assert wide == 1080 and 800 < high < 6000 and len(image.convert("RGB").getcolors(1_000_000) or []) > 20


def test_a_missing_folder_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_an_empty_store_has_pictures_that_say_so(founding: FactStore) -> None:
    empty = changed(founding, [])
    for kind, text in (("chart", "no-toll"), ("history", "no-history"), ("map", "no-places")):
        png, caption = DRAWN[kind](empty)  # type: ignore[index]
        assert png.startswith(b"\x89PNG") and caption == ENGLISH.pictures[text]


def test_claimants_differ_in_colour_and_in_hatch() -> None:
    assert {pattern.colour for pattern in style.PATTERNS.values()} <= OKABE_ITO
    assert len({pattern.hatch for pattern in style.PATTERNS.values()}) == len(style.PATTERNS)


def test_wrapped_lines_keep_to_their_room_and_lose_no_word() -> None:
    text = "The Baloch Liberation Army (BLA), in a statement, not verified by The Guardian"
    lines = style.Sheet().indented(text, style.BODY, 400, 300)
    assert " ".join(lines).split() == text.split()
    assert style.width(lines[0], style.BODY) <= 100 and all(style.width(line, style.BODY) <= 400 for line in lines)


# -- in every language --------------------------------------------------------------------------------


@SPOKEN
def test_every_letter_of_a_language_can_be_drawn(founding: FactStore, language: Language) -> None:
    spoken = wording(founding, language)
    for draw in DRAWN.values():
        assert draw(spoken)[0].startswith(b"\x89PNG")  # a letter without a shape is a warning, and so an error
    for text in language.pictures.values():
        assert style.width(text, style.BODY, True, language.direction) > 0


@SPOKEN
def test_captions_in_every_language_hold_the_same_figures(founding: FactStore, language: Language) -> None:
    def figures(spoken: Language) -> list[str]:
        found = wording(founding, spoken)
        return re.findall(r"\d+", Tags(chart_caption(toll(found), found)).text)

    spoken = wording(founding, language)
    assert figures(language) == figures(ENGLISH)
    for caption in (chart_caption(toll(spoken), spoken), map_caption(spots(spoken), spoken)):
        assert len(Tags(caption).text) <= ROOM
        assert all(line.startswith(RIGHT_TO_LEFT) == (language.direction == "rtl") for line in caption.splitlines())


def test_letters_join_where_the_script_joins_them() -> None:
    word = "حملے"
    apart = sum(style.width(letter, style.BODY, direction="rtl") for letter in word)
    assert style.width(word, style.BODY, direction="rtl") < 0.95 * apart


def ink(sheet: style.Sheet) -> tuple[int, int, int, int]:
    """The edges of what is drawn on a page of 200 pixels: left, top, right, bottom."""
    page = Image.open(io.BytesIO(sheet.png(200))).convert("L").point(lambda light: 255 if light < 128 else 0)
    edges = page.getbbox()
    assert edges is not None
    return edges


@pytest.mark.parametrize("text", ["31 افراد", "Capital Post (UK)", "کم از کم 31"])
def test_lines_begin_where_the_language_begins(text: str) -> None:
    for direction in ("ltr", "rtl"):
        sheet = style.Sheet(direction)
        sheet.line((style.MARGIN, 100), text, style.TITLE)
        left, _, right, _ = ink(sheet)
        gap = left if direction == "ltr" else style.WIDTH - right
        assert abs(gap - style.MARGIN) < 8


@pytest.mark.parametrize(("first", "last"), [("کم از کم", "31"), ("Capital Post (UK)،", "بیان"), ("84", "اہلکار")])
def test_what_is_read_last_stands_furthest_left_where_lines_run_from_the_right(first: str, last: str) -> None:
    def leftmost(text: str) -> bytes:
        sheet = style.Sheet("rtl")
        sheet.line((style.MARGIN, 100), text, style.TITLE, True)
        left, *_ = ink(sheet)
        return Image.open(io.BytesIO(sheet.png(200))).convert("L").crop((left, 40, left + 40, 110)).tobytes()

    def unlike(one: bytes, other: bytes) -> int:
        return sum(abs(a - b) for a, b in zip(one, other, strict=True))

    whole = leftmost(f"{first} {last}")
    assert unlike(whole, leftmost(last)) < 0.7 * unlike(whole, leftmost(first))


def test_a_bar_grows_from_the_side_where_reading_begins() -> None:
    sheet = style.Sheet("rtl")
    sheet.place(Rectangle((style.MARGIN, 50), 100, 40, facecolor=style.INK, edgecolor="none"))
    assert ink(sheet) == (style.WIDTH - style.MARGIN - 100, 50, style.WIDTH - style.MARGIN, 90)


def test_a_foreign_passage_stays_apart_on_each_of_its_lines() -> None:
    title = f"{ISOLATE}Pakistan Intensifies Crackdown on Baloch Separatists{ISOLATED}"
    lines = style.Sheet("rtl").wrapped(f"ماخذ: {title}، تاریخ نہیں", style.BODY, 300)
    assert len(lines) > 2 and all(line.count(ISOLATE) == line.count(ISOLATED) for line in lines)


def test_what_is_not_translated_is_kept_apart(founding: FactStore) -> None:
    urdu = languages()["ur"]
    bare = tuple(name.model_copy(update={"label": {"en": name.label["en"]}, "role": {}}) for name in founding.names)
    words = wording(FactStore(founding.reports, bare, founding.facets), urdu)
    assert words.label("sarfraz-bugti") == f"{ISOLATE}Sarfraz Bugti{ISOLATED}"
    assert "()" not in chart_caption(toll(words), words) and f"{ISOLATE}{ISOLATED}" not in chart_caption(
        toll(words), words
    )


# -- drawn once, and away from the conversation ---------------------------------------------------------


@pytest.mark.anyio
async def test_a_picture_is_drawn_once_and_the_bot_goes_on_meanwhile(founding: FactStore) -> None:
    gallery, beats = Gallery(), 0
    drawing = asyncio.gather(*(gallery.picture("chart", founding, ENGLISH) for _ in range(5)))
    while not drawing.done():
        await asyncio.sleep(0.005)
        beats += 1
    first, *others = await drawing
    assert all(other is first for other in others) and beats > 3
    assert await gallery.picture("chart", founding, ENGLISH) is first
    assert Image.open(io.BytesIO(first.png)).format == "PNG" and first.key.startswith("chart-en-")
    gallery.close()


@pytest.mark.anyio
async def test_changed_facts_are_drawn_anew_and_old_pictures_go(founding: FactStore) -> None:
    gallery = Gallery(most=2)
    stores = [changed(founding, list(founding.claims[:n])).store for n in range(1, 4)]
    drawn = [await gallery.picture("chart", store, ENGLISH) for store in stores]
    assert len({picture.key for picture in drawn}) == len(stores)
    assert await gallery.picture("chart", stores[-1], ENGLISH) is drawn[-1]
    assert await gallery.picture("chart", stores[0], ENGLISH) is not drawn[0]
    gallery.close()


def test_matplotlib_waits_until_somebody_wants_a_picture() -> None:
    code = "import sys, bot.pictures.gallery, bot.pictures.places; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_matplotlib_has_one_door() -> None:
    for path in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("knowledge/**/*.py")]:
        if path.parent.name != "pictures":
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            imported = [n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)]
            assert not any(module.startswith(("matplotlib", "PIL")) for module in imported), path
