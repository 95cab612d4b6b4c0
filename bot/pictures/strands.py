"""The toll over time: for each population the figures that followed one another, a strand for each kind of claimant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.dating import columns
from bot.pictures.toll import Voice, counted, people, place_only, voice, widest
from bot.pictures.wording import Wording
from knowledge.dates import DAY_PARTS
from knowledge.grouping import grouped
from knowledge.model import Bound, Claim, Source

TOPIC = "killed"
# A bound as a sign, so that a figure stays short on a line; the note under the picture says what the signs mean.
SIGNS: dict[Bound, str] = {
    "exactly": "{number}", "about": "≈{number}", "almost": "≈{number}", "at least": "≥{number}",
    "more than": ">{number}", "at most": "≤{number}", "within": "≤{number}",
}  # fmt: skip
WHOLE_DAY = -1  # what is dated to a day stands before its parts: a later figure of that day has the hour
Order = tuple[str, int]  # the day, and which part of it


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
    times: tuple[tuple[Order, tuple[str, str, str]], ...]  # day, month and part of the day


def panels(wording: Wording) -> tuple[Panel, ...]:
    """A panel for each population whose toll changed, in the order of the reports."""
    store = wording.store
    found: dict[tuple[str, ...], list[Claim]] = {}
    for claim in store.claims:
        if claim.topic == TOPIC and claim.id in store.chains and store.as_of(claim.id) and not place_only(store, claim):
            whom = tuple(people(store, claim))
            if whom == tuple(widest(store, id) for id in whom):  # the part of a population is no step of the whole
                found.setdefault(whom, []).append(claim)
    facets = [facet.id for facet in store.facets]
    ordered = sorted(found.items(), key=lambda pair: facets.index(pair[0][0]))
    return tuple(_panel(whole, claims, wording) for whole, claims in ordered)


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
        source, at = (
            store.source_of(claim.id),
            (as_of.order[0], DAY_PARTS.index(as_of.part) if as_of.part else WHOLE_DAY),
        )
        yield Step(claim, quantity.number, SIGNS[quantity.bound].format(number=quantity.number), at, source, settled)


def _steady(steps: list[Step], wording: Wording) -> tuple[Step, ...]:
    """One step a time: of two figures of one time the last word stands."""
    chains = wording.store.chains

    def last(same: list[Step]) -> Step:
        ids = {step.claim.id for step in same}
        return next(step for step in same if not set(chains.after(step.claim.id)) & ids)

    return tuple(last(same) for _, same in grouped((step.at, step) for step in steps))


def _time(claim: Claim, wording: Wording) -> tuple[str, str, str]:
    as_of = wording.store.as_of(claim.id)
    assert as_of is not None  # only dated claims have steps
    return columns(as_of, wording.dates)
