"""Figures that change: which claim is a later word on another, and which word is the latest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

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
        return _reached(claim_id, self._later)

    def before(self, claim_id: str) -> tuple[str, ...]:
        """The claims that came before this one, the nearest first."""
        return _reached(claim_id, self._earlier)

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


def _reached(start: str, steps: dict[str, list[str]]) -> tuple[str, ...]:
    """All that steps lead to from here, breadth first, the start left out even where broken data loops."""
    found: dict[str, None] = {}
    ahead = [start]
    for id in ahead:  # grows while it is read
        new = [other for other in steps.get(id, ()) if other not in found and other != start]
        found.update(dict.fromkeys(new))
        ahead += new
    return tuple(found)
