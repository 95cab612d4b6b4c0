"""One clause as a question: its intent, its slots filled by role, and the words that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.clauses import Clause
from bot.dialogue import Question, Tag
from bot.matter import Kind, Matter
from bot.period import Period
from bot.roles import POSTPOSED, marks, role
from bot.tagged import Tagged

# Intents in the order in which their cues decide.
INTENTS = (
    "whosays", "both", "howlong", "count", "why", "when", "where", "verified", "who", "how", "what", "says", "yesno",
)  # fmt: skip
OVERVIEWS = ("timeline", "tallies", "disputed", "places", "sourcelist", "overview", "everything", "more")
SLOTS = ("topics", "populations", "actors", "speakers", "places", "times", "mentions")
BY_ROLE = {"target": "populations", "actor": "actors", "speaker": "speakers", "place": "places", "mention": "mentions"}
LINKS = frozenset({"or"})  # cues
NAME_LINKS = LINKS | {"and", "both"}
COUNTABLE: frozenset[Kind] = frozenset({"population", "object", "group"})
SMALL = 2  # numbers up to this one are figures only right before what they count
AFTER_COUNT = 3  # words after "how many" within which the thing counted stands


class Reader:
    """Reads clauses against the names and facets of a store."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter

    def question(self, clause: Clause, tagged: Tagged) -> Question:
        """A clause with its slots filled."""
        part = tagged.within(clause.start, clause.end)
        slots = self._slots(part)
        counted = self._counted(part, {*slots["actors"], *slots["speakers"]})
        return Question(
            intent=_intent(part, speaks=bool(slots["speakers"])),
            **{key: tuple(tags) for key, tags in slots.items()},  # type: ignore[arg-type]
            numbers=tuple(n for n in part.numbers if not _covered(n, part) and self._figure(n, part)),
            period=_period(part),
            excepted=tuple(tag for tag in part.content if self._excepted(tag, part)),
            counted=counted,
            figured=tuple(self._figured(part)),
            unknown=part.unknown,
            decisive=tuple(self._decisive(part, counted)),
            negated=_negated(part),
            bounds=_bounds(part),
            instructs=_leads(part, clause, "instruct"),
            presumes=_leads(part, clause, "presume"),
            cues=frozenset(id_ for cue in part.cues for id_ in cue.ids),
            text=clause.text(tagged),
        )

    def states(self, clause: Clause, tagged: Tagged) -> bool:
        """Whether a sentence has a topic of its own; "Just 14 hours!" belongs to the next one."""
        part = tagged.within(clause.start, clause.end)
        return any("topic" in self.matter.kinds_of(tag) for tag in part.content)

    def _slots(self, part: Tagged) -> dict[str, list[Tag]]:
        slots: dict[str, list[Tag]] = {key: [] for key in SLOTS}
        for tag in part.content:
            if self._excepted(tag, part):
                continue
            slot = self._slot(tag, part)
            slots[slot].append(self._as_placed(tag, slot))
        for key, tags in slots.items():
            slots[key] = self._either(tags, part, NAME_LINKS if key in ("speakers", "mentions") else LINKS)
        if _intent(part, speaks=False) == "whosays":  # "army or locals?" asks between speakers
            for key in ("populations", "mentions"):
                slots[key] = [tag for tag in slots[key] if not tag.either]
        return slots

    def _slot(self, tag: Tag, part: Tagged) -> str:
        kinds = self.matter.kinds_of(tag)
        if kinds & {"person", "group", "place", "population"}:
            if "topic" in kinds and not kinds & {"person", "group", "place"}:
                return "topics" if tag.weak else "mentions"
            slot = BY_ROLE[role(tag, part, self.matter)]
            reports = set(tag.ids) <= self.matter.publishers  # an outlet reports; it attacks nobody
            return "speakers" if slot == "actors" and reports else slot
        return "topics" if "topic" in kinds else "times" if kinds == {"time"} else "mentions"

    def _either(self, tags: list[Tag], part: Tagged, links: frozenset[str]) -> list[Tag]:
        """Tags with "or" between them as one with both readings: "soldiers or police", "Afghans and Indians"."""
        joined: list[Tag] = []
        for tag in tags:
            last = joined[-1] if joined else None
            between = (
                {w.read for w in part.words[last.end : tag.start]} if last and tag.start - last.end <= 3 else set()
            )
            alike = last is not None and (between & LINKS or (between & links and self._speakers(last, tag)))
            if last is not None and alike:
                ids, text = tuple(dict.fromkeys((*last.ids, *tag.ids))), f"{last.text} or {tag.text}"
                joined[-1] = replace(last, ids=ids, end=tag.end, text=text, weak=last.weak and tag.weak)
            else:
                joined.append(tag)
        return joined

    def _excepted(self, tag: Tag, part: Tagged) -> bool:
        """Whether a place or thing is left out: "besides Quetta"."""
        near = any("except" in cue.ids and 0 <= tag.start - cue.end <= 1 for cue in part.cues)
        near = near or "except" in marks(tag, part)
        return near and not self.matter.kinds_of(tag) & {"person", "group"}

    def _speakers(self, *tags: Tag) -> bool:
        return all(self.matter.kinds_of(tag) & {"person", "group"} for tag in tags)

    def _figured(self, part: Tagged) -> Iterator[Tag]:
        """What stands right after a figure: "18 engineers"."""
        for number in part.numbers:
            for tag in part.content:
                if tag.start == number.end and self.matter.kinds_of(tag) <= COUNTABLE:
                    yield tag

    def _figure(self, number: Tag, part: Tagged) -> bool:
        """Whether a number is a figure of the matter: "two streets away" and "one of them" are none."""
        if number.number is None or number.number > SMALL:
            return True
        if number.start > 0 and "negation" in part.meant(number.start - 1):
            return False  # "not one of them"
        return any(
            0 <= tag.start - number.end <= 1 and not tag.weak and self.matter.kinds_of(tag) & {"population", "object"}
            for tag in part.content
        )

    def _as_placed(self, tag: Tag, slot: str) -> Tag:
        """A tag without the readings that its role rules out: "in Islamabad" is no government."""
        if slot == "places":
            kept = tuple(id_ for id_ in tag.ids if self.matter.kinds[id_] == "place")
        elif slot == "speakers":  # "the military says": the body, not anyone of its kind
            kept = tuple(id_ for id_ in tag.ids if self.matter.kinds[id_] in ("person", "group"))
            kept = kept or tuple(id_ for id_ in tag.ids if self.matter.kinds[id_] not in ("place", "object"))
        elif slot == "actors":
            kept = tuple(id_ for id_ in tag.ids if self.matter.kinds[id_] not in ("place", "object"))
        else:
            return tag
        return replace(tag, ids=kept) if kept else tag

    def _counted(self, part: Tagged, doers: set[Tag]) -> tuple[Tag, ...]:
        """What "how many" counts: the first population or object after it."""
        for cue in part.cues:
            if "count" not in cue.ids:
                continue
            for tag in part.content:
                kinds, gap = self.matter.kinds_of(tag), tag.start - cue.end
                if tag in doers:
                    continue
                if gap == 0 and not tag.weak and kinds == {"topic"} and not self.matter.any("people", tag.ids):
                    return (tag,)  # "how many blasts": events are counted, not people
                thing = kinds & {"population"} or (
                    kinds == {"object"} and gap <= 1 and not cue.text.startswith(tag.text)
                )
                if 0 <= gap <= AFTER_COUNT and thing:
                    return (tag,)
        return self._counted_before(part, doers)

    def _counted_before(self, part: Tagged, doers: set[Tag]) -> tuple[Tag, ...]:
        """What stands right before "how many", where nothing stands behind it: "soldiers how many died"."""
        for cue in part.cues:
            if "count" in cue.ids:
                near = [t for t in part.content if 0 <= cue.start - t.end <= 1 and t not in doers and not t.weak]
                people = [
                    t for t in near if "population" in self.matter.kinds_of(t) and not t.text.startswith(cue.text)
                ]
                if people:
                    return (people[-1],)
        return ()

    def _decisive(self, part: Tagged, counted: tuple[Tag, ...]) -> Iterator[Tag]:
        """Unknown words where a different word makes a different question: counted, a place, a speaker."""
        for tag in part.unknown:
            before = {id_ for cue in part.cues if 0 <= tag.start - cue.end <= 1 for id_ in cue.ids}
            after = {id_ for cue in part.cues if 0 <= cue.start - tag.end <= 1 for id_ in cue.ids}
            names = any(t.start == tag.end and t.ids and self.matter.any("named", t.ids) for t in part.content)
            placed = (before | marks(tag, part)) & {"in", "by", "according"}
            if ("count" in before and not counted) or placed or "says" in after or names:
                yield tag


