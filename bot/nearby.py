"""The claims around an answer: what else there is on its place, its speaker, its topic, and what speaks against it."""

from __future__ import annotations

from bot.best import MOST_ANSWERS, best_of
from bot.dialogue import Part, Question, Reason
from bot.find import Finder
from bot.sides import Sides
from knowledge.model import Claim


class Nearby:
    """Answers short questions from the claims around the last answer."""

    def __init__(self, finder: Finder, sides: Sides) -> None:
        self.finder = finder
        self.sides = sides

    def more(self, question: Question, last: list[Claim], shown: set[str]) -> Part:
        """Further claims around the last answer, none that was shown: of its place, else speaker, else topic."""
        for ring in self._rings(last):
            near = [c for c in ring if c.id not in shown]
            if "says" in question.cues:
                near = [c for c in near if c.attribution.speaker in {one.attribution.speaker for one in last}]
            if "where" in question.cues:
                near = [c for c in near if c.topic in {one.topic for one in last}]
            if near:
                return Part("overview", question, tuple(near[:MOST_ANSWERS]))
        if "where" in question.cues:
            return self.again(question, last)  # "where else?" of a claim that names several places
        return Part("abstention", question, reason=Reason("no-more"))

    def opposed(self, question: Question, last: list[Claim]) -> Part:
        """What others say against the last answer; the answer again where nobody does."""
        against = [c for c in self.sides.opposed(last) if c not in last]
        return Part("answer", question, (*against, *last))

    def again(self, question: Question, last: list[Claim]) -> Part:
        """The last answer once more, with all that speaks against it: "are you sure?"."""
        opposed = {claim.id for claim in self.sides.opposed(last)}
        answers, related = self.sides.beside(last, opposed)
        return Part("answer", question, tuple(answers), tuple(related))

    def only(self, question: Question, claims: list[Claim]) -> Part:
        """Some of the last answer's claims, what speaks against them beside: "which source says 27?"."""
        answers, related = self.sides.beside(claims)
        return Part("answer", question, tuple(answers), tuple(related))

    def near(self, question: Question, last: list[Claim], *, on_topic: bool) -> Part | None:
        """The answer among the claims around the last one, nearest ring first: "how did they get in?"."""
        if question.unknown:
            return None
        first = [*last, *(c for c in self.sides.opposed(last) if c not in last)]
        parts = [self._within(first, question, on_topic=on_topic, contrary=True)]
        parts += (self._within(ring, question, on_topic=on_topic, contrary=False) for ring in self._rings(last))
        return next((part for part in parts if part), None)

    def _within(self, ring: list[Claim], question: Question, *, on_topic: bool, contrary: bool) -> Part | None:
        allowed = {"contrary"} if contrary else set()
        judged = self.finder.judged(question, ring)
        fitting = [c for c in judged if set(c.broken) <= allowed and not c.unexplained and c.hits]
        fitting = [c for c in fitting if c.on_topic or c.broken or not on_topic]
        if not fitting:
            return None
        best = best_of(sorted(fitting, key=lambda c: c.cost))
        answers, related = self.sides.beside([c.claim for c in best][:MOST_ANSWERS])
        if best[0].broken:
            return Part("correction", question, tuple(answers), tuple(related), reason=Reason("not-said"))
        return Part("answer", question, tuple(answers), tuple(related))

    def _rings(self, claims: list[Claim]) -> tuple[list[Claim], ...]:
        """The claims around these: of the same place; of the same person or group; of the same topic."""
        index, own = self.finder.index, {c.id for c in claims}
        places = {p for c in claims for p in c.place} - self.finder.roots
        somebody = {s for c in claims for s in (c.attribution.speaker, c.actor) if s and s in self.finder.matter.names}
        topics = {c.topic for c in claims}
        keys = places | somebody | topics
        found = [p.claim for p in index.sharing((key,) for key in keys) if p.claim.id not in own]
        return (
            [c for c in found if places & set(c.place)],
            [c for c in found if {c.attribution.speaker, c.actor} & somebody],
            [c for c in found if c.topic in topics],
        )
