"""The places of the reports: where they lie and what is reported of each, for the map, for buttons and for venues."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, radians

from bot.pictures.wording import Wording
from knowledge.model import Claim, Coordinates
from knowledge.store import FactStore

AREA = "balochistan"  # the province that the map shows; what is said of the whole of it has no point on the map
NEAR = 15.0  # km; a part of a town that lies nearer than this is shown with the town
KM = 111.2  # a degree of latitude
# Claims that describe a place or another claim, and report nothing that happened there.
STANDING = frozenset({"contains", "located", "developed", "silence"})


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the map with the claims about it and its parts; `note` says what is reported, and by whom."""

    id: str
    label: str
    coordinates: Coordinates
    claims: tuple[Claim, ...]
    note: str


def spots(wording: Wording) -> tuple[Spot, ...]:
    """Every place that some report speaks of and that has a point, those with the most claims first."""
    store = wording.store
    told: dict[str, list[Claim]] = {}
    for claim in store.claims:
        points = dict.fromkeys(point for place in claim.place if (point := _point(store, place)))
        for point in points:
            told.setdefault(point, []).append(claim)
    found = [_spot(id, tuple(claims), wording) for id, claims in told.items()]
    return tuple(sorted(found, key=lambda spot: -len(spot.claims)))


def spot(place: str, wording: Wording) -> Spot | None:
    """The point to show for a place or a part of one; None where it has no point or nothing is reported of it."""
    point = _point(wording.store, place)
    return next((found for found in spots(wording) if found.id == point), None)


def _point(store: FactStore, place: str) -> str | None:
    """The id of the point that stands for a place of the province: its own, or that of the town it is a part of."""
    if place in store.ancestors(AREA) or AREA not in store.ancestors(place):
        return None
    here = store.name(place).coordinates
    for above in store.name(place).part_of:
        point = _point(store, above)
        there = store.name(point).coordinates if point else None
        if there and (here is None or distance(here, there) < NEAR):
            return point
    return place if here else None


def distance(a: Coordinates, b: Coordinates) -> float:
    """Kilometres between two points, near enough for one province."""
    east = (a.longitude - b.longitude) * cos(radians((a.latitude + b.latitude) / 2))
    return KM * hypot(east, a.latitude - b.latitude)


def _spot(id: str, claims: tuple[Claim, ...], wording: Wording) -> Spot:
    coordinates = wording.store.name(id).coordinates
    assert coordinates is not None  # only places with a point are asked for
    return Spot(id, wording.label(id), coordinates, claims, _note(claims, wording))


def _note(claims: tuple[Claim, ...], wording: Wording) -> str:
    """What is reported of a place in a few nouns, each with whoever says so; no figures, which need a sentence."""
    said: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        if claim.topic not in STANDING:
            said.setdefault((_credit(claim, wording), wording.status(claim)), []).append(_noun(claim, wording))
    notes = []
    for (who, status), nouns in said.items():
        key = "note-doubted" if status else "note"
        notes.append(wording.text(key, who=who, what=wording.series(nouns), status=status))
    return wording.text("notes").join(notes)


def _credit(claim: Claim, wording: Wording) -> str:
    speaker = claim.attribution.speaker
    who = wording.label(speaker) if speaker else wording.foreign(wording.store.source_of(claim.id).publisher)
    return wording.series([who, wording.manner(claim)])


def _noun(claim: Claim, wording: Wording) -> str:
    """The noun for a claim's topic and what it speaks of; what has none yet is another report, not guessed at."""
    narrow = (f"topic-{claim.topic}-{id}" for id in (*claim.population, *claim.about))
    keys = (*narrow, f"topic-{claim.topic}", "topic-other")
    return wording.text(next(key for key in keys if key in wording.texts))
