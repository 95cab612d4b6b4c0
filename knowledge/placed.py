"""Records together with the file and line that each was read from, as the checks need them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from knowledge.model import (
    Claim,
    Facet,
    FacetsFile,
    Gap,
    Name,
    NamesFile,
    Record,
    Relation,
    RelationsFile,
    Report,
    WordingFile,
)
from knowledge.problems import Problem
from knowledge.store import FactStore

R = TypeVar("R", bound=Record, covariant=True)
Inner = TypeVar("Inner", bound=Record)
Step = str | int  # a key or an index on the way to a value


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A record with the place it was read from; `line_of` finds the line of what keys and indices lead to."""

    record: R
    path: Path
    line_of: Callable[[Sequence[Step]], int]
    steps: tuple[Step, ...] = ()

    def problem(self, wrong: str, todo: str, *inside: Step) -> Problem:
        """A problem at this record, or at the part of it that `inside` leads to."""
        return Problem(self.path, self.line_of((*self.steps, *inside)), wrong, todo)

    def parts(self, key: str, records: Sequence[Inner]) -> tuple[Placed[Inner], ...]:
        """The records of one of its lists, each with its own place."""
        return tuple(
            Placed(record, self.path, self.line_of, (*self.steps, key, index)) for index, record in enumerate(records)
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything in a folder of facts, with places: the reports, the other three files, the words for the checks."""

    reports: tuple[Placed[Report], ...]
    names_file: Placed[NamesFile]
    facets_file: Placed[FacetsFile]
    relations_file: Placed[RelationsFile]
    wording: Placed[WordingFile] | None = None

    @property
    def claims(self) -> tuple[Placed[Claim], ...]:
        """Every claim of every report."""
        return tuple(part for report in self.reports for part in report.parts("claims", report.record.claims))

    @property
    def gaps(self) -> tuple[Placed[Gap], ...]:
        """Everything that a report is silent on."""
        return tuple(part for report in self.reports for part in report.parts("gaps", report.record.gaps))

    @property
    def relations(self) -> tuple[Placed[Relation], ...]:
        """The relations inside each report, then those between reports."""
        inner = (part for report in self.reports for part in report.parts("relations", report.record.relations))
        return (*inner, *self.between)

    @property
    def between(self) -> tuple[Placed[Relation], ...]:
        """The relations between reports."""
        return self.relations_file.parts("relations", self.relations_file.record.relations)

    @property
    def names(self) -> tuple[Placed[Name], ...]:
        """Every person, group and place."""
        return self.names_file.parts("names", self.names_file.record.names)

    @property
    def facets(self) -> tuple[Placed[Facet], ...]:
        """Every topic, population, object and time."""
        return self.facets_file.parts("facets", self.facets_file.record.facets)

    def store(self) -> FactStore:
        """The store of these facts, without their places."""
        return FactStore(
            tuple(report.record for report in self.reports),
            tuple(self.names_file.record.names),
            tuple(self.facets_file.record.facets),
            tuple(self.relations_file.record.relations),
        )
