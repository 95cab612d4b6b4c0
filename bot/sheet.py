"""What is noted while one claim is held against one question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.dialogue import Candidate, Tag
from knowledge.model import Claim

STRAY = 1.2  # how far what is shared must outweigh what belongs to other claims
MOST_STRAYS = 2
FIGURE_WEIGHT = 4.0  # a shared figure says more than a shared word
WEAK = 0.5  # share of the weight of a word that may also mean nothing


@dataclass(slots=True)
class Sheet:
    """The marks of one claim: what fits, what is broken, what is left unexplained, each with its reason."""

    rarity: Callable[[str], float]
    broken: list[str] = field(default_factory=list)
    unexplained: list[Tag] = field(default_factory=list)
    borrowed: list[Tag] = field(default_factory=list)  # deeds that the claim only speaks of in passing
    spoken: bool = False  # whether its speaker or a thing of its own is named
    placed: bool = False
    on_topic: bool = False
    addressed: bool = False
    general: float = 0.0
    weight: float = 0.0
    hits: int = 0
    voices: int = 0  # hits by its speaker
    elsewhere: bool = False  # whether a word belongs to other claims and is not only one of saying
    strong: int = 0  # hits by words that can mean nothing else, places left out
    strays: int = 0
    stray_weight: float = 0.0
    reasons: list[tuple[str, str | float]] = field(default_factory=list)

    def hit(self, tag: Tag, id_: str, factor: float = 1.0, *, strong: bool = True) -> None:
        """A word that the claim explains."""
        share = self.rarity(id_) * factor * (WEAK if tag.weak else 1.0) * tag.score / 100
        self.weight += share
        self.hits += 1
        self.strong += strong and not tag.weak
        self.reasons.append((id_, share))

    def figure(self, number: int, *, addresses: bool) -> None:
        """A figure that is the claim's."""
        self.weight += FIGURE_WEIGHT
        self.hits += 1
        self.addressed |= addresses
        self.reasons.append(("figure", float(number)))

    def breaks(self, constraint: str, text: str) -> None:
        """A slot that disagrees with the claim."""
        self.broken.append(constraint)
        self.reasons.append((constraint, text))

    def misses(self, tag: Tag) -> None:
        """An important word that the claim does not explain."""
        self.unexplained.append(tag)
        self.reasons.append(("unexplained", tag.text))

    def strays_by(self, text: str, weight: float, *, saying: bool = False) -> None:
        """A word for what other claims are about: it may be said in passing, where enough else fits."""
        self.strays += 1
        self.elsewhere = self.elsewhere or not saying
        self.stray_weight += weight
        self.reasons.append(("stray", text))

    def settle(self, *, figures: bool) -> None:
        """Draw the conclusions that need the whole: borrowed deeds, and whether enough fits."""
        self.addressed = self.addressed and (self.strong > 0 or figures or "time" in self.broken)
        if self.borrowed and not self.spoken:
            self.unexplained += self.borrowed
        somebody_only = self.elsewhere and 0 < self.voices == self.hits  # the one named says it, but of something else
        if self.strays > MOST_STRAYS or self.stray_weight * STRAY > self.weight or somebody_only:
            self.broken.append("matter")

    def candidate(self, claim: Claim) -> Candidate:
        """The claim with its marks and cost."""
        weight = round(self.weight - self.stray_weight, 3)
        return Candidate(
            claim=claim,
            broken=tuple(self.broken),
            unexplained=tuple(self.unexplained),
            addressed=self.addressed,
            placed=self.placed,
            on_topic=self.on_topic,
            strays=self.strays,
            hits=self.hits,
            cost=(len(self.broken), len(self.unexplained), self.strays, self.general, -weight),
            reasons=tuple(self.reasons),
        )
