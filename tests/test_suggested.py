"""Suggested questions: in the language of the reply, each answered by the claim that it is offered for."""

from __future__ import annotations

import pytest

from bot.buttons import Examples, asking, question
from bot.conversation import opened
from bot.detect import detected
from bot.dialogue import Action, Button, Context, Message, Suggestion, Utterance
from bot.languages import FALLBACK
from bot.markup import plain
from bot.sentences import ISOLATE, ISOLATED
from knowledge.model import Claim

DESK = opened(sources=frozenset({"crackdown-article"}))
EXAMPLES = Examples(DESK.languages)
CLAIMS = {claim.id: claim for claim in DESK.store.claims}
OTHERS = sorted(set(DESK.languages) - {FALLBACK})
LOST = {  # questions that no claim answers, by language, and what somebody says who does not ask yet
    "en": ("Were any goats killed?", "How many people were wounded?", "hello"),
    "ur": ("کتنی بکریاں ماری گئیں؟", "کتنے لوگ زخمی ہوئے؟", "سلام"),
    "ur-Latn": ("Gwadar mein kitne bache maare gaye?", "hamlon mein kitne log zakhmi hue?", "salam"),
}


def said(text: str, language: str | None = None) -> Message:
    return DESK.reply(Utterance(text, language=language, room=4000), Context()).message


def offered(message: Message) -> list[Button]:
    return [button for button in message.buttons if button.action.kind == "ask"]


def own(claim: Claim, language: str) -> Button:
    """The one question of a claim that is offered in a language."""
    (button,) = asking(EXAMPLES.suited([Suggestion(claim)], language))
    return button


def only(claim: Claim, *texts: str) -> Claim:
    return claim.model_copy(update={"asked": list(texts)})


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("id", CLAIMS)
def test_every_claim_has_a_question_in_each_language_that_it_answers_first(id: str, language: str) -> None:
    button = own(CLAIMS[id], language)
    assert detected(button.label, DESK.languages) == language
    message = said(button.label)
    assert message.language == language and message.answers[0] == id


@pytest.mark.parametrize("id", CLAIMS)
def test_in_english_the_first_question_without_a_figure_is_offered_as_ever(id: str) -> None:
    first = next(text for text in CLAIMS[id].asked if not any(c.isdigit() for c in text))
    assert own(CLAIMS[id], FALLBACK).label == first
    assert own(CLAIMS[id], FALLBACK).action.index == CLAIMS[id].asked.index(first)


@pytest.mark.parametrize("language", LOST)
def test_whoever_is_left_without_an_answer_is_offered_questions_in_their_language(language: str) -> None:
    for text in LOST[language]:
        message = said(text, language)
        assert message.status in ("unknown", "smalltalk") and offered(message)
        for button in offered(message):
            assert detected(button.label, DESK.languages) == language
            assert button.label in plain(message)
            assert ISOLATE + button.label not in plain(message)


def test_a_pressed_button_asks_the_question_that_it_shows() -> None:
    for language, texts in LOST.items():
        for button in offered(said(texts[0], language)):
            turn = DESK.press(button.action, Utterance("", room=4000), Context(language=language))
            assert turn.message.language == language
            assert turn.message.answers[0] == button.action.claim


def test_a_button_of_before_asks_what_it_asked_before() -> None:
    asked = CLAIMS["toll-civilians"].asked
    plain = [i for i, text in enumerate(asked) if not any(sign.isdigit() for sign in text)]
    assert plain and [DESK.views.question(Action("ask", "toll-civilians", i)) for i in plain] == [
        asked[i] for i in plain
    ]


@pytest.mark.parametrize("language", DESK.languages)
def test_a_newcomer_is_offered_questions_in_their_language_that_are_answered(language: str) -> None:
    texts = DESK.views.starters(language)
    assert len(texts) == 3 and texts == tuple(button.label for button in DESK.views.starting(language))
    for text in texts:
        assert detected(text, DESK.languages) == language
        assert said(text).status == "answered"


def test_where_a_language_has_no_question_yet_the_english_one_is_kept_apart() -> None:
    claim = only(CLAIMS["toll-civilians"], "What is the civilian death toll?", "How many civilians were killed?")
    buttons = asking(EXAMPLES.suited([Suggestion(claim, 1)], "ur"))
    assert buttons == (Button(claim.asked[1], Action("ask", claim.id, 1)),)
    assert EXAMPLES.listed(buttons, DESK.renderer.words("ur")) == f"{ISOLATE}{claim.asked[1]}{ISOLATED}"
    assert EXAMPLES.listed(buttons, DESK.renderer.words("ur-Latn")) == claim.asked[1]
    assert EXAMPLES.listed(buttons, DESK.renderer.words("en")) == claim.asked[1]


def test_a_question_with_a_figure_or_in_a_language_that_was_not_asked_for_is_not_offered() -> None:
    urdu, figure = own(CLAIMS["toll-civilians"], "ur").label, "Were 31 civilians killed?"
    claim = only(CLAIMS["toll-civilians"], figure, urdu)
    assert EXAMPLES.suited([Suggestion(claim)], FALLBACK) == ()
    assert question(claim) == (urdu, 1)
    assert EXAMPLES.suited([Suggestion(only(claim, figure))], "ur") == ()


def test_a_language_of_a_new_file_is_chosen_like_the_others() -> None:
    words = ["quot", "occisi", "sunt"]
    added = DESK.languages[FALLBACK].model_copy(update={"code": "xx", "detect": words})
    claim = only(CLAIMS["toll-civilians"], "How many civilians were killed?", "Quot cives occisi sunt?")
    examples = Examples({**DESK.languages, "xx": added})
    assert examples.suited([Suggestion(claim)], "xx") == (Suggestion(claim, 1),)
    assert examples.suited([Suggestion(claim)], FALLBACK) == (Suggestion(claim, 0),)
