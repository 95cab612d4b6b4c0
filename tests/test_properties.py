"""What must hold of any reply, whatever is typed: nothing leaks, no figure and no denial is lost."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from talk import CASES, DESK, LEXICON, SOME, STORE, before, mode_of, told

from bot.conversation import opened
from bot.dating import day_in_words, written
from bot.dialogue import Context, Message, Mode, Turn, Utterance
from bot.markup import html, plain
from bot.questions import Case
from bot.slots import INTENTS, OVERVIEWS
from knowledge.dates import span
from knowledge.model import Claim

SLOW = 10.0  # seconds; no measure of speed, only that no text makes it hang on a busy machine
ROOMS = st.sampled_from([150, 300, 600, 900, 4000])
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


def dates(language: str) -> list[str]:
    """Every date that a claim of the store may be given, as this language writes it; the longest first."""
    texts = DESK.languages[language].dates
    times = {as_of for claim in STORE.claims if (as_of := STORE.as_of(claim.id))}
    found = {written(time, texts, year=year) for time in times for year in (True, False)}
    days = {day_in_words(day, texts) for time in times for day in span(time.date)}
    return sorted(found | days, key=len, reverse=True)


DATES = {code: dates(code) for code in DESK.languages}
FIGURE = re.compile(r"(?<![\w.])\d[\d,]*(?!\w)")


def told_figures(message: Message) -> set[str]:
    """The figures in what a reader sees, the dates of the claims and the addresses and numbers of sources left out."""
    text = "\n".join("".join(span.text for span in line.spans) for line in message.lines if line.kind != "source")
    for date in DATES[message.language]:
        text = text.replace(date, "")
    return {figure.replace(",", "") for figure in FIGURE.findall(re.sub(r"\[\d+\]", "", text))}


def claimed_figures(message: Message) -> set[str]:
    claims = shown_claims(message)
    spelt = {figure.replace(",", "") for claim in claims for figure in FIGURE.findall(claim.says["en"])}
    return spelt | {str(quantity.number) for claim in claims for quantity in claim.quantities}


def unsafe(message: Message) -> list[str]:
    """What is left of the HTML when the tags that are ours are taken out, where it could still be a tag."""
    left = re.sub(r'</?b>|<a href="[^"<>]*">|</a>', "", html(message))
    return re.findall(r"[<>]|&(?!amp;|lt;|gt;|quot;|#x27;)", left)


def undenied(message: Message) -> list[str]:
    """The denied claims of a message whose denial it does not tell right beside them."""
    lines = [line.claim for line in message.lines if line.claim]
    return [id for id in lines if (denials := STORE.denials(id)) and not set(denials) & set(lines)]


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


@settings(max_examples=3000)
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


@pytest.mark.parametrize("room", [150, 900])
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
