"""What a short question takes from the conversation, and when it takes nothing."""

from __future__ import annotations

import pytest

from bot.conversation import opened
from bot.dialogue import Context, Message, Utterance
from bot.follow import LIFETIME, fresh

DESK = opened(sources=frozenset({"crackdown-article"}))


def talk(*texts: str, pause: float = 1.0) -> Message:
    """The reply to the last of several messages."""
    context, at = Context(), 0.0
    for text in texts:
        at += pause
        turn = DESK.reply(Utterance(text, at=at), context)
        context = turn.context
    return turn.message


@pytest.mark.parametrize(
    ("texts", "claim"),
    [
        (("How many civilians were killed?", "and security forces?"), "toll-security"),
        (("Were there suicide attacks in Quetta?", "and in Gwadar?"), "suicide-gwadar"),
        (("How many militants were killed?", "who says so?"), "toll-militants-bugti"),
        (("How many soldiers does the BLA say it killed?", "is that verified?"), "bla-killed-84"),
        (("What is in the red zone?", "was anyone killed there?"), "redzone-police-killed"),
        (("How many civilians were killed?", "are you sure?"), "toll-civilians"),
    ],
)
def test_what_is_left_out_comes_from_the_conversation(texts: tuple[str, ...], claim: str) -> None:
    assert claim in talk(*texts).answers


def test_a_complete_question_takes_nothing() -> None:
    whole = "How many prisoners were freed in Mastung?"
    assert talk("How many civilians were killed in Pasni?", whole).answers == talk(whole).answers


def test_more_shows_what_was_not_shown_yet() -> None:
    first, second = talk("What happened in Pasni?"), talk("What happened in Pasni?", "what else?")
    assert not set(first.answers) & set(second.answers)


def test_another_place_without_a_claim_is_no_reason_to_repeat_the_last_answer() -> None:
    assert talk("How many people were killed in the red zone?", "and in Karachi?").answers == ()


def test_a_conversation_ends_after_half_an_hour() -> None:
    texts = ("How many civilians were killed?", "and security forces?")
    assert "toll-security" in talk(*texts, pause=LIFETIME).answers
    assert talk(*texts, pause=LIFETIME + 1).answers == talk(texts[-1]).answers


def test_a_context_that_has_ended_keeps_only_the_language() -> None:
    old = Context(intent="count", claims=("toll-civilians",), language="en", at=10.0)
    assert fresh(old, 10.0 + LIFETIME) == old
    assert fresh(old, 11.0 + LIFETIME) == Context(language="en")


def test_context_holds_ids_and_no_text() -> None:
    turn = DESK.reply(Utterance("How many zorgons were killed in Quetta?"), Context())
    assert "zorgons" not in repr(turn.context)


def test_a_message_in_which_nothing_is_understood_neither_leans_on_the_last_one_nor_ends_it() -> None:
    desk = opened(sources=frozenset({"crackdown-article"}))
    first = desk.reply(Utterance("what happened in Pasni?"), Context())
    lost = desk.reply(Utterance("exit"), first.context)
    assert lost.message.status == "unknown" and not lost.message.answers
    assert desk.reply(Utterance("who says so?"), lost.context).message.answers == first.message.answers
