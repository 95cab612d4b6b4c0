"""Days read out of a question, the stretch of time that they stand for, and how a time is written."""

from __future__ import annotations

from datetime import date

import pytest
from talk import DESK, STORE

from bot.dating import columns, day_in_words, in_words, written
from bot.days import Calendar, DayName
from bot.dialogue import Tag
from bot.languages import languages
from bot.period import Period, PeriodKind
from knowledge.dates import DAY_PARTS, DayPart
from knowledge.model import AsOf
from knowledge.store import FactStore

CALENDAR = Calendar(date(2026, 1, 31), "saturday")
ENGLISH = languages()["en"].dates
Read = tuple[PeriodKind, str, DayPart | None]


def days(text: str, language: str = "en") -> list[Read]:
    """What a text says of time: kind, day and part of the day."""
    periods = [tag.period for tag in DESK.taggers[language].tag(text).days]
    return [(period.kind, period.day.isoformat(), period.part) for period in periods if period]


def meant(text: str) -> set[str]:
    """What the words of a text stand for, days left aside."""
    tags: tuple[Tag, ...] = DESK.taggers["en"].tag(text).content
    return {id for tag in tags for id in tag.ids}


# -- days in a question -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("how many were killed as of Monday", ("until", "2026-02-02", None)),
        ("how many were killed by 3 Feb", ("until", "2026-02-03", None)),
        ("how many were killed up to February 3rd", ("until", "2026-02-03", None)),
        ("how many were killed as of the 3rd of February", ("until", "2026-02-03", None)),
        ("how many were killed on 1 February", ("on", "2026-02-01", None)),
        ("how many were killed on Monday, 2 February", ("on", "2026-02-02", None)),
        ("how many were killed as of Feb 4, 2026", ("until", "2026-02-04", None)),
        ("how many were killed since 1 February", ("since", "2026-02-01", None)),
        ("what happened after 2 February 2026", ("since", "2026-02-02", None)),
        ("what happened on the third day", ("on", "2026-02-02", None)),
        ("how many were killed by 31 January", ("until", "2026-01-31", None)),
    ],
)
def test_a_day_is_read_with_what_is_said_of_it(text: str, read: Read) -> None:
    assert days(text) == [read]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("what happened on the evening of 31 January", ("on", "2026-01-31", "evening")),
        ("how many were killed by the night of 31 January", ("until", "2026-01-31", "night")),
        ("how many were killed until Saturday evening", ("until", "2026-01-31", "evening")),
        ("how many were killed by the morning of 31 January", ("until", "2026-01-31", "early")),
        ("how many were killed by noon on 31 January", ("until", "2026-01-31", "daytime")),
    ],
)
def test_the_part_of_a_day_goes_with_the_day(text: str, read: Read) -> None:
    assert days(text) == [read]


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [
        ("ur", "1 فروری تک کتنے شہری ہلاک ہوئے؟", ("until", "2026-02-01", None)),
        ("ur", "پیر تک کتنے عسکریت پسند مارے گئے؟", ("until", "2026-02-02", None)),
        ("ur", "3 فروری کو کیا ہوا؟", ("on", "2026-02-03", None)),
        ("ur", "2 فروری کے بعد کیا ہوا؟", ("since", "2026-02-02", None)),
        ("ur-Latn", "1 February tak kitne shehri mare gaye?", ("until", "2026-02-01", None)),
        ("ur-Latn", "peer tak kitne shehri mare gaye?", ("until", "2026-02-02", None)),
        ("ur-Latn", "3 farwari ko kya hua?", ("on", "2026-02-03", None)),
        ("ur-Latn", "2 farwari ke baad kya hua?", ("since", "2026-02-02", None)),
    ],
)
def test_urdu_says_of_a_day_behind_it_what_english_says_before_it(language: str, text: str, read: Read) -> None:
    assert days(text, language) == [read]


def test_two_days_are_two_days() -> None:
    assert [read[1] for read in days("as of Monday or Tuesday")] == ["2026-02-02", "2026-02-03"]


@pytest.mark.parametrize("text", ["how many were killed on Saturday", "how many were killed in the January attacks"])
def test_the_bare_day_of_the_event_is_a_word_for_the_event(text: str) -> None:
    assert days(text) == [] and "saturday" in meant(text)


def test_the_day_of_the_event_is_a_day_where_something_was_said_on_it() -> None:
    assert days("what did the BLA claim on 31 January") == [("on", "2026-01-31", None)]


@pytest.mark.parametrize("text", ["how many were killed on 30 February", "how many were killed on 1 February 2025"])
def test_what_is_no_day_of_that_year_is_read_as_none(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize("text", ["how many were killed", "were 18 civilians killed", "more than 31 soldiers"])
def test_a_figure_is_no_day(text: str) -> None:
    assert days(text) == []


# -- the calendar ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day"),
    [
        (DayName(0, 1, weekday=5), date(2026, 1, 31)),
        (DayName(0, 1, weekday=6), date(2026, 2, 1)),
        (DayName(0, 1, weekday=4), date(2026, 2, 6)),
        (DayName(0, 2, nth=1), date(2026, 1, 31)),
        (DayName(0, 2, day=29, month=1), date(2026, 1, 29)),
        (DayName(0, 3, day=2, month=2, weekday=0), date(2026, 2, 2)),
        (DayName(0, 2, day=29, month=2), None),
        (DayName(0, 3, day=1, month=2, year=2025), None),
        (DayName(0, 1, month=2), None),
    ],
)
def test_a_weekday_is_the_first_such_day_from_the_event_on(name: DayName, day: date | None) -> None:
    assert CALENDAR.day(name) == day


