"""Days in a text: "31 January", "Monday night", "as of 2 Feb", and the stretch of time that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.dialogue import Tag
from bot.period import Period, PeriodKind
from bot.tagged import Word
from knowledge.dates import DayPart, span
from knowledge.store import FactStore

WEEK = 7
UNTIL, SINCE = "as-of", "since"  # cues
SUFFIXES = frozenset({"st", "nd", "rd", "th"})  # stand as words of their own behind a number
NEAR = 3  # words without weight between a day and what is said of it


@dataclass(frozen=True, slots=True)
class DayName:
    """A day as somebody names it: by date, by weekday, or by both."""

    start: int  # index of its first word
    end: int  # index after its last word
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None  # Monday is 0
    nth: int | None = None  # counted from the day of the event, which is the first
    part: DayPart | None = None


@dataclass(frozen=True, slots=True)
class DayWords:
    """The words of a language for months, weekdays and parts of a day."""

    months: dict[str, int]  # January is 1
    weekdays: dict[str, int]
    parts: dict[str, DayPart]
    ordinals: dict[str, int]  # "third": the third day counts from the event's
    dayword: set[str]  # "day"

    def named(self, read: Sequence[Word]) -> Iterator[DayName]:
        """The days that a text names, in order; a weekday beside a date is one day with it."""
        found: list[DayName] = []
        at = 0
        while at < len(read):
            name = self._date(read, at) or self._weekday(read, at) or self._nth(read, at)
            at = name.end if name else at + 1
            if name and found and name.start - found[-1].end <= 1 and (found[-1].day is None) != (name.day is None):
                name = _merged(found.pop(), name)
            found += [name] if name else []
        return (self._parted(name, read) for name in found)

    def _date(self, read: Sequence[Word], at: int) -> DayName | None:
        """A date in either order: "31 January", "31st of January", "January 31, 2026"; or a month by itself."""
        if month := self.months.get(read[at].read):
            day = _day(read, at + 1)
            end, year = _year(read, _past_suffix(read, at + 2) if day else at + 1)
            return DayName(at, end, day, month, year)
        day, after = _day(read, at), _past_suffix(read, at + 1)
        if after < len(read) and read[after].light:
            after += 1
        month = self.months.get(read[after].read) if day and after < len(read) else None
        if month is None:
            return None
        end, year = _year(read, after + 1)
        return DayName(at, end, day, month, year)

    def _weekday(self, read: Sequence[Word], at: int) -> DayName | None:
        weekday = self.weekdays.get(read[at].read)
        return DayName(at, at + 1, weekday=weekday) if weekday is not None else None

    def _nth(self, read: Sequence[Word], at: int) -> DayName | None:
        """ "the third day"."""
        nth = self.ordinals.get(read[at].read)
        if nth is None or at + 1 >= len(read) or read[at + 1].read not in self.dayword:
            return None
        return DayName(at, at + 2, nth=nth)

    def _parted(self, name: DayName, read: Sequence[Word]) -> DayName:
        """A day with the part of it that is named beside it: "the night of 31 January", "Saturday evening"."""
        after = [name.end] + [name.end + 1] * (name.end < len(read) and read[name.end].light)  # "31 january ki shaam"
        for at in after:
            if at < len(read) and (part := self.parts.get(read[at].read)):
                return replace(name, end=at + 1, part=part)
        for at in _before(read, name.start):
            if part := self.parts.get(read[at].read):
                return replace(name, start=at, part=part)
        return name


class Calendar:
    """Resolves the days that people name, around the day of the event that the reports are about."""

    def __init__(self, first: date, facet: str) -> None:
        self.first = first  # the day of the event
        self.facet = facet  # the time by which claims name it

    @classmethod
    def of(cls, store: FactStore) -> Calendar | None:
        """The calendar of a store; None where no report dates the event."""
        backdrop = {facet.id for facet in store.facets if facet.kind == "time" and "backdrop" in facet.traits}
        timed = [(store.as_of(claim.id), claim.time) for claim in store.claims if claim.time in backdrop]
        days = [(span(as_of.date)[0], time) for as_of, time in timed if as_of and time]
        return cls(*min(days)) if days else None

    def day(self, name: DayName) -> date | None:
        """The day that a name means: a date in the year of the event, or the first such weekday from the event on."""
        if name.nth is not None:
            return self.first + timedelta(days=name.nth - 1)
        if name.weekday is not None and name.day is None:
            return self.first + timedelta(days=(name.weekday - self.first.weekday()) % WEEK)
        if name.month is None or name.day is None or name.year not in (None, self.first.year):
            return None
        try:
            return date(self.first.year, name.month, name.day)
        except ValueError:
            return None

    def is_month(self, name: DayName) -> bool:
        """Whether a name is nothing but the month of the event: "the January attacks"."""
        return name.month == self.first.month and name.day is None and name.year in (None, self.first.year)


def dated(read: Sequence[Word], cues: Sequence[Tag], words: DayWords, calendar: Calendar) -> Iterator[Tag]:
    """The days of a text, resolved; the bare day of the event ("Saturday's attacks") is a word for the event."""
    for name in words.named(read):
        day, kind = calendar.day(name), _kind(name, read, cues)
        text = " ".join(word.typed for word in read[name.start : name.end])
        event = day == calendar.first and kind == "on" and name.part is None and not _said(name, cues)
        if calendar.is_month(name) or event:
            yield Tag("content", (calendar.facet,), name.start, name.end, text)
        elif day is not None:
            yield Tag("day", (), name.start, name.end, text, period=Period(kind, day, name.part))


def _kind(name: DayName, read: Sequence[Word], cues: Sequence[Tag]) -> PeriodKind:
    starts = {name.start, *_before(read, name.start)}
    near = {id for cue in cues if cue.end in starts for id in cue.ids}
    near |= {id.removesuffix("-after") for cue in cues if cue.start == name.end for id in cue.ids if "-after" in id}
    return "since" if SINCE in near else "until" if UNTIL in near else "on"


def _said(name: DayName, cues: Sequence[Tag]) -> bool:
    """Whether a date is that of a statement: "what did the BLA claim on 31 January?"."""
    return name.day is not None and any("says" in cue.ids and cue.end <= name.start for cue in cues)


def _before(read: Sequence[Word], start: int) -> Iterator[int]:
    """The indices of the words before a day, backwards, as long as they add nothing but "of", "on", "the"."""
    for at in range(start - 1, max(start - NEAR - 1, -1), -1):
        yield at
        if not (read[at].light or read[at].read in ("of", "on")):
            return


def _merged(one: DayName, other: DayName) -> DayName:
    return replace(one if one.day is not None else other, start=one.start, end=other.end)


def _day(read: Sequence[Word], at: int) -> int | None:
    if at >= len(read) or not read[at].read.isdigit() or len(read[at].read) > 2:
        return None
    return int(read[at].read) if 1 <= int(read[at].read) <= 31 else None


def _past_suffix(read: Sequence[Word], at: int) -> int:
    return at + 1 if at < len(read) and read[at].read in SUFFIXES else at


def _year(read: Sequence[Word], at: int) -> tuple[int, int | None]:
    """The year behind a date, and the index after it."""
    after = at + 1 if at < len(read) and read[at].typed == "," else at
    if after < len(read) and read[after].read.isdigit() and len(read[after].read) == 4:
        return after + 1, int(read[after].read)
    return at, None
