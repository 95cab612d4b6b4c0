"""The words on a picture: who says a claim, how far it is checked, which figure it gives, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.languages import FALLBACK
from bot.sentences import ISOLATE, ISOLATED, RIGHT_TO_LEFT
from knowledge.model import WORD_BOUNDS, Claim, Name, Quantity
from knowledge.store import FactStore

Direction = Literal["ltr", "rtl"]  # where a line of a language ends: on the right, or on the left


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words for pictures beside the facts that they speak of.

    `texts` are str.format templates by key; a key that is missing raises KeyError.
    """

    code: str
    direction: Direction
    texts: Mapping[str, str]
    dates: Mapping[str, str]
    store: FactStore

    def text(self, key: str, **named: object) -> str:
        """The text under a key with its places filled."""
        return self.texts[key].format(**named)

    def label(self, id: str) -> str:
        """What a person, group or place is called; in English where this language has no label yet."""
        label = self.store.name(id).label
        return label.get(self.code) or self.foreign(label[FALLBACK])

    def foreign(self, text: str) -> str:
        """A text in another language, kept apart where its words could mingle with those that run from the right."""
        return text if self.direction == "ltr" else f"{ISOLATE}{text}{ISOLATED}"

    def lines(self, texts: Iterable[str]) -> str:
        """Texts below each other, each running from the side where this language begins."""
        return "\n".join(texts if self.direction == "ltr" else (RIGHT_TO_LEFT + text for text in texts))

    def population(self, id: str, number: int | None = None) -> str:
        """What a group of people is called, or one of them where the language has a word for that."""
        one = f"one-{id}"
        return self.text(one if number == 1 and one in self.texts else f"population-{id}")

    def claimant(self, claim: Claim) -> str:
        """Who says a claim, with a person's role and the manner; the publisher where the report itself says it."""
        speaker = claim.attribution.speaker
        if speaker is None:
            who = self.text("own-voice", publisher=self.foreign(self.store.source_of(claim.id).publisher))
        else:
            name = self.store.name(speaker)
            role = self._role(name) if name.kind == "person" else ""
            who = self.text("speaker", name=self.label(speaker), role=role) if role else self.label(speaker)
        manner = self.manner(claim)
        return self.text("manner", who=who, manner=manner) if manner else who

    def manner(self, claim: Claim) -> str:
        """In which manner it was said; in the words of the facts where this language has none for that."""
        manner = claim.attribution.manner or ""
        own = self.texts.get(f"manner-{manner.replace(' ', '-')}")
        return own or (self.foreign(manner) if manner else "")

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

    def _role(self, name: Name) -> str:
        other = name.role.get(FALLBACK)
        return name.role.get(self.code) or (self.foreign(other) if other else "")
