"""Dates as sharp as a source gives them: a day, a month, a year, or a stretch of days (EDTF, levels 0 and 1)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator

DayPart = Literal["early", "daytime", "evening", "night"]
DAY_PARTS: tuple[DayPart, ...] = ("early", "daytime", "evening", "night")
Span = tuple[date, date]  # the first and the last day that a date may mean

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?]?")  # "~" about, "?" uncertain


def span(written: str) -> Span:
    """The first and last day of a date such as "2026-01-31", "2026-02", "2026-02-01~" or "2026-01-29/2026-02-05".

    Raises ValueError for what is no such date. Source of the notation: Extended Date/Time Format, Library of Congress.
    """
    first, slash, last = written.partition("/")
    begins, ends = _point(first), _point(last) if slash else _point(first)
    if begins[0] > ends[1]:
        raise ValueError("the stretch ends before it begins")
    return begins[0], ends[1]


def _point(written: str) -> Span:
    found = _POINT.fullmatch(written)
    if found is None:
        raise ValueError('write a date as "2026-01-31", "2026-02" or "2026-01-29/2026-02-05"')
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # the pattern has it
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _valid(written: str) -> str:
    span(written)
    return written


Edtf = Annotated[str, AfterValidator(_valid)]
