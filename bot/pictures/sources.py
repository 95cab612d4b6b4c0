"""The source line of a picture: which reports it is drawn from, with their dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from bot.dating import in_words
from bot.pictures.wording import Wording
from knowledge.model import Claim, Source

MOST = 6  # reports that are named; more would crowd out the picture


def used(claims: Iterable[Claim], wording: Wording) -> tuple[Source, ...]:
    """The reports that the claims stand in, in order, each once."""
    found = {source.id: source for source in (wording.store.source_of(claim.id) for claim in claims)}
    return tuple(found.values())


def line(sources: tuple[Source, ...], wording: Wording) -> str:
    """The source line in plain words: one report by its title, several by publisher; each with its date."""
    if len(sources) == 1:
        only = sources[0]
        publisher, title = wording.foreign(only.publisher), wording.foreign(only.title)
        full = wording.text("source", publisher=publisher, title=title, date=_date(only, wording))
        return wording.text("source-heading", source=full)
    return _several(sources, [_short(source, wording) for source in sources], wording)


def links(sources: tuple[Source, ...], wording: Wording) -> str:
    """The source line as HTML for Telegram, each report by publisher and date and linked."""
    linked = [
        f'<a href="{escape(str(source.url))}">{escape(_short(source, wording), quote=False)}</a>' for source in sources
    ]
    return wording.text("source-heading", source=linked[0]) if len(linked) == 1 else _several(sources, linked, wording)


def numbered(found: Iterable[Source]) -> dict[str, int]:
    """The reports by id with the numbers that they are cited by, in the order in which they come."""
    marks: dict[str, int] = {}
    for source in found:
        marks.setdefault(source.id, len(marks) + 1)
    return marks


def list_of(marks: Mapping[str, int], wording: Wording) -> str:
    """The reports with their numbers, in one text."""
    named = (f"[{mark}] {_short(wording.store.source(id), wording)}" for id, mark in marks.items())
    return wording.text("sources-heading", sources=wording.text("sources-separator").join(named))


def _several(sources: tuple[Source, ...], named: list[str], wording: Wording) -> str:
    rest = [wording.text("more-sources", count=len(sources) - MOST)] if len(sources) > MOST else []
    together = wording.text("sources-separator").join([*named[:MOST], *rest])
    return wording.text("sources-heading", sources=together)


def _short(source: Source, wording: Wording) -> str:
    return wording.text("source-short", publisher=wording.foreign(source.publisher), date=_date(source, wording))


def _date(source: Source, wording: Wording) -> str:
    return in_words(source.published, wording.dates) if source.published else wording.text("no-date")
