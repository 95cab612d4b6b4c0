"""The time that a question asks about, held against the time of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.dates import DAY_PARTS, DayPart, span
from knowledge.model import AsOf

PeriodKind = Literal["until", "on", "since"]


@dataclass(frozen=True, slots=True)
class Period:
    """What a question says of time: up to a day or a part of it, on it, or after it."""

    kind: PeriodKind
    day: date
    part: DayPart | None = None

    @property
    def order(self) -> tuple[str, int]:
        """Its end, comparable with `AsOf.order`; up to a night is up to the end of its day."""
        whole = self.part is None or (self.kind == "until" and self.part == DAY_PARTS[-1])
        return self.day.isoformat(), len(DAY_PARTS) if whole else DAY_PARTS.index(self.part)

    def holds(self, as_of: AsOf | None, *, figure: bool) -> bool:
        """Whether something of that time belongs to it; a figure "on" a day is the one that held by then."""
        if as_of is None:
            return False
        if self.kind == "since":
            return as_of.order > self.order
        if self.kind == "until" or figure:
            return as_of.order <= self.order
        first, last = span(as_of.date)
        return first <= self.day <= last and (self.part is None or as_of.part in (None, self.part))
