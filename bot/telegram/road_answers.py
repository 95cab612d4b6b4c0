"""From a stored update to the door and back: what became of it, in the inbox's words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from telegram import Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import CallbackContext

from bot.state.inbox import Postpone
from bot.state.ledger import StateUnavailable
from bot.state.queue import Arrival
from bot.telegram.door import Door
from bot.telegram.road import OutcomeUnknown

LONGEST_PAUSE = 60.0  # seconds between tries of an update while Telegram is away


class Answers:
    """Has the door handle an update and tells the inbox how that ended.

    A 429 postpones the chat as long as Telegram says; an outage postpones it with growing pauses, however long it
    lasts; a chat that is gone is answered enough. All else is raised as it is.
    """

    def __init__(self, door: Door, answered: Callable[[Arrival], None]) -> None:
        self._door = door
        self._answered = answered
        self._errors: dict[int, Exception] = {}
        self._outages: dict[int, int] = {}  # by update, how often in a row
        door.add_error_handler(self._failed)

    async def __call__(self, arrival: Arrival) -> None:
        """Answers one update; raises Postpone where its chat has to wait."""
        update = Update.de_json(arrival.body, self._door.bot)
        await self._door.process_update(update)
        error = self._errors.pop(arrival.update_id, None)
        if error is not None and not isinstance(error, Forbidden):
            self._raise(arrival.update_id, error)
        self._outages.pop(arrival.update_id, None)
        self._answered(arrival)

    async def _failed(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        if isinstance(update, Update) and context.error is not None:
            self._errors[update.update_id] = context.error

    def _raise(self, number: int, error: Exception) -> None:
        if isinstance(error, RetryAfter):
            raise Postpone(error._retry_after.total_seconds())
        if _outage(error):
            count = self._outages[number] = self._outages.get(number, 0) + 1
            raise Postpone(min(2.0 ** (count - 1), LONGEST_PAUSE))
        with suppress(KeyError):
            del self._outages[number]
        raise error


def _outage(error: Exception) -> bool:
    """Whether Telegram or the database is away, as against something being wrong with the update."""
    if isinstance(error, BadRequest | OutcomeUnknown):  # python-telegram-bot counts both as NetworkError
        return False
    return isinstance(error, NetworkError | StateUnavailable | InvalidToken)
