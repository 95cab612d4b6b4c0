"""Which claims a question allows: constraints decide, what is shared only ranks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.dialogue import Candidate, Question, Tag
from bot.index import ClaimIndex, Profile
from bot.roles import DECISIVE, DEEDS
from bot.understand import PEOPLE_TOPICS
from knowledge.model import Claim

ALWAYS = frozenset({"people", "event", "attacked", "saturday", "now", "statement", "operation"})  # said of everything here
BACKGROUND = frozenset({"militants", "insurgency", "security"})  # the parties: named in passing in most questions
ASKED_TIMES = frozenset({"another-time", "another-day", "calendar-date", "before-the-attacks", "recent-years", "decades"})
AFFINITY = {"when": "attack-time", "howlong": "lasting"}  # the topic that a question word itself asks for
# Topics with one doer: somebody else as the doer makes it another matter.
DONE = DECISIVE | {"attacked", "responsibility", "visited", "developed", "took-part", "blocked", "destroyed"}
STRAY = 1.2  # how far what is shared must outweigh what belongs to other claims
YEARS = range(1900, 2100)


@dataclass(slots=True)
class Sheet:
    """What is noted while one claim is held against one question."""

    broken: list[str] = field(default_factory=list)
    unexplained: list[Tag] = field(default_factory=list)
    borrowed: list[Tag] = field(default_factory=list)  # deeds that the claim only speaks of in passing
    spoken: bool = False  # whether its speaker or a thing of its own is named
    placed: bool = False
    contrary: bool = False
    general: float = 0.0
    weight: float = 0.0
    hits: int = 0
    strong: int = 0  # hits by words that can mean nothing else
    strays: int = 0
    stray_weight: float = 0.0
    addressed: bool = False
    reasons: list[str] = field(default_factory=list)


class Finder:
    """Holds claims against questions."""

    def __init__(self, index: ClaimIndex) -> None:
        self.index = index
        self.store = index.store
        self.names = frozenset(name.id for name in self.store.names)
        self.roots = self._roots()
        self.publishers = self._publishers()

    def candidates(self, question: Question) -> list[Candidate]:
        """The claims that share something with a question, best first.

        Sorted by: 1 broken constraints; 2 important words left unexplained; 3 words that belong to other claims;
        4 generality mismatch; 5 what is shared, rarer things counting more; then the store's order.
        """
        tags = all_tags(question)
        ids = {id_ for tag in tags for id_ in tag.ids if id_ in self.index.postings}
        found = self.index.sharing(sorted(ids), [n.number for n in question.numbers if n.number is not None])
        judged = [self.judge(question, profile) for profile in found]
        return sorted(judged, key=lambda c: (c.cost, self.index.order[c.claim.id]))

    def judge(self, question: Question, profile: Profile) -> Candidate:
        """One claim held against one question."""
        sheet = Sheet()
        self._topics(question, profile, sheet)
        self._places(question, profile, sheet)
        self._populations(question, profile, sheet)
        self._actors(question, profile, sheet)
        self._speakers(question, profile, sheet)
        self._times(question, profile, sheet)
        self._mentions(question, profile, sheet)
        self._numbers(question, profile, sheet)
        if AFFINITY.get(question.intent) == profile.claim.topic:
            sheet.weight += 2.0
            sheet.strong += 1
        sheet.addressed = sheet.addressed and (sheet.strong > 0 or bool(question.numbers))
        sheet.broken.extend(self._asked(question, profile))
        if sheet.contrary:
            sheet.broken.append("contrary")
        if sheet.borrowed and not sheet.spoken:
            sheet.unexplained += sheet.borrowed
        if question.intent == "count" and not _on_topic(question, profile.claim) and _anybody(question.counted):
            sheet.addressed = False
        if sheet.strays > 2 or sheet.stray_weight * STRAY > sheet.weight:
            sheet.broken.append("matter")
        important = len(sheet.unexplained)
        weight = round(sheet.weight - sheet.stray_weight, 3)
        cost = (len(sheet.broken), important, sheet.strays, sheet.general, -weight)
        return Candidate(
            claim=profile.claim,
            placed=sheet.placed,
            on_topic=_on_topic(question, profile.claim),
            broken=tuple(sheet.broken),
            unexplained=tuple(sheet.unexplained),
            addressed=sheet.addressed,
            strays=sheet.strays,
            hits=sheet.hits,
            cost=cost,
            reasons=tuple(sheet.reasons),
        )

    # -- one small judge a slot ---------------------------------------------------------------

    def _topics(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        claim = profile.claim
        own = any(claim.topic in tag.ids or set(tag.ids) & profile.contrary for tag in question.topics)
        for tag in question.topics:
            shared = [i for i in tag.ids if i in profile.explains]
            if claim.topic in tag.ids or self._owns_up(question, tag, claim):
                self._hit(tag, sheet, claim.topic, factor=2.0)
                sheet.addressed = True
            elif any(i in profile.contrary for i in tag.ids) and not tag.weak:
                sheet.contrary = sheet.addressed = True
                self._hit(tag, sheet, next(i for i in tag.ids if i in profile.contrary))
            elif shared:
                if not own and not tag.weak and set(shared) <= DECISIVE:
                    sheet.borrowed.append(tag)
                self._hit(tag, sheet, shared[0])
                sheet.addressed |= not tag.weak and not set(shared) <= ALWAYS
            elif not tag.weak and not set(tag.ids) & ALWAYS:
                self._stray(tag, sheet)

    def _owns_up(self, question: Question, tag: Tag, claim: Claim) -> bool:
        """Whether somebody is said to have done the attacks: what answers is who claimed them."""
        somebody = question.actors or question.speakers
        return claim.topic == "responsibility" and bool(somebody) and bool(set(tag.ids) & {"attacked", "event"})

    def _places(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        for tag in question.places:
            if shared := [i for i in tag.ids if i in profile.explains]:
                self._hit(tag, sheet, shared[0])
                sheet.strong -= not tag.weak
                sheet.placed = sheet.placed or not set(shared) & self.roots
                sheet.general += 0 if shared[0] in profile.own else 0.5
            elif not profile.claim.place and any(i in self.index.postings for i in tag.ids):
                continue  # words about the attacks are about no one place of theirs
            elif not any(i in self.roots for i in tag.ids):
                sheet.broken.append("place")
                sheet.reasons.append(f"place: not {tag.text}")
        if not question.places and profile.claim.place and not self.roots & set(profile.claim.place):
            sheet.general += 0.4 if question.intent == "count" or _deed(profile.claim) else 0.0

    def _populations(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        suffered = frozenset(up for p in profile.claim.population for up in self.store.ancestors(p))
        fits = any(set(tag.ids) & suffered and not set(tag.ids) & ALWAYS for tag in question.populations)
        loose = not suffered or profile.claim.topic not in DEEDS
        for tag in question.populations:
            if (shared := [i for i in tag.ids if i in suffered]) and not (set(tag.ids) & ALWAYS and fits):
                self._hit(tag, sheet, shared[0])
                sheet.general += 0 if shared[0] in profile.claim.population else 1
            elif set(tag.ids) & ALWAYS:
                sheet.general += 1 if profile.claim.population and not fits else 0
            elif shared := [i for i in tag.ids if i in profile.explains and (loose or i in self.names or fits)]:
                self._hit(tag, sheet, shared[0])
            elif suffered and profile.claim.topic in DEEDS and (tag in question.counted or not fits):
                sheet.broken.append("population")
                sheet.reasons.append(f"population: not {tag.text}")
            elif not tag.weak and not set(tag.ids) & BACKGROUND:
                self._miss(tag, sheet)

    def _actors(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        claim = profile.claim
        did = self.store.ancestors(claim.actor) if claim.actor else frozenset()
        if "militants" in did:
            did |= self.index.claimants
        for tag in question.actors:
            if shared := [i for i in tag.ids if i in did]:
                self._hit(tag, sheet, shared[0])
            elif set(tag.ids) & ALWAYS:
                continue
            elif claim.topic in DONE:
                sheet.broken.append("actor")
                sheet.reasons.append(f"actor: not {tag.text}")
            elif shared := [i for i in tag.ids if i in profile.explains]:
                self._hit(tag, sheet, shared[0], factor=2.0 if claim.attribution.speaker in tag.ids else 1.0)
                sheet.addressed |= bool(set(shared) & self.names) and not _of_the_attacks(question)
            elif not set(tag.ids) & (BACKGROUND | {"officials", "pakistan-government"}):
                self._miss(tag, sheet)

    def _speakers(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        claim = profile.claim
        says = self.store.ancestors(claim.attribution.speaker) if claim.attribution.speaker else frozenset()
        if claim.topic == "silence" and claim.actor:
            says |= self.store.ancestors(claim.actor)
        speakers = [tag for tag in question.speakers if not tag.weak] or question.speakers
        fits = any(set(tag.ids) & says for tag in speakers)
        for tag in speakers:
            if shared := [i for i in tag.ids if i in says]:
                self._hit(tag, sheet, shared[0], factor=2.0)
                sheet.addressed = sheet.spoken = True
            elif not fits and not set(tag.ids) & (ALWAYS | self.publishers):
                sheet.broken.append("speaker")
                sheet.reasons.append(f"speaker: not {tag.text}")

    def _times(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        for tag in question.times:
            if shared := [i for i in tag.ids if i in profile.explains]:
                self._hit(tag, sheet, shared[0])
                sheet.addressed = sheet.addressed or (profile.claim.topic == "attack-time" and not tag.weak)
            elif set(tag.ids) <= ASKED_TIMES and not tag.weak:
                sheet.broken.append("time")
                sheet.reasons.append(f"time: not {tag.text}")

    def _mentions(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        for tag in question.mentions:
            if shared := [i for i in tag.ids if i in profile.explains]:
                self._hit(tag, sheet, shared[0])
                sheet.addressed = sheet.addressed or not tag.weak
                sheet.spoken = sheet.spoken or not set(shared) & self.roots
            elif self._sibling(tag, profile) and not tag.weak:
                sheet.broken.append("another")
                sheet.hits += 1
                sheet.addressed = True
                sheet.reasons.append(f"another: {tag.text}")
            elif not tag.weak and not set(tag.ids) & (ALWAYS | {"city"} | self.roots | self.publishers | self.index.claimants):
                self._miss(tag, sheet)

    def _sibling(self, tag: Tag, profile: Profile) -> bool:
        """Whether a tag names another thing of the same kind as the claim: a truck where the claim has a car."""
        above = {up for id_ in tag.ids if id_ not in self.names for up in self.store.ancestors(id_) if up != id_}
        return any(up in profile.explains and up not in DEEDS for up in above)

    def _numbers(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        matched = any(tag.number in profile.numbers for tag in question.numbers)
        if question.figured and not matched and not self.counts(question.figured, profile.claim):
            sheet.unexplained += question.figured
        for tag in question.numbers:
            if matched and tag.number not in profile.numbers:
                continue  # "seven or eight?"
            if tag.number in profile.numbers:
                sheet.weight += 4.0
                sheet.hits += 1
                sheet.addressed = True
                sheet.reasons.append(f"figure {tag.number}")
            elif tag.number is not None and tag.number in YEARS:
                sheet.broken.append("time")
            elif tag.number == 1 and not profile.claim.quantities:
                continue  # "was one DSP killed?"
            elif profile.claim.quantities or profile.claim.topic in DECISIVE:
                sheet.broken.append("number")
                sheet.reasons.append(f"figure: not {tag.number}")
            elif tag.number is not None and tag.number > 2:
                sheet.strays += 1
                sheet.stray_weight += 1.5
                sheet.reasons.append(f"stray: {tag.text}")

    def _asked(self, question: Question, profile: Profile) -> Iterator[str]:
        """What the question word wants and the claim does not have: a count, a time, a duration."""
        claim = profile.claim
        if question.intent == "count" and not self._counts(question, claim):
            yield "count"
        if question.intent == "howlong" and claim.topic != "lasting" and "hour" not in profile.own:
            yield "duration"
        if question.intent == "when" and claim.time is None and claim.topic not in ("attack-time", "lasting"):
            yield "when"

    def _counts(self, question: Question, claim: Claim) -> bool:
        if not claim.quantities:
            return False
        return not question.counted or self.counts(question.counted, claim)

    def counts(self, counted: tuple[Tag, ...], claim: Claim) -> bool:
        """Whether a claim's figures are of one of these things."""
        above = {up for q in claim.quantities for up in self.store.ancestors(q.of)} | set(claim.population)
        if claim.topic in PEOPLE_TOPICS:
            above.add(claim.topic)
        return any(id_ in above or id_ in ALWAYS for tag in counted for id_ in tag.ids)

    # -- notes -----------------------------------------------------------------------------------

    def _hit(self, tag: Tag, sheet: Sheet, id_: str, factor: float = 1.0) -> None:
        share = self.index.rarity(id_) * factor * (0.5 if tag.weak else 1.0) * tag.score / 100
        sheet.weight += share
        sheet.hits += 1
        sheet.strong += not tag.weak
        sheet.reasons.append(f"{id_} +{share:.1f}")

    @staticmethod
    def _miss(tag: Tag, sheet: Sheet) -> None:
        sheet.unexplained.append(tag)
        sheet.reasons.append(f"unexplained: {tag.text}")

    def _stray(self, tag: Tag, sheet: Sheet) -> None:
        """A word for what other claims are about: it may be said in passing, where enough else fits."""
        known = [self.index.rarity(i) for i in tag.ids if i in self.index.postings and i not in DECISIVE]
        if not known:
            return self._miss(tag, sheet)
        sheet.strays += 1
        sheet.stray_weight += min(known)
        sheet.reasons.append(f"stray: {tag.text}")

    def _roots(self) -> frozenset[str]:
        """The places that most claims lie in: to name them says nothing about which claim is meant."""
        places = [name.id for name in self.store.names if name.kind == "place"]
        located = sum(1 for p in self.index.profiles.values() if p.claim.place)
        return frozenset(p for p in places if len(self.index.postings.get(p, ())) > 0.5 * located)

    def _publishers(self) -> frozenset[str]:
        """The names of the outlets whose reports these are: what they say is every claim."""
        sources = [report.source for report in self.store.reports]
        named = {n.id for n in self.store.names if any(n.label.get("en", "-") in s.publisher for s in sources)}
        return frozenset(named | {s.relays for s in sources if s.relays})


def _deed(claim: Claim) -> bool:
    return claim.topic in ("killed", "captured", "wounded", "freed")


def _of_the_attacks(question: Question) -> bool:
    """Whether somebody is named as the doer of the attacks themselves."""
    return any(set(tag.ids) & {"attacked", "event"} for tag in question.topics)


def _on_topic(question: Question, claim: Claim) -> bool:
    return any(claim.topic in tag.ids for tag in question.topics)


def _anybody(counted: tuple[Tag, ...]) -> bool:
    """Whether what is counted could be anybody: "how many members ..."."""
    return bool(counted) and all(set(tag.ids) & ALWAYS for tag in counted)


def all_tags(question: Question) -> tuple[Tag, ...]:
    """Everything in a question that stands for something, whatever its role."""
    return (
        *question.topics, *question.populations, *question.actors, *question.speakers,
        *question.places, *question.times, *question.mentions,
    )  # fmt: skip