def test_only_the_month_of_the_event_by_itself_stands_for_the_event() -> None:
    assert CALENDAR.is_month(DayName(0, 1, month=1)) and CALENDAR.is_month(DayName(0, 2, month=1, year=2026))
    assert not CALENDAR.is_month(DayName(0, 1, month=2)) and not CALENDAR.is_month(DayName(0, 2, day=3, month=1))


def test_the_reports_date_the_event_and_a_store_without_dates_has_no_calendar(store: FactStore) -> None:
    held = Calendar.of(STORE)
    assert held is not None and (held.first, held.facet) == (date(2026, 1, 31), "saturday")
    assert Calendar.of(store) is None


# -- a period held against a time -----------------------------------------------------------------------

FIRST = date(2026, 2, 1)
HELD: dict[str, tuple[Period, AsOf, bool]] = {
    "a day before the limit": (Period("until", FIRST), AsOf(date="2026-01-31"), True),
    "the limit itself": (Period("until", FIRST), AsOf(date="2026-02-01"), True),
    "a day after the limit": (Period("until", FIRST), AsOf(date="2026-02-02", part="early"), False),
    "a later part than the limit": (Period("until", FIRST, "evening"), AsOf(date="2026-02-01", part="night"), False),
    "the same part as the limit": (Period("until", FIRST, "evening"), AsOf(date="2026-02-01", part="evening"), True),
    "a whole day for a part of it": (Period("until", FIRST, "evening"), AsOf(date="2026-02-01"), False),
    "a stretch that ends later": (Period("until", FIRST), AsOf(date="2026-01-31/2026-02-02"), False),
    "the day since which": (Period("since", FIRST), AsOf(date="2026-02-01"), False),
    "a later part since an earlier": (Period("since", FIRST, "early"), AsOf(date="2026-02-01", part="night"), True),
    "the day after the day since which": (Period("since", FIRST), AsOf(date="2026-02-02"), True),
    "a stretch around the day": (Period("on", FIRST), AsOf(date="2026-01-31/2026-02-02"), True),
    "the day before": (Period("on", FIRST), AsOf(date="2026-01-31"), False),
    "another part of the day": (Period("on", FIRST, "early"), AsOf(date="2026-02-01", part="evening"), False),
    "the day without a part": (Period("on", FIRST, "early"), AsOf(date="2026-02-01"), True),
}


@pytest.mark.parametrize(("period", "as_of", "holds"), HELD.values(), ids=HELD)
def test_a_time_belongs_to_a_period_or_not(period: Period, as_of: AsOf, holds: bool) -> None:
    assert period.holds(as_of, figure=False) is holds


def test_a_figure_on_a_day_is_the_one_that_held_by_then_and_not_only_one_given_on_it() -> None:
    earlier = AsOf(date="2026-01-31")
    assert Period("on", FIRST).holds(earlier, figure=True)
    assert not Period("on", FIRST).holds(earlier, figure=False)


@pytest.mark.parametrize("kind", ["until", "on", "since"])
def test_what_no_report_dates_belongs_to_no_period(kind: PeriodKind) -> None:
    assert not any(Period(kind, FIRST).holds(None, figure=figure) for figure in (True, False))


def test_the_ends_of_a_day_stand_in_the_order_of_its_parts() -> None:
    ends = [Period("on", FIRST, part).order for part in DAY_PARTS]
    assert ends == sorted(set(ends)) and ends[-1] < Period("on", FIRST).order
    assert Period("until", FIRST, "night").order == Period("until", FIRST).order


# -- a time in words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2026-02-05", "5 February 2026"),
        ("2026-02", "February 2026"),
        ("2026", "2026"),
        ("2026-01-31/2026-02-02", "31 January 2026 to 2 February 2026"),
    ],
)
def test_a_date_is_written_as_sharp_as_it_is_held(edtf: str, words: str) -> None:
    assert in_words(edtf, ENGLISH) == words == written(AsOf(date=edtf), ENGLISH)


def test_a_doubtful_date_is_no_plain_one() -> None:
    assert in_words("2026-02-05~", ENGLISH) != "5 February 2026"
    assert "5 February 2026" in in_words("2026-02-05~", ENGLISH)


def test_a_day_is_written_with_its_part_and_where_wanted_without_its_year() -> None:
    night = AsOf(date="2026-01-31", part="night")
    assert written(night, ENGLISH) == "night of 31 January 2026"
    assert written(night, ENGLISH, year=False) == "night of 31 January"
    assert written(AsOf(date="2026-02"), ENGLISH, year=False) == "February 2026"


@pytest.mark.parametrize("language", languages())
def test_each_language_writes_day_and_part_with_the_same_figures(language: str) -> None:
    texts = languages()[language].dates
    assert [figure for figure in day_in_words(FIRST, texts).split() if figure.isdigit()] == ["1", "2026"]
    forms = {written(AsOf(date="2026-02-01", part=part), texts) for part in (*DAY_PARTS, None)}
    assert len(forms) == len(DAY_PARTS) + 1


def test_the_last_day_of_a_time_stands_in_columns() -> None:
    assert columns(AsOf(date="2026-01-31/2026-02-02"), ENGLISH) == ("2", "February", "")
    assert columns(AsOf(date="2026-01-31", part="evening"), ENGLISH)[:2] == ("31", "January")
    assert columns(AsOf(date="2026-01-31", part="evening"), ENGLISH)[2]
