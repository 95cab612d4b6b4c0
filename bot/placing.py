"""What stands beside a claim, and in which order: what speaks against it, and a later word on the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.model import Claim
from knowledge.store import FactStore

BOUND = frozenset({"denied", "contradicted"})  # a claim of this status never stands without what speaks against it


@dataclass(frozen=True, slots=True)
class Placement:
    """A claim with what leads to it, and whether it is `bound` to the one before it and goes only with that."""

    claim: Claim
    lead: str
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What a claim is told among: the ids of the reply, those that are `shown` already, and whether later ones follow.

    `shown` is added to as claims are placed.
    """

    among: frozenset[str]
    shown: set[str]
    later: bool


class Placing:
    """Puts beside each claim what must not be parted from it."""

    def __init__(self, store: FactStore) -> None:
        self.store = store

    def blocks(self, claim: Claim, around: Around) -> list[list[Placement]]:
        """A claim with what stands beside it; each block stays or goes as a whole."""
        blocks: list[list[Placement]] = []
        for each in (*self._sides(claim, around), *self._later(claim, around)):
            if each.bound and blocks:
                blocks[-1].append(each)
            else:
                blocks.append([each])
        return blocks

    def _sides(self, claim: Claim, around: Around, before: Claim | None = None) -> Iterator[Placement]:
        """A claim, then what speaks against it: what is among the reply, and the first of it where it is denied."""
        around.shown.add(claim.id)
        denied = claim.verification.status in BOUND or bool(self.store.denials(claim.id))
        yield Placement(claim, self._lead(claim, before) if before else "")
        for id in self.store.other_sides(claim.id):
            if id not in around.shown and (id in around.among or denied):
                first, *rest = self._sides(self.store.claim(id), around, claim)
                yield from (replace(first, bound=denied), *rest)
                denied = False

    def _later(self, claim: Claim, around: Around) -> Iterator[Placement]:
        """The last word on a claim, where it is not told anyway: nobody shall take an old figure for the last."""
        last = self.store.chains.latest(claim.id)[-1]
        if around.later and last not in around.shown | around.among:
            around.shown.add(last)
            yield Placement(self.store.claim(last), "later", bound=True)

    def _lead(self, claim: Claim, before: Claim) -> str:
        """The template that leads from a claim to what speaks against it."""
        if before.id in self.store.denials(claim.id):
            return "other-denied"
        if claim.id in self.store.denials(before.id):
            return "other-side"
        return "other-figure" if claim.quantities and before.quantities else "other-account"
