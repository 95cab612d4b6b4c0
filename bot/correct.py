"""Questions that take for granted what no report says: the claims that say otherwise, and nothing else."""

from __future__ import annotations

from bot.best import MOST_ANSWERS, best_of
from bot.dialogue import Candidate, Part, Question, Reason, Tag
from bot.find import Finder
from bot.sides import Sides
from knowledge.model import Claim

# What a "why did ..." may have wrong and still be told what the report does say instead.
CORRECTABLE = frozenset(
    {"place", "actor", "speaker", "number", "contrary", "another", "time", "count", "when", "duration"}
)


class Corrections:
    """Finds the claims that correct what a question presumes."""

    def __init__(self, finder: Finder, sides: Sides) -> None:
        self.finder = finder
        self.sides = sides
        self.store = finder.store

    def correction(self, question: Question, candidates: list[Candidate]) -> Part | None:
        """What the report says instead, where a question takes for granted what it does not say."""
        fitting = [c for c in candidates if self.fits(question, c)]
        if not fitting:
            return None
        best = best_of(sorted(fitting, key=lambda c: (len(c.unexplained), "number" in c.broken, c.cost)))
        claims = [c.claim for c in best][:MOST_ANSWERS]
        attacks = any(set(tag.ids) & {"attacked", "event", "attack-time"} for tag in question.topics)
        if "time" in best[0].broken and attacks:
            claims = [c for c in self.store.claims if c.topic == "attack-time"] or claims
        if {"actor", "speaker"} & set(best[0].broken) and best[0].claim.topic in ("responsibility", "attacked"):
            owned = [c for c in self.store.claims if c.topic == "responsibility"]
            claims = [*(owned or claims), *self._accusations(question)]
        if "speaker" in best[0].broken:
            claims += [c for claim in tuple(claims) for c in self.sides.silences(claim) if c not in claims]
        answers, related = self.sides.beside(claims)
        return Part("correction", question, tuple(answers), tuple(related), reason=Reason("not-said"))

    def _accusations(self, question: Question) -> list[Claim]:
        """What is alleged of somebody whom a question wrongly takes for the doer."""
        named = {id_ for tag in (*question.actors, *question.speakers) for id_ in tag.ids}
        above = {up for id_ in named for up in self.store.ancestors(id_)}
        if not above & self.finder.matter.countries:
            return []  # it is states that are accused of backing and sheltering
        wanted = above - self.finder.roots - self.finder.matter.all_with("party") - self.finder.constraints.always
        alleged = (c for c in self.store.claims if c.topic in ("backing", "sheltering"))
        return [c for c in alleged if wanted & {*c.about, c.actor, *c.place} and c.attribution.speaker not in named]

    def fits(self, question: Question, candidate: Candidate) -> bool:
        """Whether a claim breaks exactly what a question may have wrong."""
        broken, strange = set(candidate.broken), candidate.unexplained
        if broken & {"contrary", "another"}:
            broken -= {"matter"}
            if question.presumes:
                broken -= {"population", "actor"}
        faults = max(len(broken), len(strange))
        if faults != 1 or not candidate.addressed or len(question.unknown) > 1:
            return False
        if not strange and broken == {"contrary"}:
            return not question.unknown or candidate.hits >= 2
        if not strange and broken == {"another"}:
            return candidate.placed and not question.unknown
        if not strange and broken == {"number"}:
            return self._guessed(question, candidate)
        if not question.presumes or not (candidate.hits > 1 or candidate.on_topic) or not broken <= CORRECTABLE:
            return False
        if broken == {"speaker"}:
            held = self.finder.index.profiles[candidate.claim.id].numbers
            return candidate.claim.topic == "responsibility" or any(n.number in held for n in question.numbers)
        if broken == {"place"}:
            return candidate.on_topic and candidate.claim.topic == "located"
        return not strange or self._exchangeable(question, strange[0])

    def _exchangeable(self, question: Question, strange: Tag) -> bool:
        """Whether a strange word names a thing, person or country that the claim has another one of."""
        kinds = self.finder.matter.kinds_of(strange)
        return kinds <= {"object", "person", "group"} or (strange in question.mentions and "place" in kinds)

    def _guessed(self, question: Question, candidate: Candidate) -> bool:
        """Whether a figure is a guess at this claim's, not another claim's ("of the 31, how many in Quetta?")."""
        if question.figured and self.finder.constraints.counting.counts(question.figured, candidate.claim):
            return True
        others = any(f"#{number.number}" in self.finder.index.postings for number in question.numbers)
        return (candidate.hits >= 2 or candidate.on_topic) and (question.presumes or not others)
