"""The reports that a message cites: their numbers in order of appearance, and their lines at its end."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue import Line
from bot.sentences import Sentences
from knowledge.model import Claim, Source

WITNESSES = 2  # reports that are named for one claim
MANY = 2  # reports above which each is named by its publisher alone


class Citations:
    """Numbers the reports of one message; in a `tight` one a claim is cited from one report, by its publisher."""

    def __init__(self, words: Sentences, tight: bool) -> None:
        self._words = words
        self._tight = tight
        self._marks: dict[str, str] = {}  # report id -> "[1]"
        self._cited: dict[str, tuple[Source, ...]] = {}  # claim id -> the reports that are named for it
        self._lines: dict[tuple[str, bool], Line] = {}

    def mark(self, claim: Claim, most: int = WITNESSES) -> str:
        """The numbers of the reports that a claim is cited from, of independent ones `most` at the most."""
        named = self._cited.get(claim.id) or self._words.store.witnesses(claim.id)[: 1 if self._tight else most]
        self._cited[claim.id] = named
        return "".join(map(self.number, named))

    def number(self, source: Source) -> str:
        """The number of a report."""
        return self._marks.setdefault(source.id, f"[{len(self._marks) + 1}]")

    def lines(self, claim_ids: Iterable[str]) -> list[Line]:
        """A line for each report that these claims are cited from."""
        sources = tuple(dict.fromkeys(source for id in claim_ids for source in self._cited.get(id, ())))
        brief = self._tight or len(sources) > MANY
        return [self._line(source, brief) for source in sources]

    def _line(self, source: Source, brief: bool) -> Line:
        """A report as a line, made once however often the message is tried for its length."""
        key = source.id, brief
        if key not in self._lines:
            self._lines[key] = self._words.source(source, self.number(source), brief=brief)
        return self._lines[key]
