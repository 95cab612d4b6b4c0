"""A message written out: as plain text, or as the HTML that Telegram takes, whole or in pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape, unescape
from re import sub

from bot.dialogue import Line, Message, Span

_TAG = r"<[^>]*>"


def plain(message: Message) -> str:
    """A message as a terminal shows it, addresses of links in a line of their own below."""
    return "\n".join(text for line in message.lines for text in _plain(line)).lstrip("\n")


def html(message: Message) -> str:
    """A message in Telegram's HTML, everything in it escaped; what its buttons offer is not said twice."""
    return "\n".join(map(_html, _beside_buttons(message))).lstrip("\n")


def pages(message: Message, limit: int) -> tuple[str, ...]:
    """A message in HTML in as few pages as possible, each of at most `limit` characters as a reader sees them.

    A page ends between lines; a heading never ends one. A single line that is longer has a page of its own.
    """
    pages: list[list[str]] = [[]]
    for group in _together(_beside_buttons(message)):
        lines = [_html(line) for line in group]
        if pages[-1] and _seen([*pages[-1], *lines]) > limit:
            pages.append([])
        pages[-1] += lines
    return tuple("\n".join(page).lstrip("\n") for page in pages)


def _beside_buttons(message: Message) -> list[Line]:
    return [line for line in message.lines if not (message.buttons and line.kind == "choices")]


def _plain(line: Line) -> Iterator[str]:
    text = "".join(span.text for span in line.spans)
    yield f"\n{text}" if line.kind == "heading" else text
    yield from (f"    {span.href}" for span in line.spans if span.href)


def _html(line: Line) -> str:
    text = "".join(map(_span, line.spans))
    return f"\n<b>{text}</b>" if line.kind == "heading" else text


def _span(span: Span) -> str:
    text = escape(span.text, quote=False)
    if span.bold:
        text = f"<b>{text}</b>"
    return f'<a href="{escape(span.href)}">{text}</a>' if span.href else text


def _together(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines that may not be parted: a heading and what it stands over."""
    group: list[Line] = []
    for line in lines:
        group.append(line)
        if line.kind != "heading":
            yield group
            group = []
    if group:
        yield group


def _seen(lines: Iterable[str]) -> int:
    return len(unescape(sub(_TAG, "", "\n".join(lines))))
