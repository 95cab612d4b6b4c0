"""Inline mode and guest mode, seen through the door: cited cards, one answer a call."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from doorway import GROUP, NAME, OTHER, PERSON, Call, doorway, mentioning, refusing, text
from telegram_rules import visible
from telegram_state import NUMBERS

pytestmark = pytest.mark.anyio

KILLED = "how many civilians were killed?"
FALSE = "The BLA killed 84 security personnel"


def typed(words: str, **more: Any) -> dict[str, Any]:
    """An update: somebody typed these words after the bot's name in some chat."""
    person = {"id": PERSON, "is_bot": False, "first_name": "Zarmina", "language_code": "en"}
    return {"inline_query": {"id": f"inline-{next(NUMBERS)}", "from": person, "query": words, "offset": "", **more}}


def guest(words: str, **more: Any) -> dict[str, Any]:
    """An update: the bot was called by its name in a chat that it has not joined."""
    message = text(GROUP, words, OTHER, **mentioning(words), **more)["message"]
    return {"guest_message": message | {"guest_query_id": f"guest-{next(NUMBERS)}"}}


def cards(call: Call) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = call.params["results"]
    return results


async def test_the_answer_is_the_first_card_and_each_card_is_cited(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(typed("casualties"))
        first, *rest = cards(call)
        assert "31" in first["input_message_content"]["message_text"] and rest
        assert len(cards(call)) <= 50
        for card in cards(call):
            assert card["title"] and card["description"]
            content = card["input_message_content"]
            assert "Capital Post" in visible(content["message_text"]) and content["parse_mode"] == "HTML"
            assert content["link_preview_options"] == {"is_disabled": True}


async def test_a_question_that_is_still_being_typed_is_answered(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(typed("how many civilians"))
        assert "31" in cards(call)[0]["input_message_content"]["message_text"]


async def test_without_words_there_are_questions_to_begin_with(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(typed(""))
        assert 3 <= len(cards(call)) <= 50
        assert call.params["is_personal"] is True


async def test_what_is_not_reported_gives_no_card_but_a_way_to_ask(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(typed("how many people were wounded in Karachi"))
        assert cards(call) == []
        assert call.params["button"]["start_parameter"] == "inline"


async def test_the_same_words_give_the_same_ids_as_long_as_the_facts_are_the_same(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        ids = [[card["id"] for card in cards((await door.hears(typed("how many civilians")))[0])] for _ in range(2)]
        assert ids[0] == ids[1] and len(set(ids[0])) == len(ids[0])


async def test_there_is_no_second_page(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(typed("how many civilians", offset="50"))
        assert cards(call) == []


async def test_buttons_of_a_card_are_links_into_the_private_chat(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(typed("did India back the attackers"))
        markup = cards(call)[0]["reply_markup"]["inline_keyboard"]
        assert all(button["url"].startswith("https://t.me/saidso_bot?start=") for row in markup for button in row)


async def test_cards_come_in_well_under_150_ms(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        times = []
        for words in ("how many civilians", "gwadar", "who says so", "", "did India back the attackers"):
            start = time.perf_counter()
            await door.hears(typed(words))
            times.append(time.perf_counter() - start)
        assert median(times) < 0.15


async def test_a_guest_gives_exactly_one_answer(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        update = guest(f"{NAME} {KILLED}")
        (call,) = await door.hears(update)
        assert call.method == "answerGuestQuery"
        assert "31" in call.params["result"]["input_message_content"]["message_text"]
        assert await door.hears(update) == []


async def test_a_guest_checks_the_message_that_was_replied_to(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        said = text(GROUP, FALSE, PERSON)["message"]
        (bare,) = await door.hears(guest(NAME, reply_to_message=said))
        (asked,) = await door.hears(guest(f"{NAME} is this right?", reply_to_message=said))
        shown = [call.params["result"]["input_message_content"]["message_text"] for call in (bare, asked)]
        assert "84" in shown[0] and shown[0] == shown[1]


async def test_a_guest_call_that_was_answered_before_is_let_be(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        door.telegram.rule = refusing("answerGuestQuery", late)
        assert len(await door.hears(guest(f"{NAME} {KILLED}"))) == 1


async def test_a_guest_too_is_limited(tmp_path: Path) -> None:
    async with doorway(tmp_path, limits="person=1/minute") as door:
        assert [len(await door.hears(guest(f"{NAME} {KILLED}"))) for _ in range(3)] == [1, 0, 0]
