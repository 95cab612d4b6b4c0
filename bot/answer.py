"""From candidates to a reply: answer, correct, give an overview, or say what is not reported and what is."""

from __future__ import annotations

from bot.abstain import Abstentions
from bot.best import MOST_ANSWERS, best_of
from bot.correct import Corrections
from bot.dialogue import Candidate, Part, Question
from bot.find import Finder
from bot.nearby import Nearby
from bot.overview import Overviews
from bot.sides import Sides


class Answerer:
    """Decides between an answer, a correction, an overview and an abstention for one question."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.sides = Sides(finder.store)
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
            or self.overviews.asked(question, candidates)
            or self._direct(question, candidates)
            or self.corrections.correction(question, candidates)
            or self.overviews.implied(question, candidates)
            or self.abstentions.abstention(question, candidates)
        )
        return part, candidates

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
        chosen = [c.claim for c in best_of(good)]
        allowed = {c.claim.id for c in candidates if set(c.broken) <= {"contrary"} and not c.unexplained}
        answers, related = self.sides.beside(chosen, allowed)
        return Part("answer", question, tuple(answers[:MOST_ANSWERS]), tuple(related))


def _enough(question: Question, best: Candidate) -> bool:
    """Whether what is understood outweighs the words that nothing explains."""
    return len(question.unknown) <= (best.hits - 1 if best.hits < 4 else best.hits // 2 + 1)
