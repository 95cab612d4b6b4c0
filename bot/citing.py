"""The reports that a message cites: their numbers in order of appearance, and their lines at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.dialogue import Line, Span
from bot.sentences import Sentences
from knowledge.model import Claim, Source

WITNESSES = 2  # reports that are named for one claim
MARK = re.compile(r"\[\d+\]")
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

    def renumbered(self, lines: Iterable[Line], claim_ids: Iterable[str]) -> tuple[Line, ...]:
        """The lines of a message with its reports counted from one again, where some went with their claims."""
        used = dict.fromkeys(self.number(source) for id in claim_ids for source in self._cited.get(id, ()))
        fresh = {mark: f"[{place}]" for place, mark in enumerate(used, 1)}
        if all(old == new for old, new in fresh.items()):
            return tuple(lines)
        return tuple(replace(line, spans=tuple(_marked(span, fresh) for span in line.spans)) for line in lines)

    def _line(self, source: Source, brief: bool) -> Line:
        """A report as a line, made once however often the message is tried for its length."""
        key = source.id, brief
        if key not in self._lines:
            self._lines[key] = self._words.source(source, self.number(source), brief=brief)
        return self._lines[key]


def _marked(span: Span, fresh: Mapping[str, str]) -> Span:
    return replace(span, text=MARK.sub(lambda found: fresh.get(found[0], found[0]), span.text))