def _period(part: Tagged) -> Period | None:
    """The time that an answer shall hold for: the last day that is named, or what lies after one."""
    periods = [tag.period for tag in part.days if tag.period]
    return next((period for period in periods if period.kind == "since"), periods[-1] if periods else None)


def _bounds(part: Tagged) -> frozenset[str]:
    """The bounds that stand right before a figure, or behind it where a language puts them there ("30 se zyada")."""
    before = {id_ for cue in part.cues for n in part.numbers if 0 <= n.start - cue.end <= 1 for id_ in cue.ids}
    behind = {id_ for cue in part.cues for n in part.numbers if 0 <= cue.start - n.end <= 1 for id_ in cue.ids}
    posed = {id_.removesuffix(POSTPOSED) for id_ in behind if id_.endswith(POSTPOSED)}
    return frozenset(id_ for id_ in before | posed if id_.startswith("bound-") and not id_.endswith(POSTPOSED))


def _negated(part: Tagged) -> bool:
    """Whether a clause says no, outside of phrases that have a "no" of their own ("no comment")."""
    said = [cue for cue in part.cues if {"negation", "falsehood"} & set(cue.ids)]
    return any(not any(t.start <= cue.start and cue.end <= t.end for t in part.content) for cue in said)


def _between(first: Tag, second: Tag, part: Tagged) -> frozenset[str]:
    """What links two tags that stand close together."""
    if second.start - first.end > 3:
        return frozenset()
    slash = {"or"} if any(w.typed == "/" for w in part.words[first.end : second.start]) else set()
    return frozenset(slash.union(*(part.meant(i) for i in range(first.end, second.start))))


def _covered(number: Tag, part: Tagged) -> bool:
    """Whether a number is part of a phrase ("one of them"), or no count ("100 %")."""
    if number.end < len(part.words) and part.words[number.end].typed == "%":
        return True
    return any(t.start <= number.start and number.end <= t.end for t in part.content)


def _intent(part: Tagged, *, speaks: bool) -> str:
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
