"""What a running bot does side by side, from the first call of Telegram to a stop that loses nothing."""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlsplit

import structlog

from bot.service.health import FRESH
from bot.service.house import House
from bot.service.listening import Listener
from bot.service.webhook import Webhook
from bot.state.turns import leading
from bot.telegram.door import ALLOWED_UPDATES
from bot.telegram.road_polling import Polling
from bot.telegram.road_start import Start

SWEEP = 60.0  # seconds between sweeps of what has been kept for its time
LOOK = 5.0  # seconds between looks at the inbox for the metrics
GRACE = 4.5  # seconds for what is in flight, so that a stop takes less than 5 in all


async def live(house: House) -> None:
    """Runs the bot until it is cancelled, or until a part of it raises."""
    listeners = _listeners(house)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, house.reload.ask)
    tasks = [_task(listener.run()) for listener in listeners]
    start = Start(house.door, _say)
    try:
        await start.reached()
        parts = (house.inbox.run(), _intake(house, start), _leader(house, start), house.reload.run())
        tasks += [_task(part) for part in (*parts, _care(house, start))]
        gc.collect()
        gc.freeze()  # the facts stay for good: the collector need not walk them again and again
        _say("started")
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
        await _stop(house, listeners, tasks)


def _task(part: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    return asyncio.create_task(part)


def _say(event: str) -> None:
    log = structlog.get_logger()
    (log.info if event in {"started", "polling", "telegram-back"} else log.warning)(event)


def _listeners(house: House) -> list[Listener]:
    """The webhook's address with the health beside it, unless the health has an address of its own."""
    settings = house.settings
    health = house.health.routes()
    if not settings.webhook_url:
        return [Listener(settings.health_listen, health)] if settings.health_listen else []
    webhook = Webhook(settings.secret, house.inbox.store, house.metrics)
    routes = [webhook.route(urlsplit(settings.webhook_url).path)]
    if settings.health_listen:
        return [Listener(settings.webhook_listen, routes), Listener(settings.health_listen, health)]
    return [Listener(settings.webhook_listen, [*routes, *health])]


async def _intake(house: House, start: Start) -> None:
    """Polls, where there is no webhook that updates come by."""
    if house.settings.webhook_url:
        await asyncio.Event().wait()
    await start.unhooked()
    await Polling(house.door.bot, house.inbox.store, _say).run(ALLOWED_UPDATES)


async def _leader(house: House, start: Start) -> None:
    """Sets the webhook and the menus, as the one replica that does."""
    async with leading(house.database):
        if house.settings.webhook_url:
            await start.hooked(house.settings.webhook_url, house.settings.secret, ALLOWED_UPDATES)
        await start.furnished(house.desk.languages)
        await asyncio.Event().wait()


async def _care(house: House, start: Start) -> None:
    """Measures the inbox, erases what is over, and asks Telegram how it is when it has long been silent."""
    swept = 0.0
    while True:
        house.metrics.waiting(*await house.inbox.backlog())
        if time.time() - swept > SWEEP:
            swept = time.time()
            await house.memory.sweep(swept)
            await house.inbox.sweep(swept)
        if house.health.quiet > FRESH / 2:
            await start.greeted()
        await asyncio.sleep(LOOK)


async def _stop(house: House, listeners: list[Listener], tasks: list[asyncio.Task[None]]) -> None:
    """Takes nothing more, finishes what is in flight, leaves the rest in the inbox."""
    house.health.stopping = True
    serving, others = tasks[: len(listeners)], tasks[len(listeners) :]
    for listener in listeners:
        listener.stop()
    if others:
        await house.inbox.stop(GRACE)
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    if serving:
        await asyncio.wait(serving, timeout=0.5)
    await house.door.shutdown()
    await house.door.bot.request.shutdown()
