"""Who does what in a clause: whether a name or group acts, suffers, speaks, is the place, or is only mentioned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.dialogue import Tag
from bot.tagging import Tagged
from knowledge.model import FacetKind, NameKind
from knowledge.store import FactStore

Kind = FacetKind | NameKind
Role = Literal["target", "actor", "speaker", "place", "mention"]

# What somebody says rather than does: the one before it speaks, the one after it is spoken of.
SPEECH = frozenset(
    {"denied", "admitted", "confirmed", "condemned", "apologised", "silence", "backing", "accusation", "responsibility", "agreement"}
    | {"contradiction", "rejection", "demands"}
)
# Deeds that decide what a question is about: no claim about another deed answers it.
DECISIVE = frozenset(
    {"killed", "wounded", "captured", "freed", "arrested", "seized", "rescued", "released", "recaptured", "burned"}
    | {"looted", "hijacked", "displaced", "surrendered", "missing", "survived", "suicide-attack", "tortured"}
)
# What is done to somebody; a claim about it has an actor and a population.
DEEDS = frozenset(
    {"killed", "wounded", "captured", "freed", "attacked", "arrested", "seized", "destroyed", "burned", "looted"}
    | {"blocked", "rescued", "released", "recaptured", "visited", "developed", "suspended", "breach", "entered"}
    | {"sheltering", "suicide-attack", "rammed", "exploded", "hijacked", "took-part"}
)
NEAR = 5  # words between a name and the verb that it goes with


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the ids of a store are: topics, populations, objects, times; persons, groups, places."""

    store: FactStore
    table: Mapping[str, Kind]
    countries: frozenset[str]  # places in no other place: they act and speak as often as things happen in them

    @classmethod
    def over(cls, store: FactStore) -> Kinds:
        """The kinds of all names and facets of a store."""
        facets: dict[str, Kind] = {facet.id: facet.kind for facet in store.facets}
        countries = frozenset(n.id for n in store.names if n.kind == "place" and not n.part_of)
        return cls(store, facets | {name.id: name.kind for name in store.names}, countries)

    def of(self, tag: Tag) -> frozenset[Kind]:
        """The kinds that a tag's readings have."""
        return frozenset(self.table[id_] for id_ in tag.ids)


def role(tag: Tag, tagged: Tagged, kinds: Kinds) -> Role:
    """The role of a name or population in its clause."""
    mine = kinds.of(tag)
    before = _cues_just_before(tag, tagged)
    if "according" in before:
        return "speaker"
    if "in" in before and "place" in mine and not ("group" in mine and _told_of(tagged)):
        return "place"
    deed, verb = _verb(tag, tagged, after=True)
    if "by" in before:
        earlier, _ = _verb(tag, tagged, after=False)
        if deed == "says" and verb is not None and verb.start - tag.end <= 1:
            return "speaker"  # "by the insurgents' own account"
        return "speaker" if earlier in ("says", "speech") else "actor"
    if ("about" in before or "to" in before) and mine & {"person", "group", "place"} and "population" not in mine:
        return "place" if mine == {"place"} and not set(tag.ids) & kinds.countries else "mention"
    if deed in ("says", "speech") and verb is not None and not (tag.weak and "population" in mine):
        return "speaker"
    if "place" in mine and "group" not in mine and not any(id_ in kinds.countries for id_ in tag.ids):
        return "place"
    if deed == "deed" and verb is not None and _acts(tag, verb, tagged, kinds):
        return "actor"
    return "target" if "population" in mine else "mention"


def _told_of(tagged: Tagged) -> bool:
    """Whether a clause is about what is said and not about what is done: "the line taken in Kabul"."""
    deeds = any(set(t.ids) & DECISIVE and not t.weak for t in tagged.content)
    return not deeds and any(set(t.ids) & SPEECH for t in tagged.content)


