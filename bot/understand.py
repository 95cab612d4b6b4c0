"""From a text to the questions in it: one for each thing asked, its slots filled, its unexplained words kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.clauses import Clause, clauses, sentences
from bot.dialogue import Question, Tag
from bot.roles import DEEDS, Kinds, role
from bot.tagging import Tagged
from knowledge.store import FactStore

# Intents in the order in which their cues decide.
INTENTS = (
    "whosays", "both", "count", "howlong", "why", "when", "where", "verified", "who", "how", "what", "says", "yesno",
)  # fmt: skip
OVERVIEWS = ("timeline", "tallies", "disputed", "places", "sourcelist", "overview", "everything", "more")
# Deeds whose count is a count of people.
PEOPLE_TOPICS = frozenset({"killed", "wounded", "captured", "freed", "missing", "arrested", "released", "took-part", "spread"})
LINKS = frozenset({"or", "/", "nor"})
NAME_LINKS = LINKS | {"and", "&", "versus", "vs"}
SMALL = 2  # numbers up to this one are figures only right before what they count
# Things that a proper name before them makes another thing: "Adiala jail".
NAMED_BY = frozenset({"prison", "port", "airport", "hospital", "university", "district", "road", "bridge", "military-installation", "headquarters"})
AFTER_COUNT = 3  # words after "how many" within which the thing counted stands


class Understanding:
    """Reads tagged texts against the names and facets of a store."""

    def __init__(self, store: FactStore) -> None:
        self.kinds = Kinds.over(store)

    def questions(self, tagged: Tagged) -> tuple[Question, ...]:
        """The questions of a text in order; a single empty one where nothing is recognised."""
        asking, around = clauses(tagged)
        asked = [q for clause in asking for q in self._expanded(self._question(clause, tagged), tagged)]
        background = [self._question(clause, tagged) for clause in around]
        return tuple(_shared(asked, background)) or (Question("plain"),)

    def statements(self, tagged: Tagged) -> tuple[Question, ...]:
        """The sentences of a forwarded message, each as something that is said."""
        read = [self._question(clause, tagged) for clause in _whole(sentences(tagged), self, tagged)]
        return tuple(q for q in read if not lacks_matter(q)) or tuple(read[:1]) or (Question("plain"),)

    def states(self, clause: Clause, tagged: Tagged) -> bool:
        """Whether a sentence has a topic or speaker of its own; "Just 14 hours!" belongs to the next one."""
        part = tagged.within(clause.start, clause.end)
        return any("topic" in self.kinds.of(tag) for tag in part.content)

    def _question(self, clause: Clause, tagged: Tagged) -> Question:
        part = tagged.within(clause.start, clause.end)
        slots: dict[str, list[Tag]] = {
            key: [] for key in ("topics", "populations", "actors", "speakers", "places", "times", "mentions")
        }
        for tag in part.content:
            slot = self._slot(tag, part)
            slots[slot].append(self._as_placed(tag, slot))
        links = {key: NAME_LINKS if key in ("speakers", "mentions") else LINKS for key in slots}
        slots = {key: self._either(tags, part, links[key]) for key, tags in slots.items()}
        if _intent(part, False) == "whosays":  # "army or locals?" asks between speakers
            slots["populations"] = [t for t in slots["populations"] if " or " not in t.text]
            slots["mentions"] = [t for t in slots["mentions"] if " or " not in t.text]
        counted = self._counted(part, {*slots["actors"], *slots["speakers"]})
        intent = _intent(part, bool(slots["speakers"]))
        return Question(
            intent=intent,
            topics=tuple(slots["topics"]),
            populations=tuple(slots["populations"]),
            actors=tuple(slots["actors"]),
            speakers=tuple(slots["speakers"]),
            places=tuple(slots["places"]),
            times=tuple(slots["times"]),
            mentions=tuple(slots["mentions"]),
            numbers=tuple(n for n in part.numbers if not _covered(n, part) and self._figure(n, part)),
            counted=counted,
            figured=tuple(self._figured(part)),
            unknown=part.unknown,
            decisive=tuple(_decisive(part, counted)),
            negated=part.cued("negation"),
            instructs=_leads(part, clause, "instruct"),
            presumes=_leads(part, clause, "presume"),
            cues=frozenset(id_ for cue in part.cues for id_ in cue.ids),
            text=clause.text(tagged),
        )

    def _slot(self, tag: Tag, part: Tagged) -> str:
        kinds = self.kinds.of(tag)
        if kinds & {"person", "group", "place", "population"}:
            if "topic" in kinds and not kinds & {"person", "group", "place"}:
                return "topics" if tag.weak else "mentions"
            return {"target": "populations", "actor": "actors", "speaker": "speakers", "place": "places"}.get(
                role(tag, part, self.kinds), "mentions"
            )
        return "topics" if "topic" in kinds else "times" if kinds == {"time"} else "mentions"

    def _either(self, tags: list[Tag], part: Tagged, links: frozenset[str]) -> list[Tag]:
        """Tags with "or" between them as one with both readings: "soldiers or police", "the Afghans and the Indians"."""
        joined: list[Tag] = []
        for tag in tags:
            last = joined[-1] if joined else None
            between = {w.read for w in part.words[last.end : tag.start]} if last and tag.start - last.end <= 3 else set()
            alike = last is not None and (between & LINKS or (between & links and self._speakers(last, tag)))
            if last is not None and alike:
                ids, text = tuple(dict.fromkeys((*last.ids, *tag.ids))), f"{last.text} or {tag.text}"
                joined[-1] = replace(last, ids=ids, end=tag.end, text=text, weak=last.weak and tag.weak)
            else:
                joined.append(tag)
        return joined

    def _speakers(self, *tags: Tag) -> bool:
        return all(self.kinds.of(tag) & {"person", "group"} for tag in tags)

    def _figured(self, part: Tagged) -> Iterator[Tag]:
        """What stands right after a figure: "18 engineers"."""
        for number in part.numbers:
            for tag in part.content:
                if tag.start == number.end and not tag.weak and self.kinds.of(tag) <= {"population", "object"}:
                    yield tag

    def _figure(self, number: Tag, part: Tagged) -> bool:
        """Whether a number is a figure of the matter: "two streets away" and "one of them" are none."""
        if number.number is None or number.number > SMALL:
            return True
        return any(
            0 <= tag.start - number.end <= 1 and not tag.weak and self.kinds.of(tag) & {"population", "object"}
            for tag in part.content
        )

    def _as_placed(self, tag: Tag, slot: str) -> Tag:
        """A tag without the readings that its role rules out: "in Islamabad" is no government."""
        if slot == "places":
            kept = tuple(id_ for id_ in tag.ids if self.kinds.table[id_] == "place")
        elif slot in ("speakers", "actors"):
            kept = tuple(id_ for id_ in tag.ids if self.kinds.table[id_] not in ("place", "object"))
        else:
            return tag
        return replace(tag, ids=kept) if kept else tag

    def _counted(self, part: Tagged, doers: set[Tag]) -> tuple[Tag, ...]:
        """What "how many" counts: the first population or object after it."""
        for cue in part.cues:
            if "count" not in cue.ids:
                continue
            for tag in part.content:
                kinds, gap = self.kinds.of(tag), tag.start - cue.end
                if tag in doers:
                    continue
                if gap == 0 and not tag.weak and kinds == {"topic"} and not set(tag.ids) & PEOPLE_TOPICS:
                    return (tag,)  # "how many blasts": events are counted, not people
                thing = kinds & {"population"} or (kinds == {"object"} and gap <= 1 and not cue.text.startswith(tag.text))
                if 0 <= gap <= AFTER_COUNT and thing:
                    return (tag,)
        return ()

    def _expanded(self, question: Question, part: Tagged) -> Iterator[Question]:
        """One question for each of several places or populations: "Pasni and Mastung updates"."""
        deeds = tuple(t for t in question.topics if not t.weak and set(t.ids) & PEOPLE_TOPICS)
        if len(_distinct(question.places)) > 1 and _listed(question.places, part) and self._apart(question.places):
            yield from (replace(question, places=(place,)) for place in question.places)
        elif len(_distinct(deeds)) > 1 and _listed(deeds, part):
            others = tuple(t for t in question.topics if t not in deeds)
            yield from (replace(question, topics=(*others, deed)) for deed in deeds)
        elif len(_distinct(question.populations)) > 1 and question.intent == "count" and _listed(question.populations, part):
            yield from (replace(question, populations=(p,), counted=(p,)) for p in question.populations)
        else:
            yield question

    def _apart(self, places: tuple[Tag, ...]) -> bool:
        """Whether no place lies in another: "the red zone in Quetta" is one place."""
        above = [self.kinds.store.ancestors(id_) for tag in places for id_ in tag.ids]
        ids = {id_ for tag in places for id_ in tag.ids}
        return all(len(ids & up) == 1 for up in above)


def _whole(found: list[Clause], reader: Understanding, tagged: Tagged) -> list[Clause]:
    """Sentences with those before them that state nothing by themselves."""
    whole: list[Clause] = []
    start: int | None = None
    for clause in found:
        first = clause.start if start is None else start
        if reader.states(clause, tagged) or clause is found[-1]:
            whole.append(Clause(first, clause.end, clause.asks))
            start = None
        else:
            start = first
    return whole


def _listed(tags: tuple[Tag, ...], part: Tagged) -> bool:
    """Whether tags stand in a list: "Pasni and Mastung", "killed, wounded"."""
    return all(
        {"and", ",", "&", "+", "also", "or"} & {w.read for w in part.words[a.end : b.start]}
        and (b.start - a.end <= 5)
        for a, b in zip(tags, tags[1:], strict=False)
    )


def _distinct(tags: tuple[Tag, ...]) -> set[tuple[str, ...]]:
    return {tag.ids for tag in tags}


def _covered(number: Tag, part: Tagged) -> bool:
    """Whether a number word is part of a name or phrase ("both sides", "one of them")."""
    return any(t.start <= number.start and number.end <= t.end for t in part.content)


def _intent(part: Tagged, speaks: bool) -> str:
    cues = {id_ for cue in part.cues for id_ in cue.ids}
    if "says" in cues and speaks and not cues & {"count", "whosays"}:
        return "says"
    for intent in INTENTS:
        if intent in cues:
            return intent
    return next((view for view in OVERVIEWS if view in cues), "plain")


def _leads(part: Tagged, clause: Clause, cue: str) -> bool:
    first = next((c for c in part.cues if cue in c.ids), None)
    return first is not None and first.start - clause.start <= (0 if cue == "instruct" else 2)


def _decisive(part: Tagged, counted: tuple[Tag, ...]) -> Iterator[Tag]:
    """Unknown words where a different word makes a different question: counted, a place, a speaker."""
    for tag in part.unknown:
        before = {id_ for cue in part.cues if 0 <= tag.start - cue.end <= 1 for id_ in cue.ids}
        after = {id_ for cue in part.cues if 0 <= cue.start - tag.end <= 1 for id_ in cue.ids}
        names = any(t.start == tag.end and t.ids and set(t.ids) & NAMED_BY for t in part.content)
        if ("count" in before and not counted) or before & {"in", "by", "according"} or "says" in after or names:
            yield tag


def _shared(questions: list[Question], background: list[Question]) -> Iterator[Question]:
    """Let a part without a matter or place of its own take it from the talk around it, else from the part before."""
    before: Question | None = None
    for question, after in zip(questions, (*questions[1:], None), strict=False):
        if after and question.intent == after.intent == "count" and not question.topics:
            question = replace(question, topics=after.topics)  # "how many civilians and how many soldiers died?"
        question = _taking_part(question, before)
        for other in background:
            question = inherit(question, other)
        if before is not None:
            question = inherit(question, before)
        yield question
        before = question


def _taking_part(question: Question, before: Question | None) -> Question:
    """A bare "how many gunmen?" as a question for how many took part."""
    militants = any("militants" in tag.ids for tag in question.counted)
    bare = not any(not t.weak for t in question.topics) and not question.mentions and before is None
    if question.intent != "count" or not militants or not bare or len(question.text.split()) < 3:
        return question
    return replace(question, topics=(*question.topics, Tag("content", ("took-part",), -1, -1, "took part", weak=True)))


def inherit(question: Question, before: Question) -> Question:
    """A question with what it leaves out taken from another part of the same message."""
    taken: dict[str, tuple[Tag, ...]] = {}
    if lacks_matter(question) and question.intent not in OVERVIEWS:
        taken = {"topics": before.topics}
        if not question.speakers and not question.actors:
            taken["mentions"] = before.mentions
        if not question.populations:
            taken["populations"] = before.populations
    if "pronoun" in question.cues and not taken and not (question.mentions or question.speakers or question.actors):
        named = (*before.mentions, *before.speakers, *before.actors)
        taken["mentions"] = tuple(t for t in named if not t.weak)
    if question.intent == before.intent == "count" and before.speakers and not _named(question):
        taken["speakers"] = before.speakers
    deed = any(set(t.ids) & DEEDS for t in question.topics)
    if not question.places and before.places and (taken or "there" in question.cues or deed and "overall" not in question.cues):
        taken["places"] = before.places
    return replace(question, **taken) if any(taken.values()) else question


def _named(question: Question) -> bool:
    return bool(question.speakers or question.actors or question.mentions)


def lacks_matter(question: Question) -> bool:
    """Whether a question names no topic, thing or figure of its own."""
    heavy = [*question.topics, *question.mentions]
    return not any(not tag.weak for tag in heavy) and not question.numbers and not question.unknown
