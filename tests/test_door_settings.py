"""The settings of a chat, seen through the door: who may change them, and that they are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from doorway import GROUP, OTHER, PERSON, doorway, labels, pressed, refusing, text

pytestmark = pytest.mark.anyio


async def test_in_private_anybody_changes_their_own(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        menu = await door.asks("/settings")
        assert "Length of answers: short" in menu.text and "Full answers" in labels(menu)
        saved, edit = await door.presses(menu, "Full answers")
        assert saved.params["text"] == "Saved." and "Length of answers: full" in edit.text
        assert (await door.memory.chat_settings(PERSON)).length == "full"
        assert "Short answers" in labels(edit)


async def test_in_a_group_only_admins_get_the_menu(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        door.telegram.state.admins.add((GROUP, OTHER))
        refused = [call for call in await door.hears(text(GROUP, "/settings", PERSON)) if call.method == "sendMessage"]
        assert "Only admins" in refused[0].text
        shown = [call for call in await door.hears(text(GROUP, "/settings", OTHER)) if call.method == "sendMessage"]
        assert "Pause between answers: off" in shown[0].text


async def test_each_press_is_checked_again(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        door.telegram.state.admins.add((GROUP, OTHER))
        menu = (await door.hears(text(GROUP, "/settings", OTHER)))[-1]
        calls = await door.presses(menu, "Full answers", PERSON)
        assert "Only admins" in calls[-1].params["text"]
        assert (await door.memory.chat_settings(GROUP)).length == "short"


async def test_rights_are_asked_for_once_in_five_minutes(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        door.telegram.state.admins.add((GROUP, OTHER))
        menu = (await door.hears(text(GROUP, "/settings", OTHER)))[-1]
        for label in ("Full answers", "30 seconds", "Check forwarded"):
            menu = (await door.presses(menu, label, OTHER))[-1]
        assert [call.method for call in door.telegram.calls].count("getChatMember") == 1
        settings = await door.memory.chat_settings(GROUP)
        assert (settings.length, settings.cooldown, settings.check_forwards) == ("full", 30, True)


async def test_who_telegram_does_not_know_in_the_group_is_no_admin(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        door.telegram.rule = refusing("getChatMember", "Bad Request: PARTICIPANT_ID_INVALID")
        assert "Only admins" in (await door.hears(text(GROUP, "/settings", PERSON)))[-1].text


async def test_an_anonymous_admin_is_one(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        update = text(GROUP, "/settings", PERSON, sender_chat={"id": GROUP, "type": "supergroup", "title": "N"})
        update["message"]["from"] = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        (menu,) = await door.hears(update)
        assert "Settings of this chat" in menu.text


async def test_a_forum_chooses_the_topics_that_are_answered_in(tmp_path: Path) -> None:
    def asked(**more: Any) -> dict[str, Any]:
        update = text(GROUP, "/settings", OTHER, **more)
        update["message"]["chat"]["is_forum"] = True
        return update

    topic = {"is_topic_message": True, "message_thread_id": 77}
    async with doorway(tmp_path) as door:
        door.telegram.state.admins.add((GROUP, OTHER))
        menu = (await door.hears(asked(**topic)))[-1]
        edit = (await door.presses(menu, "Answer in this topic", OTHER))[-1]
        assert (await door.memory.chat_settings(GROUP)).topics == (77,)
        assert "Topics answered in: 1 chosen" in edit.text and "Not in this topic" in labels(edit)
        menu = (await door.hears(asked()))[-1]
        await door.presses(menu, "Answer in all topics", OTHER)
        assert (await door.memory.chat_settings(GROUP)).topics == ()


@pytest.mark.parametrize(
    "code", ["1.s_length-endless", "1.s_language-xx", "1.s_cooldown-7", "1.s_colour-red", "1.s_length"]
)
async def test_a_setting_that_there_is_no_more_changes_nothing(tmp_path: Path, code: str) -> None:
    async with doorway(tmp_path) as door:
        menu = await door.asks("/settings")
        before = await door.memory.chat_settings(PERSON)
        (call,) = await door.hears(pressed(menu.result, code))
        assert call.method == "answerCallbackQuery" and "earlier edition" in call.params["text"]
        assert await door.memory.chat_settings(PERSON) == before


async def test_the_language_chosen_is_the_language_answered_in(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        menu = await door.asks("/settings")
        await door.presses(menu, "Language: English")
        assert (await door.memory.chat_settings(PERSON)).language == "en"
        again = await door.asks("/settings")
        assert "Language of answers: English" in again.text
        await door.presses(again, "Language: that of the question")
        assert (await door.memory.chat_settings(PERSON)).language is None
