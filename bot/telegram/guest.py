"""Guest mode: one answer in a chat that the bot has not joined, called there by its name."""

from __future__ import annotations

import time
from collections import deque

from telegram import Update

from bot.dialogue import Context, Utterance
from bot.telegram.address import Call, called, is_person, written
from bot.telegram.asks import Ask, answered, asked_for
from bot.telegram.inline import Inline
from bot.telegram.reception import ROOM, Reception
from bot.telegram.visit import of_message

ANSWERED = 1000  # calls that are remembered, so that one that comes again is not answered again


class Guest:
    """Answers each call once; buttons are links into the private chat, for presses there would not be heard."""

    def __init__(self, reception: Reception, inline: Inline) -> None:
        self._reception = reception
        self._inline = inline
        self._answered: deque[str] = deque(maxlen=ANSWERED)

    async def message(self, update: Update, context: object) -> None:
        """A message that calls the bot into a chat."""
        message = update.guest_message
        if message is None or message.guest_query_id is None or not is_person(message):
            return
        query = message.guest_query_id
        visit = of_message(update, message)
        if query in self._answered or self._reception.flood.admits(visit) != "in":
            return
        me = self._reception.me
        call = called(message, me) or Call("mention", written(message))
        ask = asked_for(call, message, me) or Ask()
        utterance = Utterance("", room=ROOM[True, "short"], at=time.time())
        turn = answered(self._reception.desk, ask, utterance, Context())
        await self._reception.sending.as_guest(query, self._inline.card(turn.message))
        self._answered.append(query)
        self._reception.told(turn)
