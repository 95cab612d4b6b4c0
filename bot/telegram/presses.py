"""A pressed button: each press is heard, whoever presses and however old the button is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import get_args

from telegram import CallbackQuery, Update

from bot.dialogue import Action, Context
from bot.telegram import codes
from bot.telegram.address import called
from bot.telegram.asks import Ask, answered, asked_for
from bot.telegram.codes import Code
from bot.telegram.commands import PICTURES
from bot.telegram.enquiry import Enquiry
from bot.telegram.reception import Reception
from bot.telegram.settings_menu import SettingsMenu
from bot.telegram.showing import Showing
from bot.telegram.visit import of_press, question_of
from bot.views import View

WHOLE: tuple[View, ...] = get_args(View)  # views that a button may open


class Presses:
    """Takes a press to where it belongs, within what the person who presses was speaking of."""

    def __init__(self, reception: Reception, showing: Showing, menu: SettingsMenu) -> None:
        self._reception = reception
        self._showing = showing
        self._menu = menu

    async def press(self, update: Update, context: object) -> None:
        """A pressed button."""
        query = update.callback_query
        if query is None:
            return
        visit = of_press(update, query)
        if visit is None:  # under a message in a chat that the bot does not see there are only links
            await self._reception.sending.pressed(query.id)
            return
        asked = await self._reception.opened(visit)
        code = codes.from_button(query.data or "")
        if code is not None and code.letter == codes.DELETE:
            await self._delete(asked, query)
        elif code is not None and code.letter == codes.SETTING:
            await self._menu.press(asked, query, code)
        elif self._reception.flood.admits(visit) == "in":
            await self._answer(asked, query, code)
        else:
            await self._reception.sending.pressed(query.id, asked.says("flood"))

    async def _answer(self, asked: Enquiry, query: CallbackQuery, code: Code | None) -> None:
        """Where the button leads; one from before the facts changed says so, and answers as things stand now."""
        way = self._way(asked, query, code) if code is not None else None
        await self._reception.sending.pressed(query.id, None if way else asked.says("outdated"))
        if way is not None:
            await way()
        else:
            await self._reception.ask(asked, self._question(query) or Ask(view="overview"))

    def _way(self, asked: Enquiry, query: CallbackQuery, code: Code) -> Callable[[], Awaitable[None]] | None:
        if code.letter == codes.PLACE:
            place = self._showing.place(code.id)
            return partial(self._showing.places, asked, place) if place is not None else None
        if code.letter == codes.VIEW:
            if code.id in PICTURES:
                return partial(self._showing.picture, asked, PICTURES[code.id])
            view = next((view for view in WHOLE if view == code.id), None)
            return partial(self._view, asked, view) if view is not None else None
        action = codes.action_of(code, (claim.id for claim in self._reception.desk.store.claims))
        if action is None:
            return None
        if action.kind == "more":
            return partial(self._more, asked, query, action)
        return partial(self._reception.press, asked, action)

    async def _view(self, asked: Enquiry, view: View) -> None:
        utterance = self._reception.utterance(asked, wide=True)
        await self._reception.widen(asked, answered(self._reception.desk, Ask(view=view), utterance, Context()))

    async def _more(self, asked: Enquiry, query: CallbackQuery, action: Action) -> None:
        """The whole of an answer that was cut short: the question again, with room, if it still gives the same claim.

        A question that leaned on what its asker was speaking of may not; then the desk says more of the claim itself.
        """
        desk = self._reception.desk
        utterance = self._reception.utterance(asked, wide=True)
        ask = self._question(query)
        again = answered(desk, ask, utterance, asked.context) if ask is not None else None
        if again is None or action.claim not in again.message.answers:
            again = desk.press(action, utterance, asked.context)
        await self._reception.widen(asked, again)

    def _question(self, query: CallbackQuery) -> Ask | None:
        """What the message with the button answered, where Telegram still shows it."""
        question = question_of(query)
        call = called(question, self._reception.me) if question is not None else None
        return asked_for(call, question, self._reception.me) if question is not None and call is not None else None

    async def _delete(self, asked: Enquiry, query: CallbackQuery) -> None:
        """Takes an answer away for the one who asked, and for admins."""
        visit, sending = asked.visit, self._reception.sending
        asker = await self._reception.memory.is_asker(visit.chat, visit.message, visit.asker)
        if not asker and not await self._menu.may(visit):
            await sending.pressed(query.id, asked.says("delete_refused"))
        else:
            gone = await sending.deleted(visit)
            await sending.pressed(query.id, asked.says("deleted" if gone else "delete_failed"))
