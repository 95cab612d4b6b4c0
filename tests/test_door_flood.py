"""How often people and groups are answered, and what is said once it is too often."""

from __future__ import annotations

import itertools

import pytest

from bot.telegram.flood import Admission, Flood, rules
from bot.telegram.visit import Visit

UPDATES = itertools.count(1)


def visit(chat: int, person: int) -> Visit:
    return Visit(next(UPDATES), chat, person, chat < 0, 1)


def counted(flood: Flood, chat: int, people: list[int]) -> list[Admission]:
    return [flood.admits(visit(chat, person)) for person in people]


def test_a_person_has_six_a_minute_in_a_group_and_then_one_notice() -> None:
    flood = Flood(rules(""))
    assert counted(flood, -1, [7] * 9) == ["in"] * 6 + ["notice", "silent", "silent"]
    assert counted(flood, -1, [8]) == ["in"]
    assert counted(flood, -2, [7]) == ["in"]


def test_a_group_has_fifteen_a_minute_whoever_asks() -> None:
    flood = Flood(rules(""))
    assert counted(flood, -1, list(range(18))) == ["in"] * 15 + ["notice", "silent", "silent"]


def test_a_person_has_twenty_a_minute_in_private() -> None:
    assert counted(Flood(rules("")), 7, [7] * 22) == ["in"] * 20 + ["notice", "silent"]


def test_a_person_has_twenty_an_hour_in_a_group() -> None:
    flood = Flood(rules("person=100/minute;20/hour group=100/minute"))
    assert counted(flood, -1, [7] * 22) == ["in"] * 20 + ["notice", "silent"]


def test_what_is_refused_does_not_use_up_the_groups_share() -> None:
    flood = Flood(rules("person=1/minute group=2/minute"))
    assert counted(flood, -1, [7, 7, 7, 8]) == ["in", "notice", "silent", "in"]


def test_an_update_that_comes_again_counts_once() -> None:
    flood = Flood(rules("private=1/minute"))
    again = visit(7, 7)
    assert [flood.admits(again), flood.admits(again), flood.admits(visit(7, 7))] == ["in", "in", "notice"]


def test_the_groups_own_pause_counts_for_everybody() -> None:
    flood = Flood(rules(""))
    assert [flood.admits(visit(-1, person), cooldown=30) for person in (7, 8, 9)] == ["in", "notice", "silent"]


def test_off_lets_everything_in() -> None:
    assert rules(" OFF ") is None
    assert set(counted(Flood(None), -1, [7] * 100)) == {"in"}


def test_a_place_that_is_left_out_keeps_its_limits() -> None:
    changed, standard = rules("private=3/second"), rules("")
    assert changed is not None and standard is not None
    assert changed.group == standard.group and changed.private != standard.private


@pytest.mark.parametrize("text", ["7", "person=many", "crowd=6/minute", "person=", "=6/minute"])
def test_limits_that_are_not_understood_are_named_with_the_remedy(text: str) -> None:
    with pytest.raises(ValueError, match="FLOOD_LIMITS is not understood; write"):
        rules(text)
