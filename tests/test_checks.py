from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import checks, excerpts, files
from knowledge.model import Bound
from knowledge.statements import Words, figures

WORLD = Path(__file__).parent / "world"
SHARED = Path(__file__).parents[2] / "shared" / "reports"
FERRY, OTHER = "reports/ferry-fire.yml", "reports/harbour-reopens.yml"


def found(folder: Path, *texts: Path) -> list[str]:
    """What is wrong in a folder, one text a problem, without places and remedies."""
    facts = files.read(folder)
    return [problem.wrong for problem in checks.check(facts, excerpts.read_texts([*texts], facts))]


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_tiny_world_is_clean() -> None:
    assert found(WORLD, WORLD / "ferry-fire.txt") == []


def test_the_packaged_facts_are_clean() -> None:
    assert found(files.FACTS) == []


def test_the_packaged_excerpts_are_verbatim() -> None:
    texts = [path for path in sorted(SHARED.glob("*.txt")) if (files.FACTS / "reports" / f"{path.stem}.yml").exists()]
    if not texts:
        pytest.skip("the reports' texts are not part of the repository: ../shared/reports is absent")
    assert found(files.FACTS, *texts) == []


RULES = {
    "a name like a facet": ("names.yml", "id: port-asel", "id: ferry", 'the name or facet id "ferry" is taken'),
    "a claim twice": (
        OTHER, "id: harbour-reopened", "id: passengers-rescued",
        'the claim id "passengers-rescued" is taken',
    ),
    "a relation to nothing": (FERRY, "    b: sailors-killed\n", "    b: sailors-lost\n", '"sailors-lost" is no claim'),
    "a relation to itself": (FERRY, "b: tarn-blames-engine", "b: blue-line-denies", "a claim is related to itself"),
    "a relation out of its report": (
        FERRY, "b: sailors-killed\n", "b: sailors-killed-later\n", "the relation stands in the wrong file",
    ),
    "a summary of nothing": (
        FERRY, "[sailors-killed, pass", "[sailors-lost, pass",
        '"sailors-lost" is no claim of this report',
    ),
    "a summary twice": (
        FERRY, "passengers-rescued]", "sailors-killed]",
        '"sailors-killed" stands twice in the summary',
    ),
    "a topic that is a time": (FERRY, "topic: killed", "topic: tuesday", '"tuesday" is a time'),
    "a place that is a person": (FERRY, "place: [velmora-harbour]", "place: [ilva-tarn]", '"ilva-tarn" is a person'),
    "an unknown speaker": (FERRY, "speaker: ilva-tarn", "speaker: ilva-tann", '"ilva-tann" is no name or facet'),
    "an unknown verifier": (FERRY, "by: coast-radio", "by: coast", '"coast" is no name or facet'),
    "a place in a person": ("names.yml", "part_of: [velmora]", "part_of: [ilva-tarn]", '"ilva-tarn" is a person'),
    "a long excerpt": (
        FERRY, "killed at least four sailors", "killed " + "so " * 15 + "many",
        "the excerpt has 17 words",
    ),
    "a wrong figure": (FERRY, "{number: 4,", "{number: 5,", 'the statement says "at least 4", its quantities do not'),
    "a wrong bound": (FERRY, "bound: at least", "bound: almost", 'the statement does not say "almost 4"'),
    "a lost bound": (FERRY, 'en: "At least *four*', 'en: "*four*', 'the statement does not say "at least 4"'),
    "a wrong bound word": (FERRY, "*Dozens*", "*Scores*", 'the statement does not say "dozens"'),
    "a mark on no figure": (FERRY, "*Dozens*", "*Plenty*", '"Plenty" is marked but is no known figure'),
    "half a mark": (FERRY, "*Dozens*", "*Dozens", "an asterisk stands alone"),
    "a digit without marks": (OTHER, "ferries again\"", "ferries again after 3 days\"", 'the figure "3" is not marked'),
    "a number word without marks": (OTHER, "ferries again\"", "two ferries\"", 'the figure "two" is not marked'),
    "dozens with a number": (
        FERRY, "{bound: dozens,", "{number: 24, bound: dozens,",
        'the bound "dozens" and the number 24 do not go together',
    ),
    "a small letter": (
        OTHER, 'en: "Velmora harbour is', 'en: "velmora harbour is',
        "a sentence begins with a small letter",
    ),
    "a full stop": (OTHER, 'ferries again"', 'ferries again."', "the statement ends with a full stop"),
    "an official named for nothing": (
        OTHER, 'en: "Velmora harbour is', 'en: "Mayor Tarn says that Velmora harbour is',
        "nobody is quoted, yet Tarn is named",
    ),
    "no verb of speech": (FERRY, '"blames an', '"an', "a quoted statement does not begin with its verb"),
    "a loaded word in a statement": (
        FERRY, "*nine* sailors were killed", "*nine* sailors were martyred",
        '"martyred" is a loaded word',
    ),
    "a loaded word in a question": (
        FERRY, "Why did the ferry burn?", "Which Terrorists burned it?",
        '"Terrorists" is a loaded word',
    ),
    "a loaded word in a role": ("names.yml", "mayor of Velmora", "heroic mayor", '"heroic" is a loaded word'),
    "nobody verified": (FERRY, "unverified, by: coast-radio", "unverified", 'nobody is named for "unverified"'),
    "a denial without relation": (
        FERRY, "by: blue-line,", "by: dockers-union,",
        'no relation leads to what "dockers-union" says against "tarn-blames-engine"',
    ),
    "a denial without mark": (
        FERRY, "    verification: {status: denied, by: blue-line, at: \"3.2\"}\n", "",
        '"tarn-blames-engine" is denied but marked as stated',
    ),
    "a loop of places": (
        "names.yml", "part_of: [ostria]", "part_of: [velmora-harbour]",
        '"part_of" leads from "velmora" back to itself',
    ),
    "a loop of facets": (
        "facets.yml", "{id: people, kind: population}", "{id: people, kind: population, kind_of: [sailors]}",
        '"kind_of" leads from "people" back to itself',
    ),
    "a question twice": (
        FERRY, "What toll does the union give?", "Were the  passengers SAVED",
        '"Were the passengers saved?" is asked for "sailors-killed-union" already',
    ),
    "a report under another name": (
        OTHER, "  id: harbour-reopens", "  id: harbour",
        'the report "harbour" stands in harbour-reopens.yml',
    ),
    "a language without words": (
        FERRY, '      en: "At least', '      qx: "Qa"\n      en: "At least',
        '"speech_verbs" has no words for the language qx',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "wrong"), RULES.values(), ids=RULES)
