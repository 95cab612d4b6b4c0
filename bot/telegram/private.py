"""A private chat: every message is for the bot."""

from __future__ import annotations

from collections import deque

from telegram import Message, Update

from bot.telegram.address import called_in_private, is_person, written
from bot.telegram.asks import Ask
from bot.telegram.commands import Commands
from bot.telegram.enquiry import Enquiry
from bot.telegram.reception import Reception
from bot.telegram.visit import of_message

ALBUMS = 100  # the pictures of an album come one by one; one answer is enough


class Private:
    """Answers any text, checks what is forwarded, and says of anything else that only text is read."""

    def __init__(self, reception: Reception, commands: Commands) -> None:
        self._reception = reception
        self._commands = commands
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    async def message(self, update: Update, context: object) -> None:
        """A new or edited message of a private chat."""
        message = update.effective_message
        if message is None or not is_person(message) or self._seen(message):
            return
        visit = of_message(update, message)
        call = called_in_private(message, self._reception.me)
        if call is None or await self._reception.outlived(visit, message):
            return
        if visit.edited and not (call.command or call.text):  # a live location moves on every few seconds
            return
        asked = await self._reception.opened(visit, words=bool(call.text and not call.command))
        if not await self._reception.admits(asked):
            return
        if call.command:
            await self._commands.run(asked, message, call)
        elif not call.text:
            await self._reception.tell(asked, "only_text")
        else:
            await self._heard(asked, message, call.text)

    async def _heard(self, asked: Enquiry, message: Message, text: str) -> None:
        """A forwarded text is a statement to check, the caption of a forwarded picture a question."""
        forwarded = message.forward_origin is not None and not message.caption
        await self._reception.ask(asked, Ask(text, "check" if asked.awaited or forwarded else "ask"))

    def _seen(self, message: Message) -> bool:
        """Whether this is a further picture of an album that was already answered."""
        album = message.media_group_id
        if album is None or written(message):
            return False
        if album in self._albums:
            return True
        self._albums.append(album)
        return False
