"""From candidates to a reply: answer, correct, ask back, or say what is not reported and what is."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue import Candidate, Part, Question, Reason, Suggestion, Tag
from bot.find import Finder, all_tags
from bot.roles import Kinds
from bot.overview import Overviews
from bot.understand import OVERVIEWS
from knowledge.model import Claim, Gap

NEAR_BEST = 0.85  # of the best claim's shared weight: what says as much about the question answers it too
MOST_ANSWERS = 6
# What a "why did ..." may have wrong and still be told what the report does say instead.
CORRECTABLE = frozenset({"place", "actor", "speaker", "number", "contrary", "another", "time", "count", "when", "duration"})


class Answerer:
    """Decides between an answer, a correction and an abstention for one question."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.store = finder.store
        self.kinds = Kinds.over(finder.store)
        self.overviews = Overviews(finder)

    def answer(self, question: Question) -> tuple[Part, list[Candidate]]:
        """The reply to one question, and the candidates that were weighed."""
        candidates = self.finder.candidates(question)
        part = (
            self._instructed(question)
            or self._decisive(question)
            or self._silent(question, candidates)
            or self.overviews.asked(question, candidates)
            or self._direct(question, candidates)
            or self._correction(question, candidates)
            or self.overviews.implied(question, candidates)
            or self._abstention(question, candidates)
        )
        return part, candidates

    @staticmethod
    def _instructed(question: Question) -> Part | None:
        """An order to say something is no question: nothing is said because somebody wants it said."""
        return Part("abstention", question, reason=Reason("not-understood")) if question.instructs else None

    def _decisive(self, question: Question) -> Part | None:
        if not question.decisive:
            return None
        return Part("abstention", question, reason=Reason("not-reported", question.decisive[0].text))

    def _silent(self, question: Question, candidates: list[Candidate]) -> Part | None:
        """A silence of the report that the best claim does not break: "names of the dead"."""
        gap = self._gap(question)
        if gap is None:
            return None
        best = next((c.claim for c in candidates if not c.broken and not c.unexplained and c.addressed), None)
        told = self.finder.index.profiles[best.id].explains if best else frozenset()
        carried = [tag for tag in all_tags(question) if set(tag.ids) & set(gap.facets)]
        if best and all(set(tag.ids) & told for tag in carried):
            return None
        return Part("abstention", question, reason=Reason("gap", gap=gap), suggestions=_suggestions(candidates))

    def _direct(self, question: Question, candidates: list[Candidate]) -> Part | None:
        good = [c for c in candidates if not c.broken and not c.unexplained and c.addressed]
        if not good or not _enough(question, good[0]):
            return None
        if any(c.broken == ("contrary",) and not c.unexplained and c.strays < good[0].strays for c in candidates):
            return None  # the best fit leaves a word aside that another claim speaks against
        if question.presumes and good[0].strays and any(c.on_topic and self._correctable(question, c) for c in candidates):
            return None  # what is taken for granted is another claim's matter
        chosen = [c.claim for c in _as_good(good)]
        allowed = {c.claim.id for c in candidates if set(c.broken) <= {"contrary"} and not c.unexplained}
        answers, related = self.with_other_sides(chosen, allowed)
        return Part("answer", question, tuple(answers[:MOST_ANSWERS]), tuple(related))

    def with_other_sides(self, chosen: Iterable[Claim], allowed: set[str]) -> tuple[list[Claim], list[Claim]]:
        """The claims with those that speak against them: beside them, or among them where they answer too."""
        answers = list(chosen)
        related: list[Claim] = []
        for claim in tuple(answers):
            denials = {r.a if r.b == claim.id else r.b for r in self.store.relations_of(claim.id) if r.kind == "denies"}
            for other in self.store.other_sides(claim.id):
                side = self.store.claim(other)
                if side in answers or side in related:
                    continue
                (answers if other in denials or other in allowed else related).append(side)
            related += [c for c in self._silences(claim) if c not in answers and c not in related]
        return answers, related

    def _silences(self, claim: Claim) -> list[Claim]:
        """What somebody has not commented on, beside their silence; and the silence beside it."""
        if claim.topic == "silence" and claim.actor:
            by = [c for c in self.store.claims if c.verification.by == claim.actor and set(c.place) & set(claim.place)]
            return [*by, *(self.store.claim(o) for c in by for o in self.store.other_sides(c.id))]
        if claim.verification.status != "uncommented" or claim.verification.by is None:
            return []
        silent = [self.store.claim(id_) for id_ in self.store.by_facet(claim.verification.by)]
        return [c for c in silent if c.topic == "silence" and set(c.place) & set(claim.place)]

    def _correction(self, question: Question, candidates: list[Candidate]) -> Part | None:
        """What the report says instead, where a question takes for granted what it does not say."""
        fitting = [c for c in candidates if self._correctable(question, c)]
        if not fitting:
            return None
        best = _as_good(sorted(fitting, key=lambda c: (len(c.unexplained), "number" in c.broken, c.cost)))
        claims = [c.claim for c in best][:MOST_ANSWERS]
        if "time" in best[0].broken:
            claims = [c for c in self.store.claims if c.topic == "attack-time"] or claims
        if {"actor", "speaker"} & set(best[0].broken) and best[0].claim.topic in ("responsibility", "attacked"):
            claims += [c for c in self._accusations(question) if c not in claims]
        answers, related = self.with_other_sides(claims, set())
        return Part("correction", question, tuple(answers), tuple(related), reason=Reason("not-said"))

    def _accusations(self, question: Question) -> list[Claim]:
        """What is alleged of somebody whom a question wrongly takes for the doer."""
        named = {id_ for tag in (*question.actors, *question.speakers) for id_ in tag.ids}
        wanted = {up for id_ in named for up in self.store.ancestors(id_)} - self.finder.roots - {"militants", "security", "people"}
        alleged = (c for c in self.store.claims if c.topic in ("backing", "sheltering"))
        return [c for c in alleged if wanted & {*c.about, c.actor, *c.place} and c.attribution.speaker not in named]

    def _correctable(self, question: Question, candidate: Candidate) -> bool:
        broken, strange = set(candidate.broken), candidate.unexplained
        if broken & {"contrary", "another"}:
            broken -= {"matter"}
            if question.presumes:
                broken -= {"population", "actor"}
        if not (broken or strange) or len(broken) > 1 or len(strange) > 1 or not candidate.addressed or len(question.unknown) > 1:
            return False
        if not strange and broken == {"contrary"}:
            return not question.unknown or candidate.hits >= 2
        if not strange and broken == {"another"}:
            return candidate.placed and not question.unknown
        if not strange and broken == {"number"}:
            return self._guessed(question, candidate)
        if not question.presumes or not (candidate.hits > 1 or candidate.on_topic) or not broken <= CORRECTABLE:
            return False
        if broken == {"speaker"}:
            held = self.finder.index.profiles[candidate.claim.id].numbers
            return candidate.claim.topic == "responsibility" or any(n.number in held for n in question.numbers)
        if broken == {"place"}:
            return candidate.on_topic and candidate.claim.topic == "located"
        return not strange or self._exchangeable(question, strange[0])

    def _exchangeable(self, question: Question, strange: Tag) -> bool:
        """Whether a strange word names a thing, person or country that the claim has another one of."""
        kinds = self.kinds.of(strange)
        return kinds <= {"object", "person", "group"} or (strange in question.mentions and "place" in kinds)

    def _guessed(self, question: Question, candidate: Candidate) -> bool:
        """Whether a figure is a guess at this claim's, not another claim's figure ("of the 31, how many in Quetta?")."""
        if question.figured and self.finder.counts(question.figured, candidate.claim):
            return True
        others = any(f"#{number.number}" in self.finder.index.postings for number in question.numbers)
        return (candidate.hits >= 2 or candidate.on_topic) and (question.presumes or not others)

    def _abstention(self, question: Question, candidates: list[Candidate]) -> Part:
        gap = self._gap(question)
        reason = Reason("gap", gap=gap) if gap else self._reason(question, candidates)
        return Part("abstention", question, reason=reason, suggestions=_suggestions(candidates))

    def more(self, question: Question, last: list[Claim], shown: set[str]) -> Part:
        """Further claims on the matter of the last answer, none that was shown: of its place, else speaker, else topic."""
        for ring in self._rings(last):
            near = [c for c in ring if c.id not in shown]
            if "says" in question.cues:
                near = [c for c in near if c.attribution.speaker in {one.attribution.speaker for one in last}]
            if "where" in question.cues:
                near = [c for c in near if c.topic in {one.topic for one in last}]
            if near:
                return Part("overview", question, tuple(near[:MOST_ANSWERS]))
        return Part("abstention", question, reason=Reason("no-more"))

    def opposed(self, question: Question, last: list[Claim]) -> Part:
        """What others say against the last answer; the answer again where nobody does."""
        sides = [self.store.claim(o) for c in last for o in self.store.other_sides(c.id)]
        told = [*(c for c in sides if c not in last), *last]
        return Part("answer", question, tuple({c.id: c for c in told}.values()))

    def near(self, question: Question, last: list[Claim]) -> Part | None:
        """The answer among the claims around the last one, nearest ring first: "how did they get in?"."""
        if question.unknown:
            return None
        for ring in (self._sides(last), *self._rings(last)):
            judged = [self.finder.judge(question, self.finder.index.profiles[c.id]) for c in ring]
            fitting = [c for c in judged if set(c.broken) <= {"contrary"} and not c.unexplained and c.hits]
            if fitting:
                best = _as_good(sorted(fitting, key=lambda c: c.cost))
                answers, related = self.with_other_sides([c.claim for c in best][:MOST_ANSWERS], set())
                if best[0].broken:
                    return Part("correction", question, tuple(answers), tuple(related), reason=Reason("not-said"))
                return Part("answer", question, tuple(answers), tuple(related))
        return None

    def _sides(self, claims: list[Claim]) -> list[Claim]:
        sides = {o: self.store.claim(o) for c in claims for o in self.store.other_sides(c.id)}
        return [*claims, *(c for c in sides.values() if c not in claims)]

    def _rings(self, claims: list[Claim]) -> tuple[list[Claim], ...]:
        """The claims around these: of the same place; of the same person or group; of the same topic."""
        index, own = self.finder.index, {c.id for c in claims}
        places = {p for c in claims for p in c.place} - self.finder.roots
        somebody = {s for c in claims for s in (c.attribution.speaker, c.actor) if s and s in self.finder.names}
        topics = {c.topic for c in claims}
        keys = places | somebody | topics
        found = sorted((p.claim for p in index.sharing(sorted(keys))), key=lambda c: index.order[c.id])
        found = [c for c in found if c.id not in own]
        return (
            [c for c in found if places & set(c.place)],
            [c for c in found if {c.attribution.speaker, c.actor} & somebody],
            [c for c in found if c.topic in topics],
        )

    def _gap(self, question: Question) -> Gap | None:
        """The silence that a question asks about: the one with the most facets of those that it names."""
        ids = {id_ for tag in all_tags(question) for id_ in tag.ids if not tag.weak or id_ not in self.finder.names}
        ids |= ({"statement"} if _speech(question) else set())
        fitting = [gap for gap in self.store.gaps if set(gap.facets) <= ids]
        return max(fitting, key=lambda gap: len(gap.facets), default=None)

    def _reason(self, question: Question, candidates: list[Candidate]) -> Reason:
        """The one thing to name: what no claim speaks of, else what the nearest claim differs in, else unknown words."""
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


def _enough(question: Question, best: Candidate) -> bool:
    """Whether what is understood outweighs the words that nothing explains."""
    return len(question.unknown) <= (best.hits - 1 if best.hits < 4 else best.hits // 2 + 1)


def _as_good(good: list[Candidate]) -> list[Candidate]:
    """The best, and those that no criterion sets behind it."""
    best = good[0]
    weight = -best.cost[-1]
    floor = NEAR_BEST * weight if weight > 0 else weight
    return [
        c for c in good if c.cost[:-1] == best.cost[:-1] and -c.cost[-1] >= floor and (c.on_topic or not best.on_topic)
    ]


def _suggestions(candidates: list[Candidate]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(c.claim) for c in candidates if c.addressed)[:3]


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
