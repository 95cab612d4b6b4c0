"""The bot as a process against a stand-in for Telegram's server: every way to ask, a wait, a stop, a start."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from doorway import GROUP, NAME, OTHER, PERSON, data, edited, forwarded, mentioning, pressed
from standin import Call, Refused, StandIn, text
from telegram_rules import visible
from telegram_state import ME, NUMBERS

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parent.parent
KILLED = "how many civilians were killed?"
FALSE = "The BLA killed 84 security personnel"


@asynccontextmanager
async def running(telegram: StandIn, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot run` with its database and log in a folder; killed at the end if it still lives."""
    settings = {
        "TELEGRAM_TOKEN": telegram.token,
        "TELEGRAM_BASE_URL": telegram.url,
        "SAIDSO_DATA": str(folder),
        "FLOOD_LIMITS": "off",
    }
    with (folder / "log").open("ab") as log:
        command = (sys.executable, "-m", "bot", "run")
        bot = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log
        )
        try:
            yield bot
        finally:
            if bot.returncode is None:
                bot.kill()
            await bot.wait()


async def stopped(bot: asyncio.subprocess.Process) -> float:
    """Sends SIGTERM and waits; gives the seconds that the stop took."""
    start = time.monotonic()
    bot.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(bot.wait(), 10) == 0
    return time.monotonic() - start


async def asked(telegram: StandIn, update: dict[str, Any], method: str = "sendMessage") -> Call:
    """Pushes an update and waits for the call that answers it."""
    telegram.push(update)
    return await telegram.next(method, timeout=20)


async def walk_private(telegram: StandIn) -> None:
    """A question, its edit, a forwarded statement, a button."""
    question = text(PERSON, KILLED)
    answer = await asked(telegram, question)
    assert answer.params["chat_id"] == PERSON and "31" in answer.text and "Capital Post" in answer.text
    edit = await asked(telegram, edited(question, "how many militants were killed?"), "editMessageText")
    assert edit.params["message_id"] == answer.result["message_id"] and "216" in edit.text
    checked = await asked(telegram, text(PERSON, FALSE, **forwarded()))
    assert "84" in checked.text
    start = await asked(telegram, text(PERSON, "/start"))
    label = start.params["reply_markup"]["inline_keyboard"][0][0]["text"]
    pressed_answer = await asked(telegram, pressed(start.result, data(start, label)))
    assert "Capital Post" in pressed_answer.text
    await telegram.next("answerCallbackQuery")


async def walk_group(telegram: StandIn) -> None:
    """A command, a mention, a reply, a topic; and silence where others are spoken to."""
    telegram.push(text(GROUP, KILLED, PERSON))
    telegram.push(text(GROUP, f"/ask@other_bot {KILLED}", PERSON))
    answer = await asked(telegram, text(GROUP, f"/ask{NAME} {KILLED}", PERSON))
    assert "31" in answer.text and len(visible(answer.text)) < 500
    words = f"{NAME} {KILLED}"
    topic = {"is_topic_message": True, "message_thread_id": 77}
    mentioned = text(GROUP, words, OTHER, **mentioning(words), **topic)
    answer = await asked(telegram, mentioned)
    assert answer.params["message_thread_id"] == 77
    assert answer.params["reply_parameters"]["message_id"] == mentioned["message"]["message_id"]
    follow = await asked(telegram, text(GROUP, "and militants?", OTHER, reply_to_message=answer.result, **topic))
    assert "216" in follow.text and "militants were killed" in follow.text
    root = {"message_id": 77, "date": 1, "chat": answer.result["chat"], "from": ME, "text": "the topic"}
    telegram.push(text(GROUP, "good morning", OTHER, reply_to_message=root, **topic))


async def walk_elsewhere(telegram: StandIn) -> None:
    """Inline mode and guest mode."""
    person = {"id": PERSON, "is_bot": False, "first_name": "Zarmina", "language_code": "en"}
    typed = {"id": "inline-1", "from": person, "query": "how many civilians died", "offset": ""}
    cards = await asked(telegram, {"inline_query": typed}, "answerInlineQuery")
    assert "31" in cards.params["results"][0]["input_message_content"]["message_text"]
    words = f"{NAME} {KILLED}"
    message = text(-1009, words, OTHER, **mentioning(words))["message"] | {"guest_query_id": f"g{next(NUMBERS)}"}
    guest = await asked(telegram, {"guest_message": message}, "answerGuestQuery")
    assert "31" in guest.params["result"]["input_message_content"]["message_text"]


async def walk_wait(telegram: StandIn) -> None:
    """Telegram asks to wait in one chat: that chat gets its answers later, in order; others do not wait."""
    until = time.monotonic() + 1.5

    def rule(call: Call) -> Refused | None:
        waiting = call.params.get("chat_id") == 21 and time.monotonic() < until
        return Refused("Too Many Requests: retry after 1", 429, retry_after=1) if waiting else None

    telegram.rule = rule
    first = telegram.push(text(21, KILLED))
    assert first
    telegram.push(text(21, "how many militants were killed?"))
    assert (await asked(telegram, text(22, KILLED))).params["chat_id"] == 22
    assert time.monotonic() < until, "another chat did not wait"
    late = [await telegram.next("sendMessage", timeout=20) for _ in range(2)]
    assert [call.params["chat_id"] for call in late] == [21, 21]
    assert "31" in late[0].text and "145" in late[1].text
    telegram.rule = lambda call: None


async def test_a_walk_through_every_way_to_ask(tmp_path: Path) -> None:
    async with StandIn() as telegram, running(telegram, tmp_path) as bot:
        await walk_private(telegram)
        await walk_group(telegram)
        await walk_elsewhere(telegram)
        await walk_wait(telegram)
        messages = len(telegram.made("sendMessage"))
        assert await stopped(bot) < 5
        assert len(telegram.made("sendMessage")) == messages, "nobody got what they did not ask for"
        log = (tmp_path / "log").read_text()
        assert telegram.token not in log and "Zarmina" not in log and "civilians" not in log


async def test_a_stop_in_the_middle_loses_nothing_and_sends_nothing_twice(tmp_path: Path) -> None:
    async with StandIn() as telegram:
        telegram.delay = 0.05
        async with running(telegram, tmp_path) as bot:
            await asked(telegram, text(PERSON, KILLED))
            for chat in range(100, 140):
                telegram.push(text(chat, KILLED))
            await telegram.until(lambda: len(telegram.made("sendMessage")) > 5, 20)
            assert await stopped(bot) < 5
        async with running(telegram, tmp_path) as bot:
            await telegram.until(lambda: len(telegram.made("sendMessage")) >= 41, 20)
            assert await stopped(bot) < 5
        chats = [call.params["chat_id"] for call in telegram.made("sendMessage")]
        assert sorted(chats) == [PERSON, *range(100, 140)]
        assert all("31" in call.text for call in telegram.made("sendMessage"))
