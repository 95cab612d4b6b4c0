"""Setting out: reaching Telegram for the first time, and telling it how updates are to come."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.languages import Language
from bot.telegram.door import Door
from bot.telegram.menus import set_menus

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds between tries
CONNECTIONS = 100  # that Telegram may push updates over at once

Say = Callable[[str], None]


class WrongToken(Exception):
    """Telegram does not know the bot's token."""


class WrongWebhook(Exception):
    """Telegram refuses the webhook's address; the message is its reason."""


class Start:
    """The first calls of a bot, each made until Telegram answers; `say` hears once of trouble, and of its end."""

    def __init__(self, door: Door, say: Callable[[str], None]) -> None:
        self._door = door
        self._say = say

    async def reached(self) -> None:
        """Makes the door ready; raises WrongToken."""
        await self._until_answered(self._door.initialize)

    async def unhooked(self) -> None:
        """Takes off a webhook that was set before, so that polling works; what waits stays."""
        await self._until_answered(self._door.bot.delete_webhook)

    async def hooked(self, address: str, secret: str, kinds: Sequence[str]) -> None:
        """Has Telegram push updates of these kinds to an address; raises WrongWebhook."""

        async def step() -> None:
            await self._door.bot.set_webhook(
                address, secret_token=secret, allowed_updates=list(kinds), max_connections=CONNECTIONS
            )

        try:
            await self._until_answered(step)
        except BadRequest as error:
            raise WrongWebhook(error.message) from None

    async def furnished(self, languages: Mapping[str, Language]) -> None:
        """Sets menus and descriptions; a bot without them still answers, so a refusal is only said."""
        try:
            await set_menus(self._door.bot, languages)
        except TelegramError:
            self._say("menus-not-set")

    async def greeted(self) -> None:
        """Asks Telegram for a sign of life; that it came is noted by the road."""
        with suppress(TelegramError):
            await self._door.bot.get_me()

    async def _until_answered(self, step: Callable[[], Awaitable[object]]) -> None:
        pause, said = FIRST_PAUSE, False
        while True:
            try:
                await step()
                break
            except InvalidToken:
                raise WrongToken from None
            except BadRequest:
                raise
            except TelegramError as error:
                if not said:
                    self._say("telegram-away")
                    said = True
                await asyncio.sleep(waiting(error, pause))
                pause = min(pause * 2, LONGEST_PAUSE)
        if said:
            self._say("telegram-back")


def waiting(error: TelegramError, pause: float) -> float:
    """Seconds to wait after an error: what Telegram asks for, else the pause given."""
    return error._retry_after.total_seconds() if isinstance(error, RetryAfter) else pause
