"""Measuring the answers over questions whose right answers are known."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.asking import Asked, reply
from bot.conversation import Desk
from bot.dialogue import Message, Verdict
from knowledge import files
from knowledge.problems import BrokenFacts, Problem

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"
BARS = "bars.yml"
CHECK = "claimcheck"
MOST_CONFUSIONS = 15

Read = TypeVar("Read", bound="Row")
Outcome = Literal["right", "wrong", "missed", "refused"]
# wrong: a claim was given that misleads; refused: no claim, though there is an answer; missed: the rest


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


class CaseFile(Row):
    """One file of questions of one kind in one language."""

    kind: str
    lang: str
    cases: tuple[Case, ...]


class Bar(Row):
    """What a kind of question has to reach, in per cent."""

    right: float = Field(ge=0, le=100)  # at least
    wrong: float = Field(ge=0, le=100)  # at most


class Bars(Row):
    """The file bars.yml: a bar for each kind, and for `all`."""

    bars: dict[str, Bar]


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with what became of it."""

    kind: str
    language: str
    case: Case
    message: Message
    outcome: Outcome


def evaluate(desk: Desk, paths: Sequence[Path]) -> int:
    """Prints how many questions are answered rightly; exit code 1 where that falls short of the bars beside them."""
    found = list(paths) or sorted(path for path in QUESTIONS.glob("*.yml") if path.name != BARS)
    if not found:
        print("no questions here. Name the files: eval FILE ...", file=sys.stderr)
        return 1
    judged = [each for path in found for each in judge_file(desk, path)]
    bars = _bars({path.parent / BARS for path in found})
    shortfalls = list(_table(judged, bars))
    _confusions(judged)
    for line in shortfalls:
        print(line)
    return 1 if shortfalls else 0


def judge_file(desk: Desk, path: Path) -> Iterator[Judged]:
    """Every question of a file put to the desk, each in a conversation of its own."""
    file = _read(path, CaseFile)
    known = {claim.id for claim in desk.store.claims}
    for case in file.cases:
        strange = sorted({*case.gold, *case.ok, *case.bad} - known)
        if strange:
            raise _broken(path, f'"{case.q}" names the claim "{strange[0]}", which is not held', "correct the id")
        asked = Asked(case.q, case.context, "check" if file.kind == CHECK else "ask")
        message = reply(desk, asked).message
        yield Judged(file.kind, file.lang, case, message, outcome(desk, file.kind, case, message))


def outcome(desk: Desk, kind: str, case: Case, message: Message) -> Outcome:
    """What became of a question.

    Right: every gold claim is given and nothing beyond gold, ok and what stands in relation to gold; for a check the
    verdict is the expected one and gold is shown. Wrong: a bad claim is given, or any where there is no gold, or a
    check says "matches" where it does not.
    """
    gold, answers = set(case.gold), set(message.answers)
    if kind == CHECK:
        if message.verdict == "matches" and case.verdict != "matches":
            return "wrong"
        return "right" if message.verdict == case.verdict and gold <= answers | set(message.related) else "missed"
    if answers & set(case.bad) or (not gold and answers - set(case.ok)):
        return "wrong"
    if gold and not answers:
        return "refused"
    beside = {end for id in gold for relation in desk.store.relations_of(id) for end in (relation.a, relation.b)}
    fitting = gold <= answers and answers <= gold | set(case.ok) | beside
    return "right" if fitting and (answers or message.status != "answered" or gold) else "missed"


def _table(judged: Sequence[Judged], bars: dict[str, Bar]) -> Iterator[str]:
    """Prints a row for all, for each kind and each language, and yields a line for each bar that is not reached."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        for key in ("all", each.kind, f"lang {each.language}"):
            groups[key].append(each)
    print(f"{'':15} {'asked':>6} {'right':>7} {'wrong':>7} {'missed':>7} {'refused':>8}")
    for key in sorted(groups, key=lambda key: (key != "all", key.startswith("lang "), key)):
        counted = Counter(each.outcome for each in groups[key])
        share = {name: 100 * counted[name] / len(groups[key]) for name in ("right", "wrong", "missed", "refused")}
        row = f"{share['right']:6.1f}% {share['wrong']:6.1f}% {share['missed']:6.1f}% {share['refused']:7.1f}%"
        print(f"{key:15} {len(groups[key]):6} {row}")
        bar = bars.get(key)
        if bar is not None and share["right"] < bar.right:
            yield f"{key}: {share['right']:.1f}% right, the bar is {bar.right:g}%"
        if bar is not None and share["wrong"] > bar.wrong:
            yield f"{key}: {share['wrong']:.1f}% wrong, the bar is {bar.wrong:g}%"


def _confusions(judged: Sequence[Judged]) -> None:
    """Prints which claims were given in the place of which, the most frequent first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for each in judged:
        given = set(each.message.answers)
        lacking = [id for id in each.case.gold if id not in given] or ["no answer"] * (not each.case.gold)
        instead = sorted(given - {*each.case.gold, *each.case.ok})
        if each.outcome in ("wrong", "missed") and each.kind != CHECK:
            pairs.update((gold, other) for gold in lacking for other in instead)
    if pairs:
        print("\nwanted <- given instead")
    for (gold, other), count in pairs.most_common(MOST_CONFUSIONS):
        print(f"{count:4}  {gold} <- {other}")


def _bars(paths: set[Path]) -> dict[str, Bar]:
    return {key: bar for path in sorted(paths) if path.exists() for key, bar in _read(path, Bars).bars.items()}


def _read(path: Path, kind: type[Read]) -> Read:
    value = files.document(path).value
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise _broken(path, f"{where}: {first['msg']}", "write it as in the files beside it") from None


def _broken(path: Path, wrong: str, todo: str) -> BrokenFacts:
    return BrokenFacts([Problem(path, 1, wrong, todo)])
