"""The picture of how a toll changed: which figures are its steps, whose they are, and the same in words."""

from __future__ import annotations

import io
import re
from colorsys import rgb_to_hsv
from html import unescape

import pytest
from PIL import Image

from bot.languages import Language, languages
from bot.pictures.captions import ROOM, course_caption
from bot.pictures.course import draw_course
from bot.pictures.gallery import DRAWN, wording
from bot.pictures.strands import SIGNS, WHOLE_DAY, Panel, Step, panels
from bot.pictures.style import PATTERNS, WIDTH
from bot.pictures.toll import voice
from bot.pictures.wording import Wording
from knowledge import files
from knowledge.model import AsOf, Claim, Quantity, Relation
from knowledge.store import FactStore

STORE = files.load()
ENGLISH = languages()["en"]
WORDS = wording(STORE, ENGLISH)
PANELS = panels(WORDS)


def steps(found: tuple[Panel, ...] = PANELS) -> list[Step]:
    return [step for panel in found for strand in panel.strands for step in strand.steps]


def strand(label: str, who: str) -> list[tuple[str, str]]:
    """The claims of one strand with their figures."""
    panel = next(panel for panel in PANELS if panel.label == label)
    return [(step.claim.id, step.figure) for each in panel.strands if each.voice == who for step in each.steps]


def toll(id: str, number: int | None, day: str, **changes: object) -> Claim:
    """A toll of civilians by the report itself, on one day."""
    quantity = Quantity(number=number, bound="exactly" if number is not None else "dozens", of="civilians")
    update = {"id": id, "quantities": [quantity], "as_of": AsOf(date=day), "also_in": []} | changes
    return STORE.claim("toll-civilians").model_copy(update=update)


def changed(*claims: Claim, later: tuple[tuple[str, str], ...]) -> tuple[Panel, ...]:
    """The panels of a store of these claims, of which the first of each pair updates the second."""
    report = STORE.reports[0].model_copy(update={"claims": list(claims), "relations": []})
    between = tuple(Relation(kind="updates", a=a, b=b) for a, b in later)
    return panels(wording(FactStore((report,), STORE.names, STORE.facets, between), ENGLISH))


# -- what is drawn --------------------------------------------------------------------------------------


def test_the_officials_toll_of_militants_rises_step_by_step() -> None:
    assert strand("militants", "officials")[-5:] == [
        ("toll-militants-bugti", "145"),
        ("g2-mil-177-ap", "177"),
        ("h3-mil-197-ptv", "197"),
        ("h4-mil-197-afp", "197"),
        ("i5-mil-216-pm", "216"),
    ]


def test_each_side_has_a_strand_of_its_own() -> None:
    theirs, officials = strand("security personnel", "attackers"), strand("security personnel", "officials")
    assert theirs[0] == ("bla-killed-84", "84") and theirs[-1] == ("b6-sec-362-newsanalysis", ">362")
    assert officials[-1] == ("i5-sec-22-aaj", "22")
    assert not {id for id, _ in theirs} & {id for id, _ in officials}


def test_a_strand_holds_one_kind_of_claimant() -> None:
    for panel in PANELS:
        for each in panel.strands:
            assert {voice(STORE, step.claim) for step in each.steps} == {each.voice}
        assert len({each.voice for each in panel.strands}) == len(panel.strands)


def test_every_step_is_a_dated_toll_of_a_chain_with_its_own_figure() -> None:
    assert len(steps()) > 30
    for step in steps():
        numbers = {quantity.number for quantity in step.claim.quantities}
        assert step.claim.topic == "killed" and step.claim.id in STORE.chains and STORE.as_of(step.claim.id)
        assert step.number in numbers and str(step.number) in step.figure
        assert step.source == STORE.source_of(step.claim.id)


def test_the_steps_of_a_strand_follow_in_time_and_no_two_at_once() -> None:
    for panel in PANELS:
        for each in panel.strands:
            times = [step.at for step in each.steps]
            assert times == sorted(set(times))


def test_the_times_of_a_panel_are_those_of_its_steps() -> None:
    for panel in PANELS:
        times = [at for at, _ in panel.times]
        assert times == sorted({step.at for each in panel.strands for step in each.steps})
        assert all(day == str(int(at[0][-2:])) for at, (day, _, _) in panel.times)
        assert all(bool(part) is (at[1] != WHOLE_DAY) for at, (_, _, part) in panel.times)


def test_what_somebody_contradicts_is_not_settled() -> None:
    by_id = {step.claim.id: step for step in steps()}
    assert not by_id["b6-sec-362-newsanalysis"].settled and by_id["i5-civ-36-pm"].settled
    assert all(step.settled is (step.claim.verification.status == "stated") for step in steps())


