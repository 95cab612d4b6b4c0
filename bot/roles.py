"""Who does what in a clause: whether a name or group acts, suffers, speaks, is the place, or is only mentioned."""

from __future__ import annotations

from typing import Literal

from bot.dialogue import Tag
from bot.matter import Kind, Matter
from bot.tagged import Tagged

Role = Literal["target", "actor", "speaker", "place", "mention"]

ARTICLES = 2  # light words that may stand between a preposition and its name
NEAR = 5  # words between a name and the verb that it goes with


def role(tag: Tag, tagged: Tagged, matter: Matter) -> Role:
    """The role of a name or population in its clause."""
    mine = matter.kinds_of(tag)
    marked = marks(tag, tagged)
    before = _cues_just_before(tag, tagged) | marked
    if "according" in before:
        return "speaker"
    if "in" in before and "place" in mine and not ("group" in mine and _told_of(tagged, matter)):
        return "place"
    speaks = bool(mine & {"person", "group", "population"}) or bool(marked and set(tag.ids) & matter.countries)
    if "utterance" in before and speaks and not tag.weak:
        return "speaker"  # "statements of the ministers"
    if "by" in marked:
        return "speaker" if _says_later(tag, tagged, matter) else "actor"
    deed, verb = _verb(tag, tagged, matter, after=True)
    if "by" in before:
        earlier, _ = _verb(tag, tagged, matter, after=False)
        if deed == "says" and verb is not None and verb.start - tag.end <= 1:
            return "speaker"  # "by the insurgents' own account"
        verified = any("verified" in c.ids and c.end <= tag.start and tag.start - c.end <= 3 for c in tagged.cues)
        return "speaker" if earlier in ("says", "speech") or verified else "actor"
    if ("about" in before or "to" in before) and mine & {"person", "group", "place"} and "population" not in mine:
        return "place" if mine == {"place"} and not set(tag.ids) & matter.countries else "mention"
    if (
        deed in ("says", "speech")
        and verb is not None
        and _may_speak(deed, marked)
        and not (tag.weak and "population" in mine)
    ):
        return "speaker"
    if "place" in mine and "group" not in mine and not any(id_ in matter.countries for id_ in tag.ids):
        return "place"
    if deed == "deed" and verb is not None and _acts(tag, verb, tagged, matter):
        return "actor"
    struck = deed == "deed" and verb is not None and matter.any("decisive", verb.ids)
    return "target" if "population" in mine or ("person" in mine and struck) else "mention"


def _may_speak(deed: str, marked: frozenset[str]) -> bool:
    """Whether what stands behind a name leaves it free to be the one who speaks: "X ki himayat" is support of X."""
    return not marked & {"in", "about", "to", "except"} and not (deed == "speech" and "of" in marked)


def _told_of(tagged: Tagged, matter: Matter) -> bool:
    """Whether a clause is about what is said and not about what is done: "the line taken in Kabul"."""
    deeds = any(matter.any("decisive", t.ids) and not t.weak for t in tagged.content)
    return not deeds and any(matter.any("speech", t.ids) for t in tagged.content)


def _cues_just_before(tag: Tag, tagged: Tagged) -> set[str]:
    """The cues that end right before a tag, over words without meaning ("according to the ...")."""
    near = {id_ for cue in tagged.cues if cue.end == tag.start for id_ in cue.ids}
    between = tag.start - 1
    while between >= max(0, tag.start - ARTICLES) and tagged.words[between].light:
        near |= {id_ for cue in tagged.cues if cue.end == between for id_ in cue.ids}
        between -= 1
    return near


def marks(tag: Tag, tagged: Tagged) -> frozenset[str]:
    """What a postposition says of the word before it: Urdu's "BLA ne ..." is English's "by the BLA".

    It may stand behind a title ("Bugti sahib ne"), and one behind the second of two names goes for both.
    """
    at = tag.end
    while at < len(tagged.words) and at - tag.end < ARTICLES:
        found = {id_ for cue in tagged.cues if cue.start == at for id_ in cue.ids if id_.endswith(POSTPOSED)}
        if found:
            return frozenset(id_.removesuffix(POSTPOSED) for id_ in found)
        if tagged.meant(at) & {"and", "or"}:
            return next((marks(other, tagged) for other in tagged.content if other.start == at + 1), frozenset())
        if tagged.meant(at) or not tagged.words[at].light:
            break
        at += 1
    return frozenset()


