"""The report that a question names: only what it carries answers, and an outlet without a report is named as such."""

from __future__ import annotations

from datetime import date

import pytest
from talk import DESK, STORE, last

from bot.dialogue import Question, Tag
from bot.markup import plain
from bot.matter import Matter
from bot.period import Period
from bot.provenance import Provenance

MATTER = Matter.of(STORE)
PROFILES = DESK.answerer.finder.index.profiles
KEEPS = Provenance(MATTER).keeps


def tag(id: str) -> Tag:
    return Tag("content", (id,), 0, 1, id)


def kept(question: Question) -> set[str]:
    """The claims that a question leaves standing."""
    keeps = KEEPS(question)
    assert keeps is not None
    return {id for id, profile in PROFILES.items() if keeps(profile)}


@pytest.mark.parametrize(
    ("text", "claim", "outlet"),
    [
        ("How many civilians were killed according to AP?", "g2-civ-33-asif", "associated-press"),
        ("According to AFP, how many civilians were killed?", "h4-civ-36-afp", "afp"),
        ("According to Al Jazeera, how many security personnel were killed?", "b4-sec-280-aj", "al-jazeera"),
        ("What did AP say about civilians?", "g2-civ-33-asif", "associated-press"),
    ],
)
def test_the_outlet_that_is_named_carries_what_answers(text: str, claim: str, outlet: str) -> None:
    message = last(text)
    assert message.status == "answered" and message.answers[0] == claim
    assert all(outlet in PROFILES[id].carriers | PROFILES[id].explains for id in message.answers)


def test_the_outlet_keeps_its_word_where_another_has_a_later_one() -> None:
    general, named = last("How many civilians were killed?"), last("How many civilians were killed according to AP?")
    assert "g2-civ-33-asif" not in general.answers and "i5-civ-36-pm" in general.answers
    assert "i5-civ-36-pm" not in named.answers and "36" in plain(named)


def test_what_a_report_carries_is_still_said_by_its_claimant() -> None:
    assert plain(last("According to AP, how many civilians were killed?")).startswith("Khawaja Asif")


def test_outlet_and_day_hold_together() -> None:
    message = last("How many militants were killed according to AP as of 1 February?")
    assert message.answers == ("toll-militants-bugti",)
    assert "associated-press" in PROFILES["toll-militants-bugti"].carriers


def test_an_outlet_is_asked_after_within_a_conversation() -> None:
    assert last("How many civilians were killed?", "and according to AP?").answers == ("g2-civ-33-asif",)


@pytest.mark.parametrize(
    "text",
    [
        "According to CNN, how many militants were killed?",
        "what did CNN say about militants?",
        "what did CNN say?",
        "How many civilians were killed according to CNN?",
    ],
)
def test_an_outlet_that_no_report_is_of_is_said_to_have_none(text: str) -> None:
    message = last(text)
    assert (message.status, message.answers, message.related) == ("unknown", (), ())
    assert message.reason == "not-reported" and plain(message).startswith("No report of CNN.")


def test_an_unknown_outlet_ends_no_conversation_with_the_last_answer() -> None:
    message = last("How many civilians were killed?", "and according to CNN?")
    assert message.status == "unknown" and message.answers == ()
    assert plain(message).startswith("No report of CNN.")


def test_an_outlet_of_which_there_are_reports_is_never_said_to_have_none() -> None:
    for name in ("Reuters", "the BBC", "AFP"):
        message = last(f"what did {name} say?")
        assert "No report of" not in plain(message) and message.buttons


def test_what_can_be_asked_of_an_outlet_is_what_its_reports_carry() -> None:
    offered = [button.action.claim for button in last("what did Reuters say?").buttons]
    assert offered and all("reuters" in PROFILES[id].carriers for id in offered)


# -- which claims are kept --------------------------------------------------------------------------------


def test_a_question_without_outlet_and_day_keeps_everything() -> None:
    assert KEEPS(Question("count")) is None
    assert KEEPS(Question("count", speakers=(tag("sarfraz-bugti"),))) is None


def test_those_who_make_statements_are_no_outlets() -> None:
    speakers = {claim.attribution.speaker for claim in STORE.claims}
    assert MATTER.publishers and MATTER.publishers.isdisjoint(speakers)
    assert {"associated-press", "reuters", "afp"} <= MATTER.publishers


@pytest.mark.parametrize("role", ["speakers", "mentions"])
def test_an_outlet_keeps_the_claims_of_its_reports_and_of_those_that_pass_on_its_own(role: str) -> None:
    found = kept(Question("count").filled({role: (tag("associated-press"),)}))
    carried = {id for id, profile in PROFILES.items() if "associated-press" in profile.carriers}
    assert carried and carried <= found < set(PROFILES)
    assert all("associated-press" in PROFILES[id].carriers | PROFILES[id].explains for id in found)


def test_of_two_outlets_both_carry_what_is_kept() -> None:
    ap, reuters = (kept(Question("count", speakers=(tag(id),))) for id in ("associated-press", "reuters"))
    both = kept(Question("count", speakers=(tag("associated-press"), tag("reuters"))))
    assert both == ap & reuters and both < ap


def test_a_day_keeps_the_figures_that_held_by_then_and_drops_what_no_report_dates() -> None:
    found = kept(Question("count", period=Period("until", date(2026, 2, 1))))
    assert "f1-civ-31-ipost" in found and "g2-civ-33-asif" not in found
    assert all(STORE.as_of(id) for id in found)


def test_outlet_and_day_keep_what_both_keep() -> None:
    period = Period("until", date(2026, 2, 1))
    one = kept(Question("count", speakers=(tag("associated-press"),)))
    other = kept(Question("count", period=period))
    assert kept(Question("count", speakers=(tag("associated-press"),), period=period)) == one & other
