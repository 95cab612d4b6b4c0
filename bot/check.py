"""A statement held against the store: matches, differs, disputed or not reported; never "true", never "false"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answer import Answerer
from bot.dialogue import Candidate, Part, Question, Verdict
from bot.matter import Matter
from knowledge.model import Claim

# What may be wrong in a statement and still leave it about the same thing.
ABOUT_THE_SAME = frozenset(
    {"number", "another", "speaker", "contrary", "time", "count", "when", "duration", "matter", "why"}
)
WORST = ("disputed", "differs", "not-reported", "matches")
CONTESTED = frozenset({"unverified", "denied", "contradicted", "uncommented"})
MOST = 4  # claims shown for one statement


@dataclass(frozen=True, slots=True)
class Checker:
    """Compares statements with claims, one by one."""

    answerer: Answerer

    def check(self, statements: tuple[Question, ...]) -> tuple[tuple[Part, ...], Verdict]:
        """The verdict on each statement of a message, and the worst of them for the whole."""
        parts = [self._one(statement) for statement in statements]
        enough = [p for p in parts if p.verdict == "not-reported" or _says_enough(p, parts)]
        parts = enough or [replace(parts[0], answers=(), related=(), verdict="not-reported")]
        weighty = [p for p in parts if p.verdict != "not-reported"] or parts
        missing = [p for p in parts if p.verdict == "not-reported" and p.question and self._reports_a_deed(p.question)]
        shown = [p for p in parts if p in weighty or p in missing]
        verdicts = {p.verdict for p in shown}
        worst: Verdict = next((v for v in WORST if v in verdicts), "not-reported")
        return tuple(shown), worst

    @property
    def _matter(self) -> Matter:
        return self.answerer.finder.matter

    def _reports_a_deed(self, statement: Question) -> bool:
        return any(not tag.weak and self._matter.any("deed", tag.ids) for tag in statement.topics)

    def _one(self, statement: Question) -> Part:
        near = [c for c in self.answerer.finder.candidates(statement) if self._same_thing(statement, c)]
        if not near or statement.decisive or len(statement.unknown) > near[0].hits:
            return Part("verdict", statement, verdict="not-reported")
        best = min(near, key=lambda c: self._distance(statement, c))
        group = [c for c in near if self._distance(statement, c)[:4] == self._distance(statement, best)[:4]]
        verdict = self._verdict(statement, best)
        claims = [c.claim for c in group[:MOST]]
        if "time" in best.broken:
            claims = [c for c in self.answerer.finder.store.claims if c.topic == "attack-time"] + claims
        answers, related = self.answerer.sides.beside(claims)
        return Part("verdict", statement, tuple(answers), tuple(related), verdict=verdict)

    def _same_thing(self, statement: Question, candidate: Candidate) -> bool:
        """Whether a claim is about what the statement says, whatever figure or speaker that one gives."""
        if not candidate.addressed or set(candidate.broken) - ABOUT_THE_SAME:
            return False
        if "matter" in candidate.broken and candidate.hits < 3:
            return False
        strange = candidate.unexplained
        if not strange:
            return True
        if "contrary" in candidate.broken and len(strange) == 1 and strange[0] not in statement.places:
            return candidate.hits >= 2
        # "a fuel tanker was rammed into ...": the same thing with another object
        kinds = self.answerer.finder.matter.kinds_of(strange[0])
        fits = candidate.hits >= 3 and self._on_topic(statement, candidate.claim)
        return len(strange) == 1 and kinds == {"object"} and fits

    def _on_topic(self, statement: Question, claim: Claim) -> bool:
        return any(claim.topic in tag.ids for tag in statement.topics)

    def _distance(self, statement: Question, candidate: Candidate) -> tuple[float, ...]:
        off_topic = 0 if self._on_topic(statement, candidate.claim) or "contrary" in candidate.broken else 1
        figures = 1 if "number" in candidate.broken else 0
        held = self.answerer.finder.index.profiles[candidate.claim.id].numbers
        figures += 0 if not statement.numbers or any(n.number in held for n in statement.numbers) else 1
        faults = len(candidate.unexplained) + len(set(candidate.broken) - {"contrary", "count", "matter"})
        return (figures > 1, off_topic, faults, figures, *candidate.cost[2:])

    def _verdict(self, statement: Question, best: Candidate) -> Verdict:
        claim, broken = best.claim, set(best.broken)
        if "contrary" in broken or ("speaker" in broken and not broken & {"number", "time"}):
            return "disputed"
        if (
            broken & {"number", "time", "duration", "another"}
            or best.unexplained
            or self._other_figure(statement, claim)
        ):
            return "differs"
        if claim.topic == "silence" and not self._on_topic(statement, claim):
            return "disputed"  # somebody is said to have spoken who has not
        if (
            statement.negated
            and not statement.numbers
            and self._matter.any("decisive", (claim.topic,))
            and self._on_topic(statement, claim)
        ):
            return "differs"  # "not one of them died"
        if claim.attribution.speaker is None:
            return "matches"
        attributed = bool(statement.speakers) or self._names_speaker(statement, claim)
        contested = claim.verification.status in CONTESTED or self._denial(claim)
        if contested and (not attributed or statement.cues & {"verified", "established"}):
            return "disputed"
        return "matches"

    def _other_figure(self, statement: Question, claim: Claim) -> bool:
        """Whether the statement has a figure that the claim has not: 145 is the claim's, "14 hours" is not."""
        held = {q.number for q in claim.quantities}
        return any(n.number not in held for n in statement.numbers) and bool(claim.quantities)

    def _names_speaker(self, statement: Question, claim: Claim) -> bool:
        """Whether the one who says it stands in the statement as the one who says, not only as the one who acts."""
        speaks = (
            self.answerer.finder.store.ancestors(claim.attribution.speaker)
            if claim.attribution.speaker
            else frozenset()
        )
        tags = (*statement.speakers, *(statement.mentions if "says" in statement.cues else ()))
        return any(id_ in speaks for tag in tags for id_ in tag.ids)

    def _denial(self, claim: Claim) -> bool:
        return any(r.kind in ("denies", "conflicts") for r in self.answerer.finder.store.relations_of(claim.id))


def _says_enough(part: Part, parts: list[Part]) -> bool:
    """Whether a sentence says enough to be judged: a single word in passing does not, unless there is nothing else."""
    question = part.question
    if question is None or len(parts) == 1:
        return True
    heavy = [*question.populations, *question.places, *question.speakers, *question.mentions]
    return len(question.topics) + len([t for t in heavy if not t.weak]) + len(question.numbers) >= 2


def as_statement(question: Question) -> Question:
    """A question read as a statement: it asks for nothing and presumes nothing."""
    return replace(question, intent="plain", counted=(), presumes=False)
