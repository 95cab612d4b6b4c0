"""The toll as it is told: one bar a claim with a figure, grouped by who it counts, and never a sum."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Literal

from bot.pictures.places import AREA
from bot.pictures.wording import Wording
from knowledge.model import Claim, Quantity
from knowledge.store import FactStore

Voice = Literal["report", "officials", "attackers", "others"]

TOPICS = ("killed", "captured")
# Who speaks for one of these is an official; a speaker outside them is one of the "others".
OFFICIAL = frozenset(
    {
        "pakistan-government",
        "balochistan-government",
        "india-government",
        "afghan-authorities",
        "pakistan-military",
        "security-forces",
        "local-officials",
        "police-reports",
    }
)
MOST = 5  # bars a group; what is over is named as a number of claims, so that the picture stays readable


@dataclass(frozen=True, slots=True)
class Bar:
    """One claim of the toll: its figure, and in words what it counts, who says so and how far it is checked."""

    claim: Claim
    quantity: Quantity
    voice: Voice
    figure: str
    scope: str  # the part of the group or of the province that it speaks of; empty for the whole
    claimant: str
    status: str

    @property
    def settled(self) -> bool:
        """Whether the claim stands as stated: nobody is reported to doubt, deny or contradict it."""
        return self.claim.verification.status == "stated"


@dataclass(frozen=True, slots=True)
class Group:
    """The claims about one population, the whole province before its parts; `more` counts those left out."""

    topic: str
    label: str
    bars: tuple[Bar, ...]
    more: int


def toll(wording: Wording) -> tuple[Group, ...]:
    """The groups of the toll: the killed, then the captured, each in the order of the reports."""
    return tuple(chain.from_iterable(_groups(topic, wording) for topic in TOPICS))


def voice(store: FactStore, claim: Claim) -> Voice:
    """Which kind of claimant speaks: the report itself, officials, those who claim the attacks, or somebody else."""
    speaker = claim.attribution.speaker
    if speaker is None:
        return "report"
    bodies = store.ancestors(speaker)
    if bodies & {other.attribution.speaker for other in store.claims if other.topic == "responsibility"}:
        return "attackers"
    return "officials" if bodies & OFFICIAL else "others"


def _groups(topic: str, wording: Wording) -> list[Group]:
    store = wording.store
    found: dict[tuple[str, ...], list[Bar]] = {}
    for claim in store.claims:
        quantity = counted(store, claim)
        if claim.topic == topic and quantity and not (store.chains.overtaken(claim.id) or elsewhen(store, claim)):
            whole = tuple(dict.fromkeys(widest(store, id) for id in people(store, claim)))
            found.setdefault(whole, []).append(_bar(claim, quantity, whole, wording))
    groups, facets = [], [facet.id for facet in store.facets]
    for whole, bars in sorted(found.items(), key=lambda pair: facets.index(pair[0][0])):
        # The whole before its parts, the latest before older ones; what no report dates keeps the reports' order.
        latest = sorted(bars, key=lambda bar: store.age(bar.claim.id), reverse=True)
        ordered = sorted(latest, key=lambda bar: bool(bar.scope))
        label = wording.text("and").join(wording.population(id) for id in whole)
        groups.append(Group(topic, label, tuple(ordered[:MOST]), len(ordered[MOST:])))
    return groups


def _bar(claim: Claim, quantity: Quantity, whole: tuple[str, ...], wording: Wording) -> Bar:
    wide = wording.store.ancestors(AREA)
    part = [wording.population(id, quantity.number) for id in people(wording.store, claim) if id not in whole]
    where = [wording.text("where", place=wording.label(id)) for id in claim.place if id not in wide]
    return Bar(
        claim=claim,
        quantity=quantity,
        voice=voice(wording.store, claim),
        figure=wording.figure(quantity),
        scope=wording.series([*part, *where]),
        claimant=wording.claimant(claim),
        status=wording.status(claim),
    )


def counted(store: FactStore, claim: Claim) -> Quantity | None:
    """The first quantity that counts people; hours and cities are no toll."""
    people = (q for q in claim.quantities if "people" in store.ancestors(q.of))
    return next(people, None)


def elsewhen(store: FactStore, claim: Claim) -> bool:
    """Whether a toll is of another time than the event, or of a part of its time: the year before, that day alone."""
    return claim.time is not None and "dated" in store.facet(claim.time).traits


def place_only(store: FactStore, claim: Claim) -> bool:
    """Whether a toll is that of places within the province and not of all of it."""
    return bool(claim.place) and not set(claim.place) & store.ancestors(AREA)


def people(store: FactStore, claim: Claim) -> list[str]:
    """Whom a claim counts, without those named by the very thing that was done to them ("captured: captives")."""
    facets = {facet.id: facet for facet in store.facets}
    whom = (kind for id in claim.population for kind in ([id] if id in facets else store.name(id).kind_of))
    return [id for id in whom if "outcome" not in facets[id].traits]


def widest(store: FactStore, population: str) -> str:
    """The group below "people" that a population belongs to first: police are security personnel."""
    above = [id for id in store.facet(population).kind_of if id != "people"]
    return widest(store, above[0]) if above else population
