"""What must hold whatever is typed: noise changes nothing, typos and strangers mislead nobody, nothing leaks."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from bot.conversation import Desk, opened
from bot.dialogue import Context, Message, Mode, Turn, Utterance
from bot.evaluation import CHECK
from bot.markup import html, plain
from bot.questions import Case, question_files, read_cases
from bot.slots import INTENTS, OVERVIEWS
from bot.text import normalise, words
from knowledge.model import Claim

settings.register_profile(
    "fixed", derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("fixed")

DESK: Desk = opened()
STORE = DESK.store
LEXICON = DESK.taggers["en"].lexicon
INDEX = DESK.answerer.finder.index
SLOW = 1.0  # seconds; a machine with other things to do is far below it
CASES: list[tuple[str, Case]] = [(file.kind, case) for file in map(read_cases, question_files()) for case in file.cases]
ROOMS = st.sampled_from([150, 300, 600, 900, 4000])
ALL = settings(max_examples=1500)
SOME = settings(max_examples=500)


def mode_of(kind: str) -> Mode:
    return "check" if kind == CHECK else "ask"


def told(text: str, mode: Mode = "ask", context: Context | None = None, room: int = 900) -> Turn:
    return DESK.reply(Utterance(text, mode, room=room), context or Context())


@cache
def before(context: tuple[str, ...]) -> Context:
    """The context that earlier messages leave behind."""
    kept = Context()
    for text in context:
        kept = told(text, context=kept).context
    return kept


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
    (kind, case, match)
    for kind, case in CASES
    for match in re.finditer(r"[A-Za-z]{4,}", case.q)
    if kind not in ("multi", "overview", "followup", CHECK) and match.group().lower() in NAMES
]


@ALL
@given(st.sampled_from(NAMED), st.sampled_from(EDITS), st.integers(0, 12), st.sampled_from("aeioubcdgkmnrst"))
def test_a_slip_in_a_name_never_leads_to_other_claims(
    named: tuple[str, Case, re.Match[str]], edit: str, at: int, letter: str
) -> None:
    _, case, match = named
    slip = edited(match.group().lower(), edit, at, letter)
    assume(not LEXICON.knows(slip))  # another word that is spelt rightly is no slip
    typed = case.q[: match.start()] + slip + case.q[match.end() :]
    allowed = set(told(case.q).message.answers)
    assert set(told(typed).message.answers) <= allowed


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
PEOPLE = ["journalists", "children", "women", "doctors", "teachers", "students", "goats", "tourists", "engineers"]
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


# -- anything at all --------------------------------------------------------------------------------------------

VOCABULARY = sorted(LEXICON.vocabulary)
SOUP = st.lists(
    st.one_of(
        st.sampled_from(VOCABULARY),
        st.sampled_from(["?", "!", ",", ".", "and", "how many", "who", "in", "\n", "84", "145", "1)", "-", ";", "or"]),
        st.sampled_from(["7", "31", "999", "<b>", "&", "*", "zzyzx", "{0}", "%s", "'", '"', "قتل", "\u202e"]),
    ),
    max_size=14,
).map(" ".join)
ANYTHING = st.one_of(st.text(max_size=200), SOUP, SOUP)
MODES = st.sampled_from(["ask", "check"])
CONTEXTS = st.lists(SOUP, max_size=2).map(tuple)


def shown_claims(message: Message) -> list[Claim]:
    ids = dict.fromkeys([*message.answers, *message.related, *(line.claim for line in message.lines if line.claim)])
    return [STORE.claim(id) for id in ids]


FIGURE = re.compile(r"(?<![\w.])\d[\d,]*(?!\w)")


def told_figures(message: Message) -> set[str]:
    """The figures in what a reader sees, the addresses and numbers of sources left out."""
    text = "\n".join("".join(span.text for span in line.spans) for line in message.lines if line.kind != "source")
    return {figure.replace(",", "") for figure in FIGURE.findall(re.sub(r"\[\d+\]", "", text))}


def claimed_figures(message: Message) -> set[str]:
    return {figure for claim in shown_claims(message) for figure in FIGURE.findall(claim.says["en"])}


def unsafe(message: Message) -> list[str]:
    """What is left of the HTML when the tags that are ours are taken out, where it could still be a tag."""
    left = re.sub(r'</?b>|<a href="[^"<>]*">|</a>', "", html(message))
    return re.findall(r"[<>]|&(?!amp;|lt;|gt;|quot;|#x27;)", left)


def undenied(message: Message) -> list[str]:
    """The denied claims of a message whose denial it does not tell right beside them."""
    lines = [line.claim for line in message.lines if line.claim]
    denials = {r.b: r.a for claim in STORE.claims for r in STORE.relations_of(claim.id) if r.kind == "denies"}
    return [id for id in lines if id in denials and denials[id] not in lines]


KNOWN = frozenset(
    {claim.id for claim in STORE.claims} | {n.id for n in STORE.names} | {f.id for f in STORE.facets}
    | {*INTENTS, *OVERVIEWS, "plain", ""} | set(DESK.languages)
)  # fmt: skip


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split("|")  # readings between which the claims decide
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from strings(each)


def typed_words(context: Context) -> set[str]:
    """What a context holds that is no id."""
    return {text for field in fields(context) for text in strings(getattr(context, field.name))} - KNOWN


def hold(turn: Turn) -> None:
    """All that must be true of any reply."""
    message = turn.message
    assert plain(message).strip() and message.lines
    assert undenied(message) == []
    assert told_figures(message) <= claimed_figures(message)
    assert unsafe(message) == []
    assert typed_words(turn.context) == set()
    assert bool(message.answers) == (message.status == "answered") or message.verdict or message.shortened
    for button in message.buttons:
        assert not any(c.isdigit() for c in button.label)


@settings(max_examples=4000)
@given(ANYTHING, MODES, ROOMS, CONTEXTS)
@example("", "ask", 900, ())
@example("\x00\ud800", "check", 150, ())
@example("<a href='x'>84</a> & <b>", "check", 900, ("<script>",))
@example("who says {0} %s *7*", "ask", 900, ())
def test_any_text_gets_a_reply_that_keeps_the_promises(
    text: str, mode: Mode, room: int, context: tuple[str, ...]
) -> None:
    kept = before(context)
    began = time.perf_counter()
    turn = told(text, mode, kept, room)
    assert time.perf_counter() - began < SLOW
    hold(turn)


@pytest.mark.parametrize("room", [150, 400, 900, 4000])
def test_every_known_question_gets_a_reply_that_keeps_the_promises(room: int) -> None:
    for kind, case in CASES:
        for mode in {mode_of(kind), "check"}:
            turn = told(case.q, mode, before(case.context), room)
            hold(turn)


@pytest.mark.parametrize("mode", ["ask", "check"])
@pytest.mark.parametrize(
    "text", ["a" * 4096, "why " * 1000, "9" * 4000, "🔥" * 2000, "<b>" * 1300, "kild qeta gwdar " * 250, "\n" * 4096]
)
def test_the_longest_messages_are_answered_in_time(text: str, mode: Mode) -> None:
    began = time.perf_counter()
    hold(told(text, mode))
    assert time.perf_counter() - began < SLOW


@SOME
@given(st.sampled_from(CASES), SOUP)
def test_a_denied_claim_keeps_its_denial_in_views_and_cards(kind_case: tuple[str, Case], subject: str) -> None:
    for view in ("people", "disputed", "overview", "places"):
        for room in (150, 900):
            assert undenied(DESK.view(view, subject[:40], Utterance("", room=room)).message) == []
    for turn in DESK.cards(Utterance(kind_case[1].q, room=600)):
        assert undenied(turn.message) == []


def test_a_reply_is_the_same_every_time() -> None:
    again = opened()
    for kind, case in CASES[::7]:
        utterance = Utterance(case.q, mode_of(kind))
        assert replace(DESK.reply(utterance, Context()), trace=()) == replace(
            again.reply(utterance, Context()), trace=()
        )
