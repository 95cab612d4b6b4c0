"""The toll over time: for each population the figures that followed one another, a strand for each kind of claimant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.dating import short
from bot.grouping import grouped
from bot.pictures.toll import Voice, counted, people, voice, widest
from bot.pictures.wording import Wording
from knowledge.model import Claim, Source

TOPIC = "killed"
Order = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of a strand: how high, how it is written, since when, from which report, whether it stands."""

    claim: Claim
    number: int
    figure: str
    at: Order
    source: Source
    settled: bool


@dataclass(frozen=True, slots=True)
class Strand:
    """The figures of one kind of claimant in the order of their times."""

    voice: Voice
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One population with its strands, and the times at which any of them changes, each in words."""

    label: str
    strands: tuple[Strand, ...]
    times: tuple[tuple[Order, tuple[str, str]], ...]  # day and part of it


def panels(wording: Wording) -> tuple[Panel, ...]:
    """A panel for each population whose toll changed, in the order of the reports."""
    store = wording.store
    found: dict[tuple[str, ...], list[Claim]] = {}
    for claim in store.claims:
        if claim.topic == TOPIC and counted(store, claim) and store.as_of(claim.id) and claim.id in store.chains:
            whole = tuple(dict.fromkeys(widest(store, id) for id in people(store, claim)))
            found.setdefault(whole, []).append(claim)
    return tuple(_panel(whole, claims, wording) for whole, claims in found.items())


def _panel(whole: tuple[str, ...], claims: list[Claim], wording: Wording) -> Panel:
    steps = sorted((step for claim in claims for step in _step(claim, wording)), key=lambda step: step.at)
    strands = grouped((voice(wording.store, step.claim), step) for step in steps)
    label = wording.text("and").join(wording.population(id) for id in whole)
    times = {step.at: _time(step.claim, wording) for step in steps}
    return Panel(
        label, tuple(Strand(who, tuple(_steady(each, wording))) for who, each in strands), tuple(times.items())
    )


def _step(claim: Claim, wording: Wording) -> Iterator[Step]:
    store = wording.store
    quantity, as_of = counted(store, claim), store.as_of(claim.id)
    if quantity and quantity.number is not None and as_of:
        settled = claim.verification.status == "stated"
        source = store.source_of(claim.id)
        yield Step(claim, quantity.number, wording.figure(quantity), as_of.order, source, settled)


def _steady(steps: list[Step], wording: Wording) -> tuple[Step, ...]:
    """One step a time: of two figures of one time the last word stands."""
    chains = wording.store.chains

    def last(same: list[Step]) -> Step:
        ids = {step.claim.id for step in same}
        return next(step for step in same if not set(chains.after(step.claim.id)) & ids)

    return tuple(last(same) for _, same in grouped((step.at, step) for step in steps))


def _time(claim: Claim, wording: Wording) -> tuple[str, str]:
    as_of = wording.store.as_of(claim.id)
    assert as_of is not None  # only dated claims have steps
    return short(as_of, wording.dates)
