"""Dates in the words of a language: "5 February 2026", "the night of 31 January 2026"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from knowledge.dates import span
from knowledge.model import AsOf


def written(as_of: AsOf, texts: Mapping[str, str], *, year: bool = True) -> str:
    """A time as sharp as it is held, a day also without its year; a template that is missing raises KeyError."""
    single = len(as_of.date) == len("2026-01-31")
    day = in_words(as_of.date, texts) if year or not single else _short(as_of.date, texts)
    return texts[as_of.part].format(date=day) if as_of.part else day


def in_words(edtf: str, texts: Mapping[str, str]) -> str:
    """A date, a month, a year or a stretch of days."""
    if "/" in edtf:
        first, last = (in_words(each, texts) for each in edtf.split("/"))
        return texts["stretch"].format(first=first, last=last)
    about = texts["about"] if edtf.endswith(("~", "?")) else "{date}"
    return about.format(date=_point(edtf.rstrip("~?"), texts))


def day_in_words(day: date, texts: Mapping[str, str]) -> str:
    """A day of the calendar."""
    return in_words(day.isoformat(), texts)


def _short(edtf: str, texts: Mapping[str, str]) -> str:
    """A day without its year."""
    day = span(edtf)[0]
    return texts["short-day"].format(day=day.day, month=texts[f"month-{day.month}"])


def columns(as_of: AsOf, texts: Mapping[str, str]) -> tuple[str, str, str]:
    """The last day of a time, its month and the part of the day, to stand below each other: "31", "January", ""."""
    last = span(as_of.date)[1]
    return str(last.day), texts[f"month-{last.month}"], texts[f"part-{as_of.part}"] if as_of.part else ""


def _point(edtf: str, texts: Mapping[str, str]) -> str:
    first = span(edtf)[0]
    sharp = ("year", "month", "day")[edtf.count("-")]
    return texts[sharp].format(day=first.day, month=texts[f"month-{first.month}"], year=first.year)
