"""Figures that changed: the latest word for an answer, the first one, and all that came in between."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain

from bot.dialogue import Candidate, Part, Question, Reason
from knowledge.model import Claim
from knowledge.store import FactStore

FIRST, CHANGED, PREVIOUS, NEXT, LATEST = "first-word", "changed", "previous", "next-word", "latest"  # cues
ASKED = frozenset({FIRST, CHANGED, PREVIOUS, NEXT, LATEST})
MOST_CHANGES = 24  # claims of one history


class History:
    """Moves along the chains of claims that update one another."""

    def __init__(self, store: FactStore) -> None:
        self.store = store
        self.chains = store.chains

    def settled(self, question: Question, chosen: Iterable[Claim], fitting: Collection[str]) -> list[Claim]:
        """The claims to answer with in place of those chosen, as far as they fit: the last of each chain, newest first.

        Who asks for the first word gets that; a figure that is asked about stays ("were 18 civilians killed?").
        """
        found = list(chosen)
        if FIRST in question.cues:
            found = [claim for claim in found if claim.id in self.chains] or found
        if not any(claim.id in self.chains for claim in found):
            return found
        asked = {number.number for number in question.numbers}
        step = self.chains.first if FIRST in question.cues else self.chains.latest
        ids: dict[str, None] = {}
        for claim in found:
            named = asked and any(quantity.number in asked for quantity in claim.quantities)
            ids.update(dict.fromkeys((claim.id,) if named else step(claim.id, fitting)))
        return [self.store.claim(id) for id in sorted(ids, key=self.store.age, reverse=FIRST not in question.cues)]

    def whole(self, question: Question, claims: Iterable[Claim]) -> Part | None:
        """Every step of the chains that these claims stand in, newest first; None where nothing changed."""
        steps = [self._chain(claim.id) for claim in claims if claim.id in self.chains]
        ids = list(dict.fromkeys(chain.from_iterable(steps)))
        if not ids:
            return None
        told = [self.store.claim(id) for id in reversed(ids)][:MOST_CHANGES]
        last = (self.chains.latest(id)[-1] for id in ids)
        beside = dict.fromkeys(side for id in last for side in self.store.other_sides(id) if side not in ids)
        return Part("history", question, tuple(told), tuple(map(self.store.claim, beside)), Reason("history"))

    def told(self, question: Question, last: Iterable[Claim]) -> Part | None:
        """How the claims just given came to be: the first words, those just before them, or all steps, as is asked."""
        given = list(last)
        steps: dict[str, Callable[[str], Sequence[str]]] = {
            PREVIOUS: self._just_before,
            NEXT: self._just_after,
            LATEST: self.chains.latest,
        }
        if step := next((steps[cue] for cue in (PREVIOUS, NEXT, LATEST) if cue in question.cues), None):
            ids = dict.fromkeys(id for claim in given for id in step(claim.id))
            return Part("answer", question, tuple(map(self.store.claim, ids))) if ids else None
        if CHANGED in question.cues or not any(claim.id in self.chains for claim in given):
            return self.whole(question, given)
        first = self.settled(question, given, {id for claim in given for id in self.chains.before(claim.id)})
        return Part("answer", question, tuple(first))

    def _just_before(self, id: str) -> Sequence[str]:
        """The nearest earlier word on a claim that gives another figure."""
        return self._other_figure(id, self.chains.before(id))

    def _just_after(self, id: str) -> Sequence[str]:
        """The nearest later word on a claim that gives another figure."""
        return self._other_figure(id, self.chains.after(id))

    def _other_figure(self, id: str, ids: Iterable[str]) -> Sequence[str]:
        figures = [q.number for q in self.store.claim(id).quantities[:1]]
        return [each for each in ids if [q.number for q in self.store.claim(each).quantities[:1]] != figures][:1]

    def since(self, question: Question, candidates: Iterable[Candidate]) -> Part | None:
        """What was said after a day, newest first, without what has been overtaken since."""
        fitting = {c.claim.id: c.claim for c in candidates if not c.broken and not c.unexplained}
        last = [claim for id, claim in fitting.items() if not set(self.chains.after(id)) & fitting.keys()]
        told = sorted(last, key=lambda claim: self.store.age(claim.id), reverse=True)[:MOST_CHANGES]
        return Part("history", question, tuple(told), reason=Reason("since")) if told else None

    def on(self, question: Question) -> Part | None:
        """What a day brought, in the order of its hours; a figure that the same day overtook is left out."""
        period = question.period
        assert period is not None  # only such questions come here
        timed = {c.id: c for c in self.store.claims if period.holds(self.store.as_of(c.id), figure=False)}
        told = [claim for id, claim in timed.items() if not set(self.chains.after(id)) & timed.keys()]
        ordered = sorted(told, key=lambda claim: self.store.age(claim.id))[:MOST_CHANGES]
        return Part("history", question, tuple(ordered), reason=Reason("on-day")) if ordered else None

    def _chain(self, id: str) -> list[str]:
        """A claim's chain in the order of its times, from the first word to the last."""
        whole = {id, *self.chains.before(id), *self.chains.after(id)}
        return sorted(whole, key=lambda each: (self.store.age(each)[0], len(self.chains.before(each)), each))
