"""The judge of figures: is a number in the question the claim's, and does the claim count what is asked for?"""

from __future__ import annotations

from bot.dialogue import Question, Tag
from bot.index import ClaimIndex, Profile
from bot.matter import Matter
from bot.sheet import Sheet
from knowledge.model import Bound, Claim

YEARS = range(1900, 2100)
# Which bounds of a claim a question's bound asks for.
BOUNDED: dict[str, frozenset[Bound]] = {
    "bound-above": frozenset({"more than"}),
    "bound-below": frozenset({"almost", "at most", "within"}),
}


class Counting:
    """Holds the figures of a question against a claim, noting the outcome on a sheet."""

    def __init__(self, index: ClaimIndex, matter: Matter) -> None:
        self.store = index.store
        self.matter = matter
        self.always = matter.all_with("backdrop")

    def numbers(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """Figures: another figure than the claim's breaks it, an alternative ("seven or eight?") does not."""
        claim, held = profile.claim, profile.numbers
        matched = any(tag.number in held for tag in question.numbers)
        if question.figured and not self.counts(question.figured, claim):
            sheet.unexplained += question.figured
        elif question.figured and not set(question.figured[0].ids) & self.always:
            sheet.addressed = True  # "3 cities", where the claim counts cities
            sheet.strong += 1
        for tag in question.numbers:
            if tag.number is None or (matched and tag.number not in held):
                continue
            if tag.number in held and question.intent == "whosays" and self._bounded_otherwise(question, claim):
                sheet.breaks("number", tag.text)
            elif tag.number in held:
                sheet.figure(tag.number, addresses=sheet.on_topic or not any(not t.weak for t in question.topics))
            elif tag.number in YEARS:
                sheet.breaks("time", tag.text)
            elif tag.number == 1 and not claim.quantities:
                continue  # "was one DSP killed?"
            elif claim.quantities or self.matter.any("decisive", (claim.topic,)):
                sheet.breaks("number", tag.text)
            elif tag.number > 2:
                sheet.strays_by(tag.text, 1.5)

    def counts(self, counted: tuple[Tag, ...], claim: Claim) -> bool:
        """Whether a claim's figures are of one of these things."""
        above = {up for q in claim.quantities for up in self.store.ancestors(q.of)} | set(claim.population)
        if self.matter.any("people", (claim.topic,)):
            above.add(claim.topic)
        return any(id_ in above or id_ in self.always for tag in counted for id_ in tag.ids)

    def _bounded_otherwise(self, question: Question, claim: Claim) -> bool:
        """Whether none of a claim's figures is bounded as asked: who says "thirty" does not say "more than thirty"."""
        wanted = {bound for name in question.bounds for bound in BOUNDED.get(name, frozenset())}
        return bool(wanted) and not any(quantity.bound in wanted for quantity in claim.quantities)
