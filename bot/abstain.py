"""Saying no: which silence is asked about, what is not reported, and what can be asked instead."""

from __future__ import annotations

from bot.dialogue import Candidate, Part, Question, Reason, Suggestion, Tag
from bot.find import Finder, all_tags
from bot.slots import OVERVIEWS
from knowledge.model import Gap

MOST_SUGGESTIONS = 3


class Abstentions:
    """Names what is missing, so that nobody has to guess why there is no answer."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.store = finder.store

    def abstention(self, question: Question, candidates: list[Candidate]) -> Part:
        """That there is no report of it, and why."""
        gap = self.gap(question)
        reason = Reason("gap", gap=gap) if gap else self._reason(question, candidates)
        return Part("abstention", question, reason=reason, suggestions=_suggestions(candidates))

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
        carried = [tag for tag in all_tags(question) if set(tag.ids) & set(gap.facets)]
        if best and all(set(tag.ids) & told for tag in carried):
            return None
        return Part("abstention", question, reason=Reason("gap", gap=gap), suggestions=_suggestions(candidates))

    def gap(self, question: Question) -> Gap | None:
        """The silence that a question asks about: the one with the most facets of those that it names."""
        ids = {
            id_ for tag in all_tags(question) for id_ in tag.ids if not tag.weak or id_ not in self.finder.matter.names
        }
        ids |= {"statement"} if _speech(question) else set()
        fitting = [gap for gap in self.store.gaps if set(gap.facets) <= ids]
        return max(fitting, key=lambda gap: len(gap.facets), default=None)

    def _reason(self, question: Question, candidates: list[Candidate]) -> Reason:
        """What to name: what no claim speaks of, else what the nearest claim differs in, else unknown words."""
        tags = [tag for tag in all_tags(question) if not tag.weak]
        for tag in tags:
            if not any(id_ in self.finder.index.postings for id_ in tag.ids):
                return Reason("not-reported", tag.text)
        if candidates and candidates[0].unexplained:
            return Reason("not-reported", candidates[0].unexplained[0].text)
        named = _named(question, candidates[0].broken) if candidates and candidates[0].broken else None
        if named:
            return Reason("not-reported", named)
        if question.unknown:
            return Reason("unknown-word", question.unknown[0].text)
        return Reason("not-understood") if not tags else Reason("not-reported", " ".join(t.text for t in tags[:2]))


def _suggestions(candidates: list[Candidate]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(c.claim) for c in candidates if c.addressed)[:MOST_SUGGESTIONS]


def _named(question: Question, broken: tuple[str, ...]) -> str | None:
    slots: dict[str, tuple[Tag, ...]] = {
        "place": question.places,
        "population": question.populations,
        "actor": question.actors,
        "speaker": question.speakers,
        "time": question.times,
        "count": question.counted,
    }
    return next((tags[0].text for fault in broken if (tags := slots.get(fault, ()))), None)


def _speech(question: Question) -> bool:
    return bool(question.speakers) or "says" in question.cues or question.intent in OVERVIEWS