def _says_later(tag: Tag, tagged: Tagged, matter: Matter) -> bool:
    """Whether a verb of speech follows at all, where verbs close the clause: "BLA ne ... marne ka dawa kiya"."""
    told = any(matter.any("speech", t.ids) and t.start >= tag.end and not t.weak for t in tagged.content)
    return told or any(
        "says" in c.ids and c.start >= tag.end and not _asks_who(c, tagged) and not _ends_verb(c, tagged)
        for c in tagged.cues
    )


def _ends_verb(cue: Tag, tagged: Tagged) -> bool:
    """Whether a verb of speech is only the end of another verb ("dhawa bola": stormed)."""
    return any(t.start < cue.start and cue.end <= t.end for t in tagged.content)


def _asks_who(cue: Tag, tagged: Tagged) -> bool:
    """Whether a verb of speech only belongs to "who says": the name before it is not the one who speaks."""
    return any("whosays" in c.ids and c.start < cue.start and cue.end <= c.end for c in tagged.cues)


POSTPOSED = "-after"


def _verb(tag: Tag, tagged: Tagged, matter: Matter, *, after: bool) -> tuple[str, Tag | None]:
    """The nearest verb on one side of a tag with no other name in between: "says", "speech", "deed" or ""."""
    found: list[tuple[int, int, str, Tag]] = []
    for other in tagged.content:
        gap = other.start - tag.end if after else tag.start - other.end
        if other is tag or not 0 <= gap <= NEAR or set(other.ids) & set(tag.ids):
            continue
        if matter.any("speech", other.ids) and not other.weak:
            found.append((gap, 0, "speech", other))
        elif matter.any("deed", other.ids):
            found.append((gap, 1, "deed", other))
    counts = any("count" in cue.ids for cue in tagged.cues)  # "what number do the rebels give?"
    for cue in tagged.cues:
        gap = cue.start - tag.end if after else tag.start - cue.end
        speaks = "says" in cue.ids or ("gives" in cue.ids and counts)
        if speaks and 0 <= gap <= NEAR and not (after and _asks_who(cue, tagged)):
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


def _acts(tag: Tag, verb: Tag, tagged: Tagged, matter: Matter) -> bool:
    """Whether the one before the verb does it ("did the army kill ...") rather than suffers it ("were killed")."""
    between = [c for c in tagged.cues if tag.end <= c.start and c.end <= verb.end]
    if any("undergo" in c.ids and c.start >= verb.start for c in between):
        return False
    if any("passive" in c.ids for c in between if c.end <= verb.start):
        return False
    if any("by" in c.ids and verb.end <= c.start <= verb.end + 1 for c in tagged.cues):
        return False
    toll = any("count" in c.ids and c.start == verb.start for c in tagged.cues)  # "has the civilian toll changed?"
    asks_did = not toll and any(
        "did" in c.ids and c.end <= tag.start and not _doer_between(c.end, tag, tagged, matter) for c in tagged.cues
    )
    passive_before = any("passive" in c.ids and tag.start - 3 <= c.end <= tag.start for c in tagged.cues)
    if passive_before:
        return False
    object_after = any(_suffers(o, verb, tagged, matter) for o in tagged.content)
    counted = any("count" in c.ids and 0 <= tag.start - c.end <= 1 for c in tagged.cues)
    return not counted and (object_after or asks_did)


def _suffers(tag: Tag, verb: Tag, tagged: Tagged, matter: Matter) -> bool:
    """Whether something right after a verb has it done to it: "killed five policemen", not "killed in the prison"."""
    if tag.weak or not 0 <= tag.start - verb.end <= NEAR:
        return False
    wanted: set[Kind] = {"population", "person", "group"}
    if not set(verb.ids) & {"killed", "captured", "freed", "wounded", "arrested"}:
        wanted |= {"object", "place"}
    between = [c for c in tagged.cues if verb.end <= c.start and c.end <= tag.start]
    return bool(matter.kinds_of(tag) & wanted) and not any({"in", "by"} & set(c.ids) for c in between)


def _doer_between(start: int, tag: Tag, tagged: Tagged, matter: Matter) -> bool:
    """Whether somebody else stands between "did" and a name: "did officials count the constables killed?"."""
    people: set[Kind] = {"population", "person", "group"}
    return any(start <= o.start and o.end <= tag.start and matter.kinds_of(o) & people for o in tagged.content)