def _cues_just_before(tag: Tag, tagged: Tagged) -> set[str]:
    """The cues that end right before a tag, over words without meaning ("according to the ...")."""
    near = {id_ for cue in tagged.cues if cue.end == tag.start for id_ in cue.ids}
    between = tag.start - 1
    while between >= 0 and tagged.words[between].read in _ARTICLES:
        near |= {id_ for cue in tagged.cues if cue.end == between for id_ in cue.ids}
        between -= 1
    return near


_ARTICLES = frozenset({"the", "a", "an", "any", "some", "that", "this", "its", "their", "those", "these", "pakistan"})


def _verb(tag: Tag, tagged: Tagged, *, after: bool) -> tuple[str, Tag | None]:
    """The nearest verb on one side of a tag with no other name in between: "says", "speech", "deed" or ""."""
    found: list[tuple[int, int, str, Tag]] = []
    for other in tagged.content:
        gap = other.start - tag.end if after else tag.start - other.end
        if other is tag or not 0 <= gap <= NEAR or set(other.ids) & set(tag.ids):
            continue
        if set(other.ids) & SPEECH and not other.weak:
            found.append((gap, 0, "speech", other))
        elif set(other.ids) & DEEDS:
            found.append((gap, 1, "deed", other))
    counts = any("count" in cue.ids for cue in tagged.cues)  # "what number do the rebels give?"
    for cue in tagged.cues:
        gap = cue.start - tag.end if after else tag.start - cue.end
        speaks = "says" in cue.ids or ("gives" in cue.ids and counts)
        if speaks and 0 <= gap <= NEAR:
            found.append((gap, 2, "says", cue))
    for gap, _, kind, verb in sorted(found, key=lambda each: each[:2]):
        if not _name_between(tag, verb, tagged, gap):
            return kind, verb
    return "", None


def _name_between(tag: Tag, verb: Tag, tagged: Tagged, gap: int) -> bool:
    if gap == 0:
        return False
    low, high = (tag.end, verb.start) if verb.start >= tag.end else (verb.end, tag.start)
    return any(low <= other.start and other.end <= high and not other.weak for other in tagged.content) or any(
        w.stop for w in tagged.words[low:high]
    )


def _acts(tag: Tag, verb: Tag, tagged: Tagged, kinds: Kinds) -> bool:
    """Whether the one before the verb does it ("did the army kill ...") rather than suffers it ("were killed")."""
    between = [c for c in tagged.cues if tag.end <= c.start and c.end <= verb.end]
    if any("undergo" in c.ids and c.start >= verb.start for c in between):
        return False
    if any("passive" in c.ids for c in between if c.end <= verb.start):
        return False
    if any("by" in c.ids and verb.end <= c.start <= verb.end + 1 for c in tagged.cues):
        return False
    asks_did = any("did" in c.ids and c.end <= tag.start for c in tagged.cues)
    passive_before = any("passive" in c.ids and tag.start - 3 <= c.end <= tag.start for c in tagged.cues)
    if passive_before:
        return False
    object_after = any(_suffers(o, verb, tagged, kinds) for o in tagged.content)
    counted = any("count" in c.ids and 0 <= tag.start - c.end <= 1 for c in tagged.cues)
    return not counted and (object_after or asks_did)


def _suffers(tag: Tag, verb: Tag, tagged: Tagged, kinds: Kinds) -> bool:
    """Whether something right after a verb has it done to it: "killed five policemen", not "killed in the prison"."""
    if tag.weak or not 0 <= tag.start - verb.end <= NEAR:
        return False
    wanted: set[Kind] = {"population", "person", "group"}
    if not set(verb.ids) & {"killed", "captured", "freed", "wounded", "arrested"}:
        wanted |= {"object", "place"}
    between = [c for c in tagged.cues if verb.end <= c.start and c.end <= tag.start]
    return bool(kinds.of(tag) & wanted) and not any({"in", "by"} & set(c.ids) for c in between)
