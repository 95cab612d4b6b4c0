"""Saying no: which silence is asked about, what is not reported, and what can be asked instead."""

from __future__ import annotations

from itertools import islice

from bot.dialogue import Candidate, Part, Question, Reason, Suggestion, Tag
from bot.find import Finder
from bot.slots import OVERVIEWS
from knowledge.model import Gap

MOST_SUGGESTIONS = 3


class Abstentions:
    """Names what is missing, so that nobody has to guess why there is no answer."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.store = finder.store
        self._gaps: dict[str, list[tuple[int, Gap]]] = {}  # by their first facet, with their place in the order
        for place, gap in enumerate(self.store.gaps):
            self._gaps.setdefault(gap.facets[0], []).append((place, gap))

    def abstention(self, question: Question, candidates: list[Candidate]) -> Part:
        """That there is no report of it, and why."""
        gap = self.gap(question)
        reason = Reason("gap", gap=gap) if gap else self._reason(question)
        suggestions = _suggestions(candidates) or self._carried(question)
        return Part("abstention", question, reason=reason, suggestions=suggestions)

    def at_once(self, question: Question) -> Part | None:
        """An abstention before any claim is looked at: an order to say something, a decisive word nobody knows."""
        if question.instructs:
            return Part("abstention", question, reason=Reason("not-understood"))
        if question.decisive:
            return Part("abstention", question, reason=Reason("not-reported", question.decisive[0].text))
        return None

    def silent(self, question: Question, candidates: list[Candidate]) -> Part | None:
        """A silence of the report that the best claim does not break: "names of the dead"."""
        gap = self.gap(question)
        if gap is None:
            return None
        best = next((c.claim for c in candidates if not c.broken and not c.unexplained and c.addressed), None)
        told = self.finder.index.profiles[best.id].explains if best else frozenset()
        carried = [tag for tag in question.tags if set(tag.ids) & set(gap.facets)]
        if best and all(set(tag.ids) & told for tag in carried):
            return None
        return Part("abstention", question, reason=Reason("gap", gap=gap), suggestions=_suggestions(candidates))

    def gap(self, question: Question) -> Gap | None:
        """The silence that a question asks about: the one with the most facets of those that it names."""
        ids = {id_ for tag in question.tags for id_ in tag.ids if not tag.weak or id_ not in self.finder.matter.names}
        ids |= {"statement"} if _speech(question) else set()
        counts = question.intent == "count"
        near = {place: gap for id_ in ids for place, gap in self._gaps.get(id_, ()) if set(gap.facets) <= ids}
        fitting = [near[place] for place in sorted(near) if counts or not near[place].counted]
        return max(fitting, key=lambda gap: len(gap.facets), default=None)

    def _reason(self, question: Question) -> Reason:
        """What to name: what no report speaks of at all; what is reported elsewhere is never said to be unreported."""
        tags = [tag for tag in question.tags if not tag.weak]
        missing = next((tag for tag in tags if not self._reported(tag)), None)
        if missing:
            return Reason("not-reported", missing.text)
        if any(not set(tag.ids) & self.finder.matter.publishers for tag in tags):
            return Reason("not-reported")
        return Reason("unknown-word", question.unknown[0].text) if question.unknown else Reason("not-understood")

    def _reported(self, tag: Tag) -> bool:
        return any(id_ in self.finder.index.postings or id_ in self.finder.matter.publishers for id_ in tag.ids)

    def _carried(self, question: Question) -> tuple[Suggestion, ...]:
        """What can be asked of the reports of an outlet, where nothing else was asked: "what did Reuters say?"."""
        named = {id_ for tag in question.tags for id_ in tag.ids} & self.finder.matter.publishers
        profiles = (p for p in self.finder.index.profiles.values() if p.carriers & named) if named else ()
        return tuple(islice((Suggestion(profile.claim) for profile in profiles), MOST_SUGGESTIONS))


def _suggestions(candidates: list[Candidate]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(c.claim) for c in candidates if c.addressed)[:MOST_SUGGESTIONS]


def _speech(question: Question) -> bool:
    return bool(question.speakers) or "says" in question.cues or question.intent in OVERVIEWS
