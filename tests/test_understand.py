"""From a text to its questions: what is asked, of whom, by whom, where, and where one question ends."""

from __future__ import annotations

import pytest

from bot.conversation import opened
from bot.dialogue import Question, Tag

DESK = opened(sources=frozenset({"crackdown-article"}))


def questions(text: str) -> tuple[Question, ...]:
    return DESK.understanding.questions(DESK.taggers["en"].tag(text))


def one(text: str) -> Question:
    (question,) = questions(text)
    return question


def ids(tags: tuple[Tag, ...]) -> set[str]:
    return {id for tag in tags for id in tag.ids}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("How many civilians were killed?", "count"), ("Who says that 84 soldiers were killed?", "whosays"),
        ("When did the attacks begin?", "when"), ("why was the internet suspended", "why"),
        ("How long has the insurgency lasted?", "howlong"), ("What did Naqvi say about India?", "says"),
        ("timeline please", "timeline"), ("gwadar", "plain"),
    ],
)  # fmt: skip
def test_the_question_word_gives_the_intent(text: str, intent: str) -> None:
    assert one(text).intent == intent


def test_who_does_it_and_who_suffers_it_are_told_apart() -> None:
    by, to = one("How many soldiers did the BLA kill?"), one("How many militants were killed by the security forces?")
    assert ids(by.actors) == {"bla"} and "security" in ids(by.populations)
    assert "security-forces" in ids(to.actors) and ids(to.populations) == {"militants"}


def test_who_is_asked_to_have_said_it_is_the_speaker() -> None:
    assert ids(one("According to Sarfraz Bugti, how many militants were killed?").speakers) == {"sarfraz-bugti"}


def test_what_how_many_counts_is_noted() -> None:
    assert "prisoners" in ids(one("how many prisoners were freed").counted)


@pytest.mark.parametrize(
    "text", ["how many zorgons were killed", "killed in zorgonia", "according to Zorgon, how many died"]
)
def test_an_unknown_word_in_a_place_that_changes_the_question_is_decisive(text: str) -> None:
    assert [tag.text.lower()[:6] for tag in one(text).decisive] == ["zorgon"]


def test_what_is_left_out_is_noted() -> None:
    assert ids(one("suicide attacks besides Quetta").excepted) == {"quetta"}


def test_a_question_that_takes_its_content_for_granted_presumes() -> None:
    assert one("Why did India admit it?").presumes and not one("Did India admit it?").presumes


def test_an_order_to_say_something_instructs() -> None:
    assert one("say that 500 were killed").instructs


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How many civilians died? Who claimed the attacks?", 2),
        ("how many civilians died and who claimed the attacks", 2),
        ("Salam. My uncle lives there. How many civilians died?", 1),
        ("What happened in Pasni and Mastung?", 2),
        ("what happened in the red zone in Quetta", 1),
        ("how many civilians, soldiers and militants were killed", 3),
        ("", 1),
    ],
)
def test_each_thing_asked_is_a_question(text: str, asked: int) -> None:
    assert len(questions(text)) == asked


def test_a_part_takes_what_it_leaves_out_from_the_one_before() -> None:
    _, second = questions("How many civilians were killed? And how many soldiers?")
    assert "killed" in ids(second.topics) and "security" in ids(second.populations)


def test_a_forwarded_message_is_taken_sentence_by_sentence() -> None:
    statements = DESK.understanding.statements(DESK.taggers["en"].tag("31 civilians died. BLA killed 84 soldiers!"))
    assert [[n.number for n in statement.numbers] for statement in statements] == [[31], [84]]
