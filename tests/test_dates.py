from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from knowledge.dates import DayPart, span
from knowledge.model import AsOf

SPANS = {
    "a day": ("2026-01-31", date(2026, 1, 31), date(2026, 1, 31)),
    "a month": ("2026-04", date(2026, 4, 1), date(2026, 4, 30)),
    "a month that ends a year": ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    "a short February": ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
    "a long February": ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    "a year": ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    "about a day": ("2026-02-01~", date(2026, 2, 1), date(2026, 2, 1)),
    "perhaps a month": ("2026-02?", date(2026, 2, 1), date(2026, 2, 28)),
    "days": ("2026-01-29/2026-02-05", date(2026, 1, 29), date(2026, 2, 5)),
    "months": ("2025-11/2026-02", date(2025, 11, 1), date(2026, 2, 28)),
    "years": ("2024/2025", date(2024, 1, 1), date(2025, 12, 31)),
    "a day to the end of a month": ("2026-02-10/2026-02", date(2026, 2, 10), date(2026, 2, 28)),
    "a stretch of one day": ("2026-02-10/2026-02-10", date(2026, 2, 10), date(2026, 2, 10)),
    "a stretch with doubt": ("2026-01-29~/2026-02?", date(2026, 1, 29), date(2026, 2, 28)),
}
NO_DATES = {
    "nothing": "",
    "a word": "Saturday",
    "a day without zeros": "2026-1-3",
    "a day without hyphens": "20260131",
    "a day in another order": "31-01-2026",
    "a day with an hour": "2026-01-31T10:00",
    "a day with a line break": "2026-01-31\n",
    "a month without its year": "01-31",
    "a doubt twice": "2026-01-31~?",
    "a doubt about the month alone": "2026-01~-31",
    "a stretch without an end": "2026-01-31/",
    "a stretch without a beginning": "/2026-01-31",
    "a stretch of three": "2026-01-29/2026-01-30/2026-01-31",
}
NO_DAYS = {
    "a month too many": "2026-13",
    "no month": "2026-00",
    "a day too many": "2026-02-29",
    "no day": "2026-02-00",
    "no year": "0000",
    "no day at the end of a stretch": "2026-02-01/2026-02-30",
}


@pytest.mark.parametrize(("written", "first", "last"), SPANS.values(), ids=SPANS)
def test_a_date_reaches_from_its_first_day_to_its_last(written: str, first: date, last: date) -> None:
    assert span(written) == (first, last)


@pytest.mark.parametrize("written", NO_DATES.values(), ids=NO_DATES)
def test_what_is_written_otherwise_is_no_date_and_told_how_to_write_one(written: str) -> None:
    with pytest.raises(ValueError, match=r'^write a date as "2026-01-31", "2026-02" or "2026-01-29/2026-02-05"$'):
        span(written)


@pytest.mark.parametrize("written", NO_DAYS.values(), ids=NO_DAYS)
def test_a_day_that_no_calendar_has_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"out of range|must be in"):
        span(written)


@pytest.mark.parametrize("written", ["2026-02-05/2026-01-29", "2026-02/2026-01-31", "2026/2025"])
def test_a_stretch_does_not_end_before_it_begins(written: str) -> None:
    with pytest.raises(ValueError, match=r"^the stretch ends before it begins$"):
        span(written)


def test_a_record_keeps_a_date_as_it_was_written() -> None:
    assert AsOf(date="2026-02-01~").date == "2026-02-01~"


@pytest.mark.parametrize("written", ["2026-02-30", "yesterday", "2026-02-05/2026-01-29"])
def test_a_record_refuses_what_is_no_date(written: str) -> None:
    with pytest.raises(ValidationError, match="date"):
        AsOf(date=written)


def test_a_record_refuses_a_part_of_the_day_that_is_not_known() -> None:
    with pytest.raises(ValidationError, match="'early', 'daytime', 'evening' or 'night'"):
        AsOf.model_validate({"date": "2026-01-31", "part": "noon"})


def test_the_parts_of_a_day_sort_in_its_course_and_the_whole_day_after_them() -> None:
    parts: tuple[DayPart | None, ...] = ("night", None, "early", "evening", "daytime")
    times = [AsOf(date="2026-01-31", part=part) for part in parts]
    assert [each.part for each in sorted(times, key=lambda each: each.order)] == [
        "early",
        "daytime",
        "evening",
        "night",
        None,
    ]


def test_a_month_sorts_by_its_last_day_and_a_later_day_beats_any_part() -> None:
    written = ["2026-02", "2026-01-31", "2026-02-03", "2026-01-29/2026-02-05"]
    in_order = sorted((AsOf(date=each) for each in written), key=lambda each: each.order)
    assert [each.date for each in in_order] == ["2026-01-31", "2026-02-03", "2026-01-29/2026-02-05", "2026-02"]
    assert AsOf(date="2026-01-31").order < AsOf(date="2026-02-01", part="early").order


PRECEDING = {
    "the day before": (AsOf(date="2026-01-31"), AsOf(date="2026-02-01"), True),
    "the day after": (AsOf(date="2026-02-01"), AsOf(date="2026-01-31"), False),
    "the same day": (AsOf(date="2026-01-31"), AsOf(date="2026-01-31"), False),
    "an earlier part": (AsOf(date="2026-01-31", part="early"), AsOf(date="2026-01-31", part="night"), True),
    "the same part": (AsOf(date="2026-01-31", part="night"), AsOf(date="2026-01-31", part="night"), False),
    "a part and its whole day": (AsOf(date="2026-01-31", part="early"), AsOf(date="2026-01-31"), False),
    "a whole day and its part": (AsOf(date="2026-01-31"), AsOf(date="2026-01-31", part="night"), False),
    "a late part and the next day": (AsOf(date="2026-01-31", part="night"), AsOf(date="2026-02-01"), True),
    "a day in the month": (AsOf(date="2026-02-01"), AsOf(date="2026-02"), False),
    "a part of a day in the month": (AsOf(date="2026-02-03", part="early"), AsOf(date="2026-02", part="night"), False),
    "a day before the month": (AsOf(date="2026-01-31"), AsOf(date="2026-02"), True),
    "stretches that touch": (AsOf(date="2026-01-29/2026-02-01"), AsOf(date="2026-02-01/2026-02-05"), False),
}


@pytest.mark.parametrize(("one", "other", "sure"), PRECEDING.values(), ids=PRECEDING)
def test_a_time_precedes_another_only_where_that_is_sure(one: AsOf, other: AsOf, sure: bool) -> None:
    assert one.precedes(other) is sure
