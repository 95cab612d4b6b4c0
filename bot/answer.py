"""From candidates to a reply: answer, correct, give an overview, or say what is not reported and what is."""

from __future__ import annotations

from collections import Counter

from bot.abstain import Abstentions
from bot.best import MOST_ANSWERS, best_of
from bot.correct import Corrections
from bot.dialogue import Candidate, Part, PartKind, Question
from bot.find import Finder
from bot.history import CHANGED, History
from bot.nearby import Nearby
from bot.overview import OPEN, Overviews
from bot.sides import Sides
from knowledge.model import Claim

TOLLS = 2  # populations above which their tolls are given a line each


class Answerer:
    """Decides between an answer, a correction, an overview and an abstention for one question."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.sides = Sides(finder.store)
        self.history = History(finder.store)
        self.nearby = Nearby(finder, self.sides)
        self.corrections = Corrections(finder, self.sides)
        self.abstentions = Abstentions(finder)
        self.overviews = Overviews(finder, self.sides)

    def answer(self, question: Question) -> tuple[Part, list[Candidate]]:
        """The reply to one question, and the candidates that were weighed."""
        candidates = self.finder.candidates(question)
        part = (
            self.abstentions.at_once(question)
            or self.abstentions.silent(question, candidates)
            or self._dated(question, candidates)
            or self.overviews.asked(question, candidates)
            or self._direct(question, candidates)
            or self.corrections.correction(question, candidates)
            or self.overviews.implied(question, candidates)
            or self.abstentions.abstention(question, candidates)
        )
        return part, candidates

    def _dated(self, question: Question, candidates: list[Candidate]) -> Part | None:
        """What is new after a day, on the matter that is named or on any; or all that a day brought."""
        period = question.period
        if period is None:
            return None
        named = any(not tag.weak and not self.overviews.is_general(tag) for tag in question.tags)
        if period.kind == "since":
            return self.history.since(question, candidates if named else self.finder.all_for(question))
        open_question = question.intent in OPEN and not (named or question.numbers or question.unknown)
        return self.history.on(question) if period.kind == "on" and open_question else None

    def _direct(self, question: Question, candidates: list[Candidate]) -> Part | None:
        good = [c for c in candidates if not c.broken and not c.unexplained and c.addressed]
        if not good or not _enough(question, good[0]):
            return None
        if any(c.broken == ("contrary",) and not c.unexplained and c.strays < good[0].strays for c in candidates):
            return None  # the best fit leaves a word aside that another claim speaks against
        if (
            question.presumes
            and good[0].strays
            and any(c.on_topic and self.corrections.fits(question, c) for c in candidates)
        ):
            return None  # what is taken for granted is another claim's matter
        fitting = {c.claim.id for c in good}
        chosen = self.history.settled(question, [c.claim for c in best_of(good)], fitting)
        if CHANGED in question.cues and (part := self.history.whole(question, chosen)):
            return part
        picked = {claim.id for claim in chosen}
        general = max(c.cost[3] for c in good if c.claim.id in picked)
        close = (c for c in candidates if set(c.broken) <= {"contrary"} and not c.unexplained)
        allowed = {c.claim.id for c in close if c.cost[3] < general + 1}  # the dead of one group answer for no other
        answers, related = self.sides.beside(chosen, allowed)
        kind: PartKind = "tolls" if self._tolls(question, answers) else "answer"
        return Part(kind, question, tuple(_varied(answers)[:MOST_ANSWERS]), tuple(related))

    def _tolls(self, question: Question, answers: list[Claim]) -> bool:
        """Whether several tolls are asked for at once, each of which has changed: "what is the death toll?"."""
        whom = {tuple(claim.population) for claim in answers}
        asked = question.intent == "count" and not question.populations and len(whom) > TOLLS
        changing = any(claim.id in self.finder.store.chains for claim in answers)
        return asked and changing and all(claim.quantities and claim.population for claim in answers)


def _varied(claims: list[Claim]) -> list[Claim]:
    """Where there are more claims than are given, the first on each population comes before the second on any."""
    if len(claims) <= MOST_ANSWERS:
        return claims
    seen: Counter[tuple[str, ...]] = Counter()
    ranked = []
    for claim in claims:
        whom = tuple(claim.population)
        ranked.append((seen[whom], claim))
        seen[whom] += 1
    return [claim for _, claim in sorted(ranked, key=lambda pair: pair[0])]


def _enough(question: Question, best: Candidate) -> bool:
    """Whether what is understood outweighs the words that nothing explains."""
    return len(question.unknown) <= (best.hits - 1 if best.hits < 4 else best.hits // 2 + 1)
