"""The process from the settings to its exit code."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack

import structlog

from bot import conversation
from bot.service import logs
from bot.service.house import CannotStart, House
from bot.service.life import live
from bot.service.listening import AddressTaken
from bot.settings import Settings
from bot.state.database import opened
from bot.state.schema import UnusableDatabase
from bot.state.turns import alone
from bot.telegram.road_start import WrongToken, WrongWebhook
from knowledge.problems import BrokenFacts

WRONG = 2  # exit code: the operator has to change something
STOPS = (signal.SIGTERM, signal.SIGINT)


def start(settings: Settings) -> int:
    """Runs the bot until it is told to stop, on uvloop where that is installed; returns the exit code."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(run(settings))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        from uvloop import new_event_loop
    except ImportError:  # it is not made for every platform
        return asyncio.new_event_loop
    return new_event_loop


async def run(settings: Settings) -> int:
    """Runs the bot until SIGTERM or SIGINT; 0 after a graceful stop, 2 with one line where it cannot start."""
    logs.configure(settings.log_level, settings.log_format, settings.token)
    loop = asyncio.get_running_loop()
    logs.watch(loop)
    life = asyncio.create_task(_life(settings), name="life")
    for number in STOPS:
        loop.add_signal_handler(number, life.cancel)
    try:
        await life
    except asyncio.CancelledError:
        structlog.get_logger().info("stopped")
    except (CannotStart, UnusableDatabase, AddressTaken) as error:
        print(error, file=sys.stderr)
        return WRONG
    except WrongWebhook as error:
        print(f"Telegram refuses WEBHOOK_URL ({error}). Set it to an address that is reached by https", file=sys.stderr)
        return WRONG
    except WrongToken:
        print("Telegram does not know this bot. Set TELEGRAM_TOKEN to the token that @BotFather gave", file=sys.stderr)
        return WRONG
    finally:
        for number in STOPS:
            loop.remove_signal_handler(number)
    return 0


async def _life(settings: Settings) -> None:
    """Everything from the first file to the last connection; ends by being cancelled or by raising."""
    try:
        desk = conversation.opened(settings.saidso_facts)
    except BrokenFacts as broken:
        raise CannotStart(f"The facts cannot be used. {broken.problems[0]}") from None
    async with AsyncExitStack() as stack:
        if not settings.database_url:
            busy = structlog.get_logger().warning
            await stack.enter_async_context(alone(settings.saidso_data, lambda: busy("another-bot-has-the-data")))
        database = await opened(settings.database)
        stack.push_async_callback(database.close)
        await live(House(settings, database, desk))
