from __future__ import annotations

from pathlib import Path

import pytest
from test_checks import FERRY, OTHER, change

from knowledge import checks, files

BETWEEN = "relations.yml"
LATER_LINE = "a: sailors-killed-later"
Edit = tuple[str, str, str]  # a file, what stands there, what stands there instead
Finding = tuple[str, str, str, str]  # a file, the line that is told, what is wrong, what to do


def findings(folder: Path) -> list[Finding]:
    """What is wrong in a folder, each with the text of the line that it is told for."""
    return [
        (
            problem.path.relative_to(folder).as_posix(),
            problem.path.read_text(encoding="utf-8").splitlines()[problem.line - 1].strip(),
            problem.wrong,
            problem.todo,
        )
        for problem in checks.check(files.read(folder))
    ]


def edit(folder: Path, *edits: Edit) -> None:
    for file, old, new in edits:
        change(folder, file, old, new)


def in_claim(number: int, rest: str) -> str:
    return f"quantities: [{{number: {number}, {rest}}}]\n"


def carried(*reports: str, rest: str = "") -> Edit:
    """The first toll as a claim that these reports carry too."""
    copies = "".join(f"      {copied(id, rest)}\n" for id in reports)
    return FERRY, "    about: [ferry]\n", f"    about: [ferry]\n    also_in:\n{copies}"


def copied(report: str, rest: str = "") -> str:
    return f'- {{source: {report}, text: "four sailors"{rest}}}'


def carries(rest: str) -> Edit:
    """The later toll as a claim that the ferry's report carries too, with this time."""
    toll = in_claim(5, "of: sailors")
    return OTHER, toll, f"{toll}    also_in:\n      {copied('ferry-fire', rest)}\n"


def related(relation: str) -> Edit:
    return BETWEEN, "relations:\n", f"relations:\n  {relation}\n"


def stranger(
    matter: str, line: str = LATER_LINE, a: str = "sailors-killed-later", b: str = "sailors-killed"
) -> Finding:
    wrong = f'the {matter} of "{a}" and "{b}" have nothing to do with each other'
    return BETWEEN, line, wrong, "correct a facet of one of them, or delete the relation"


SUPPORTS = "- {kind: supports, a: harbour-reopened, b: passengers-rescued}"
ROUND = "- {kind: corrects, a: sailors-killed, b: sailors-killed-later}"
UNDATED: Edit = (OTHER, 'published: "2031-05-14"', "undated: not seen")
FIRST_ON_15: Edit = (FERRY, "    time: tuesday\n", '    time: tuesday\n    as_of: {date: "2031-05-15"}\n')
LATER_PLACE = "population: [sailors]\n    place: [velmora-harbour]"
BACKDROP: Edit = ("facets.yml", "{id: people, kind: population}", "{id: people, kind: population, traits: [backdrop]}")
# The later toll made equal to the first one, down to its facets.
EQUAL: tuple[Edit, ...] = (
    (OTHER, "*Five*", "At least *four*"),
    (OTHER, in_claim(5, "of: sailors"), in_claim(4, "bound: at least, of: sailors")),
    (OTHER, "    about: [ferry]\n", "    time: tuesday\n    about: [ferry]\n"),
)
SAME: Finding = (
    OTHER, "- id: sailors-killed-later", '"sailors-killed-later" says the same as "sailors-killed"',
    'name this report under also_in of "sailors-killed" instead, or tell the two apart by a facet',
)  # fmt: skip

