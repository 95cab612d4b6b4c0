"""Where one question ends and the next begins: sentences, lists, "and how many ..."; talk around it is set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.dialogue import Tag
from bot.tagged import Tagged

# Cues that open a question of their own after "and" or a comma.
OPENING = frozenset(
    {"count", "who", "when", "where", "why", "how", "what", "howlong", "whosays", "did", "be", "verified", "overview"}
    | {"yesno"}
)
_ENDS = frozenset("?!.;\n")
_LINKS = frozenset("&+,-:/")
LINKING = frozenset({"and", "or", "but"})  # cues


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a text with one thing asked."""

    start: int
    end: int
    asks: bool

    def text(self, tagged: Tagged) -> str:
        """The clause as it was typed, spaces evened out."""
        return " ".join(w.typed for w in tagged.words[self.start : self.end] if not w.stop)


def clauses(tagged: Tagged) -> tuple[list[Clause], list[Clause]]:
    """The clauses that ask, in order, and those that only stand around them; where none asks, all as one."""
    found = sentences(tagged)
    asking = [c for c in found if c.asks and _asks_something(c, tagged)]
    if asking:
        around = [c for c in found if c not in asking]
        return [piece for clause in asking for piece in _pieces(clause, tagged)], around
    if not found:
        return [], []
    whole = Clause(found[0].start, found[-1].end, asks=any(c.asks for c in found))
    return _pieces(whole, tagged), []


def sentences(tagged: Tagged) -> list[Clause]:
    """The sentences of a text that mean anything, questions or not."""
    return [c for c in _sentences(tagged) if _means(c, tagged)]


def _sentences(tagged: Tagged) -> Iterator[Clause]:
    start = 0
    words = tagged.words
    for i, word in enumerate(words):
        mark = word.typed == ")" and i > 0 and (words[i - 1].read.isdigit() or len(words[i - 1].read) == 1)
        if word.typed in _ENDS or mark:
            if i > start:
                yield _clause(tagged, start, i - mark, question=word.typed == "?")
            start = i + 1
    if start < len(words):
        yield _clause(tagged, start, len(words), question=False)


def _clause(tagged: Tagged, start: int, end: int, *, question: bool) -> Clause:
    part = tagged.within(start, end)
    opens = any((c.start - start <= 2 or not tagged.asks_first) and OPENING & set(c.ids) for c in part.cues)
    return Clause(start, end, question or opens)


def _means(clause: Clause, tagged: Tagged) -> bool:
    part = tagged.within(clause.start, clause.end)
    return bool(part.content or part.cues or part.numbers or part.unknown)


def _asks_something(clause: Clause, tagged: Tagged) -> bool:
    """Whether a clause has a topic, an object or a name of its own, or asks for an overview."""
    part = tagged.within(clause.start, clause.end)
    return bool(part.content) or bool(part.unknown)


def _pieces(clause: Clause, tagged: Tagged) -> list[Clause]:
    """A clause cut before each "and" or comma after which a new question opens, where one stands before it too."""
    cuts = [clause.start]
    for i in range(clause.start + 1, clause.end - 1):
        if _counts_again(cuts[-1], i, tagged):
            cuts.append(i)
        elif (
            _links(i, tagged)
            and _opens(i + 1, clause.end, tagged)
            and _content(cuts[-1], i, tagged)
            and _asks_before(cuts[-1], i, tagged)
        ):
            cuts.append(i + 1)
    bounds = [*cuts, clause.end]
    pieces = [Clause(a, b, clause.asks) for a, b in pairwise(bounds)]
    return [p for p in pieces if _means(p, tagged)] or [clause]


def _links(i: int, tagged: Tagged) -> bool:
    return tagged.words[i].typed in _LINKS or bool(LINKING & tagged.meant(i))


def _counts_again(start: int, here: int, tagged: Tagged) -> bool:
    """Whether a second "how many" follows a first with its matter: "how many dead how many injured"."""
    counts = [c.start for c in tagged.cues if "count" in c.ids and c.end - c.start > 1]
    first = next((c for c in counts if start <= c < here), None)
    return here in counts and first is not None and bool(_content(first, here, tagged))


def _opens(start: int, end: int, tagged: Tagged) -> bool:
    return _opening(start, end, tagged) and bool(_content(start, end, tagged) or end - start <= 6)


def _opening(start: int, end: int, tagged: Tagged) -> bool:
    while start < end and "lead" in tagged.meant(start):
        start += 1
    if not tagged.asks_first:
        return any(start <= c.start and c.end <= end and OPENING & set(c.ids) for c in tagged.cues)
    return any(c.start == start and c.end <= end and OPENING & set(c.ids) for c in tagged.cues)


def _asks_before(start: int, end: int, tagged: Tagged) -> bool:
    """Whether what stands before a cut is a question itself, not only what the next one is about."""
    counts = any(start <= c.start and c.end <= end and {"count", "where"} & set(c.ids) for c in tagged.cues)
    return counts or _opening(start, end, tagged)


def _content(start: int, end: int, tagged: Tagged) -> list[Tag]:
    return [t for t in tagged.content if start <= t.start and t.end <= end]
