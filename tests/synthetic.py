"""An invented store of any size, the same each time: claims about invented places, people and groups."""

from __future__ import annotations

from itertools import count, product
from random import Random

from knowledge.files import load
from knowledge.model import Attribution, Claim, Excerpt, Name, NameKind, Quantity, Relation, Report, Source
from knowledge.store import FactStore

DEEDS = {  # topic: how a question asks for it
    "killed": "killed", "wounded": "wounded", "captured": "captured", "freed": "freed", "arrested": "arrested",
}  # fmt: skip
PEOPLE = {
    "civilians": "civilians", "police": "policemen", "militants": "militants", "prisoners": "prisoners",
    "journalists": "journalists", "children": "children", "security": "soldiers",
}  # fmt: skip
EVENTS = {
    "attacked": "Was there an attack in {place}?", "suspended": "Was the internet suspended in {place}?",
    "blocked": "Were roads blocked in {place}?", "calm": "Is {place} calm?", "heard": "What was heard in {place}?",
}  # fmt: skip
TIMES = (None, None, None, "saturday", "before-dawn", "late-night")
OPENINGS = ("b", "d", "g", "gh", "k", "kh", "l", "m", "n", "p", "r", "s", "sh", "t", "z", "zh")
VOWELS = ("a", "e", "i", "o", "u", "aa", "ai", "oo")
CLOSINGS = ("", "n", "r", "t", "sh", "nd", "k", "l")
KINDS: tuple[NameKind, ...] = ("place", "place", "place", "person", "person", "group")


def words(random: Random) -> list[str]:
    """Invented names of two syllables, each once, in an order that looks like none."""
    made = ["".join(parts) for parts in product(OPENINGS, VOWELS, OPENINGS, VOWELS, CLOSINGS)]
    random.shuffle(made)
    return made


def names(number: int, random: Random) -> list[Name]:
    """That many places, people and groups; places lie in one of a hundred districts, those in the first place."""
    made: list[Name] = []
    kinds: dict[NameKind, list[str]] = {"place": [], "person": [], "group": []}
    for place, word in zip(range(number), words(random), strict=False):
        kind = KINDS[place % len(KINDS)]
        id = f"{kind}-{word}"
        around = kinds["place"][0 if len(kinds["place"]) < 100 else random.randrange(1, 100)] if kinds["place"] else ""
        label = f"{word.title()} Khel" if kind == "person" else word.title()
        part_of = [around] if kind == "place" and around else []
        made.append(Name(id=id, kind=kind, label={"en": label}, spellings={"en": [word]}, part_of=part_of))
        kinds[kind].append(id)
    return made


def claim(number: int, held: dict[NameKind, list[Name]], random: Random) -> Claim:
    """One claim: mostly a count of people in a place that somebody gives, else an event there."""
    place, speaker = random.choice(held["place"]), random.choice(held["person"])
    figure = random.randrange(2, 900)
    counts = random.random() < 0.6
    topic = random.choice(list(DEEDS if counts else EVENTS))
    people = random.choice(list(PEOPLE))
    if counts:
        says = f"*{figure}* {PEOPLE[people]} were {DEEDS[topic]} in {place.label['en']}"
        asked = f"How many {PEOPLE[people]} were {DEEDS[topic]} in {place.label['en']}?"
    else:
        asked = EVENTS[topic].format(place=place.label["en"])
        says = f"There is news of {place.label['en']}"
    spoken = random.random() < 0.5
    return Claim(
        id=f"claim-{number}",
        says={"en": f"says that {says[0].lower()}{says[1:]}" if spoken else says},
        excerpt=Excerpt(text="invented", at="1.1"),
        topic=topic,
        actor=random.choice(held["group"]).id if random.random() < 0.3 else None,
        population=[people] if counts else [],
        place=[place.id],
        time=random.choice(TIMES),
        quantities=[Quantity(number=figure, of=people)] if counts else [],
        attribution=Attribution(speaker=speaker.id if spoken else None),
        asked=[asked, f"what did {speaker.label['en']} say about {place.label['en']}", f"{place.label['en']} news"],
    )


def store(claims: int, known: int, seed: int = 7) -> FactStore:
    """A store of so many claims in reports of a hundred, and so many names, with the real facets."""
    random = Random(seed)
    held: dict[NameKind, list[Name]] = {"place": [], "person": [], "group": []}
    for name in names(known, random):
        held[name.kind].append(name)
    numbers = count()
    reports = []
    for start in range(0, claims, 100):
        told = [claim(next(numbers), held, random) for _ in range(min(100, claims - start))]
        pairs = zip(told[::20], told[10::20], strict=False)
        source = Source(
            id=f"report-{start}", title="Invented", publisher="Nobody", kind="wire", url="https://a.example/"
        )
        relations = [Relation(kind="conflicts", a=a.id, b=b.id) for a, b in pairs]
        reports.append(Report(source=source, summary=[told[0].id], claims=told, relations=relations))
    return FactStore(tuple(reports), tuple(name for group in held.values() for name in group), load().facets)


def questions(held: FactStore, number: int, seed: int = 11) -> list[str]:
    """Questions that claims of a store answer, a third of them misspelt, and as many about strangers as one in ten."""
    random = Random(seed)
    made = []
    for _ in range(number):
        text = random.choice(random.choice(held.claims).asked)
        if random.random() < 0.1:
            text = text.replace(text.split()[-1], "Karachi?")
        if random.random() < 0.33:
            at = random.randrange(1, len(text) - 2)
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        made.append(text)
    return made
