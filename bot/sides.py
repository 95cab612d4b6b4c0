"""The other side of a claim: what denies it, conflicts with it, differs from it, or stays silent on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from knowledge.model import Claim
from knowledge.store import FactStore


class Sides:
    """Puts the other side beside each claim of an answer."""

    def __init__(self, store: FactStore) -> None:
        self.store = store

    def beside(self, chosen: Iterable[Claim], allowed: Collection[str] = ()) -> tuple[list[Claim], list[Claim]]:
        """The claims, and those that speak against them: among them where they answer too (`allowed`), else beside."""
        answers = list(chosen)
        related: list[Claim] = []
        for claim in tuple(answers):
            denials = {r.a if r.b == claim.id else r.b for r in self.store.relations_of(claim.id) if r.kind == "denies"}
            for other in self.store.other_sides(claim.id):
                side = self.store.claim(other)
                overtaken = set(self.store.chains.after(other)) & {*allowed, *(each.id for each in answers)}
                if side in answers or side in related or (overtaken and other not in denials):
                    continue
                (answers if other in denials or other in allowed else related).append(side)
            related += [c for c in self.silences(claim) if c not in answers and c not in related]
        return answers, related

    def opposed(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims that speak against these, each once."""
        ids = dict.fromkeys(other for claim in claims for other in self.store.other_sides(claim.id))
        return [self.store.claim(id_) for id_ in ids]

    def silences(self, claim: Claim) -> list[Claim]:
        """What somebody has not commented on, beside their silence; and the silence beside it."""
        if claim.topic == "silence" and claim.actor:
            by = [c for c in self.store.claims if c.verification.by == claim.actor and set(c.place) & set(claim.place)]
            return [*by, *(self.store.claim(o) for c in by for o in self.store.other_sides(c.id))]
        if claim.verification.status != "uncommented" or claim.verification.by is None:
            return []
        silent = [self.store.claim(id_) for id_ in self.store.by_facet(claim.verification.by)]
        return [c for c in silent if c.topic == "silence" and set(c.place) & set(claim.place)]
