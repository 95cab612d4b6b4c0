"""Every question of tests/questions against everything held; answers and rejections are judged apart."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.conversation import Desk, opened
from bot.evaluation import Judged, judge_file
from bot.questions import QUESTIONS, question_files, read_bars, read_cases, read_misses

REJECTED = frozenset({"unknown", "nearmiss", "offtopic", "smalltalk"})  # kinds that no claim answers
MOST_WRONG_REJECTIONS = 3  # rejections answered with a claim nonetheless; lower it as they are mended
FILES = {path.stem: path for path in question_files()}
KINDS = {name: read_cases(path).kind for name, path in FILES.items()}
ANSWERED = [name for name, kind in KINDS.items() if kind not in REJECTED]
DECLINED = [name for name, kind in KINDS.items() if kind in REJECTED]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return opened()


@cache
def judged(desk: Desk, name: str) -> tuple[Judged, ...]:
    return tuple(judge_file(desk, FILES[name]))


def surprises(desk: Desk, name: str) -> list[str]:
    """The questions that fail and are not listed as known misses, and those that are listed and do not fail."""
    listed = set(read_misses(QUESTIONS).get(name, ()))
    failing = {each.case.talk: each for each in judged(desk, name) if each.outcome != "right"}
    new = [f"fails: {talk!r} ({each.outcome})" for talk, each in failing.items() if talk not in listed]
    return new + [f"no longer fails, take it off the list: {talk!r}" for talk in sorted(listed - failing.keys())]


@pytest.mark.parametrize("name", ANSWERED)
def test_what_is_reported_is_answered(desk: Desk, name: str) -> None:
    assert surprises(desk, name) == []


@pytest.mark.parametrize("name", DECLINED)
def test_what_is_not_reported_is_declined(desk: Desk, name: str) -> None:
    assert surprises(desk, name) == []


def test_hardly_any_rejection_is_answered_with_a_claim(desk: Desk) -> None:
    wrong = [each.case.talk for name in DECLINED for each in judged(desk, name) if each.outcome == "wrong"]
    assert len(wrong) <= MOST_WRONG_REJECTIONS, wrong


def test_the_list_of_misses_names_only_questions_that_are_asked() -> None:
    asked = {name: {case.talk for case in read_cases(path).cases} for name, path in FILES.items()}
    assert [
        (name, talk) for name, talks in read_misses(QUESTIONS).items() for talk in talks if talk not in asked[name]
    ] == []


def test_every_kind_has_a_bar() -> None:
    assert set(read_bars(QUESTIONS)) == {"all", *KINDS.values()}


def test_no_question_stands_twice() -> None:
    seen: dict[str, str] = {}
    twice = []
    for name, path in FILES.items():
        for case in read_cases(path).cases:
            key = " ".join(re.findall(r"\w+|>", case.talk.lower())) or case.talk
            if key in seen:
                twice.append(f"{name} and {seen[key]}: {case.talk}")
            seen[key] = name
    assert twice == []


def test_there_are_enough_questions_of_each_sort() -> None:
    counts = {name: len(read_cases(path).cases) for name, path in FILES.items()}
    assert sum(counts.values()) >= 800
    assert sum(counts[name] for name in DECLINED) >= 300


def test_a_label_never_contradicts_itself() -> None:
    for path in FILES.values():
        file = read_cases(path)
        for case in file.cases:
            assert not set(case.bad) & {*case.gold, *case.ok}, case.talk
            assert not set(case.gold) & set(case.ok), case.talk
            assert bool(case.verdict) == (file.kind == "claimcheck"), case.talk
            assert bool(case.gold) != (file.kind in REJECTED) or file.kind in ("followup", "claimcheck"), case.talk


def test_what_is_measured_can_be_written_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "facts.yml"
    path.write_text(
        "kind: fact\nlang: en\nsources: [crackdown-article]\ncases:\n"
        '  - {q: "How many civilians were killed?", gold: [toll-civilians]}\n'
        '  - {q: "and \\"soldiers\\"?", context: ["Hi"], gold: [attack-day]}\n',
        encoding="utf-8",
    )
    assert main(["eval", "--record", str(path)]) == 0
    assert read_misses(tmp_path) == {"facts": ('Hi > and "soldiers"?',)}
    assert read_bars(tmp_path)["fact"].right == 49
    assert main(["eval", str(path)]) == 0
    path.write_text(
        "kind: fact\nlang: en\nsources: [crackdown-article]\n"
        'cases:\n  - {q: "How many civilians were killed?", gold: [toll-civilians]}\n'
    )
    assert main(["eval", "--record", str(path)]) == 0
    assert read_misses(tmp_path) == {} and read_bars(tmp_path)["fact"].right == 99
