"""A statement held against the store: matches, differs, disputed or not reported; never "true", never "false"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answer import Answerer
from bot.dialogue import Candidate, Part, Question, Verdict
from bot.matter import Matter
from bot.verdict import Case, judged

# What may be wrong in a statement and still leave it about the same thing.
ABOUT_THE_SAME = frozenset(
    {"number", "another", "speaker", "contrary", "time", "count", "when", "duration", "matter", "why"}
)
WORST = ("disputed", "differs", "not-reported", "matches")
MOST = 4  # claims shown for one statement


@dataclass(frozen=True, slots=True)
class Checker:
    """Compares statements with claims, one by one."""

    answerer: Answerer

    def check(self, statements: Sequence[tuple[Question, list[Candidate]]]) -> tuple[tuple[Part, ...], Verdict]:
        """The verdict on each statement of a message, beside its candidates, and the worst of them for the whole."""
        parts = [self._one(statement, candidates) for statement, candidates in statements]
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

    def _one(self, statement: Question, candidates: list[Candidate]) -> Part:
        near = [c for c in candidates if self._same_thing(statement, c)]
        if not near or statement.decisive or len(statement.unknown) > near[0].hits:
            return Part("verdict", statement, verdict="not-reported")
        distances = [self._distance(statement, c) for c in near]
        nearest = min(distances)
        best = near[distances.index(nearest)]
        group = [c for c, distance in zip(near, distances, strict=True) if distance[:5] == nearest[:5]]
        verdict = judged(Case(statement, best, self._matter))
        if verdict == "not-reported" and not best.on_topic:
            return Part("verdict", statement, verdict=verdict)
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
        kinds = self._matter.kinds_of(strange[0])
        fits = candidate.hits >= 3 and candidate.on_topic
        return len(strange) == 1 and kinds == {"object"} and fits

    def _distance(self, statement: Question, candidate: Candidate) -> tuple[float, ...]:
        off_topic = 0 if candidate.on_topic or "contrary" in candidate.broken else 1
        figures = 1 if "number" in candidate.broken else 0
        held = self.answerer.finder.index.profiles[candidate.claim.id].numbers
        figures += 0 if not statement.numbers or any(n.number in held for n in statement.numbers) else 1
        faults = len(candidate.unexplained) + len(set(candidate.broken) - {"contrary", "count", "matter"})
        counted = 0 if not statement.numbers or candidate.claim.quantities else 1
        return (figures > 1, counted, off_topic, faults, figures, *candidate.cost[2:])


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
