"""The bot as a service: how it starts, tells how it is, takes new facts, and stops."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from process import BotProcess, free_port, running
from standin import Refused, StandIn, text

from knowledge.files import FACTS

pytest_plugins = ("engines",)
pytestmark = pytest.mark.anyio

TOKEN = "123456789:AAE-a-token-for-tests"


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as server:
        yield server


async def until(condition: Any, seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


def events(bot: BotProcess) -> list[str]:
    return [json.loads(line)["event"] for line in bot.output().splitlines()]


async def test_it_answers_tells_how_it_is_and_stops(telegram: StandIn, tmp_path: Path) -> None:
    async with running(telegram, tmp_path) as bot:
        telegram.push(text(7, "how many civilians died?"))
        answer = await telegram.next("sendMessage")
        assert "31" in answer.text
        assert (await bot.page("healthz")).text == "alive\n"
        ready = (await bot.page("readyz")).json()
        assert ready["ready"] is True
        metrics = (await bot.page("metrics")).text
        for line in (
            'saidso_answers_total{language="en",outcome="answered"} 1.0',
            'saidso_telegram_calls_total{event="sent",method="sendMessage"} 1.0',
            f'saidso_store{{version="{ready["store"]}"}} 1.0',
            "saidso_latency_seconds_count 1.0",
            "saidso_inbox_updates 0.0",
        ):
            assert line in metrics
        code, seconds = await bot.stop()
    assert code == 0
    assert seconds < 5
    assert events(bot) == ["started", "stopped"]
    assert bot.output("err") == ""
    assert (tmp_path / "data" / "key").stat().st_mode & 0o077 == 0
    assert "setMyCommands" in {call.method for call in telegram.done}


async def test_a_stop_waits_for_what_is_in_flight_and_leaves_the_rest(telegram: StandIn, tmp_path: Path) -> None:
    async with running(telegram, tmp_path, in_flight=2) as bot:
        telegram.delay = 0.8
        for chat in range(1, 7):
            telegram.push(text(chat, "how many civilians died?"))
        await telegram.next("sendMessage")
        code, seconds = await bot.stop()
        assert (code, seconds < 5) == (0, True)
        sent = telegram.made("sendMessage")
        assert len(sent) == 2
        telegram.delay = 0
        await bot.start()
        await telegram.until(lambda: len(telegram.made("sendMessage")) == 6)
        await bot.stop()
    assert sorted(call.params["chat_id"] for call in telegram.made("sendMessage")) == [1, 2, 3, 4, 5, 6]


async def test_a_wrong_token_is_one_line(telegram: StandIn, tmp_path: Path) -> None:
    bot = await BotProcess(telegram, tmp_path, telegram_token="987654:not-this-one").start()
    assert await bot.ended() == 2
    assert bot.output("err").count("\n") == 1
    assert "TELEGRAM_TOKEN" in bot.output("err")
    assert "not-this-one" not in bot.output("err") + bot.output("out")


async def test_it_waits_while_telegram_is_down_and_says_so_once(tmp_path: Path) -> None:
    port = free_port()
    bot = BotProcess(StandIn(port=port), tmp_path)
    await bot.start()
    await until(lambda: (tmp_path / "out").exists() and "telegram-away" in events(bot))
    await asyncio.sleep(0.5)
    assert (await bot.page("healthz")).status_code == 200
    ready = await bot.page("readyz")
    assert ready.status_code == 503
    assert "telegram" in ready.json()
    async with StandIn(port=port) as telegram:
        telegram.push(text(7, "how many civilians died?"))
        await telegram.next("sendMessage", timeout=20)
        assert await bot.stop() < (0, 5)
    assert events(bot)[:3] == ["telegram-away", "telegram-back", "started"]


async def test_a_second_poller_says_so_and_takes_over(telegram: StandIn, tmp_path: Path) -> None:
    conflict = Refused("Conflict: terminated by other getUpdates request", 409)
    telegram.rule = lambda call: conflict if call.method == "getUpdates" else None
    async with running(telegram, tmp_path) as bot:
        await until(lambda: "another-bot-polls" in events(bot))
        telegram.push(text(7, "how many civilians died?"))
        telegram.rule = lambda call: None
        await telegram.next("sendMessage")
        await bot.stop()
    assert events(bot) == ["started", "another-bot-polls", "polling", "stopped"]


async def test_two_on_one_folder_take_turns(telegram: StandIn, tmp_path: Path) -> None:
    async with running(telegram, tmp_path) as first:
        second = BotProcess(telegram, tmp_path / "second", saidso_data=tmp_path / "data")
        await second.start()
        await until(lambda: "another-bot-has-the-data" in second.output())
        await first.kill()
        await second.ready()
        telegram.push(text(7, "how many civilians died?"))
        await telegram.next("sendMessage")
        await second.stop()


async def test_changed_facts_are_taken_and_broken_ones_refused(telegram: StandIn, tmp_path: Path) -> None:
    facts = Path(shutil.copytree(FACTS, tmp_path / "facts"))
    report = facts / "reports" / "newsinc24-0205.yml"
    whole = report.read_text()
    async with running(telegram, tmp_path / "bot", saidso_facts=facts) as bot:
        before = (await bot.page("readyz")).json()["store"]
        report.write_text(whole.replace("claims:", "claims: broken: here", 1))
        await until(lambda: "facts-refused" in events(bot))
        refusal = next(json.loads(line) for line in bot.output().splitlines() if "facts-refused" in line)
        assert str(report) in refusal["problems"][0]
        assert (await bot.page("readyz")).json()["store"] == before
        report.write_text(whole.replace("civilians were killed", "civilians had been killed", 1))
        bot.send(signal.SIGHUP)
        await until(lambda: "facts-loaded" in events(bot))
        assert (await bot.page("readyz")).json()["store"] != before
        telegram.push(text(7, "how many civilians died?"))
        assert "had been killed" in (await telegram.next("sendMessage")).text
        metrics = (await bot.page("metrics")).text
        assert 'saidso_reloads_total{outcome="refused"} 1.0' in metrics
        assert 'saidso_reloads_total{outcome="done"} 1.0' in metrics
        await bot.stop()


async def test_facts_that_are_broken_from_the_start_are_one_line(telegram: StandIn, tmp_path: Path) -> None:
    bot = await BotProcess(telegram, tmp_path, saidso_facts=tmp_path / "nowhere").start()
    assert await bot.ended() == 2
    assert bot.output("err").count("\n") == 1
    assert "nowhere" in bot.output("err")


async def test_over_postgresql_a_key_is_asked_for(telegram: StandIn, tmp_path: Path) -> None:
    bot = await BotProcess(telegram, tmp_path, database_url="postgresql://nobody@127.0.0.1:1/none").start()
    assert await bot.ended() == 2
    assert bot.output("err").count("\n") == 1


async def test_a_webhook_telegram_refuses_is_one_line(telegram: StandIn, tmp_path: Path) -> None:
    refused = Refused("Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    telegram.rule = lambda call: refused if call.method == "setWebhook" else None
    listen = f"127.0.0.1:{free_port()}"
    bot = await BotProcess(telegram, tmp_path, webhook_url="http://bot.example/x", webhook_listen=listen).start()
    assert await bot.ended() == 2
    assert bot.output("err").count("\n") == 1
    assert "WEBHOOK_URL" in bot.output("err")


async def test_a_chat_that_is_gone_is_no_failure(telegram: StandIn, tmp_path: Path) -> None:
    telegram.state.gone = {
        7: Refused("Forbidden: bot was blocked by the user", 403),
        8: Refused("Bad Request: chat not found"),
    }
    async with running(telegram, tmp_path) as bot:
        for chat in (7, 8, 9):
            telegram.push(text(chat, "how many civilians died?"))
        await telegram.next("sendMessage")
        await asyncio.sleep(0.3)
        await bot.stop()
    assert sum(call.method == "sendMessage" for call in telegram.calls) == 3
    assert events(bot) == ["started", "stopped"]


async def test_httpx_carries_it_too(telegram: StandIn, tmp_path: Path) -> None:
    async with running(telegram, tmp_path, telegram_transport="httpx") as bot:
        telegram.push(text(7, "how many civilians died?"))
        await telegram.next("sendMessage")
        await bot.stop()
    assert telegram.token not in bot.output() + bot.output("err")
