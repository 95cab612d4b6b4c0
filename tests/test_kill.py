"""The bot killed, restarted, cut off from its database and refused by Telegram, under load: nothing is lost."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from process import COMMAND, Balancer, BotProcess, free_port, running
from standin import Call, Refused, StandIn, text

pytest_plugins = ("cluster", "engines")
pytestmark = pytest.mark.anyio

IN_FLIGHT = 16  # the default
QUESTIONS = ("how many civilians died?", "who claimed responsibility?", "what did Bugti say?", "wounded in Karachi?")
NAME = "Zarmina"


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn(delay=0.005) as server:
        yield server


class Load:
    """Questions in groups, each answered with a reply to it; what was asked and what became of it."""

    def __init__(self, telegram: StandIn, chats: int = 50) -> None:
        self._telegram = telegram
        self._chats = chats
        self.asked: list[int] = []
        self.answers: list[tuple[int, int]] = []  # (chat, question) of each answer, in the order they were sent
        self.missing: set[int] = set()
        self._read = 0

    def push(self, count: int) -> None:
        for _ in range(count):
            number = len(self.asked)
            asked = text(-1001 - number % self._chats, f"/ask {QUESTIONS[number % 4]}", user=7000 + number % 90)
            self._telegram.push(asked)
            self.asked.append(asked["message"]["message_id"])
            self.missing.add(self.asked[-1])

    def read(self) -> int:
        """Reads what the stand-in got since the last time: how many questions have been answered."""
        for call in self._telegram.done[self._read :]:
            if call.method == "sendMessage":
                question = call.params["reply_parameters"]["message_id"]
                self.answers.append((call.params["chat_id"], question))
                self.missing.discard(question)
        self._read = len(self._telegram.done)
        return len(self.asked) - len(self.missing)

    async def until(self, count: int, seconds: float = 60.0) -> None:
        """Waits until so many questions have been answered."""
        await self._telegram.until(lambda: self.read() >= count, seconds)

    def check(self, doubled: int) -> None:
        """Nothing lost, in order within a chat; only what was just being answered may be answered again."""
        self.read()
        assert self.missing == set()
        assert len(self.answers) - len(self.asked) <= doubled
        last: dict[int, int] = defaultdict(int)
        for chat, question in self.answers:
            assert question >= last[chat], "out of order"
            last[chat] = question


def nothing_personal(telegram: StandIn, *bots: BotProcess) -> None:
    """No token, no text, no name in anything that was printed."""
    for bot in bots:
        printed = bot.output("out") + bot.output("err")
        for secret in (telegram.token, telegram.token.partition(":")[2], NAME, "Testkhel", "Testabad", *QUESTIONS):
            assert secret not in printed
        assert "Traceback" not in printed


async def test_killed_ten_times_over_sqlite(telegram: StandIn, tmp_path: Path) -> None:
    load = Load(telegram)
    bot = BotProcess(telegram, tmp_path)
    load.push(2000)
    for kill in range(10):
        await bot.start()
        await load.until(180 * (kill + 1))
        await bot.kill()
    await bot.start()
    await load.until(2000)
    await asyncio.sleep(0.3)
    assert (await bot.stop())[0] == 0
    load.check(doubled=10 * IN_FLIGHT)
    nothing_personal(telegram, bot)


async def test_replicas_killed_ten_times_over_postgresql(telegram: StandIn, tmp_path: Path, postgresql: str) -> None:
    load = Load(telegram)
    ports = [free_port(), free_port()]
    async with Balancer(ports) as balancer:
        bots = [
            BotProcess(
                telegram,
                tmp_path / str(port),
                webhook_url=f"http://127.0.0.1:{balancer.port}/telegram",
                webhook_listen=f"127.0.0.1:{port}",
                database_url=postgresql,
                saidso_key="0123456789abcdef0123456789abcdef",
            )
            for port in ports
        ]
        try:
            for bot in bots:
                await bot.start()
            await telegram.next("setWebhook", timeout=20)
            for kill in range(10):
                load.push(180)
                await load.until(180 * kill + 90)
                await bots[kill % 2].kill()
                if kill < 9:
                    await bots[kill % 2].start()
            died = time.time()
            load.push(200)
            await load.until(2000)
            pushed = [status for status, _ in telegram.outbox.pushed]
            assert time.time() - died < 6 + 200 / 50  # a lease and a look, and the time for the load itself
            assert (await bots[0].stop())[0] == 0
        finally:
            for bot in bots:
                await bot.close()
    load.check(doubled=10 * IN_FLIGHT)
    assert pushed.count(200) >= 2000
    assert len(telegram.made("setWebhook")) <= 11  # one replica sets it, not each
    nothing_personal(telegram, *bots)


async def test_a_dead_replicas_chats_are_picked_up_within_six_seconds(
    telegram: StandIn, tmp_path: Path, postgresql: str
) -> None:
    """One replica hangs in its answers when it dies; the other one answers them."""
    ports = [free_port(), free_port()]
    shared: dict[str, Any] = {"database_url": postgresql, "saidso_key": "0123456789abcdef0123456789abcdef"}
    load = Load(telegram, chats=10)
    async with Balancer(ports[:1]) as balancer:
        first, second = (
            BotProcess(
                telegram,
                tmp_path / str(port),
                webhook_url=f"http://127.0.0.1:{balancer.port}/telegram",
                webhook_listen=f"127.0.0.1:{port}",
                **shared,
            )
            for port in ports
        )
        try:
            await (await first.start()).ready()
            telegram.rule = lambda call: "hang" if call.method == "sendMessage" else None
            load.push(20)
            await telegram.until(lambda: sum(call.method == "sendMessage" for call in telegram.calls) >= 10)
            await (await second.start()).ready()
            telegram.rule = lambda call: None
            await first.kill()
            died = time.monotonic()
            await load.until(20, 10)
            assert time.monotonic() - died < 6
        finally:
            for bot in (first, second):
                await bot.close()
    load.check(doubled=0)


async def test_the_database_restarted_under_load(telegram: StandIn, tmp_path: Path, cluster: Any) -> None:
    load = Load(telegram)
    port = free_port()
    settings = {"database_url": cluster.address, "saidso_key": "0123456789abcdef0123456789abcdef"}
    webhook = {"webhook_url": f"http://127.0.0.1:{port}/", "webhook_listen": f"127.0.0.1:{port}"}
    async with running(telegram, tmp_path / "bot", **settings, **webhook) as bot:
        load.push(600)
        for answered in (100, 300):
            await load.until(answered)
            await cluster.restart()
        await load.until(600)
        await asyncio.sleep(0.3)
        assert "503" in (await bot.page("metrics")).text or all(s != 503 for s, _ in telegram.outbox.pushed)
        await bot.stop()
    load.check(doubled=2 * 2 * IN_FLIGHT)  # what had been answered when it went away could not be noted
    nothing_personal(telegram, bot)


async def test_a_storm_of_429_and_failing_calls(telegram: StandIn, tmp_path: Path) -> None:
    chance = random.Random(5)
    waits: dict[int, float] = {}

    def rule(call: Call) -> Refused | str | None:
        if call.method != "sendMessage":
            return None
        chat = call.params["chat_id"]
        if waits.get(chat, 0) > time.time() or chance.random() < 0.05:
            waits[chat] = max(waits.get(chat, 0), time.time() + 1)
            return Refused("Too Many Requests: retry after 1", 429, retry_after=1)
        kind = chance.random()
        return Refused("Internal Server Error", 500) if kind < 0.05 else "drop" if kind < 0.1 else None

    telegram.rule = rule
    load = Load(telegram)
    async with running(telegram, tmp_path) as bot:
        load.push(600)
        await load.until(600, 60)
        metrics = (await bot.page("metrics")).text
        await bot.stop()
    load.check(doubled=0)  # nothing that failed had been carried out
    assert 'event="wait",method="sendMessage"' in metrics
    assert 'event="retry",method="sendMessage"' in metrics
    nothing_personal(telegram, bot)


async def test_the_disk_is_full(telegram: StandIn, tmp_path: Path) -> None:
    """A file that may not grow: no update is acknowledged that is not stored, and all are answered once it may."""
    load = Load(telegram)
    limited = ("/bin/sh", "-c", 'ulimit -f 500; exec "$0" "$@"')

    bot = BotProcess(telegram, tmp_path, command=(*limited, *COMMAND))
    load.push(2000)
    await bot.start()
    async with asyncio.timeout(20):
        while not (tmp_path / "out").exists() or "database-away" not in bot.output():
            await asyncio.sleep(0.1)
    waiting = len(telegram.outbox.waiting)
    assert waiting > 0
    assert (await bot.page("readyz")).status_code == 503
    await bot.kill()
    after = BotProcess(telegram, tmp_path)
    await after.start()
    await load.until(2000)
    await after.stop()
    load.check(doubled=4 * IN_FLIGHT)
    nothing_personal(telegram, after)
