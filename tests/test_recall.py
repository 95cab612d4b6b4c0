"""What was answered a moment ago is told again; what was asked is not kept."""

from __future__ import annotations

import pytest

from bot.conversation import Desk, opened
from bot.dialogue import Context, Turn, Utterance
from bot.telegram.asks import Ask
from bot.telegram.recall import Recall

QUESTION = Ask("How many civilians were killed?")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that counts how often it thinks."""
    found = opened(sources=frozenset({"crackdown-article"}))
    thoughts: list[Utterance] = []
    reply = found.reply

    def counted(utterance: Utterance, context: Context) -> Turn:
        thoughts.append(utterance)
        return reply(utterance, context)

    monkeypatch.setattr(found, "reply", counted)
    monkeypatch.setattr(found, "thoughts", thoughts, raising=False)
    return found


def test_the_same_question_is_thought_about_once(desk: Desk) -> None:
    recall = Recall()
    first = recall.turn(desk, QUESTION, Utterance("", at=1000.0), Context())
    again = recall.turn(desk, QUESTION, Utterance("", at=1060.0), Context())
    assert first.message == again.message and again.context.at == 1060.0
    assert len(desk.thoughts) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("utterance", "context"),
    [
        (Utterance("", room=480), Context()),
        (Utterance("", language="ur"), Context()),
        (Utterance(""), Context(places=("pasni",), claims=("pasni-official-killed",))),
    ],
)
def test_another_room_language_or_conversation_is_another_question(
    desk: Desk, utterance: Utterance, context: Context
) -> None:
    recall = Recall()
    recall.turn(desk, QUESTION, Utterance(""), Context())
    recall.turn(desk, QUESTION, utterance, context)
    assert len(desk.thoughts) == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["How many unicorns did Zarmina see?", "thanks", "How many civilians were killed?"])
def test_no_word_of_a_question_is_kept(desk: Desk, text: str) -> None:
    recall = Recall()
    recall.turn(desk, Ask(text), Utterance(""), Context())
    assert text not in repr(vars(recall)) and "Zarmina" not in repr(vars(recall))
