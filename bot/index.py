"""The claims, indexed by all that they speak of, so that a question meets only those that share something with it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from knowledge.model import AsOf, Claim
from knowledge.store import FactStore, mentions

MOST = 64  # claims that are looked at closely for one question
FEW = 24  # claims up to which nothing is gained by looking at fewer
NEAR = 0.5  # of what the best claim shares: below that a claim is looked at only where few are found
FREQUENT = 512  # claims of one id up to which each of them is counted


@dataclass(frozen=True, slots=True)
class Profile:
    """One claim with everything that it explains, itself and all above it."""

    claim: Claim
    explains: frozenset[str]
    own: frozenset[str]
    contrary: frozenset[str]  # facets that speak of its topic the other way round
    suffered: frozenset[str]  # those to whom it happened, and all that they are
    numbers: frozenset[int]
    as_of: AsOf | None  # the time that it holds for
    carriers: frozenset[str]  # the outlets and agencies that carry it
    overtaken: int  # how many later words there are on it


class ClaimIndex:
    """Look-ups from an id to the claims that explain it, rarest id first."""

    def __init__(self, store: FactStore) -> None:
        self.store = store
        self.profiles = {claim.id: self._profile(claim) for claim in store.claims}
        self.order = {id_: place for place, id_ in enumerate(self.profiles)}
        self.postings: dict[str, list[str]] = {}
        # Claims of the whole event first: where many share a word, those are the ones that it asks for.
        for id_, profile in sorted(self.profiles.items(), key=lambda pair: len(self._around(pair[1].claim))):
            for key in profile.explains | profile.contrary:
                self.postings.setdefault(key, []).append(id_)
            for number in profile.numbers:
                self.postings.setdefault(f"#{number}", []).append(id_)
        self._rarity: dict[str, float] = {}
        self._sets: dict[str, frozenset[str]] = {}
        topics = Counter(p.claim.topic for p in self.profiles.values())
        self.topic_count = topics
        # Those who claim the attacks: a question about them as attackers is one about the militants.
        self.claimants = frozenset(
            c.attribution.speaker for c in store.claims if c.topic == "responsibility" and c.attribution.speaker
        )

    def _around(self, claim: Claim) -> frozenset[str]:
        """The places around a claim's places: the more, the narrower the claim."""
        return frozenset(above for place in claim.place for above in self.store.ancestors(place))

    def _profile(self, claim: Claim) -> Profile:
        own = frozenset(mentions(claim))
        explains = frozenset(above for id_ in own for above in self.store.ancestors(id_))
        numbers = frozenset(q.number for q in claim.quantities if q.number is not None)
        suffered = frozenset(above for id_ in claim.population for above in self.store.ancestors(id_))
        sources = self.store.sources_of(claim.id)
        carriers = frozenset(body for source in sources for body in (source.outlet, source.relays) if body)
        contrary, as_of = self.store.contraries(claim.topic), self.store.as_of(claim.id)
        overtaken = len(self.store.chains.after(claim.id))
        return Profile(claim, explains, own, contrary, suffered, numbers, as_of, carriers, overtaken)

    def rarity(self, id_: str) -> float:
        """How much it says that a claim and a question share this id: more for what few claims speak of."""
        if id_ not in self._rarity:
            self._rarity[id_] = math.log(1 + len(self.profiles) / (1 + len(self.postings.get(id_, ()))))
        return self._rarity[id_]

    def roots(self) -> frozenset[str]:
        """The places that most claims lie in: to name them says nothing about which claim is meant."""
        places = [name.id for name in self.store.names if name.kind == "place"]
        located = sum(1 for p in self.profiles.values() if p.claim.place)
        return frozenset(p for p in places if len(self.postings.get(p, ())) > located / 2)

    def sharing(
        self, readings: Iterable[Iterable[str]], kept: Callable[[Profile], bool] | None = None
    ) -> list[Profile]:
        """The claims that explain at least one of these readings, at most `MOST`: those that share the most, in order.

        Each of the readings is one word's ids, and counts once. Claims that are not `kept` are passed over. What very
        many claims share finds none by itself; it only counts for those that a rarer id has found.
        """
        words: dict[str, int] = {}  # id -> the words that it is a reading of, a bit each
        for bit, ids in enumerate(readings):
            for id_ in ids:
                words[id_] = words.get(id_, 0) | 1 << bit
        found: dict[str, float] = {}
        counted: dict[str, int] = {}
        for key in sorted(words, key=self._frequency):  # rarest first: of one word's readings the rarest shared counts
            weight, mask, claims = self.rarity(key), words[key], self.postings.get(key, [])
            common = len(claims) > FREQUENT and found
            for id_ in [id_ for id_ in found if id_ in self._members(key)] if common else claims[:FREQUENT]:
                fresh = mask & ~counted.get(id_, 0)
                counted[id_] = counted.get(id_, 0) | mask
                found[id_] = found.get(id_, 0.0) + weight * fresh.bit_count()
        if kept is not None:
            found = {id_: weight for id_, weight in found.items() if kept(self.profiles[id_])}
        return [self.profiles[id_] for id_ in sorted(self._nearest(found), key=self.order.__getitem__)]

    def _nearest(self, found: dict[str, float]) -> Collection[str]:
        """The claims that share enough of what the best one does; of equal ones the last words come first."""
        if len(found) <= FEW:
            return found
        floor = NEAR * max(found.values())
        ranked = sorted(found, key=lambda id_: (-round(found[id_], 6), self.profiles[id_].overtaken, self.order[id_]))
        return [id_ for place, id_ in enumerate(ranked[:MOST]) if place < FEW or found[id_] >= floor]

    def _frequency(self, key: str) -> tuple[int, str]:
        return len(self.postings.get(key, ())), key

    def _members(self, key: str) -> frozenset[str]:
        """The claims of a posting as a set, made when first needed."""
        if key not in self._sets:
            self._sets[key] = frozenset(self.postings.get(key, ()))
        return self._sets[key]
