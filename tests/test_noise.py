"""Noise changes no answer, slips in names mislead nobody, and strangers get no claim."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talk import ALL, CASES, DESK, FILES, LEXICON, STORE, before, mode_of, told

from bot.dialogue import Message
from bot.evaluation import CHECK
from bot.names import SHORTEST
from bot.questions import Case
from bot.text import normalise, words
from knowledge.model import Name


def given_claims(message: Message) -> tuple[object, ...]:
    return message.status, message.verdict, frozenset(message.answers), frozenset(message.related)


# -- noise ------------------------------------------------------------------------------------------------------

NOISE = {
    "upper case": str.upper,
    "lower case": str.lower,
    "space around": lambda text: f" \t {text} \n",
    "wide spaces": lambda text: re.sub(" ", " \u00a0 ", text),
    "emoji behind": lambda text: f"{text} 🙏🏽🔥",
    "emoji before": lambda text: f"😭 {text}",
    "emoji between": lambda text: text.replace(" ", " 💔 ", 1),
    "marks behind": lambda text: text + ("???" if text.endswith("?") else "!!!" if text.endswith("!") else ""),
    "dots behind": lambda text: text if text.endswith(("?", "!")) else f"{text}...",
    "zero width": lambda text: text.replace("a", "a\u200b").replace("e", "\u200de"),
    "direction marks": lambda text: f"\u202e{text}\u2066",
    "full width": lambda text: text.translate({code: code + 0xFEE0 for code in range(ord("a"), ord("z") + 1)}),
}


@ALL
@given(st.sampled_from(CASES), st.sets(st.sampled_from(sorted(NOISE)), min_size=1, max_size=3))
def test_noise_never_changes_an_answer(kind_case: tuple[str, Case], noises: set[str]) -> None:
    kind, case = kind_case
    noisy = case.q
    for noise in sorted(noises):
        noisy = NOISE[noise](noisy)
    context = before(case.context)
    clean = told(case.q, mode_of(kind), context)
    assert given_claims(told(noisy, mode_of(kind), context).message) == given_claims(clean.message)


# -- typos in names ---------------------------------------------------------------------------------------------

INDEX = DESK.answerer.finder.index
LANGUAGE = DESK.languages["en"]
COMMON = {  # "police" in "Police reports" is no name
    word
    for phrases in (*LANGUAGE.words.values(), *LANGUAGE.cues.values(), LANGUAGE.compounds, LANGUAGE.filler)
    for phrase in phrases
    for word in phrase.split()
}
NAMES = {word for name in STORE.names for word in words(normalise(name.label["en"])) if len(word) >= 4} - COMMON
EDITS = ("drop", "double", "swap", "replace")


def edited(word: str, edit: str, at: int, letter: str) -> str:
    at %= len(word)
    if edit == "drop":
        return word[:at] + word[at + 1 :]
    if edit == "double":
        return word[: at + 1] + word[at:]
    if edit == "swap":
        at = min(at, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + letter + word[at + 1 :]


NAMED = [
    (case, match)
    for file in FILES
    for case in file.cases
    for match in re.finditer(r"[A-Za-z]{4,}", case.q)
    if file.lang == "en" and file.kind not in ("multi", "overview", "followup", CHECK)
    if match.group().lower() in NAMES
]


IN_PLACES = [
    "How many people were killed in {}?", "how many prisoners were freed in {}", "was mobile internet suspended in {}",
    "were there suicide attacks in {}", "how many militants died in {}", "who captured soldiers in {}",
]  # fmt: skip
BY_SPEAKERS = ["According to {}, how many militants were killed?", "how many soldiers died according to {}"]
SLIPS = st.tuples(st.sampled_from(EDITS), st.integers(0, 12), st.sampled_from("aeioubcdgkmnrst"))
MOST_MISLED = 0.02  # of all slips in the names of known questions; lower it as they are mended


def meant(word: str) -> set[str]:
    return {id for tag in DESK.taggers["en"].tag(word).content for id in tag.ids}


def slipped(text: str, word: re.Match[str], slip: tuple[str, int, str]) -> str | None:
    """A text with a slip in one word; nothing where it reads as another word: "fance" as "fence"."""
    right = word.group().lower()
    wrong = edited(right, *slip)
    another = LEXICON.knows(wrong) or (meant(wrong) and meant(wrong).isdisjoint(meant(right)))
    return None if another else text[: word.start()] + wrong + text[word.end() :]


@ALL
@given(st.sampled_from([name for name in STORE.names if name.label["en"].isalpha()]), st.data(), SLIPS)
def test_a_slip_in_a_name_that_a_question_turns_on_never_leads_to_other_claims(
    name: Name, data: st.DataObject, slip: tuple[str, int, str]
) -> None:
    label = name.label["en"]
    text = data.draw(st.sampled_from(IN_PLACES if name.kind == "place" else BY_SPEAKERS)).format(label)
    word = re.search(rf"\b{label}\b", text)
    typed = slipped(text, word, slip) if word and len(label) > SHORTEST else None
    if typed is not None:
        assert set(told(typed).message.answers) <= set(told(text).message.answers), typed


def test_a_slip_in_any_name_hardly_ever_leads_to_other_claims() -> None:
    random, misled, tried = Random(1), [], 0
    for case, word in NAMED:
        allowed = set(told(case.q).message.answers)
        for edit in EDITS:
            typed = slipped(case.q, word, (edit, random.randrange(12), random.choice("aeioubcdgkmnrst")))
            if typed is not None:
                tried += 1
                if not set(told(typed).message.answers) <= allowed:
                    misled.append(typed)
    assert len(misled) <= MOST_MISLED * tried, misled


# -- strangers --------------------------------------------------------------------------------------------------


def without_claim(*kinds: str) -> list[str]:
    """The names and facets of these kinds that no claim has anything to do with, as people write them."""
    labels = {name.id: name.label["en"] for name in STORE.names if name.kind in kinds}
    return sorted(label for label in labels.values() if not _reported(label))


def _reported(label: str) -> bool:
    read = tuple(words(normalise(label)))
    senses = LEXICON.senses(read, tuple(map(LEXICON.stem, read)))
    return senses is None or any(id in INDEX.postings for id in (*senses.ids, *senses.bundle))


PLACES = without_claim("place")
SPEAKERS = without_claim("person")
PEOPLE = [
    "journalists",
    "shopkeepers",
    "fishermen",
    "doctors",
    "teachers",
    "students",
    "goats",
    "tourists",
    "engineers",
]
OF_PLACES = [
    "How many people were killed in {}?", "how many civilians died in {}", "What happened in {}?", "{}?",
    "Was mobile internet suspended in {}?", "were there suicide attacks in {}", "any police killed in {} on Saturday",
    "how many prisoners were freed in {}", "who attacked the police station in {}", "what do residents of {} say",
    "did militants attack the coastguard in {}", "How many soldiers did the BLA capture in {}?", "is {} calm now",
    "which roads were blocked in {}?", "when did the attacks in {} begin", "how many militants were killed in {}?",
]  # fmt: skip
OF_SPEAKERS = [
    "What did {} say?", "what did {} say about the attacks", "According to {}, how many militants were killed?",
    "Did {} say that calm had been restored?", "who does {} blame", "{} on India", "statement by {}",
    "How many civilians were killed according to {}?", "does {} say the attacks were unprecedented?",
]  # fmt: skip
OF_PEOPLE = [
    "How many {} were killed?", "how many {} died in Quetta", "number of {} killed", "were any {} captured by the BLA",
    "{} dead?", "How many {} did the security forces kill?", "how many {} were freed from the prison",
]  # fmt: skip


def test_there_are_strangers_to_ask_about() -> None:
    assert len(PLACES) > 30 and len(SPEAKERS) > 10 and "Karachi" in PLACES and "Gwadar" not in PLACES


@pytest.mark.parametrize("template", OF_PLACES)
def test_a_place_without_a_claim_gets_none(template: str) -> None:
    assert [place for place in PLACES if told(template.format(place)).message.answers] == []


@pytest.mark.parametrize("template", OF_SPEAKERS)
def test_a_speaker_without_a_claim_is_given_none(template: str) -> None:
    assert [speaker for speaker in SPEAKERS if told(template.format(speaker)).message.answers] == []


@pytest.mark.parametrize("template", OF_PEOPLE)
def test_people_without_a_claim_get_no_figure(template: str) -> None:
    assert [people for people in PEOPLE if told(template.format(people)).message.answers] == []
