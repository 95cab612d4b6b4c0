"""Which claims answer: constraints decide, the other side comes along, and silence is said by name."""

from __future__ import annotations

import pytest

from bot.buttons import question
from bot.conversation import opened
from bot.dialogue import Context, Message, Utterance
from bot.index import MOST
from bot.markup import plain

DESK = opened(sources=frozenset({"crackdown-article"}))
FINDER = DESK.answerer.finder


def asked(text: str) -> Message:
    return DESK.reply(Utterance(text), Context()).message


def test_a_claim_answers_only_where_no_slot_disagrees() -> None:
    assert asked("How many police were killed in the red zone?").answers == ("redzone-police-killed",)
    assert asked("How many police were killed in Mastung?").answers == ()


def test_the_smaller_place_answers_for_the_larger_and_never_the_other_way_round() -> None:
    assert "pasni-militants-killed-5" in asked("How many militants were killed in Gwadar district?").answers
    assert asked("How many militants were killed in Kech?").answers == ()


def test_the_wider_word_takes_in_the_narrower_and_never_the_other_way_round() -> None:
    assert "toll-security" in asked("how many men in uniform were killed").answers
    assert asked("how many children were killed").answers == ()


def test_who_says_it_decides_between_two_figures() -> None:
    assert asked("How many soldiers were killed according to the BLA?").answers[0] == "bla-killed-84"
    assert asked("How many soldiers were killed according to Imran Khan?").answers == ()


def test_a_denied_claim_brings_its_denial() -> None:
    assert set(asked("Who does Naqvi blame?").answers) == {"naqvi-blames-india", "india-denies"}


def test_a_conflicting_figure_stands_beside() -> None:
    message = asked("How many security personnel does the BLA say it killed?")
    assert message.answers == ("bla-killed-84",) and "toll-security" in message.related


def test_a_false_premise_is_corrected_and_said_to_be_none() -> None:
    message = asked("Why did India admit that it backed the attackers?")
    assert "india-denies" in message.answers and plain(message).startswith("The report does not say that")


@pytest.mark.parametrize("text", ["How many people were wounded?", "how old were the dead"])
def test_a_silence_of_the_report_is_said_by_name(text: str) -> None:
    message = asked(text)
    assert message.status == "unknown" and plain(message).startswith("The report gives no")


def test_what_is_not_reported_is_named_and_something_else_offered() -> None:
    message = asked("How many people were killed in Karachi?")
    assert "Karachi" in plain(message) and message.buttons


def test_an_overview_is_short_and_ordered_as_the_report_sums_up() -> None:
    summary = tuple(id for report in DESK.store.reports for id in report.summary)
    assert asked("What happened?").answers[: len(summary)] == summary


def test_each_part_of_a_message_is_answered_and_a_silence_spoils_no_other() -> None:
    message = asked("How many civilians were killed, and how many were wounded?")
    assert message.answers == ("toll-civilians",) and "wounded" in plain(message)


def test_every_claim_is_reached_by_at_least_three_of_its_example_questions() -> None:
    reached = {claim.id: sum(claim.id in asked(text).answers for text in claim.asked) for claim in DESK.store.claims}
    assert {id: number for id, number in reached.items() if number < 3} == {}


def test_every_question_that_is_offered_is_answered_by_the_claim_it_is_offered_for() -> None:
    offered = {claim.id: question(claim, 0) for claim in DESK.store.claims}
    assert {id for id, found in offered.items() if found and id not in asked(found[0]).answers} == set()


def test_only_claims_that_share_something_are_looked_at_and_never_more_than_so_many() -> None:
    found = FINDER.index.sharing([("pasni",)])
    assert 0 < len(found) <= MOST and all("pasni" in profile.explains for profile in found)
    assert FINDER.index.sharing([]) == [] and FINDER.index.sharing([("no-such-id",)]) == []


def test_a_rarer_thing_says_more() -> None:
    assert FINDER.index.rarity("pasni") > FINDER.index.rarity("balochistan") > 0


def test_every_candidate_says_why_it_stands_where_it_stands() -> None:
    (read,) = DESK.understanding.questions(DESK.taggers["en"].tag("how many civilians were killed in Pasni"))
    candidates = FINDER.candidates(read)
    assert candidates == sorted(candidates, key=lambda c: (c.cost, FINDER.index.order[c.claim.id]))
    assert all(c.reasons for c in candidates) and any("place" in c.broken for c in candidates)
