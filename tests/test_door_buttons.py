"""Pressed buttons, seen through the door: each press is heard, whoever presses and however old the button is."""

from __future__ import annotations

from pathlib import Path

import pytest
from doorway import GROUP, NAME, OTHER, PERSON, Call, doorway, labels, mentioning, pressed, refusing, text
from telegram_rules import visible

pytestmark = pytest.mark.anyio

DENIED = "did India back the attackers?"
KILLED = "how many civilians were killed?"


def methods(calls: list[Call]) -> list[str]:
    return [call.method for call in calls]


async def test_each_button_under_an_answer_is_answered_twice_when_pressed_twice(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks(DENIED)
        assert labels(call)
        for label in labels(call):
            for _ in range(2):
                calls = await door.presses(call, label)
                assert calls[0].method == "answerCallbackQuery" and calls[0].done
                assert len(calls) > 1 and visible(calls[1].text)


async def test_a_button_works_after_a_restart(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks(DENIED)
    async with doorway(tmp_path) as door:
        door.telegram.state.note({"message": call.result})
        assert methods(await door.presses(call, labels(call)[0]))[0] == "answerCallbackQuery"


@pytest.mark.parametrize("code", ["0.c_toll-civilians", "1.c_no-such-claim", "1.v_no-such-view", "1.l_nowhere", "?"])
async def test_an_outdated_button_gets_a_polite_line_and_a_fresh_answer(tmp_path: Path, code: str) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks(KILLED)
        heard, answer = await door.hears(pressed(call.result, code))
        assert "earlier edition" in heard.params["text"]
        assert answer.method == "sendMessage" and "Capital Post" in answer.text


async def test_in_a_group_the_fresh_answer_is_to_the_same_question(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        words = f"{NAME} {KILLED}"
        (call,) = await door.hears(text(GROUP, words, PERSON, **mentioning(words)))
        _, answer = await door.hears(pressed(call.result, "0.c_toll-civilians", OTHER))
        assert "31" in answer.text


async def test_a_button_under_a_message_too_old_to_be_read_is_heard(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        old = {"message_id": 4, "date": 0, "chat": {"id": PERSON, "type": "private", "first_name": "Zarmina"}}
        heard, answer = await door.hears(pressed(old, "1.c_toll-civilians"))
        assert heard.method == "answerCallbackQuery" and "31" in answer.text


async def test_a_press_that_comes_too_late_for_telegram_is_still_answered(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        call = await door.asks(DENIED)
        late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        door.telegram.rule = refusing("answerCallbackQuery", late)
        assert methods(await door.presses(call, labels(call)[0])) == ["answerCallbackQuery", "sendMessage"]


async def test_somebody_elses_press_leaves_the_askers_conversation_alone(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        words = f"{NAME} how many people were killed?"
        (call,) = await door.hears(text(GROUP, words, PERSON, **mentioning(words)))
        before = await door.memory.context(GROUP, PERSON, 0.0)
        for label in labels(call)[:-1]:
            await door.presses(call, label, OTHER)
        assert await door.memory.context(GROUP, PERSON, 0.0) == before


async def test_the_asker_and_admins_may_delete_and_nobody_else(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        words = f"{NAME} {KILLED}"
        asked = text(GROUP, words, PERSON, **mentioning(words))
        (call,) = await door.hears(asked)
        refused = await door.presses(call, "Delete", OTHER)
        assert methods(refused) == ["getChatMember", "answerCallbackQuery"] and "Only" in refused[1].params["text"]
        again = await door.presses(call, "Delete", OTHER)
        assert methods(again) == ["answerCallbackQuery"], "what Telegram said of rights is kept for a while"
        assert methods(await door.presses(call, "Delete", PERSON)) == ["deleteMessage", "answerCallbackQuery"]
        (call,) = await door.hears(text(GROUP, words, PERSON, **mentioning(words)))
        door.telegram.state.admins.add((GROUP, 9))
        assert "deleteMessage" in methods(await door.presses(call, "Delete", 9))


async def test_a_message_that_telegram_will_not_delete_any_more_is_said_so(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(text(GROUP, f"/ask {KILLED}", PERSON))
        door.telegram.rule = refusing("deleteMessage", "Bad Request: message can't be deleted for everyone")
        assert "no longer" in (await door.presses(call, "Delete"))[-1].params["text"]


async def test_more_opens_the_whole_answer_in_place_for_everybody(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        words = f"{NAME} what happened?"
        (call,) = await door.hears(text(GROUP, words, PERSON, **mentioning(words)))
        assert "More" in labels(call)
        heard, edit = await door.presses(call, "More", OTHER)
        assert heard.method == "answerCallbackQuery" and edit.method == "editMessageText"
        assert len(visible(edit.text)) > len(visible(call.text))
        assert "More" not in labels(edit) and labels(edit)[-1] == "Delete"


async def test_more_of_a_long_list_goes_on_in_the_private_chat(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        (call,) = await door.hears(text(GROUP, "/timeline", PERSON))
        _, edit = await door.presses(call, "More", OTHER)
        assert len(visible(edit.text)) <= 4096
        link = next(b for row in edit.params["reply_markup"]["inline_keyboard"] for b in row if "url" in b)
        payload = link["url"].removeprefix("https://t.me/saidso_bot?start=")
        (shown,) = await door.hears(text(PERSON, f"/start {payload}"))
        assert "Day by day" in shown.text
        calls = await door.presses(shown, "More")
        assert [call.method for call in calls[:3]] == ["answerCallbackQuery", "editMessageText", "sendMessage"]
        assert "More" not in labels(calls[-1]), "in private there is room for all of it"


async def test_too_many_presses_get_a_line_that_only_the_one_who_presses_sees(tmp_path: Path) -> None:
    async with doorway(tmp_path, limits="person=1/minute") as door:
        (call,) = await door.hears(text(GROUP, f"/ask {DENIED}", PERSON))
        calls = await door.presses(call, labels(call)[0])
        assert methods(calls) == ["answerCallbackQuery"] and "Wait a minute" in calls[0].params["text"]


async def test_a_button_in_a_chat_that_the_bot_does_not_see_is_heard(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        update = pressed({}, "1.c_toll-civilians")
        del update["callback_query"]["message"]
        update["callback_query"]["inline_message_id"] = "inline-1"
        assert methods(await door.hears(update)) == ["answerCallbackQuery"]
