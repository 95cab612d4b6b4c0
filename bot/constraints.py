"""One small judge a slot: does a claim agree with what a question says of place, population, actor, speaker ...?"""

from __future__ import annotations

from bot.counting import Counting
from bot.dialogue import Question, Tag
from bot.index import ClaimIndex, Profile
from bot.matter import Matter
from bot.sheet import Sheet
from knowledge.model import Claim

ELSEWHERE = 0.5  # generality: the claim lies somewhere in the place asked about
NARROWER = 0.4  # generality: the claim is of one place, the question of none
OFFICIAL = frozenset({"officials", "pakistan-government"})  # taken for the doer where reports name none


class Constraints:
    """Holds the slots of a question against a claim, noting the outcome on a sheet."""

    def __init__(self, index: ClaimIndex, matter: Matter) -> None:
        self.index = index
        self.matter = matter
        self.store = index.store
        self.roots = index.roots()
        self.always = matter.all_with("backdrop")
        self.parties = matter.all_with("party")
        self.counting = Counting(index, matter)
        self.wholes = frozenset(index.store.wholes)

    def topics(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """What happened or was said; another deed than the claim's is never explained by it."""
        claim = profile.claim
        sheet.on_topic = any(claim.topic in tag.ids for tag in question.topics)
        own = sheet.on_topic or any(set(tag.ids) & profile.contrary for tag in question.topics)
        for tag in question.topics:
            shared = [i for i in tag.ids if i in profile.explains]
            if claim.topic in tag.ids or self._owns_up(question, tag, claim):
                sheet.hit(tag, claim.topic, factor=2.0)
                sheet.addressed = True
                sheet.strong += question.intent == "who" and claim.topic == "responsibility"  # "which group did this?"
            elif (contrary := [i for i in tag.ids if i in profile.contrary]) and not tag.weak:
                if "contrary" not in sheet.broken:
                    sheet.broken.append("contrary")
                sheet.addressed = True
                sheet.hit(tag, contrary[0])
            elif shared:
                if not own and not tag.weak and set(shared) <= self.matter.all_with("decisive"):
                    sheet.borrowed.append(tag)
                sheet.hit(tag, shared[0])
                sheet.addressed |= not tag.weak and not set(shared) <= self.always
            elif not tag.weak and not set(tag.ids) & self.always:
                self._stray(tag, sheet)

    def _owns_up(self, question: Question, tag: Tag, claim: Claim) -> bool:
        """Whether somebody is said to have done the attacks: what answers is who claimed them."""
        somebody = question.actors or question.speakers or question.intent == "who"
        return claim.topic == "responsibility" and bool(somebody) and bool(set(tag.ids) & {"attacked", "event"})

    def places(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """Where: a claim of Pasni answers for Gwadar district, never the other way round."""
        for tag in question.places:
            if shared := [i for i in tag.ids if i in profile.explains]:
                sheet.hit(tag, shared[0], strong=False)
                sheet.placed = sheet.placed or not set(shared) & self.roots
                sheet.general += 0 if shared[0] in profile.own else ELSEWHERE
            elif not profile.claim.place and any(i in self.index.postings for i in tag.ids):
                continue  # words about the attacks are about no one place of theirs
            elif not set(tag.ids) & self.roots:
                sheet.breaks("place", tag.text)
        narrow = profile.claim.place and not self.roots & set(profile.claim.place)
        people = self.matter.any("people", (profile.claim.topic,))
        if not question.places and narrow and (question.intent == "count" or people):
            sheet.general += NARROWER
        if not question.populations and question.intent == "count" and self._partial(profile.claim):
            sheet.general += NARROWER  # "how many died?" does not ask for the bombers among them
        if not question.times and people and self.matter.any("dated", (profile.claim.time or "",)):
            sheet.general += NARROWER  # a toll of another time is asked for by that time

    def _partial(self, claim: Claim) -> bool:
        """Whether a toll is that of a part of a population that is counted as a whole elsewhere: police, bombers."""
        return self.matter.any("people", (claim.topic,)) and not self.wholes.issuperset(claim.population)

    def populations(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """To whom: police are security personnel; children are not just any civilians."""
        claim = profile.claim
        suffered = profile.suffered
        fits = any(set(tag.ids) & suffered and not set(tag.ids) & self.always for tag in question.populations)
        deed = self.matter.any("deed", (claim.topic,))
        for tag in question.populations:
            anybody = bool(set(tag.ids) & self.always)
            if (shared := [i for i in tag.ids if i in suffered]) and not (anybody and fits):
                sheet.hit(tag, shared[0])
                sheet.general += 0 if anybody or shared[0] in claim.population else 1
            elif anybody:
                continue
            elif shared := [
                i
                for i in tag.ids
                if i in profile.explains and (not (suffered and deed) or fits or self._named_only(i, tag))
            ]:
                sheet.hit(tag, shared[0])
            elif suffered and deed and (tag in question.counted or not fits):
                sheet.breaks("population", tag.text)
            elif not tag.weak and not set(tag.ids) & self.parties:
                sheet.misses(tag)

    def _named_only(self, id_: str, tag: Tag) -> bool:
        """Whether a reading is a body's name and the tag no party by itself: "at the coastguard headquarters"."""
        return self.matter.kinds[id_] in ("group", "place") and not set(tag.ids) & self.parties

    def actors(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """Who did it."""
        claim = profile.claim
        did = self.store.ancestors(claim.actor)
        if "militants" in did and not self.matter.any("people", (claim.topic,)):
            did |= self.index.claimants  # of the attacks; whom each killed is another matter
        attacks = any(set(tag.ids) & {"attacked", "event"} for tag in question.topics)
        for tag in question.actors:
            if shared := [
                i for i in tag.ids if i in did or (i in profile.own and claim.actor in self.store.ancestors(i))
            ]:
                sheet.hit(tag, shared[0])
            elif set(tag.ids) & self.always:
                continue
            elif self.matter.any("done", (claim.topic,)):
                sheet.breaks("actor", tag.text)
            elif shared := [i for i in tag.ids if i in profile.explains]:
                sheet.hit(tag, shared[0], factor=2.0 if claim.attribution.speaker in tag.ids else 1.0)
                sheet.addressed |= bool(set(shared) & self.matter.names) and not attacks
            elif not set(tag.ids) & (self.parties | OFFICIAL):
                sheet.misses(tag)

    def speakers(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """Who says it; somebody's silence answers what they say."""
        claim = profile.claim
        silent = claim.actor if claim.topic == "silence" else None
        says = self.store.ancestors(claim.attribution.speaker) | self.store.ancestors(silent)
        named = [tag for tag in question.speakers if not tag.weak] or question.speakers
        if any(claim.topic in tag.ids and self.matter.any("speech", tag.ids) for tag in question.topics):
            says |= self.store.ancestors(claim.actor)  # "respond": by words or by deeds
        fits = any(set(tag.ids) & says for tag in named)
        for tag in named:
            if shared := [i for i in tag.ids if i in says or (silent and silent in self.store.ancestors(i))]:
                sheet.hit(tag, shared[0], factor=2.0)
                sheet.voices += 1
                sheet.addressed = sheet.spoken = True
            elif not fits and not set(tag.ids) & (self.always | self.matter.publishers):
                sheet.breaks("speaker", tag.text)

    def times(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """When: last year is another matter."""
        for tag in question.times:
            if shared := [i for i in tag.ids if i in profile.explains]:
                sheet.hit(tag, shared[0])
                sheet.addressed |= profile.claim.topic == "attack-time" and not tag.weak
            elif set(tag.ids) <= self.matter.all_with("dated") and not tag.weak:
                sheet.breaks("time", tag.text)

    def excepted(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """What a question leaves out: "besides Quetta"."""
        for tag in question.excepted:
            if set(tag.ids) & profile.explains - self.roots - self.always:
                sheet.breaks("excepted", tag.text)

    def mentions(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """Things and names without a role of their own."""
        common = self.always | {"city"} | self.roots | self.matter.publishers | self.index.claimants
        for tag in question.mentions:
            if shared := [i for i in tag.ids if i in profile.explains]:
                sheet.hit(tag, shared[0])
                sheet.addressed |= not tag.weak
                sheet.spoken |= not set(shared) & self.roots
            elif tag.weak:
                continue
            elif self._sibling(tag, profile):
                sheet.breaks("another", tag.text)
                sheet.hits += 1
                sheet.strong += 1
                sheet.addressed = True
            elif not set(tag.ids) & common:
                sheet.misses(tag)

    def _sibling(self, tag: Tag, profile: Profile) -> bool:
        """Whether a tag names another thing of the same kind as the claim: a truck where the claim has a car."""
        things = [id_ for id_ in tag.ids if self.matter.kinds[id_] == "object"]
        above = {up for id_ in things for up in self.store.ancestors(id_) if up != id_}
        return bool(above & profile.explains)

    def asked(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """What the question word wants and the claim may not have: a count, a time, a duration."""
        claim = profile.claim
        if self.matter.affinity.get(question.intent) == claim.topic:
            sheet.weight += 2.0
            sheet.strong += 1
        if question.intent == "count":
            if not claim.quantities or (question.counted and not self.counting.counts(question.counted, claim)):
                sheet.broken.append("count")
            anybody = question.counted and all(set(tag.ids) & self.always for tag in question.counted)
            bare = not any(not tag.weak for tag in question.topics) and not question.mentions
            if question.counted and bare and not anybody and "count" not in sheet.broken:
                sheet.addressed = True  # "how many civilians?"
                sheet.strong += 1
            if anybody and not sheet.on_topic:
                sheet.addressed = False  # "how many members ..."
        if question.intent == "howlong" and not self._lasts(question, profile):
            sheet.broken.append("duration")
        if question.intent == "why" and not claim.gives_reason and self.matter.of_all(question):
            sheet.broken.append("why")  # "what caused the attacks?"
        timed = claim.time or profile.as_of or claim.topic in self.matter.affinity.values()
        if question.intent == "when" and not timed:
            sheet.broken.append("when")

    def _lasts(self, question: Question, profile: Profile) -> bool:
        """Whether a claim gives the duration asked for: of the insurgency, not of the attacks."""
        attacks = any(
            set(tag.ids) & {"attacked", "event", "operation"} for tag in (*question.topics, *question.mentions)
        )
        lasting = profile.claim.topic == "lasting" and not (attacks and "event" not in profile.explains)
        return lasting or "hour" in profile.own

    def _stray(self, tag: Tag, sheet: Sheet) -> None:
        decisive = self.matter.all_with("decisive")
        known = [self.index.rarity(i) for i in tag.ids if i in self.index.postings and i not in decisive]
        if known:
            sheet.strays_by(tag.text, min(known), saying=self.matter.any("speech", tag.ids))
        else:
            sheet.misses(tag)
