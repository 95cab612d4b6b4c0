"""Which claims a question allows: constraints decide, what is shared only ranks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.constraints import Constraints
from bot.dialogue import Candidate, Question
from bot.index import ClaimIndex, Profile
from bot.matter import Matter
from bot.provenance import Provenance
from bot.sheet import Sheet
from knowledge.model import Claim


class Finder:
    """Looks claims up by what they share with a question and holds each against it."""

    def __init__(self, index: ClaimIndex, matter: Matter) -> None:
        self.index = index
        self.matter = matter
        self.store = index.store
        self.constraints = Constraints(index, matter)
        self.roots = self.constraints.roots
        judge = self.constraints
        self.provenance = Provenance(matter)
        self.judges: tuple[tuple[str | None, Callable[[Question, Profile, Sheet], None]], ...] = (
            ("topics", judge.topics),
            (None, judge.places),
            ("populations", judge.populations),
            ("actors", judge.actors),
            ("speakers", judge.speakers),
            ("times", judge.times),
            ("excepted", judge.excepted),
            ("mentions", judge.mentions),
            (None, judge.counting.numbers),
            (None, judge.asked),
        )  # each with the slot that must be filled for it to have anything to say

    def candidates(self, question: Question) -> list[Candidate]:
        """The claims that share something with a question, best first.

        Sorted by: 1 broken constraints; 2 important words left unexplained; 3 words that belong to other claims;
        4 generality mismatch; 5 what is shared, rarer things counting more; then the store's order.
        """
        readings = [tag.ids for tag in question.tags]
        readings += [(f"#{number.number}",) for number in question.numbers if number.number is not None]
        found = self.index.sharing(readings, self.provenance.keeps(question))
        judged = [self.judge(question, profile) for profile in found]
        return sorted(judged, key=lambda c: (c.cost, self.index.order[c.claim.id]))

    def all_for(self, question: Question) -> list[Candidate]:
        """Every claim of the outlet and the day that a question names, whatever it shares with it, in order."""
        return self.judged(question, self.store.claims)

    def judged(self, question: Question, claims: Iterable[Claim]) -> list[Candidate]:
        """These claims held against a question, without those of another outlet or day than it names."""
        kept, profiles = self.provenance.keeps(question), (self.index.profiles[claim.id] for claim in claims)
        return [self.judge(question, profile) for profile in profiles if kept is None or kept(profile)]

    def judge(self, question: Question, profile: Profile) -> Candidate:
        """One claim held against one question."""
        sheet = Sheet(self.index.rarity)
        for slot, judge in self.judges:
            if slot is None or getattr(question, slot):
                judge(question, profile, sheet)
        sheet.settle(figures=bool(question.numbers))
        return sheet.candidate(profile.claim)
