"""Views of what is held, and what a button shows of one claim."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.buttons import question
from bot.conversation import Desk, opened
from bot.dialogue import Action, ActionKind, Context, Utterance
from bot.markup import plain
from bot.views import View, Views
from knowledge.store import mentions

DESK: Desk = opened(sources=frozenset({"crackdown-article"}))
VIEWS = Views(DESK.renderer, DESK.taggers)
WIDE = Utterance("", room=3500)


def shown(view: View, subject: str = "", room: int = 3500) -> str:
    return plain(VIEWS.view(view, subject, Utterance("", room=room)).message)


def pressed(kind: ActionKind, claim: str, context: Context | None = None) -> str:
    return plain(VIEWS.press(Action(kind, claim), WIDE, context or Context()).message)


@pytest.mark.parametrize("view", get_args(View))
@pytest.mark.parametrize("room", [300, 900, 3500])
def test_every_view_names_its_source_and_its_claimants(view: View, room: int) -> None:
    message = VIEWS.view(view, "", Utterance("", room=room)).message
    assert message.status == "answered" and message.lines
    for line in message.lines:
        if line.claim:
            speaker = DESK.store.claim(line.claim).attribution.speaker
            named = DESK.store.name(speaker).label["en"] if speaker else "report"
            assert named in "".join(span.text for span in line.spans)
    assert "Capital Post (UK)" in plain(message) or not message.answers


def test_casualties_are_grouped_by_whom_and_never_added_up() -> None:
    lines = shown("casualties").splitlines()
    headings = [line for line in lines if line.endswith(":")]
    assert headings == [
        "Killed, civilians:", "Killed, security personnel:", "Killed, militants:", "Captured, security personnel:",
    ]  # fmt: skip
    assert "claims overlap and are not added up" in lines[0]


def test_the_timeline_runs_forward() -> None:
    text = shown("timeline", room=6000)
    headings = ("Before the attacks:", "Before dawn", "Late at night:", "At the time of the report:")
    order = [text.index(each) for each in headings]
    assert order == sorted(order)


def test_where_narrows_to_a_place_and_the_places_in_it() -> None:
    turn = VIEWS.view("places", "gwadar", WIDE)
    assert turn.context.places == ("gwadar",)
    assert {"suicide-gwadar", "gwadar-breach-foiled", "gwadar-port-china"} <= set(turn.message.answers)
    assert "pasni-location" in VIEWS.view("places", "gwadar district", WIDE).message.answers


def test_who_narrows_to_a_person_whose_own_words_come_first() -> None:
    message = VIEWS.view("people", "naqvi", WIDE).message
    assert message.answers[0] == "naqvi-blames-india" and "india-denies" in message.answers
    assert plain(message).startswith("Mohsin Naqvi, Pakistan's interior minister\nMohsin Naqvi blames India")


@pytest.mark.parametrize(("view", "subject"), [("places", "karachi"), ("people", "modi"), ("people", "<i>zzz</i>")])
def test_a_name_without_a_claim_is_said_to_have_none(view: View, subject: str) -> None:
    turn = VIEWS.view(view, subject, WIDE)
    assert turn.message.status == "unknown" and turn.message.answers == ()
    assert plain(turn.message).startswith("No report of ")


def test_people_are_listed_once_each_and_only_those_spoken_of() -> None:
    names = shown("people").splitlines()[1:]
    spoken_of = {id for claim in DESK.store.claims for id in mentions(claim)}
    held = [name for name in DESK.store.names if name.kind != "place" and name.id in spoken_of]
    assert len(names) == len(set(names)) == len(held)


def test_everything_disputed_is_there_with_its_other_side() -> None:
    message = VIEWS.view("disputed", "", WIDE).message
    unsettled = {claim.id for claim in DESK.store.claims if claim.verification.status != "stated"}
    assert unsettled <= set(message.answers)
    assert {other for id in unsettled for other in DESK.store.other_sides(id)} <= set(message.answers)


def test_sources_say_whose_reporting_they_pass_on() -> None:
    assert "The report passes on reporting by The Guardian." in shown("sources")


def test_who_says_so() -> None:
    assert "names no official" in pressed("who", "toll-civilians")
    told = pressed("who", "bla-killed-84")
    assert "It was said in a statement. The Guardian has not independently verified that." in told


def test_the_other_side() -> None:
    assert "The other side: Delhi" in pressed("other", "naqvi-blames-india")


def test_exact_words_with_their_place() -> None:
    text = pressed("words", "bla-killed-84")
    assert '"they killed 84 security personnel" [1]\nParagraph 4, sentence 2 of the report.' in text


def test_a_suggested_question_is_asked_in_its_own_words() -> None:
    claim = DESK.store.claim("toll-civilians")
    assert VIEWS.question(Action("ask", claim.id, 1)) == claim.asked[1]
    assert VIEWS.question(Action("ask", "no-such-claim")) is None


def test_no_suggested_question_gives_a_figure_away() -> None:
    for claim in DESK.store.claims:
        for index in range(len(claim.asked)):
            found = question(claim, index)
            assert found is not None and not any(c.isdigit() for c in found[0])


def test_more_shows_the_last_answer_whole_and_only_one_claim_to_a_stranger() -> None:
    context = Context(claims=("toll-civilians", "toll-security"))
    assert VIEWS.press(Action("more", "toll-civilians"), WIDE, context).message.answers == context.claims
    stranger = VIEWS.press(Action("more", "toll-civilians"), WIDE, Context())
    assert stranger.message.answers == ("toll-civilians",) and stranger.context.claims == ("toll-civilians",)


def test_a_press_within_a_conversation_keeps_it() -> None:
    context = Context(intent="count", topics=("killed",), claims=("toll-civilians", "toll-security"))
    assert VIEWS.press(Action("who", "toll-security"), WIDE, context).context.claims == context.claims


@pytest.mark.parametrize("kind", get_args(ActionKind))
def test_an_outdated_button_gets_one_polite_line(kind: ActionKind) -> None:
    turn = VIEWS.press(Action(kind, "gone"), WIDE, Context())
    assert len(turn.message.lines) == 1 and turn.message.answers == () and not turn.message.buttons


def test_cards_are_the_claims_of_the_answers_each_with_its_source() -> None:
    answer = DESK.reply(Utterance("How many people were killed?", room=900), Context())
    cards = VIEWS.cards([answer], WIDE)
    assert [card.message.answers[0] for card in cards][:2] == ["toll-civilians", "toll-security"]
    assert all("Capital Post (UK)" in plain(card.message) for card in cards)
    assert VIEWS.cards([], WIDE) == ()


def test_a_newcomer_is_offered_questions_that_are_answered() -> None:
    for text in VIEWS.starters():
        assert DESK.reply(Utterance(text), Context()).message.status == "answered"