BROKEN: dict[str, tuple[tuple[Edit, ...], list[Finding]]] = {
    "a source without a date": (((FERRY, "  undated: none given\n", ""),), [
        (FERRY, "source:", "the source has no date",
         'add published: "YYYY-MM-DD", or undated: none given (or not seen)'),
    ]),
    "a source with a date and without": (((OTHER, "  published:", "  undated: not seen\n  published:"),), [
        (OTHER, "undated: not seen", "the source has a date and says that it has none", "delete one"),
    ]),
    "a copy in no report": ((carried("harbour-reopens", "harbour"),), [
        (FERRY, copied("harbour"), '"harbour" is no report', "add reports/harbour.yml, or correct the id"),
    ]),
    "a copy in its own report": ((carried("harbour-reopens", "ferry-fire"),), [
        (FERRY, copied("ferry-fire"), '"ferry-fire" carries this claim already', "delete one"),
    ]),
    "a copy twice": ((carried("harbour-reopens", "harbour-reopens", rest=", as_of: {date: \"2031\"}"),), [
        (FERRY, copied("harbour-reopens", ', as_of: {date: "2031"}'),
         '"harbour-reopens" carries this claim already', "delete one"),
    ]),
    "a claim twice": (EQUAL, [SAME]),
    "a claim twice with its lists in another order": ((
        *EQUAL, (FERRY, "about: [ferry]", "about: [ferry, hour]"), (OTHER, "about: [ferry]", "about: [hour, ferry]"),
    ), [SAME]),
    "a chain that goes round": ((related(ROUND),), [
        (BETWEEN, ROUND, 'the chain leads from "sailors-killed" back to itself', "take one step out"),
        (BETWEEN, LATER_LINE, 'the chain leads from "sailors-killed-later" back to itself', "take one step out"),
    ]),
    "a later word that is earlier": ((FIRST_ON_15,), [
        (BETWEEN, LATER_LINE, '"sailors-killed-later" (2031-05-14) is earlier than "sailors-killed" (2031-05-15)',
         "turn the relation round, or correct an as_of"),
    ]),
    "a correction that is earlier": ((FIRST_ON_15, (BETWEEN, "kind: updates", "kind: corrects")), [
        (BETWEEN, LATER_LINE, '"sailors-killed-later" (2031-05-14) is earlier than "sailors-killed" (2031-05-15)',
         "turn the relation round, or correct an as_of"),
    ]),
    "a later word without a time": ((UNDATED,), [
        (BETWEEN, LATER_LINE, '"sailors-killed-later" has no time', "add as_of to it, or to one of its copies"),
    ]),
    "topics apart": (((OTHER, "topic: killed", "topic: rescued"),), [stranger("topics")]),
    "topics apart in support": ((related(SUPPORTS),), [
        stranger("topics", SUPPORTS, "harbour-reopened", "passengers-rescued"),
    ]),
    "figures apart": (((OTHER, "of: sailors", "of: hour"),), [stranger("figures")]),
    "figures that only the backdrop joins": ((BACKDROP, (OTHER, "of: sailors", "of: passengers")), [
        stranger("figures"),
    ]),
    "places apart": (((OTHER, LATER_PLACE, "place: [port-asel]"),), [stranger("places")]),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "told"), BROKEN.values(), ids=BROKEN)
def test_what_breaks_a_rule_is_told_with_its_line_and_its_remedy(
    world: Path, edits: tuple[Edit, ...], told: list[Finding]
) -> None:
    edit(world, *edits)
    assert findings(world) == told