def test_the_toll_of_a_place_alone_is_no_step() -> None:
    assert not {"pasni-militants-killed-5", "redzone-police-killed"} & {step.claim.id for step in steps()}


def test_a_day_stands_before_its_parts() -> None:
    (panel,) = changed(
        toll("day", 3, "2026-01-31"), toll("night", 5, "2026-01-31", as_of=AsOf(date="2026-01-31", part="night")),
        later=(("night", "day"),),
    )  # fmt: skip
    assert [step.claim.id for step in panel.strands[0].steps] == ["day", "night"]


def test_of_two_figures_of_one_time_the_last_word_stands() -> None:
    (panel,) = changed(
        toll("later", 7, "2026-01-31"), toll("first", 3, "2026-01-31"), toll("next", 9, "2026-02-01"),
        later=(("later", "first"), ("next", "later")),
    )  # fmt: skip
    assert [(step.claim.id, step.number) for step in panel.strands[0].steps] == [("later", 7), ("next", 9)]


def test_a_figure_that_never_changed_makes_no_panel() -> None:
    assert changed(toll("alone", 3, "2026-01-31"), later=()) == ()


@pytest.mark.parametrize(("bound", "figure"), [(bound, sign.format(number=5)) for bound, sign in SIGNS.items()])
def test_a_bound_is_a_sign_before_the_figure(bound: str, figure: str) -> None:
    quantity = Quantity.model_validate({"number": 5, "bound": bound, "of": "civilians"})
    (panel,) = changed(
        toll("old", 3, "2026-01-31"), toll("new", 5, "2026-02-01", quantities=[quantity]), later=(("new", "old"),)
    )
    assert [step.figure for step in panel.strands[0].steps] == ["3", figure]


def test_panels_follow_the_order_of_the_populations() -> None:
    labels = [panel.label for panel in PANELS]
    assert labels[:3] == ["civilians", "security personnel", "militants"] and len(labels) == len(set(labels))


# -- drawn and told -----------------------------------------------------------------------------------


def page(found: tuple[Panel, ...], words: Wording = WORDS) -> Image.Image:
    return Image.open(io.BytesIO(draw_course(found, words)))


def test_the_picture_is_as_wide_as_a_phone_shows_and_grows_with_its_panels() -> None:
    one, two = page(PANELS[:1]), page(PANELS[:2])
    assert one.format == "PNG" and one.width == two.width == WIDTH and two.height > one.height + 200


def coloured(panel: Panel) -> set[str]:
    """The kinds of claimants whose colour a picture of this panel has, by its hue: a palette rounds the rest."""

    def hue(red: int, green: int, blue: int) -> float:
        turn, saturation, _ = rgb_to_hsv(red / 255, green / 255, blue / 255)
        return turn if saturation > 0.35 else -1.0  # letters and lines have none

    hues = {hue(*colour[:3]) for colour in colours(page((panel,)))}
    own = {who: hue(*(int(each.colour[at : at + 2], 16) for at in (1, 3, 5))) for who, each in PATTERNS.items()}
    return {who for who, turn in own.items() if any(abs(turn - drawn) < 0.015 for drawn in hues)}


def colours(image: Image.Image) -> set[tuple[int, int, int]]:
    """The colours of more than a few points, which are no edges of letters."""
    found = image.convert("RGB").getcolors(1 << 20) or []
    return {(c[0], c[1], c[2]) for number, c in found if number > 100 and isinstance(c, tuple)}


def test_each_strand_has_the_colour_of_its_claimants_and_nobody_else_has_one() -> None:
    for panel in PANELS[:3]:
        assert coloured(panel) == {each.voice for each in panel.strands}


def test_where_nothing_changed_the_picture_and_its_caption_say_so(founding: FactStore) -> None:
    png, caption = DRAWN["history"](wording(founding, ENGLISH))
    assert png.startswith(b"\x89PNG") and caption == ENGLISH.pictures["no-history"]


@pytest.mark.parametrize("language", languages().values(), ids=languages())
def test_the_caption_says_the_last_figures_with_their_claimants_in_every_language(language: Language) -> None:
    words = wording(STORE, language)
    found = panels(words)
    text = unescape(re.sub(r"<[^>]*>", "", course_caption(found, words)))
    assert len(text) <= ROOM
    for panel in found:
        last = panel.strands[0].steps[-1]
        told = next(line for line in text.splitlines() if last.figure in line and words.claimant(last.claim) in line)
        assert words.status(last.claim) in told


def test_the_caption_leaves_older_figures_out_before_newer_ones() -> None:
    text = unescape(course_caption(PANELS, WORDS))
    lines = [line for line in text.splitlines() if " · " in line]
    militants = [line.split(":")[0] for line in lines if line.split(":")[0] in {"216", "197", "177", "145"}]
    assert militants == ["216", "197", "177", "145"][: len(militants)] and "216" in militants
