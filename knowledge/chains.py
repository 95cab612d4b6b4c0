"""Figures that change: which claim is a later word on another, and which word is the latest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from knowledge.links import reached
from knowledge.model import Relation, RelationKind

# The relations whose first claim is the later word on what the second one says.
SUPERSEDING: frozenset[RelationKind] = frozenset({"updates", "corrects"})


class Chains:
    """The claims that update or correct one another; a claim may update several, and be updated by several."""

    def __init__(self, relations: Iterable[Relation]) -> None:
        self._later: dict[str, list[str]] = defaultdict(list)
        self._earlier: dict[str, list[str]] = defaultdict(list)
        for relation in relations:
            if relation.kind in SUPERSEDING:
                self._later[relation.b].append(relation.a)
                self._earlier[relation.a].append(relation.b)

    def __contains__(self, claim_id: str) -> bool:
        return claim_id in self._later or claim_id in self._earlier

    def after(self, claim_id: str) -> tuple[str, ...]:
        """The claims that came after this one, the nearest first."""
        return reached(claim_id, self._later)

    def overtaken(self, claim_id: str) -> bool:
        """Whether there is a later word on what a claim says."""
        return bool(self.after(claim_id))

    def before(self, claim_id: str) -> tuple[str, ...]:
        """The claims that came before this one, the nearest first."""
        return reached(claim_id, self._earlier)

    def latest(self, claim_id: str, among: Collection[str] | None = None) -> tuple[str, ...]:
        """The last words on what a claim says, as far as they are `among` these; the claim itself where it is last."""
        later = [id for id in self.after(claim_id) if among is None or id in among]
        last = tuple(id for id in later if not any(other in later for other in self.after(id)))
        return last or (claim_id,)

    def first(self, claim_id: str, among: Collection[str] | None = None) -> tuple[str, ...]:
        """The first words on what a claim says, as far as they are `among` these."""
        earlier = [id for id in self.before(claim_id) if among is None or id in among]
        first = tuple(id for id in earlier if not any(other in earlier for other in self.before(id)))
        return first or (claim_id,)
