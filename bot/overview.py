"""Questions for more than one claim: what happened, what happened there, everything they said, what is disputed."""

from __future__ import annotations

from bot.dialogue import Candidate, Part, Question, Tag
from bot.find import Finder
from bot.sides import Sides
from knowledge.model import Claim

LIMIT = 14  # claims in one overview
# Intents that a list of all there is can answer.
OPEN = frozenset({"plain", "yesno", "what", "says", "both", "where", "overview", "everything", "more", "places"})
UNSETTLED = frozenset({"unverified", "denied", "contradicted", "uncommented"})


class Overviews:
    """Short, ordered accounts, each line of which is a claim with its claimant."""

    def __init__(self, finder: Finder, sides: Sides) -> None:
        self.finder = finder
        self.sides = sides
        self.store = finder.store
        matter = finder.matter
        self.backdrop = finder.roots | matter.all_with("backdrop") | matter.all_with("setting")

    def asked(self, question: Question, candidates: list[Candidate]) -> Part | None:
        """The overview that a question asks for in so many words, or None."""
        cues = question.cues
        if "verified" in cues and (by := self._checked_by(question, candidates)):
            return self._part(question, by)
        counted = question.numbers and "overview" not in cues  # "in five lines"
        if question.unknown or counted or question.intent in ("count", "howlong", "why", "when"):
            return None
        tags = [tag for tag in question.tags if not tag.weak or tag in question.speakers]
        heavy = [tag for tag in tags if not self._background(tag)]
        if not heavy:
            return self._general(question)
        named = [*question.places, *question.speakers, *question.mentions]
        whole = cues & {"overview", "everything"} or (
            question.speakers and "says" in cues and not self._backdrop(question)
        )
        if whole and all(tag in named for tag in heavy):
            return self._about(question, candidates)
        return None

    def _checked_by(self, question: Question, candidates: list[Candidate]) -> list[Claim]:
        """The claims that the outlet which is named has, or has not, verified."""
        outlets = {id_ for tag in question.tags for id_ in tag.ids} & self.finder.matter.publishers
        unbroken = {c.claim.id for c in candidates if not c.broken and not c.unexplained} or {
            c.id for c in self.store.claims
        }
        return [c for c in self.store.claims if c.verification.by in outlets and c.id in unbroken]

    def _general(self, question: Question) -> Part | None:
        cues = question.cues
        if "disputed" in cues:
            return self._part(question, [c for c in self.store.claims if c.verification.status in UNSETTLED])
        if "timeline" in cues:
            return self._part(question, self._timeline())
        if "tallies" in cues:
            return self._part(question, [c for c in self.store.claims if c.quantities])
        if "places" in cues:
            return self._part(question, self._places())
        if "overview" in cues and not question.speakers:
            return self._part(question, list(self.store.summary))
        return None

    def implied(self, question: Question, candidates: list[Candidate]) -> Part | None:
        """Everything about a place, a speaker or a thing that a question names without asking more of it."""
        if question.unknown or question.numbers or question.decisive:
            return None
        if question.intent not in OPEN:
            return None
        named = [*question.places, *question.speakers, *question.mentions, *question.populations]
        heavy_topic = any(not t.weak and not self._background(t) for t in question.topics)
        if heavy_topic or not any(not t.weak and not self._background(t) for t in named):
            return None
        return self._about(question, candidates)

    def _about(self, question: Question, candidates: list[Candidate]) -> Part | None:
        fitting = [c.claim for c in candidates if not c.broken and not c.unexplained and c.hits]
        if question.intent == "what" and "overview" not in question.cues:
            fitting = [c for c in fitting if c.topic == "contains"] or fitting  # "what is the red zone?"
        return self._part(question, fitting) if fitting else None

    def _backdrop(self, question: Question) -> bool:
        """Whether a question names the attacks themselves: "what did he say of the attacks?"."""
        return any(set(tag.ids) & {"event", "attacked"} for tag in question.tags)

    def is_general(self, tag: Tag) -> bool:
        """Whether a tag asks for nothing in particular: "what happened?"."""
        return self._background(tag) or bool(set(tag.ids) & {"attack-time", "situation"})

    def _background(self, tag: Tag) -> bool:
        """Whether a tag names only what everything here is about: the attacks, the province."""
        return bool(set(tag.ids) & self.backdrop)

    def _places(self) -> list[Claim]:
        attacked = ("spread", "attacked", "suicide-attack", "breach", "foiled", "rammed", "exploded")
        return [c for c in self.store.claims if c.topic in attacked and c.place]

    def _timeline(self) -> list[Claim]:
        dated = [c for c in self.store.claims if c.time in ("saturday", "before-dawn", "late-night")]
        before = [c for c in self.store.claims if c.time == "before-the-attacks"]
        return [*before, *dated]

    def _part(self, question: Question, claims: list[Claim]) -> Part:
        found = {claim.id: claim for claim in claims}
        last = [claim for id_, claim in found.items() if not found.keys() & set(self.store.chains.after(id_))]
        shown = last[:LIMIT]
        unsettled = [claim for claim in shown if claim.verification.status in ("denied", "contradicted")]
        shown += [claim for claim in self.sides.opposed(unsettled) if claim not in shown]
        beside = [claim for claim in self.sides.opposed(shown) if claim not in shown]
        return Part("overview", question, tuple(shown), tuple(beside))
