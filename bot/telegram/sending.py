"""The one place that sends: pages in order, edits, pictures, places; and what to do when a chat is gone."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from telegram import (
    ForceReply,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultsButton,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.state.memory import Memory
from bot.telegram.visit import Visit

PATIENCE = 0.5  # seconds before "typing" is shown
WIDEST_ALERT = 200  # characters of the line shown when a button was pressed

# What Telegram says of a chat that will not be spoken to again, and of one where the bot may not write just now.
_GONE = re.compile(r"(?i)chat not found|blocked|kicked|deactivated|chat was deleted|not a member|can't initiate")
_MUTE = re.compile(
    r"(?i)not enough rights|no rights|write_forbidden|restricted|topic_(closed|deleted)|thread not found"
)
_SAME = re.compile(r"(?i)message is not modified")
_NO_TEXT = re.compile(r"(?i)no text in the message")
_PAST = re.compile(
    r"(?i)message to (edit|delete) not found|can't be (edited|deleted)|message_id_invalid"
    r"|query.* too old|query_id_invalid"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image to send: PNG bytes, or Telegram's id of one that was sent before."""

    image: bytes | str
    caption: str  # HTML, at most 1,024 characters


@dataclass(frozen=True, slots=True)
class Pin:
    """A place to send: its name, what it lies in, and degrees north and east."""

    name: str
    around: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Shown:
    """How cards are shown: for how many seconds Telegram may keep them, for one person or all, a button beside them."""

    seconds: int
    personal: bool
    below: InlineQueryResultsButton | None = None


class Sending:
    """Sends to chats; a chat that is gone is forgotten without an error, a 429 is raised to whoever keeps order."""

    def __init__(self, bot: ExtBot[None], memory: Memory) -> None:
        self.bot = bot
        self._memory = memory

    async def pages(
        self,
        visit: Visit,
        pages: Sequence[str],
        keyboard: InlineKeyboardMarkup | ForceReply | None = None,
        quiet: bool = False,
    ) -> int | None:
        """Sends an answer in HTML, the keyboard under its last page; gives the first one's number, None for none."""
        first: int | None = None
        for number, page in enumerate(pages):
            send = partial(
                self.bot.send_message,
                text=page,
                reply_markup=keyboard if number == len(pages) - 1 else None,
                message_thread_id=visit.thread,
                reply_parameters=_reply(visit),
                disable_notification=quiet or None,
            )
            sent = await self._sent(visit, send if first is None else _patient(send))
            if sent is None:
                break
            first = first or sent.message_id
        return first

    async def rewritten(
        self, visit: Visit, message: int, page: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> bool:
        """Puts new HTML into a message of ours; False where it holds no text that could be changed (a picture)."""
        try:
            await self.bot.edit_message_text(page, chat_id=visit.chat, message_id=message, reply_markup=keyboard)
        except BadRequest as error:
            if _NO_TEXT.search(error.message):
                return False
            if not (_SAME.search(error.message) or _PAST.search(error.message)):
                await self._lost(visit.chat, error)
        except (Forbidden, ChatMigrated) as error:
            await self._lost(visit.chat, error)
        return True

    async def deleted(self, visit: Visit) -> bool:
        """Takes the message with the pressed button away; False where Telegram lets nobody delete it any more."""
        try:
            return await self.bot.delete_message(visit.chat, visit.message)
        except BadRequest as error:
            if not _PAST.search(error.message):
                await self._lost(visit.chat, error)
            return False

    async def picture(self, visit: Visit, picture: Picture, keyboard: InlineKeyboardMarkup | None) -> Message | None:
        """Sends an image with its text as the caption."""
        send = partial(
            self.bot.send_photo,
            photo=picture.image,
            caption=picture.caption,
            reply_markup=keyboard,
            message_thread_id=visit.thread,
            reply_parameters=_reply(visit),
        )
        return await self._sent(visit, send)

    async def venue(self, visit: Visit, place: Pin) -> Message | None:
        """Sends a place on the map."""
        send = partial(
            self.bot.send_venue,
            latitude=place.latitude,
            longitude=place.longitude,
            title=place.name,
            address=place.around,
            message_thread_id=visit.thread,
            reply_parameters=_reply(visit),
        )
        return await self._sent(visit, send)

    async def cards(self, query: str, cards: Sequence[InlineQueryResult], shown: Shown) -> None:
        """Shows cards to somebody who is typing; one who has typed on, or gone, is no error."""
        with _in_time():
            await self.bot.answer_inline_query(
                query, cards, cache_time=shown.seconds, is_personal=shown.personal, button=shown.below
            )

    async def as_guest(self, query: str, card: InlineQueryResult) -> None:
        """Answers a call in a chat that the bot has not joined; one that was answered before is no error."""
        with _in_time():
            await self.bot.answer_guest_query(query, card)

    async def pressed(self, query: str, text: str | None = None) -> None:
        """Tells Telegram that a pressed button was heard, with a line for the person who pressed it."""
        with _in_time():
            await self.bot.answer_callback_query(query, text[:WIDEST_ALERT] if text else None)

    @asynccontextmanager
    async def working(self, visit: Visit, action: ChatAction = ChatAction.TYPING) -> AsyncIterator[None]:
        """Shows that an answer is being prepared, once that takes longer than half a second."""
        task = asyncio.create_task(self._announced(visit, action))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _announced(self, visit: Visit, action: ChatAction) -> None:
        await asyncio.sleep(PATIENCE)
        with suppress(TelegramError):  # a courtesy: the answer itself will tell what is wrong
            await self.bot.send_chat_action(visit.chat, action, message_thread_id=visit.thread)

    async def _sent(self, visit: Visit, send: Callable[[int], Awaitable[Message]]) -> Message | None:
        try:
            try:
                return await send(visit.chat)
            except ChatMigrated as moved:
                await self._lost(visit.chat, moved)
                return await send(moved.new_chat_id)
        except (BadRequest, Forbidden) as error:
            await self._lost(visit.chat, error)
            return None

    async def _lost(self, chat: int, error: TelegramError) -> None:
        """Forgets a chat that is gone; raises what is no matter of a chat, for then it is ours to mend."""
        if isinstance(error, ChatMigrated):  # an edit: its message stayed behind in the old group
            await self._memory.migrate_chat(chat, error.new_chat_id)
        elif _GONE.search(error.message):
            await self._memory.drop_chat(chat)
        elif not _MUTE.search(error.message) and not isinstance(error, Forbidden):
            raise error


@contextmanager
def _in_time() -> Iterator[None]:
    """Passes over Telegram's word that somebody has waited too long already."""
    try:
        yield
    except BadRequest as error:
        if not _PAST.search(error.message):
            raise


def _reply(visit: Visit) -> ReplyParameters | None:
    """In a group the answer names its question; in a private chat nobody else speaks."""
    return ReplyParameters(visit.message, allow_sending_without_reply=True) if visit.group and visit.message else None


def _patient(send: Callable[[int], Awaitable[Message]]) -> Callable[[int], Awaitable[Message]]:
    """Waits out a 429 on the spot: once a first page is out, starting over would send it twice."""

    async def sent(chat: int) -> Message:
        while True:
            try:
                return await send(chat)
            except RetryAfter as error:
                await asyncio.sleep(error._retry_after.total_seconds())

    return sent
