"""How long an answer takes: over the questions of a set, the worst that can be typed, and stores of any size.

    python tests/bench_ask.py [FILE ...] [--largest 100000]

FILE is a set of questions, YAML as in tests/questions or one JSON object a line; all of tests/questions by default.
Prints milliseconds in this process, nothing else running; compare runs on one machine only. Every question is asked
once with nothing remembered of its words (first), then again (again). Aims: median below 1 and p99 below 5 over the
real store, p99 below 6 at 10,000 claims and 5,000 names, the worst input below 50.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import pstats
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import synthetic

from bot.asking import Asked
from bot.conversation import Desk, opened
from bot.dialogue import Context, Utterance
from bot.evaluation import CHECK
from bot.languages import languages
from bot.questions import question_files, read_cases

HOSTILE = {
    "4,096 letters of one word": "a" * 4096,
    "no word twice": " ".join(f"{a}{b}{c}qx" for a in "bdfgkl" for b in "aeiou" for c in "mnprstvz")[:3000],
    "misspelt names": "kild qeta gwdar mastng naqvvi " * 130,
    "a rant with questions": "how many killed in quetta? " * 120,
    "one question after another": "who what when where why how many " * 120,
    "commas": "killed, wounded, captured, freed in Quetta, Gwadar, Pasni, Mastung, " * 45,
    "only digits": "9" * 4000,
    "many numbers": "145 84 31 17 " * 300,
    "only emoji": "🔥" * 2000,
    "tags": "<b>" * 1300,
    "line breaks": "?\n" * 2000,
}
GROWTH = (100, 1_000, 10_000, 100_000)
SAMPLE = 600  # questions a size
NAMES = 5_000
TOP = 8  # functions of the profile


def asked(path: Path) -> Iterator[Asked]:
    """The questions of one file."""
    if path.suffix == ".jsonl":
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            mode = "check" if row.get("kind") == CHECK else row.get("mode", "ask")
            yield Asked(row["q"], tuple(row.get("context", ())), mode)
        return
    file = read_cases(path)
    for case in file.cases:
        yield Asked(case.q, case.context, "check" if file.kind == CHECK else "ask")


def timed(desk: Desk, questions: Iterable[Asked]) -> list[float]:
    """Milliseconds for each question, its earlier messages gone through before."""
    taken = []
    for question in questions:
        context = Context()
        for earlier in question.context:
            context = desk.reply(Utterance(earlier), context).context
        began = time.perf_counter()
        desk.reply(Utterance(question.text, question.mode), context)
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)


def warm(desk: Desk) -> Desk:
    """The desk with its languages read and all that it holds set apart from the garbage, as after a start."""
    for code in desk.languages:
        desk.taggers[code]
    timed(desk, [Asked("How many civilians were killed?")])
    gc.collect()
    gc.freeze()
    return desk


def row(name: str, taken: Sequence[float]) -> str:
    """Median, p99 and worst of a run."""
    p99 = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
    return f"{name:34} {len(taken):6} {taken[len(taken) // 2]:9.2f} {p99:9.2f} {taken[-1]:9.2f}"


def real(paths: Sequence[Path]) -> None:
    """Each set over the real store, first and again, and what dominates."""
    print(f"{'the real store':34} {'asked':>6} {'median':>9} {'p99':>9} {'worst':>9}")
    sets = {path.parent.name + "/" + path.name: list(asked(path)) for path in paths}
    if len(sets) > 3:
        sets = {"all files": [question for questions in sets.values() for question in questions]}
    for name, questions in sets.items():
        desk = warm(opened())
        print(row(f"{name}, first", timed(desk, questions)))
        print(row(f"{name}, again", timed(desk, questions)))
    profile = cProfile.Profile()
    profile.runcall(timed, desk, [question for questions in sets.values() for question in questions])
    stats = pstats.Stats(profile)
    print("\nwhat dominates (share of the time in the function itself)")
    own = sorted(((tt, where) for where, (_, _, tt, _, _) in stats.stats.items()), reverse=True)[:TOP]  # type: ignore[attr-defined]
    for seconds, (file, _, function) in own:
        print(f"  {100 * seconds / stats.total_tt:5.1f}%  {Path(file).name}: {function}")  # type: ignore[attr-defined]


def hostile(desk: Desk) -> None:
    """The worst that can be typed, asked and to be checked."""
    print(f"\n{'the worst input':34} {'':6} {'ask':>9} {'check':>9}")
    for name, text in HOSTILE.items():
        ask, check = (timed(desk, [Asked(text[:4096], mode=mode)])[0] for mode in ("ask", "check"))
        print(f"{name:34} {'':6} {ask:9.1f} {check:9.1f}")


def growth(largest: int) -> None:
    """How the cost grows with the store."""
    print(f"\n{'claims, 5,000 names':34} {'asked':>6} {'median':>9} {'p99':>9} {'worst':>9} {'built in':>9}")
    for size in (each for each in GROWTH if each <= largest):
        held = synthetic.store(size, NAMES)
        questions = [Asked(text) for text in synthetic.questions(held, SAMPLE)]
        began = time.perf_counter()
        desk = warm(Desk(held, languages()))
        built = time.perf_counter() - began
        print(row(f"{size:,}", timed(desk, questions)) + f" {built:8.1f}s")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--largest", type=int, default=GROWTH[-1], help="claims of the largest invented store")
    options = parser.parse_args()
    real(options.files or question_files())
    hostile(warm(opened()))
    growth(options.largest)


if __name__ == "__main__":
    main()
