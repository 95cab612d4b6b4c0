"""How many answers a second, and how fast: this bot beside bare echo bots, against the stand-in on loopback.

    python tests/bench_bot.py [--seconds 5] [--aiogram PYTHON] [--only NAME ...]

Prints a table; TEST_DATABASE_URL adds the runs over PostgreSQL; PYTHON is an interpreter that has aiogram 3 (this one
by default). Closed loop: 50 private chats, each asks again as soon as it has its answer. Open loop: 30 questions a
second.
A latency is the time from the moment an update is there for the bot to the moment its sendMessage arrives.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engines import new_database
from process import COMMAND, BotProcess, free_port
from standin import Call, StandIn, text

CHATS = 50
RATE = 30.0  # questions a second in the open loop
QUESTIONS = (
    "how many civilians died?",
    "who claimed responsibility for the attacks?",
    "what did Bugti say about militants?",
    "how many people were wounded in Karachi?",
)
ECHO_PTB = """
import os
from telegram.ext import ApplicationBuilder, MessageHandler, filters
async def echo(update, context):
    await update.message.reply_text(update.message.text)
builder = ApplicationBuilder().token(os.environ["TELEGRAM_TOKEN"]).base_url(os.environ["TELEGRAM_BASE_URL"] + "/bot")
app = builder.concurrent_updates({concurrent}).build()
app.add_handler(MessageHandler(filters.TEXT, echo))
app.run_polling()
"""
ECHO_AIOGRAM = """
import asyncio, os
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
dispatcher = Dispatcher()
@dispatcher.message()
async def echo(message):
    await message.answer(message.text)
async def main():
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_BASE_URL"]))
    await dispatcher.start_polling(Bot(os.environ["TELEGRAM_TOKEN"], session=session))
try:
    import uvloop
    uvloop.run(main())
except ImportError:
    asyncio.run(main())
"""


@dataclass
class Crowd:
    """People who ask, and how long each waited."""

    telegram: StandIn
    again: bool = False
    waits: list[float] = field(default_factory=list)
    asked: dict[int, float] = field(default_factory=dict)

    def ask(self, chat: int) -> None:
        self.asked[chat] = time.perf_counter()
        self.telegram.push(text(chat, QUESTIONS[chat % len(QUESTIONS)]))

    def heard(self, call: Call) -> None:
        if call.method != "sendMessage":
            return
        chat = call.params["chat_id"]
        if chat in self.asked:
            self.waits.append(time.perf_counter() - self.asked.pop(chat))
            if self.again:
                self.ask(chat)

    async def closed(self, seconds: float) -> tuple[float, list[float]]:
        """Answers a second, and the waits, after a second to warm up."""
        self.again = True
        for chat in range(1, CHATS + 1):
            self.ask(chat)
        await asyncio.sleep(1.0)
        self.waits.clear()
        start = time.perf_counter()
        await asyncio.sleep(seconds)
        waits, took = self.waits[:], time.perf_counter() - start
        self.again = False
        await asyncio.sleep(0.5)
        return len(waits) / took, waits

    async def open(self, seconds: float) -> list[float]:
        """The waits at a steady rate."""
        self.asked.clear()
        self.waits.clear()
        start = time.perf_counter()
        for number in range(int(RATE * seconds)):
            await asyncio.sleep(max(0.0, start + number / RATE - time.perf_counter()))
            self.ask(1000 + number)
        await asyncio.sleep(1.0)
        return self.waits


def contenders(aiogram: str) -> dict[str, tuple[tuple[str, ...], dict[str, Any]]]:
    """Each bot's command and settings; {port} is filled in."""
    python = sys.executable
    webhook = {"webhook_url": "http://127.0.0.1:{port}/telegram", "webhook_listen": "127.0.0.1:{port}"}
    found: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
        "ptb echo": ((python, "-c", ECHO_PTB.format(concurrent="False")), {}),
        "ptb echo, concurrent": ((python, "-c", ECHO_PTB.format(concurrent="256")), {}),
        "aiogram echo": ((aiogram, "-c", ECHO_AIOGRAM), {}),
        "saidso polling sqlite": (COMMAND, {}),
        "saidso webhook sqlite": (COMMAND, webhook),
        "saidso httpx sqlite": (COMMAND, {"telegram_transport": "httpx"}),
    }
    if os.environ.get("TEST_DATABASE_URL"):
        found["saidso polling postgresql"] = (COMMAND, {"database_url": "{database}"})
        found["saidso webhook postgresql"] = (COMMAND, webhook | {"database_url": "{database}"})
    return found


@asynccontextmanager
async def started(
    telegram: StandIn, folder: Path, command: tuple[str, ...], settings: dict[str, Any]
) -> AsyncIterator[BotProcess]:
    """A bot, stopped once and started again, so that what is made at a first start is not measured."""
    async with AsyncExitStack() as stack:
        filled = {"port": str(free_port()), "database": ""}
        if "database_url" in settings:
            filled["database"] = await stack.enter_async_context(new_database())
            settings = settings | {"saidso_key": "0123456789abcdef0123456789abcdef"}
        bot = BotProcess(telegram, folder, command, **{k: v.format(**filled) for k, v in settings.items()})
        stack.push_async_callback(bot.close)
        if command == COMMAND:
            await (await bot.start()).ready()
            await bot.stop()
        polls, hooks = telegram.polls, len(telegram.made("setWebhook"))
        await bot.start()
        await telegram.until(lambda: telegram.polls > polls or len(telegram.made("setWebhook")) > hooks, 20)
        yield bot


def memory(bot: BotProcess) -> float:
    """Resident megabytes."""
    for line in Path(f"/proc/{bot.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu(bot: BotProcess) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{bot.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measured(name: str, command: tuple[str, ...], settings: dict[str, Any], seconds: float) -> None:
    """Runs one contender and prints its line."""
    with tempfile.TemporaryDirectory() as folder:
        async with StandIn() as telegram, started(telegram, Path(folder), command, settings) as bot:
            await asyncio.sleep(1.5)
            idle = memory(bot)
            crowd = Crowd(telegram)
            telegram.rule = crowd.heard
            before = cpu(bot)
            rate, waits = await crowd.closed(seconds)
            spent = (cpu(bot) - before) / max(1, len([c for c in telegram.done if c.method == "sendMessage"]))
            steady = await crowd.open(seconds)
            line = (
                f"{name:28}{rate:8.0f}/s{_times(waits)}{_times(steady)}{spent * 1000:8.2f}{idle:8.0f}{memory(bot):8.0f}"
            )
            print(line, flush=True)


def _times(waits: list[float]) -> str:
    if len(waits) < 10:
        return f"{'-':>8}{'-':>8}"
    cuts = statistics.quantiles(waits, n=100)
    return f"{cuts[49] * 1000:8.1f}{cuts[98] * 1000:8.1f}"


async def main() -> None:
    """Runs the contenders one after the other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--aiogram", default=sys.executable)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    print(
        f"{'':28}{'closed':>10}{'p50 ms':>8}{'p99 ms':>8}{'30/s p50':>8}{'p99':>8}{'cpu ms':>8}{'idle MB':>8}{'MB':>8}"
    )
    for name, (command, settings) in contenders(options.aiogram).items():
        if not options.only or any(word in name for word in options.only):
            try:
                await measured(name, command, settings, options.seconds)
            except TimeoutError:
                print(f"{name:28} did not start")


if __name__ == "__main__":
    asyncio.run(main())
