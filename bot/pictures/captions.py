"""The pictures in words: a caption for each that says the same, with every figure beside its claimant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from itertools import zip_longest

from bot.dating import written as written_time
from bot.pictures import sources
from bot.pictures.places import Spot
from bot.pictures.strands import Panel, Step
from bot.pictures.toll import Bar, Group
from bot.pictures.wording import Wording

ROOM = 1024  # characters that Telegram takes under a picture, tags and addresses not counted
_TAG = re.compile("<[^>]*>")


def chart_caption(groups: Sequence[Group], wording: Wording) -> str:
    """The chart as HTML for Telegram; claims are left out where it would have more than 1,024 characters to read."""
    bars = [(group, bar) for group in groups for bar in group.bars]
    if not bars:
        return _safe(wording.text("no-toll"))
    unseen = sum(group.more for group in groups)
    links = sources.links(sources.used([bar.claim for _, bar in bars], wording), wording)

    def written(kept: int) -> str:
        lines = [_bold(wording.text("chart-title"))]
        for group in groups:
            shown = [bar for owner, bar in bars[:kept] if owner is group]
            lines += [_bold(heading(group, wording))] if shown else []
            lines += [_safe(bar_line(bar, wording)) for bar in shown]
        over = len(bars) - kept + unseen
        lines += [_safe(wording.text("more-claims", count=over))] if over else []
        return wording.lines([*lines, f"<i>{_safe(wording.text('not-added'))}</i>", links])

    return _longest(written, len(bars))


def course_caption(panels: Sequence[Panel], wording: Wording) -> str:
    """The toll over time as HTML for Telegram; the oldest figures are left out where there is no room for all."""
    told = [[(panel, step) for strand in panel.strands for step in reversed(strand.steps)] for panel in panels]
    steps = [step for each in told for _, step in each]
    if not steps:
        return _safe(wording.text("no-history"))
    links = sources.links(sources.used([step.claim for step in steps], wording), wording)
    rounds = [pair for together in zip_longest(*told) for pair in together if pair]  # each panel's first, then the next

    def written(kept: int) -> str:
        lines = [_bold(wording.text("history-title"))]
        for panel in panels:
            shown = [step for owner, step in rounds[:kept] if owner is panel]
            lines += [_bold(wording.text("history-heading", group=panel.label))] if shown else []
            lines += [_safe(_step_line(step, wording)) for step in shown]
        return wording.lines([*lines, f"<i>{_safe(wording.text('history-note'))}</i>", links])

    return _longest(written, len(steps))


def _step_line(step: Step, wording: Wording) -> str:
    as_of = wording.store.as_of(step.claim.id)
    when = written_time(as_of, wording.dates) if as_of else ""
    said = wording.clauses([wording.claimant(step.claim), when, wording.status(step.claim)])
    return wording.text("caption-line", figure=step.figure, claimant=said)


def map_caption(spots: Sequence[Spot], wording: Wording) -> str:
    """The map as HTML for Telegram; places with the fewest claims are left out where it would have more than 1,024."""
    if not spots:
        return _safe(wording.text("no-places"))
    told = [spot for spot in spots if spot.note]
    links = sources.links(sources.used([claim for spot in spots for claim in spot.claims], wording), wording)

    def written(kept: int) -> str:
        lines = [_bold(wording.text("map-title"))]
        lines += [f"{_bold(spot.label)}: {_safe(spot.note)}" for spot in told[:kept]]
        lines += [_safe(wording.text("more-places", count=len(told) - kept))] if kept < len(told) else []
        return wording.lines([*lines, f"<i>{_safe(wording.text('borders'))}</i>", links])

    return _longest(written, len(told))


def heading(group: Group, wording: Wording) -> str:
    """What a group of bars counts: "Killed: civilians"."""
    return wording.text("heading", topic=wording.text(f"topic-heading-{group.topic}"), group=group.label)


def bar_line(bar: Bar, wording: Wording) -> str:
    """One bar in words: figure, scope, claimant, status."""
    figure = wording.text("counted", figure=bar.figure, scope=bar.scope) if bar.scope else bar.figure
    return wording.text("caption-line", figure=figure, claimant=wording.clauses([bar.claimant, bar.status]))


def _safe(text: str) -> str:
    return escape(text, quote=False)  # only attributes need quotes escaped


def _bold(text: str) -> str:
    return f"<b>{_safe(text)}</b>"


def _longest(written: Callable[[int], str], most: int) -> str:
    """The caption with as many lines as there is room for."""
    return next(text for kept in range(most, -1, -1) if _length(text := written(kept)) <= ROOM or not kept)


def _length(html: str) -> int:
    return len(unescape(_TAG.sub("", html)))
