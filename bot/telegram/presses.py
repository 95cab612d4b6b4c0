"""A pressed button: each press is heard, whoever presses and however old the button is."""

from __future__ import annotations

from telegram import CallbackQuery, Update

from bot.dialogue import Context, Turn
from bot.telegram import codes
from bot.telegram.address import called
from bot.telegram.asks import Ask, answered, asked_for
from bot.telegram.codes import Code
from bot.telegram.enquiry import Enquiry
from bot.telegram.reception import Reception
from bot.telegram.settings_menu import SettingsMenu
from bot.telegram.visit import of_press, question_of
from bot.telegram.ways import VIEWS, Ways


class Presses:
    """Takes a press to where it belongs, within what the person who presses was speaking of."""

    def __init__(self, reception: Reception, ways: Ways, menu: SettingsMenu) -> None:
        self._reception = reception
        self._ways = ways
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
        way = self._ways.way(asked, code) if code is not None else None
        await self._reception.sending.pressed(query.id, None if way else asked.says("outdated"))
        if code is None or way is None:
            await self._reception.ask(asked, self._question(query) or Ask(view="overview"))
        elif code.letter == codes.KINDS["more"] or (code.letter == codes.VIEW and code.id in VIEWS):
            await self._reception.widen(asked, self._whole(asked, query, code), code)
        else:
            await way()

    def _whole(self, asked: Enquiry, query: CallbackQuery, code: Code) -> Turn:
        """The whole of an answer that was cut short: the question again, with room, if it still gives the same claim.

        A question that leaned on what its asker was speaking of may not; then the desk says more of the claim itself.
        """
        desk, utterance = self._reception.desk, self._reception.utterance(asked, wide=True)
        if code.letter == codes.VIEW:
            return answered(desk, Ask(view=VIEWS[code.id]), utterance, Context())
        action = codes.action_of(code, (claim.id for claim in desk.store.claims))
        assert action is not None  # or there would have been no way
        ask = self._question(query)
        again = answered(desk, ask, utterance, asked.context) if ask is not None else None
        if again is not None and action.claim in again.message.answers:
            return again
        return desk.press(action, utterance, asked.context)

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