def test_each_rule_finds_what_breaks_it(world: Path, file: str, old: str, new: str, wrong: str) -> None:
    change(world, file, old, new)
    assert wrong in found(world)


def test_a_report_may_name_whom_it_speaks_of(world: Path) -> None:
    change(world, OTHER, 'en: "Velmora harbour is', 'en: "Ilva Tarn visited Velmora harbour, which is')
    assert found(world) == ["nobody is quoted, yet Ilva Tarn is named"]
    change(world, OTHER, "    topic: reopened\n", "    topic: reopened\n    actor: ilva-tarn\n")
    assert found(world) == []


def test_a_second_relation_of_the_same_claims_is_found(world: Path) -> None:
    text = (world / "relations.yml").read_text()
    (world / "relations.yml").write_text(text + text[text.index("  - kind") :])
    assert found(world) == ["this relation stands twice"]


def test_another_language_may_be_missing_from_some_claims(world: Path) -> None:
    words = (files.FACTS / "wording.yml").read_text(encoding="utf-8")
    for key in ("speech_verbs:", "loaded_words:", "number_words:"):
        words = words.replace(f"{key}\n", f'{key}\n  fr: ["mot"]\n')
    words = words.replace("bound_words:\n", 'bound_words:\n  fr:\n    at least: ["au moins"]\n')
    (world / "wording.yml").write_text(words, encoding="utf-8")
    change(world, FERRY, '      en: "At least', '      fr: "Au moins *4* marins sont morts"\n      en: "At least')
    assert found(world) == []


EXCERPTS = {
    "at another place": ('at: "1.1"', 'at: "1.2"', "the excerpt does not stand at 1.2"),
    "nowhere": (
        "killed at least four sailors", "killed at least four seamen",
        "the excerpt does not stand in the text",
    ),
    "in half a word": (
        "killed at least four sailors", "illed at least four sailor",
        "the excerpt does not stand in the text",
    ),
    "in no sentence": ('at: "1.1"', 'at: "9.9"', "the excerpt does not stand at 9.9"),
    "verified nowhere": ('at: "2.2"}', 'at: "2.9"}', "the text has no sentence 2.9"),
    "under another title": ('title: "Fire on', 'title: "A Fire on', "the title differs from the text's first line"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wrong"), EXCERPTS.values(), ids=EXCERPTS)
def test_excerpts_stand_letter_by_letter_at_their_place(world: Path, old: str, new: str, wrong: str) -> None:
    change(world, FERRY, old, new)
    assert found(world, WORLD / "ferry-fire.txt") == [wrong]


def test_a_misplaced_excerpt_is_told_its_place(world: Path) -> None:
    change(world, FERRY, 'at: "2.1"', 'at: "2.2"')
    facts = files.read(world)
    [problem] = checks.check(facts, excerpts.read_texts([WORLD / "ferry-fire.txt"], facts))
    assert problem.todo == 'write at: "2.1"'


def test_a_text_is_paragraphs_of_sentences_without_headings() -> None:
    text = excerpts.parse(
        'A Title\n\nDr. Tarn of the U.S. Navy said "No." She left at 3.30 p.m. on Friday.\nA Heading\n'
        "A line of more than fourteen words is a paragraph even if its full stop has been forgotten here\n"
        "Are we here? Yes!"
    )
    assert text.title == "A Title"
    assert text.paragraphs[0] == ('Dr. Tarn of the U.S. Navy said "No."', "She left at 3.30 p.m. on Friday.")
    assert text.at("2.1") is not None
    assert text.at("3.2") == "Yes!"
    assert (text.at("3.3"), text.at("0.1"), text.at("4.1")) == (None, None, None)


def test_figures_are_read_in_any_writing(world: Path) -> None:
    bounds: dict[str, Bound] = {"more than": "more than", "سے زیادہ": "more than", "scores": "scores"}
    words = Words({"seven": 7}, bounds, ())
    assert list(figures("took *seven*, then more than *1,200*, then *scores*", words)) == [
        (7, "exactly"), (1200, "more than"), (None, "scores"),
    ]  # fmt: skip
    assert list(figures("*۳۱* سے زیادہ", words)) == [(31, "more than")]
    assert list(figures("*7* more than *8*", words)) == [(7, "exactly"), (8, "more than")]
