"""What the pictures are drawn from: the toll claim by claim, the places, the labels beside them, the borders."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.languages import languages
from bot.pictures.borders import outlines
from bot.pictures.captions import chart_caption, map_caption
from bot.pictures.gallery import DRAWN, wording
from bot.pictures.legend import entries
from bot.pictures.placement import Field, Ground, Label, place
from bot.pictures.places import spot, spots
from bot.pictures.toll import MOST, toll, voice
from bot.pictures.wording import Wording
from knowledge import files
from knowledge.model import Claim, Quantity, Relation
from knowledge.store import FactStore

ROOT = Path(__file__).parent.parent
ENGLISH = languages()["en"]


@pytest.fixture(scope="module")
def words(founding: FactStore) -> Wording:
    return wording(founding, ENGLISH)


def changed(store: FactStore, claims: list[Claim]) -> Wording:
    report = store.reports[0].model_copy(update={"claims": claims})
    return wording(FactStore((report,), store.names, store.facets), ENGLISH)


# -- the toll ---------------------------------------------------------------------------------------


def test_every_bar_is_one_claim_with_its_own_figure(words: Wording) -> None:
    shown = [(group.topic, bar.claim.id, bar.figure) for group in toll(words) for bar in group.bars]
    assert shown == [
        ("killed", "toll-civilians", "at least 31"),
        ("killed", "toll-security", "at least 17"),
        ("killed", "bla-killed-84", "84"),
        ("killed", "redzone-police-killed", "several"),
        ("killed", "pasni-official-killed", "1"),
        ("killed", "toll-militants-bugti", "145"),
        ("killed", "pasni-militants-killed-5", "5"),
        ("captured", "bla-captured-18", "18"),
        ("captured", "khuzdar-captured-7", "7"),
    ]


def test_a_bar_says_who_and_how_sure_and_of_which_part(words: Wording) -> None:
    bars = {bar.claim.id: bar for group in toll(words) for bar in group.bars}
    assert bars["bla-killed-84"].status == "not verified by The Guardian"
    assert bars["khuzdar-captured-7"].status == "no comment from Pakistan's military"
    assert bars["toll-militants-bugti"].claimant == "Sarfraz Bugti, chief minister of Balochistan"
    assert bars["pasni-official-killed"].claimant.endswith("own account, reportedly")
    assert bars["pasni-official-killed"].scope == "maritime security official, in Pasni"
    assert bars["toll-security"].scope == ""
    assert not bars["bla-killed-84"].settled and bars["toll-civilians"].settled


def test_a_figure_that_was_updated_has_no_bar(founding: FactStore) -> None:
    later = Relation(kind="updates", a="bla-killed-84", b="toll-security")
    groups = toll(wording(FactStore(founding.reports, founding.names, founding.facets, (later,)), ENGLISH))
    shown = {bar.claim.id for group in groups for bar in group.bars}
    assert "bla-killed-84" in shown and "toll-security" not in shown


def test_a_long_group_names_how_many_claims_it_leaves_out(founding: FactStore) -> None:
    first = founding.claim("toll-civilians")
    many = changed(founding, [first.model_copy(update={"id": f"toll-{n}"}) for n in range(MOST + 3)])
    (group,) = toll(many)
    assert (len(group.bars), group.more) == (MOST, 3)
    assert "and 3 more, in the text" in chart_caption([group], many)


@pytest.mark.parametrize(
    ("bound", "number", "figure"),
    [
        ("exactly", 5, "5"), ("at least", 5, "at least 5"), ("almost", 30, "almost 30"), ("dozens", None, "dozens"),
        ("more than", 10, "more than 10"), ("within", 40, "within 40"), ("scores", None, "scores"),
    ],
)  # fmt: skip
def test_each_bound_is_written_and_drawn(founding: FactStore, bound: str, number: int | None, figure: str) -> None:
    quantity = Quantity.model_validate({"number": number, "bound": bound, "of": "civilians"})
    claim = founding.claim("toll-civilians").model_copy(update={"quantities": [quantity]})
    one = changed(founding, [claim])
    (group,) = toll(one)
    assert group.bars[0].figure == figure
    assert all(key in ENGLISH.pictures for key, _ in entries(group.bars))
    assert DRAWN["chart"](one)[0].startswith(b"\x89PNG")


def test_speakers_are_sorted_into_report_officials_attackers_and_others() -> None:
    store = files.load().restricted(["crackdown-article"])
    kinds = {claim.attribution.speaker: voice(store, claim) for claim in store.claims}
    assert kinds[None] == "report"
    assert [speaker for speaker, kind in kinds.items() if kind == "attackers"] == ["bla"]
    assert {"sarfraz-bugti", "local-officials", "police-reports"} <= {s for s, k in kinds.items() if k == "officials"}
    others = [store.name(speaker) for speaker, kind in kinds.items() if kind == "others" and speaker]
    assert others
    for name in others:  # a minister among the "others" would be drawn in the wrong colour
        told = f"{name.label['en']} {name.role.get('en', '')}".lower()
        assert not any(word in told for word in ("minister", "official", "police", "government", "military", "army,"))


# -- the places -------------------------------------------------------------------------------------


def test_places_have_points_and_the_busiest_comes_first(words: Wording) -> None:
    found = spots(words)
    assert {one.id for one in found} == {"quetta", "gwadar", "pasni", "noshki", "khuzdar", "mastung"}
    assert found[0].id == "quetta"
    assert "redzone-car" in {claim.id for claim in found[0].claims}
    assert (found[0].coordinates.latitude, found[0].coordinates.longitude) == (30.18, 67.0)


def test_a_part_of_a_town_is_shown_with_the_town_and_the_province_has_no_point(words: Wording) -> None:
    assert [one and one.id for one in (spot("red-zone", words), spot("gwadar-port", words))] == ["quetta", "gwadar"]
    assert spot("balochistan", words) is None and spot("karachi", words) is None


def test_notes_name_who_says_so_and_hold_no_figure(words: Wording) -> None:
    notes = {one.id: one.note for one in spots(words)}
    assert notes["khuzdar"] == "Residents of Khuzdar district: captures (no comment from Pakistan's military)"
    assert "Residents of Noshki: attacks going on" in notes["noshki"]
    assert not any(letter.isdigit() for note in notes.values() for letter in note)
    assert not any(ENGLISH.pictures["topic-other"] in note for note in notes.values())


def test_a_place_that_is_only_described_has_a_point_and_no_note(founding: FactStore) -> None:
    described = changed(founding, [founding.claim("pasni-location")])
    (pasni,) = spots(described)
    assert (pasni.id, pasni.note) == ("pasni", "") and "Pasni" not in map_caption([pasni], described)
    assert DRAWN["map"](described)[0].startswith(b"\x89PNG")


def test_every_population_has_a_word() -> None:
    people = [facet.id for facet in files.load().facets if facet.kind == "population" and facet.id != "animals"]
    assert [id for id in people if f"population-{id}" not in ENGLISH.pictures] == []


def test_labels_of_a_crowded_map_never_meet() -> None:
    chance = random.Random(7)
    frame = Field(0, 0, 1080, 950)
    labels = [Label(chance.uniform(80, 1000), chance.uniform(80, 900), chance.uniform(90, 220), 38) for _ in range(30)]
    taken = (Field(400, 400, 600, 440),)
    placed = [field for field in place(labels, Ground(frame, taken, ((500.0, 500.0),))) if field]
    assert len(placed) >= 25
    assert all(frame.holds(field) and not field.meets(taken[0]) for field in placed)
    assert not any(a.meets(b) for i, a in enumerate(placed) for b in placed[:i])


def test_a_label_without_room_is_left_out_and_its_order_kept() -> None:
    tight = Ground(Field(0, 0, 200, 60), (), ())
    first, second = place([Label(20, 30, 400, 38), Label(30, 30, 100, 38)], tight)
    assert first is None and second is not None


def test_borders_are_small_licensed_and_around_balochistan() -> None:
    folder = ROOT / "knowledge" / "geography"
    assert (folder / "balochistan.geojson").stat().st_size < 200_000
    assert "public domain" in (folder / "LICENSE.md").read_text(encoding="utf-8")
    for id in ("land", "balochistan", "coast", "country-borders", "province-borders"):
        assert all(59 < x < 72 and 23 < y < 34 for line in outlines(id) for x, y in line)
