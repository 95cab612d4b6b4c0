"""The words on a picture: who says a claim, how far it is checked, which figure it gives, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.model import WORD_BOUNDS, Claim, Quantity
from knowledge.store import FactStore


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words for pictures beside the facts that they speak of.

    `texts` are str.format templates by key; a key that is missing raises KeyError.
    """

    code: str
    texts: Mapping[str, str]
    store: FactStore

    def text(self, key: str, **named: object) -> str:
        """The text under a key with its places filled."""
        return self.texts[key].format(**named)

    def label(self, id: str) -> str:
        """What a person, group or place is called; in English where this language has no label yet."""
        label = self.store.name(id).label
        return label.get(self.code, label["en"])

    def population(self, id: str, number: int | None = None) -> str:
        """What a group of people is called, or one of them where the language has a word for that."""
        one = f"one-{id}"
        return self.text(one if number == 1 and one in self.texts else f"population-{id}")

    def claimant(self, claim: Claim) -> str:
        """Who says a claim, with a person's role and the manner; the publisher where the report itself says it."""
        speaker = claim.attribution.speaker
        if speaker is None:
            who = self.text("own-voice", publisher=self.store.source_of(claim.id).publisher)
        else:
            name = self.store.name(speaker)
            role = name.role.get(self.code, name.role.get("en")) if name.kind == "person" else None
            who = self.text("speaker", name=self.label(speaker), role=role) if role else self.label(speaker)
        manner = claim.attribution.manner
        return self.text("manner", who=who, manner=manner) if manner else who

    def status(self, claim: Claim) -> str:
        """How far a claim has been checked and by whom; empty where it simply stands as stated."""
        verification = claim.verification
        if verification.status == "stated":
            return ""
        by = self.label(verification.by) if verification.by else self.text("nobody-named")
        return self.text(f"status-{verification.status}", by=by)

    def figure(self, quantity: Quantity) -> str:
        """A quantity with its bound, never sharper than the source: "at least 31", "several"."""
        key = f"bound-{quantity.bound.replace(' ', '-')}"
        return self.text(key) if quantity.bound in WORD_BOUNDS else self.text(key, number=quantity.number)

    def series(self, items: Iterable[str]) -> str:
        """Several short texts in one line, each once."""
        return self.text("separator").join(dict.fromkeys(item for item in items if item))

    def clauses(self, items: Iterable[str]) -> str:
        """Several independent statements in one line, those that are empty left out."""
        return self.text("clause").join(item for item in items if item)
