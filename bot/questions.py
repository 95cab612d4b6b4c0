"""Files of questions with their right answers, and beside them what the answers reach and which ones fail."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from math import ceil, floor
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.dialogue import Verdict
from knowledge import files
from knowledge.problems import BrokenFacts, Problem

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"
BARS = "bars.yml"
MISSES = "known-misses.yml"
MARGIN = 1.0  # per cent between what is measured and its bar
_BARS_HEAD = """\
# What `python -m bot eval` must reach over the questions of this folder, in per cent of each kind: right at least,
# wrong at most. `all` is every question. `python -m bot eval --record` writes what is measured now, less one point.
bars:
"""
_MISSES_HEAD = """\
# The questions that are not answered rightly yet, by file, each after the earlier messages of its conversation.
# The tests fail when another question fails, and when one of these is answered rightly: this list must shrink.
# `python -m bot eval --record` writes it anew.
misses:
"""

Read = TypeVar("Read", bound="Row")


class Row(BaseModel):
    """A record of a question file that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Case(Row):
    """A question with the claims that its answer must give, may give, and must not give."""

    q: str
    context: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    ok: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    verdict: Verdict | None = None

    @property
    def talk(self) -> str:
        """The question after the earlier messages of its conversation, as the list of misses names it."""
        return " > ".join((*self.context, self.q))


class CaseFile(Row):
    """One file of questions of one kind in one language."""

    kind: str
    lang: str
    sources: tuple[str, ...] = ()  # the reports that are asked; all where none is named
    cases: tuple[Case, ...]


class Bar(Row):
    """What a kind of question has to reach, in per cent."""

    right: float = Field(ge=0, le=100)  # at least
    wrong: float = Field(ge=0, le=100)  # at most


class Bars(Row):
    """The file bars.yml: a bar for each kind, and for `all`."""

    bars: dict[str, Bar]


class Misses(Row):
    """The file known-misses.yml: for each file of questions those that are not answered rightly."""

    misses: dict[str, tuple[str, ...]]


def question_files(folder: Path = QUESTIONS) -> list[Path]:
    """The files of questions in a folder, in the order of their names."""
    return sorted(path for path in folder.glob("*.yml") if path.name not in (BARS, MISSES))


def read_cases(path: Path) -> CaseFile:
    """One file of questions; raises `BrokenFacts` with the one thing to mend."""
    return _read(path, CaseFile)


def read_bars(folder: Path) -> dict[str, Bar]:
    """What the kinds of questions in a folder have to reach; nothing where no bars are set."""
    path = folder / BARS
    return dict(_read(path, Bars).bars) if path.exists() else {}


def read_misses(folder: Path) -> dict[str, tuple[str, ...]]:
    """The questions of a folder that are known to fail, by the name of their file."""
    path = folder / MISSES
    return dict(_read(path, Misses).misses) if path.exists() else {}


def write_bars(folder: Path, measured: Mapping[str, tuple[float, float]]) -> None:
    """Sets the bars a point below what is measured: for each kind the shares right and wrong, in per cent."""
    lines = (
        f"  {kind}: {{right: {max(0.0, floor(10 * (right - MARGIN)) / 10):g}, "
        f"wrong: {min(100.0, ceil(10 * (wrong + MARGIN)) / 10):g}}}\n"
        for kind, (right, wrong) in measured.items()
    )
    (folder / BARS).write_text(_BARS_HEAD + "".join(lines), encoding="utf-8")


def write_misses(folder: Path, misses: Mapping[str, list[str]]) -> None:
    """Lists the questions of a folder that fail, by the name of their file."""
    text = "".join(_listed(name, failing) for name, failing in sorted(misses.items()) if failing)
    (folder / MISSES).write_text(_MISSES_HEAD + text if text else _MISSES_HEAD.rstrip() + " {}\n", encoding="utf-8")


def _listed(name: str, failing: list[str]) -> str:
    return f"  {name}:\n" + "".join(f"    - {json.dumps(each, ensure_ascii=False)}\n" for each in failing)


def unknown_claims(path: Path, cases: tuple[Case, ...], known: frozenset[str]) -> Iterator[Problem]:
    """The claims that questions name and nobody holds."""
    for case in cases:
        strange = sorted({*case.gold, *case.ok, *case.bad} - known)
        if strange:
            yield _problem(path, f'"{case.q}" names the claim "{strange[0]}", which is not held', "correct the id")


def _read(path: Path, kind: type[Read]) -> Read:
    value = files.document(path).value
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise BrokenFacts([_problem(path, f"{where}: {first['msg']}", "write it as in the files beside it")]) from None


def _problem(path: Path, wrong: str, todo: str) -> Problem:
    return Problem(path, 1, wrong, todo)
