"""What buttons and links carry: short, versioned, and the same after a restart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import Action
from bot.telegram import codes
from bot.telegram.codes import Code

IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,12}", fullmatch=True)
ACTIONS = st.builds(Action, st.sampled_from(sorted(codes.KINDS)), IDS, st.integers(0, 99))


@given(ACTIONS)
def test_a_button_gives_back_what_it_was_made_of_in_64_bytes(action: Action) -> None:
    data = codes.on_button(codes.of_action(action))
    assert len(data.encode()) <= 64
    code = codes.from_button(data)
    assert code is not None and codes.action_of(code, ["another", action.claim]) == action


@given(ACTIONS)
def test_a_link_holds_only_what_telegram_lets_it(action: Action) -> None:
    payload = codes.written(codes.of_action(action))
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    code = codes.read(payload)
    assert code is not None and codes.action_of(code, [action.claim]) == action


def test_the_link_to_a_claim_is_what_people_share() -> None:
    assert codes.written(codes.of_action(Action("claim", "toll-civilians"))) == "c_toll-civilians"
    assert codes.written(codes.of_action(Action("ask", "toll-civilians", 2))) == "a2_toll-civilians"


@pytest.mark.parametrize(
    "data", ["", "1", "1.", "0.c_toll", "2.c_toll", "1.c", "1.C_toll", "1.c_" + "a" * 80, "x" * 64]
)
def test_a_button_of_another_edition_or_maker_is_known_as_such(data: str) -> None:
    assert codes.from_button(data) is None


def test_a_claim_that_is_no_longer_held_gives_no_action() -> None:
    assert codes.action_of(Code("c", "toll"), ["another"]) is None
    assert codes.action_of(Code(codes.DELETE, "toll"), ["toll"]) is None


def test_the_doors_own_letters_are_not_the_desks() -> None:
    own = {codes.DELETE, codes.VIEW, codes.PLACE, codes.SETTING}
    assert len(own) == 4 and not own & set(codes.KINDS.values())