SOUND: dict[str, tuple[Edit, ...]] = {
    "a source whose date was not seen": ((FERRY, "undated: none given", "undated: not seen"),),
    "a source with a month": ((FERRY, "undated: none given", 'published: "2031-05"'),),
    "a copy in another report": (carried("harbour-reopens"),),
    "another number": (*EQUAL, (OTHER, "*four*", "*six*"), (OTHER, "number: 4", "number: 6")),
    "another bound": (*EQUAL, (OTHER, "At least *four*", "*Four*"), (OTHER, "bound: at least, ", "")),
    "another thing counted": (*EQUAL, (OTHER, "of: sailors", "of: people")),
    "another topic": (*EQUAL, (OTHER, "topic: killed", "topic: survived")),
    "another doer": (*EQUAL, (OTHER, "topic: killed\n", "topic: killed\n    actor: blue-line\n")),
    "other people": (*EQUAL, (OTHER, "population: [sailors]", "population: [people]")),
    "another place": (*EQUAL, (OTHER, LATER_PLACE, "population: [sailors]\n    place: [velmora]")),
    "another time": (*EQUAL, (OTHER, "    time: tuesday\n", "")),
    "another matter": (*EQUAL, (OTHER, "about: [ferry]", "about: [ferry, engine]")),
    "another speaker": (
        *EQUAL,
        (OTHER, '"At least *four*', '"says that at least *four*'),
        (OTHER, "    time: tuesday\n", "    time: tuesday\n    attribution: {speaker: ilva-tarn}\n"),
    ),
    "a claim twice without figures": (
        (FERRY, "*four* sailors", "sailors"),
        (FERRY, "At least sailors", "Sailors"),
        (FERRY, "    " + in_claim(4, "bound: at least, of: sailors"), ""),
        (OTHER, "*Five* sailors", "Sailors"),
        (OTHER, "    " + in_claim(5, "of: sailors"), "    time: tuesday\n"),
    ),
    "a later word of the same day": (FIRST_ON_15, (OTHER, '"2031-05-14"', '"2031-05-15"')),
    "a later word of a month that holds the day": (FIRST_ON_15, (OTHER, '"2031-05-14"', '"2031-05"')),
    "a later word whose time is its own": (
        FIRST_ON_15,
        (OTHER, "    about: [ferry]\n", '    about: [ferry]\n    as_of: {date: "2031-05-16"}\n'),
    ),
    "a later word whose time a copy gives": (UNDATED, carries(', as_of: {date: "2031-05-13"}')),
    "an earlier word that conflicts": (FIRST_ON_15, (BETWEEN, "kind: updates", "kind: conflicts")),
    "a conflict without a time": (UNDATED, (BETWEEN, "kind: updates", "kind: conflicts")),
    "contrary topics": ((OTHER, "topic: killed", "topic: survived"),),
    "topics of which the first speaks too": (
        (OTHER, "topic: killed", "topic: wounded"),
        (FERRY, "    about: [ferry]\n", "    about: [ferry, wounded]\n"),
    ),
    "topics of which the second speaks too": (
        (OTHER, "topic: killed", "topic: wounded"),
        (OTHER, "    about: [ferry]\n", "    about: [ferry, killed]\n"),
    ),
    "a topic against which the first speaks": (
        (FERRY, "topic: killed", "topic: wounded"),
        (FERRY, "    about: [ferry]\n", "    about: [ferry, survived]\n"),
    ),
    "a topic against which the second speaks": (
        (OTHER, "topic: killed", "topic: wounded"),
        (OTHER, "    about: [ferry]\n", "    about: [ferry, survived]\n"),
    ),
    "a figure of a wider kind": ((OTHER, "of: sailors", "of: people"),),
    "figures of one kind": ((OTHER, "of: sailors", "of: passengers"),),
    "figures of the outcome": (
        (OTHER, "of: sailors", "of: hour"),
        ("facets.yml", "{id: hour, kind: object}", "{id: hour, kind: object, traits: [outcome]}"),
    ),
    "figures apart that conflict": ((OTHER, "of: sailors", "of: hour"), (BETWEEN, "kind: updates", "kind: conflicts")),
    "a wider place": ((OTHER, LATER_PLACE, "place: [ostria]"),),
    "a narrower place": ((FERRY, LATER_PLACE, "place: [ostria]"),),
    "no place for the earlier": ((FERRY, LATER_PLACE, "population: [sailors]"),),
    "no place for the later": ((OTHER, LATER_PLACE, "population: [sailors]"),),
}


@pytest.mark.parametrize("edits", SOUND.values(), ids=SOUND)
def test_what_keeps_the_rules_is_left_alone(world: Path, edits: tuple[Edit, ...]) -> None:
    edit(world, *edits)
    assert findings(world) == []


def test_a_report_that_says_nothing_is_told_until_a_claim_names_it_as_a_copy(world: Path) -> None:
    silent = world / "reports" / "silent.yml"
    source = (world / OTHER).read_text(encoding="utf-8").split("\nsummary:")[0]
    silent.write_text(source.replace("id: harbour-reopens", "id: silent"), encoding="utf-8")
    todo = "add a claim, name the report under also_in of one, or delete the file"
    assert findings(world) == [("reports/silent.yml", "id: silent", "the report says nothing", todo)]
    edit(world, carried("silent"))
    assert findings(world) == []


def test_a_longer_chain_that_goes_round_is_told_at_each_of_its_steps(world: Path) -> None:
    third = "- {kind: updates, a: sailors-killed-union, b: sailors-killed-later}"
    edit(world, (FERRY, "  - kind: conflicts\n", "  - kind: corrects\n"), related(third))
    edit(
        world,
        (FERRY, "a: sailors-killed-union\n    b: sailors-killed\n", "a: sailors-killed\n    b: sailors-killed-union\n"),
    )
    assert [(file, wrong) for file, _, wrong, _ in findings(world)] == [
        (BETWEEN, 'the chain leads from "sailors-killed-union" back to itself'),
        (BETWEEN, 'the chain leads from "sailors-killed-later" back to itself'),
        (FERRY, 'the chain leads from "sailors-killed" back to itself'),
    ]


def test_an_unknown_id_is_told_where_it_stands_before_what_claims_are_to_each_other(world: Path) -> None:
    edit(world, (FERRY, "topic: killed", "topic: kiled"))
    assert ("topic: kiled", '"kiled" is no name or facet') in {(line, wrong) for _, line, wrong, _ in findings(world)}
