"""Measuring the answers over questions whose right answers are known."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from bot.asking import Asked, reply
from bot.conversation import Desk, restricted
from bot.dialogue import Message
from bot.questions import (
    Bar,
    Case,
    question_files,
    read_bars,
    read_cases,
    unknown_claims,
    write_bars,
    write_misses,
)
from knowledge.problems import BrokenFacts

CHECK = "claimcheck"
MOST_CONFUSIONS = 15

Outcome = Literal["right", "wrong", "missed", "refused"]
# wrong: a claim was given that misleads; refused: no claim, though there is an answer; missed: the rest


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with what became of it."""

    file: Path
    kind: str
    language: str
    case: Case
    message: Message
    outcome: Outcome


def evaluate(desk: Desk, paths: Sequence[Path], record: bool = False) -> int:
    """Prints how many questions are answered rightly; exit code 1 where that falls short of the bars beside them.

    To record is to write what is measured beside the questions: the bars, and the questions that fail.
    """
    found = list(paths) or question_files()
    if not found:
        print("no questions here. Name the files: eval FILE ...", file=sys.stderr)
        return 1
    judged = [each for path in found for each in judge_file(desk, path)]
    folders = sorted({path.parent for path in found})
    if record:
        for folder in folders:
            _record(folder, [each for each in judged if each.file.parent == folder])
    bars = {kind: bar for folder in folders for kind, bar in read_bars(folder).items()}
    shortfalls = list(_table(judged, bars))
    _confusions(judged)
    for line in shortfalls:
        print(line)
    return 1 if shortfalls else 0


def judge_file(desk: Desk, path: Path) -> Iterator[Judged]:
    """Every question of a file put to the desk over the reports that the file names, each in its own conversation."""
    file = read_cases(path)
    asked_of = restricted(desk, file.sources)
    problems = list(unknown_claims(path, file.cases, frozenset(claim.id for claim in asked_of.store.claims)))
    if problems:
        raise BrokenFacts(problems)
    for case in file.cases:
        asked = Asked(case.q, case.context, "check" if file.kind == CHECK else "ask")
        message = reply(asked_of, asked).message
        yield Judged(path, file.kind, file.lang, case, message, outcome(asked_of, file.kind, case, message))


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


def _record(folder: Path, judged: Sequence[Judged]) -> None:
    kinds = {key: shares for key, shares in _shares(judged).items() if not key.startswith("lang ")}
    write_bars(folder, {key: (shares["right"], shares["wrong"]) for key, shares in kinds.items()})
    misses: dict[str, list[str]] = defaultdict(list)
    for each in judged:
        if each.outcome != "right":
            misses[each.file.stem].append(each.case.talk)
    write_misses(folder, misses)


def _groups(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The questions by what they are counted under: all, their kind, their language."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        for key in ("all", each.kind, f"lang {each.language}"):
            groups[key].append(each)
    return {key: groups[key] for key in sorted(groups, key=lambda key: (key != "all", key.startswith("lang "), key))}


def _shares(judged: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """For each group the share of each outcome, in per cent."""
    counted = {key: Counter(each.outcome for each in group) for key, group in _groups(judged).items()}
    return {key: {name: 100 * c[name] / c.total() for name in get_args(Outcome)} for key, c in counted.items()}


def _table(judged: Sequence[Judged], bars: dict[str, Bar]) -> Iterator[str]:
    """Prints a row for all, for each kind and each language, and yields a line for each bar that is not reached."""
    print(f"{'':15} {'asked':>6} {'right':>7} {'wrong':>7} {'missed':>7} {'refused':>8}")
    groups = _groups(judged)
    for key, share in _shares(judged).items():
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
