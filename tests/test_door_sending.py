"""Sending, seen through the door: chats that are gone, waits that Telegram asks for, long answers, menus."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from doorway import GROUP, PERSON, Refused, doorway, founding, refusing, text
from telegram.error import BadRequest, RetryAfter
from telegram_rules import visible

from bot.telegram.door import ALLOWED_UPDATES
from bot.telegram.menus import set_menus
from bot.telegram.sending import Sending
from bot.telegram.visit import Visit

pytestmark = pytest.mark.anyio

KILLED = "how many civilians were killed?"
HERE = Visit(1, PERSON, PERSON, False, 1)


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_a_chat_that_is_gone_is_forgotten_and_tried_once(tmp_path: Path, code: int, description: str) -> None:
    async with doorway(tmp_path) as door:
        await door.memory.change(PERSON, length="full")
        door.telegram.rule = refusing("sendMessage", description, code)
        assert len(await door.hears(text(PERSON, KILLED))) == 1
        assert (await door.memory.chat_settings(PERSON)).length == "short"


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (400, "Bad Request: TOPIC_CLOSED"),
        (400, "Bad Request: message thread not found"),
        (403, "Forbidden: CHAT_WRITE_FORBIDDEN"),
    ],
)
async def test_where_it_may_not_write_just_now_it_is_silent_and_keeps_the_settings(
    tmp_path: Path, code: int, description: str
) -> None:
    async with doorway(tmp_path) as door:
        await door.memory.change(GROUP, length="full")
        door.telegram.rule = refusing("sendMessage", description, code)
        assert len(await door.hears(text(GROUP, f"/ask {KILLED}", PERSON))) == 1
        assert (await door.memory.chat_settings(GROUP)).length == "full"


async def test_what_is_the_bots_own_fault_is_not_hidden(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        door.telegram.rule = refusing("sendMessage", "Bad Request: can't parse entities")
        with pytest.raises(BadRequest):
            await door.hears(text(PERSON, KILLED))


async def test_a_wait_that_telegram_asks_for_is_told_to_whoever_keeps_the_order(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        door.telegram.rule = refusing("sendMessage", "Too Many Requests: retry after 3", 429, retry_after=3)
        with pytest.raises(RetryAfter):
            await door.hears(text(PERSON, KILLED))
        assert not (await door.memory.context(PERSON, PERSON, 0.0)).claims, "nothing is remembered of what was not sent"


async def test_a_group_that_moved_gets_its_answer_where_it_is_now(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        await door.memory.change(-55, length="full")
        moved = Refused("Bad Request: group chat was upgraded to a supergroup chat", 400, migrate_to_chat_id=GROUP)
        door.telegram.rule = lambda call: moved if call.params.get("chat_id") == -55 else None
        calls = await door.hears(text(-55, f"/ask {KILLED}", PERSON))
        assert [call.params["chat_id"] for call in calls] == [-55, GROUP]
        assert (await door.memory.chat_settings(GROUP)).length == "full"


async def test_a_wait_between_two_pages_does_not_send_the_first_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with doorway(tmp_path) as door:
        refusals = iter([None, Refused("Too Many Requests: retry after 1", 429, retry_after=1), None])
        waited: list[float] = []

        async def sleep(seconds: float) -> None:
            waited.append(seconds)

        monkeypatch.setattr(asyncio, "sleep", sleep)
        door.telegram.rule = lambda call: next(refusals)
        assert await Sending(door.app.bot, door.memory).pages(HERE, ["one", "two"]) is not None
        assert [(call.text, call.done) for call in door.telegram.calls] == [
            ("one", True),
            ("two", False),
            ("two", True),
        ]
        assert waited == [1]


async def test_a_slow_answer_shows_that_it_is_coming_and_a_quick_one_does_not(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        sending = Sending(door.app.bot, door.memory)
        async with sending.working(HERE):
            await asyncio.sleep(0.01)
        assert door.telegram.calls == []
        async with sending.working(HERE):
            await asyncio.sleep(0.6)
        (call,) = door.telegram.calls
        assert (call.method, call.params["action"]) == ("sendChatAction", "typing")


async def test_a_second_message_to_a_chat_waits_a_second(tmp_path: Path) -> None:
    async with doorway(tmp_path, limits="") as door:
        await door.hears(text(PERSON, KILLED))
        start = time.monotonic()
        await door.hears(text(PERSON, KILLED))
        assert 0.5 < time.monotonic() - start < 2


async def test_menus_and_descriptions_are_set_for_each_kind_of_chat(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        await set_menus(door.app.bot, founding().languages)
        menus = door.telegram.state.menus
        private = {each["command"] for each in menus["all_private_chats"]}
        assert {"start", "ask", "check", "casualties", "timeline", "where", "who", "disputed", "sources"} <= private
        assert {"chart", "map", "about", "privacy", "forget", "settings", "help"} <= private
        group = {each["command"] for each in menus["all_group_chats"]}
        admins = {each["command"] for each in menus["all_chat_administrators"]}
        assert "settings" not in group and "settings" in admins
        assert menus["setMyName"] == "Saidso" and menus["setMyDescription"] and menus["setMyShortDescription"]


async def test_a_refused_menu_does_not_stop_the_others(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        door.telegram.rule = refusing("setMyName", "Too Many Requests: retry after 40000", 429, retry_after=40000)
        await set_menus(door.app.bot, founding().languages)
        assert "setMyDescription" in door.telegram.state.menus


async def test_every_command_of_the_menus_is_answered(tmp_path: Path) -> None:
    async with doorway(tmp_path) as door:
        await set_menus(door.app.bot, founding().languages)
        for command in [each["command"] for each in door.telegram.state.menus["all_private_chats"]]:
            seen = await door.hears(text(PERSON, f"/{command}"))
            assert seen and "There is no such command" not in seen[-1].text, command


def test_each_kind_of_update_in_use_is_asked_for() -> None:
    assert set(ALLOWED_UPDATES) == {
        "message", "edited_message", "callback_query", "inline_query", "guest_message", "my_chat_member",
    }  # fmt: skip


def test_the_doors_texts_are_calm_and_fit() -> None:
    for language in founding().languages.values():
        assert language.door.keys() == founding().languages["en"].door.keys()
        for key, line in language.door.items():
            assert "!" not in line and len(line) < 4096, key
            assert line == visible(line.replace("&", "&amp;").replace("<", "&lt;"))
        assert len(language.door["name"]) <= 64 and len(language.door["description"]) <= 512
        assert len(language.door["short_description"]) <= 120
