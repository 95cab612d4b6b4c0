"""What a statement is to the claim nearest to it: one small rule a way to be wrong, the first that applies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue import Candidate, Question, Verdict
from bot.matter import Matter
from bot.text import normalise, words
from knowledge.model import Bound, Claim

CONTESTED = frozenset({"unverified", "denied", "contradicted", "uncommented"})
ESTABLISHED = frozenset({"verified", "established"})  # cues: "it is a proven fact"
NEGATIVE = frozenset({"silence", "deciding"})  # topics whose claims say that something is not there
# Which bounds of a claim a statement's bound goes against: "under 31" where at least 31 are reported.
AGAINST: dict[str, frozenset[Bound]] = {
    "bound-below": frozenset({"exactly", "at least", "more than"}),
    "bound-above": frozenset({"exactly", "almost", "within", "at least"}),
    "bound-exact": frozenset({"at least", "almost", "more than", "within"}),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A statement beside the claim that it is about."""

    statement: Question
    best: Candidate
    matter: Matter

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.best.claim

    @property
    def contested(self) -> bool:
        """Whether somebody denies the claim, or nobody has verified it."""
        relations = self.matter.store.relations_of(self.claim.id)
        opposed = any(relation.kind in ("denies", "conflicts") for relation in relations)
        return self.claim.verification.status in CONTESTED or opposed

    @property
    def attributed(self) -> bool:
        """Whether the statement names the claim's own speaker as the one who says it."""
        says = self.matter.store.ancestors(self.claim.attribution.speaker)
        tags = (*self.statement.speakers, *(self.statement.mentions if "says" in self.statement.cues else ()))
        return any(id_ in says for tag in tags for id_ in tag.ids)


def judged(case: Case) -> Verdict:
    """The verdict of the first rule that applies; a statement that none applies to matches."""
    return next((verdict for rule in RULES if (verdict := rule(case))), "matches" if _covered(case) else "not-reported")


def _covered(case: Case) -> bool:
    """Whether the claim says everything that the statement says: a word too many, and it is another statement."""
    dated = case.matter.all_with("dated") - {case.claim.time}
    another_day = any(set(tag.ids) <= dated for tag in case.statement.times)
    spoken_of = case.best.on_topic or bool(case.statement.numbers)
    own = set(words(normalise(" ".join((*case.claim.says.values(), case.claim.excerpt.text)))))
    too_many = any(tag.text not in own for tag in case.statement.unknown)
    return spoken_of and not (case.best.strays or too_many or another_day or _somebody_else(case))


def _somebody_else(case: Case) -> bool:
    """Whether somebody is said to have done it whom the claim does not name for it."""
    claim, store = case.claim, case.matter.store
    if not case.matter.any("deed", (claim.topic,)):
        return False
    did = store.ancestors(claim.actor)
    if any(not set(tag.ids) & did for tag in case.statement.actors):
        return True
    named = (claim.actor, claim.attribution.speaker, *claim.population, *claim.place, *claim.about)
    above = {up for id_ in named for up in store.ancestors(id_)}
    groups = (tag for tag in case.statement.mentions if case.matter.kinds_of(tag) <= {"person", "group"})
    return any(not set(tag.ids) & above for tag in groups)


def _contrary(case: Case) -> Verdict | None:
    """It says the opposite."""
    return "disputed" if "contrary" in case.best.broken else None


def _swapped(case: Case) -> Verdict | None:
    """It has somebody else say it."""
    other = "speaker" in case.best.broken and not {"number", "time"} & set(case.best.broken)
    return "disputed" if other else None


def _other_figure(case: Case) -> Verdict | None:
    """It has another figure, time or thing: 145 is the claim's, "14 hours" is not."""
    held = {quantity.number for quantity in case.claim.quantities}
    another = bool(held) and any(number.number not in held for number in case.statement.numbers)
    differs = {"number", "time", "duration", "another"} & set(case.best.broken)
    return "differs" if differs or case.best.unexplained or another else None


def _other_bound(case: Case) -> Verdict | None:
    """It bounds the figure otherwise: "under 31", "exactly 30"."""
    stated = {number.number for number in case.statement.numbers}
    bounds = {quantity.bound for quantity in case.claim.quantities if quantity.number in stated}
    against = {bound for name in case.statement.bounds for bound in AGAINST.get(name, frozenset())}
    return "differs" if bounds & against else None


def _other_speech(case: Case) -> Verdict | None:
    """It has somebody deny, admit or confirm what the claim has them say, or speak where they are silent."""
    explained = {case.claim.topic, *case.claim.about}
    strange = [t for t in case.statement.topics if not t.weak and not set(t.ids) & explained]
    spoke = any(case.matter.any("speech", tag.ids) for tag in strange)
    silent = case.claim.topic == "silence" and not case.best.on_topic
    return "disputed" if spoke or silent else None


def _overtaken(case: Case) -> Verdict | None:
    """It gives a figure that a later one has replaced, and says neither whose it was nor of which day."""
    chains, store = case.matter.store.chains, case.matter.store
    held = {quantity.number for quantity in case.claim.quantities}
    later = (store.claim(id).quantities for id in chains.latest(case.claim.id) if id != case.claim.id)
    replaced = any(figures and figures[0].number not in held for figures in later)
    bare = not (case.attributed or case.statement.period)
    return "differs" if replaced and bare and case.statement.numbers else None


def _negated(case: Case) -> Verdict | None:
    """It says that it is not so: "not one of them died"."""
    matter = {case.claim.topic, *case.claim.about}
    spoken_of = any(set(tag.ids) & matter for tag in case.statement.topics if not tag.weak)
    if not case.statement.negated or not spoken_of or case.claim.topic in NEGATIVE:
        return None
    return "disputed" if case.claim.attribution.speaker else "differs"


def _as_fact(case: Case) -> Verdict | None:
    """It states one side's account as established, or without saying whose it is where that is contested."""
    if case.claim.attribution.speaker is None:
        return None
    established = bool(case.statement.cues & ESTABLISHED) and (case.contested or not case.attributed)
    return "disputed" if established or (case.contested and not case.attributed) else None


RULES: tuple[Callable[[Case], Verdict | None], ...] = (
    _contrary,
    _swapped,
    _other_figure,
    _other_bound,
    _other_speech,
    _negated,
    _as_fact,
    _overtaken,
)
