"""The bot put together: database, memory, inbox, door and road."""

from __future__ import annotations

import structlog

from bot.conversation import Desk
from bot.service.health import Health
from bot.service.logs import told
from bot.service.metrics import Metrics
from bot.service.reload import Reload
from bot.settings import Settings
from bot.state.database import Database
from bot.state.inbox import Inbox
from bot.state.keys import Key, kept
from bot.state.memory import Memory
from bot.state.queue import Arrival
from bot.telegram import door as doors
from bot.telegram.road import road
from bot.telegram.road_answers import Answers


class CannotStart(Exception):
    """The bot cannot start; the message is one line that says what to do."""


class House:
    """All rooms of a running bot, and the wires between them."""

    def __init__(self, settings: Settings, database: Database, desk: Desk) -> None:
        key = _key(settings)
        self.settings = settings
        self.database = database
        self.metrics = Metrics()
        self.health = Health(self.metrics)
        self.memory = Memory(database, key)
        try:
            self.door = doors.application(desk, self.memory, settings, road(settings.telegram_transport, self._called))
        except ValueError as error:
            raise CannotStart(str(error)) from None
        self._reception = doors.reception(self.door)
        self._reception.told = self.metrics.told
        self._answers = Answers(self.door, lambda arrival: self.metrics.answered(arrival.stored))
        self.inbox = Inbox(database, key, self._answer, settings.in_flight)
        self.inbox.refused = self._refused
        self.reload = Reload(settings.saidso_facts, self.metrics, self.use)
        self.health.database = lambda: database.ledger.outage
        self.use(desk)

    def use(self, desk: Desk) -> None:
        """Answers from this desk from now on."""
        self._reception.desk = desk
        self.metrics.store(desk.version)
        self.health.version = desk.version

    @property
    def desk(self) -> Desk:
        """The desk in use."""
        return self._reception.desk

    async def _answer(self, arrival: Arrival) -> None:
        with structlog.contextvars.bound_contextvars(update=arrival.update_id):
            await self._answers(arrival)

    def _called(self, method: str, event: str) -> None:
        self.metrics.called(method, event)
        if event in {"sent", "wait"}:
            self.health.heard()

    def _refused(self, arrival: Arrival, error: Exception, aside: bool) -> None:
        self.metrics.failed(aside)
        event = "update-set-aside" if aside else "update-failed"
        structlog.get_logger().error(event, update=arrival.update_id, tries=arrival.tries + 1, error=told(error))


def _key(settings: Settings) -> Key:
    """The key of the hashes: from SAIDSO_KEY, or the one beside the embedded database."""
    if settings.saidso_key:
        return Key(settings.saidso_key.get_secret_value().encode())
    if settings.database_url:
        line = "SAIDSO_KEY is not set. Over PostgreSQL all replicas need the same: 32 random characters or more"
        raise CannotStart(line)
    return kept(settings.saidso_data)
