"""Figures that changed: the last word, the word of a day, the first, the next, and what an outlet carries."""

from __future__ import annotations

from datetime import date

import pytest
from talk import STORE, before, last, told

from bot.period import Period
from knowledge.model import AsOf

CHAINED = [claim for claim in STORE.claims if STORE.chains.after(claim.id)]


def asked(*texts: str) -> tuple[str, ...]:
    """The claims that answer the last of some messages of one conversation."""
    return last(*texts).answers


def figures(ids: tuple[str, ...]) -> set[int | None]:
    return {quantity.number for id in ids for quantity in STORE.claim(id).quantities}


# -- the day that is asked about ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "figure"),
    [("31 January", 18), ("1 February", 31), ("Monday", 33), ("3 Feb", 36), ("5 February", 36)],
)
def test_a_toll_is_given_as_it_stood_on_the_day(day: str, figure: int) -> None:
    given = asked(f"How many civilians were killed as of {day}?")
    assert figure in figures(given)
    assert all(Period("until", _date(day)).holds(STORE.as_of(id), figure=True) for id in given)


def _date(day: str) -> date:
    named = {"31 January": (1, 31), "1 February": (2, 1), "Monday": (2, 2), "3 Feb": (2, 3), "5 February": (2, 5)}
    return date(2026, *named[day])


def test_without_a_day_no_figure_is_given_that_a_later_one_replaced() -> None:
    for claim in CHAINED:
        for text in ("How many civilians were killed?", "How many militants were killed?"):
            assert claim.id not in asked(text) or STORE.chains.latest(claim.id)[-1] in asked(text)


def test_the_same_day_is_meant_in_urdu_and_roman_urdu() -> None:
    english = asked("How many civilians were killed as of Monday?")
    assert asked("kitne civilians maare gaye?", "peer tak kitne thay?") == english
    assert asked("کتنے عام شہری مارے گئے", "پیر تک کتنے تھے") == english


def test_a_part_of_a_day_is_read_behind_the_word_that_joins_it() -> None:
    english = asked("How many civilians were killed by the evening of 31 January?")
    assert 11 in figures(english)
    assert asked("31 january ki shaam tak kitne shehri mare gaye?") == english
    assert asked("31 جنوری کی شام تک کتنے شہری مارے گئے؟") == english


def test_a_day_after_a_pronoun_asks_after_the_figure_just_given() -> None:
    assert figures(asked("how many militants were killed?", "how many was it on Monday?")) >= {177}
    assert 216 not in figures(asked("how many militants were killed?", "how many was it on Monday?"))


def test_up_to_a_night_is_up_to_the_end_of_its_day() -> None:
    whole, night = AsOf(date="2026-02-01"), Period("until", date(2026, 2, 1), "night")
    assert night.holds(whole, figure=True)
    assert not Period("until", date(2026, 2, 1), "evening").holds(whole, figure=True)
    assert not Period("on", date(2026, 2, 1), "night").holds(whole, figure=True)
    assert not night.holds(AsOf(date="2026-02-02"), figure=True)
    assert not night.holds(None, figure=True)


def test_since_a_day_leaves_that_day_out() -> None:
    since = Period("since", date(2026, 2, 3))
    assert not since.holds(AsOf(date="2026-02-03"), figure=True)
    assert since.holds(AsOf(date="2026-02-04"), figure=True)


# -- how a figure came to be ----------------------------------------------------------------------------------


def test_how_a_toll_changed_is_every_step_newest_first() -> None:
    steps = asked("how many civilians were killed?", "how has it changed?")
    ages = [as_of.order for id in steps if (as_of := STORE.as_of(id)) and STORE.chains.before(id)]
    assert len(steps) > 5 and ages == sorted(ages, reverse=True)
    assert {36, 33, 31, 18} <= figures(steps)


def test_the_first_word_is_one_that_replaced_nothing() -> None:
    first = asked("What was the first toll of civilians?")
    assert first and all(not STORE.chains.before(id) for id in first)


def test_a_replaced_figure_shows_what_replaced_it() -> None:
    turn = told("18 civilians were killed", "check", before(()), 4000)
    text = "\n".join("".join(span.text for span in line.spans) for line in turn.message.lines)
    assert turn.message.verdict == "differs" and "18" in text and "36" in text


def test_a_figure_of_one_side_that_was_replaced_stays_disputed() -> None:
    turn = told("The BLA killed 84 soldiers", "check", before(()), 4000)
    assert turn.message.verdict == "disputed" and "bla-killed-84" in turn.message.answers


# -- the outlet that is asked about ---------------------------------------------------------------------------


@pytest.mark.parametrize(("outlet", "publisher"), [("Reuters", "reuters"), ("AP", "associated press"), ("AFP", "afp")])
def test_an_outlet_answers_with_what_its_reports_carry(outlet: str, publisher: str) -> None:
    given = asked(f"according to {outlet}, how many civilians were killed?")
    assert given and any(publisher in source.publisher.lower() for source in STORE.sources_of(given[0]))


def test_an_outlet_without_a_report_is_never_answered_for() -> None:
    assert asked("according to CNN how many died") == ()


def test_what_an_outlet_says_in_general_is_no_missing_report() -> None:
    message = last("What did AP report?")
    first = "".join(span.text for span in message.lines[0].spans)
    assert "No report" not in first and message.buttons
