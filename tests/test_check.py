"""A forwarded statement: matches, differs, disputed or not reported; never true, never false."""

from __future__ import annotations

import pytest

from bot.conversation import opened
from bot.dialogue import Context, Message, Utterance
from bot.markup import plain

DESK = opened(sources=frozenset({"crackdown-article"}))


def checked(text: str) -> Message:
    return DESK.reply(Utterance(text, mode="check"), Context()).message


@pytest.mark.parametrize(
    ("text", "verdict", "shown"),
    [
        ("At least 31 civilians were killed", "matches", {"toll-civilians"}),
        ("Bugti says that 145 militants were killed", "matches", {"toll-militants-bugti"}),
        ("310 civilians were killed", "differs", {"toll-civilians"}),
        ("Not a single civilian was killed", "differs", {"toll-civilians"}),
        ("BLA killed 84 soldiers", "disputed", {"bla-killed-84", "toll-security"}),
        ("India backed the attackers", "disputed", {"naqvi-blames-india", "india-denies"}),
        ("India admitted that it backed the attackers", "disputed", {"naqvi-blames-india", "india-denies"}),
        ("Balochistan is calm", "disputed", {"asif-calm", "noshki-ongoing"}),
        ("200 people were wounded", "not-reported", set()),
        ("Karachi is under attack", "not-reported", set()),
    ],
)
def test_a_statement_is_held_against_the_claims(text: str, verdict: str, shown: set[str]) -> None:
    message = checked(text)
    assert message.verdict == verdict and shown <= {*message.answers, *message.related}


def test_what_somebody_claims_matches_only_as_their_claim() -> None:
    assert checked("The BLA says that it killed 84 security personnel").verdict == "matches"
    assert checked("The government says that 84 security personnel were killed").verdict == "disputed"


def test_a_message_takes_the_worst_verdict_of_its_sentences() -> None:
    assert checked("At least 31 civilians were killed. BLA killed 84 soldiers.").verdict == "disputed"
    assert checked("At least 31 civilians were killed. BLA says it took 80 officials prisoner.").verdict == "differs"


def test_sentences_that_say_too_little_by_themselves_are_not_reported() -> None:
    message = checked("did they lie? surely somebody heard")
    assert message.verdict == "not-reported" and plain(message).strip()


@pytest.mark.parametrize(
    "text", ["BLA killed 84 soldiers", "310 civilians were martyred", "India did it", "aliens landed"]
)
def test_nothing_is_called_true_or_false_and_no_side_is_echoed(text: str) -> None:
    told = plain(checked(text)).lower()
    assert not {"true", "false", "fake", "martyred"} & set(told.replace(".", " ").replace(",", " ").split())


@pytest.mark.parametrize(
    "text",
    [
        "The BLA killed at least 31 civilians",
        "Insurgents broke through the perimeter in Gwadar",
        "The insurgency is over",
        "Militants defended police stations in Quetta",
        "Security forces burned police stations in Quetta",
        "At least 31 civilians were killed yesterday",
    ],
)
def test_what_a_claim_does_not_say_word_for_word_never_matches(text: str) -> None:
    assert checked(text).verdict != "matches"
