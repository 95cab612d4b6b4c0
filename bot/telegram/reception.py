"""From words to an answer that is sent: what the private chat, the groups and the buttons have in common."""

from __future__ import annotations

import asyncio
import html
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, User

from bot.conversation import Desk
from bot.dialogue import Action, Context, Turn, Utterance
from bot.languages import FALLBACK, Language
from bot.markup import pages
from bot.state.memory import ANSWER_KEPT, Memory
from bot.telegram import codes, keyboards, offers
from bot.telegram.asks import Ask, answered
from bot.telegram.codes import Code
from bot.telegram.enquiry import Enquiry
from bot.telegram.flood import Flood
from bot.telegram.recall import Recall
from bot.telegram.sending import Sending
from bot.telegram.visit import Visit

AWAY = 600.0  # seconds; a group has moved on from a question that old when the bot starts
# Characters of an answer, in a private chat and in a group; "More" opens all there is.
ROOM = {(False, "short"): 900, (False, "full"): 3500, (True, "short"): 480, (True, "full"): 900}
VIEW = 3500  # of a view that somebody called for in private
WHOLE = 40000
PAGE = 4000  # Telegram takes 4,096, and counts some letters twice
DELETE = Code(codes.DELETE, "answer")


class Reception:
    """Takes what is asked to the answer desk and brings the answer to the chat.

    `desk` may be replaced while the bot runs, by a newer edition of the facts; `told` hears of each answer sent.
    """

    def __init__(self, desk: Desk, memory: Memory, sending: Sending, flood: Flood) -> None:
        self.desk = desk
        self.memory = memory
        self.sending = sending
        self.flood = flood
        self.recall = Recall()
        self.told: Callable[[Turn], None] = lambda turn: None
        self.started = time.time()

    @property
    def me(self) -> User:
        """The bot's own account."""
        return self.sending.bot.bot

    async def opened(self, visit: Visit, words: bool = False) -> Enquiry:
        """Takes what is asked in hand; `words` where it may be a statement that was announced with /check."""
        async with self.sending.working(visit):
            # Together, so that the database is asked once.
            settings, context, awaited = await asyncio.gather(
                self.memory.chat_settings(visit.chat),
                self.memory.context(visit.chat, visit.asker, time.time()),
                self.memory.awaits_check(visit.chat, visit.asker) if words else asyncio.sleep(0, False),
            )
        return Enquiry(visit, settings, self.spoken(settings.language, visit.language), context, awaited)

    async def admits(self, asked: Enquiry) -> bool:
        """Whether this is answered; where it came too soon after others, one notice is given at most."""
        admission = self.flood.admits(asked.visit, asked.settings.cooldown)
        if admission == "notice":
            await self.sending.pages(asked.visit, [html.escape(asked.says("flood"), quote=False)], quiet=True)
        return admission == "in"

    def spoken(self, *codes: str | None) -> Language:
        """The first of these languages that the bot speaks, else English."""
        spoken = self.desk.languages
        return next((spoken[code] for code in codes if code is not None and code in spoken), spoken[FALLBACK])

    async def ask(self, asked: Enquiry, ask: Ask) -> None:
        """Answers what is asked, within what this person was speaking of."""
        turn = self.recall.turn(self.desk, ask, self.utterance(asked, ask), asked.context)
        await self.answer(asked, turn, ask)
        if turn.message.status == "unknown" and ask.mode == "ask" and ask.view is None and ask.text:
            reason = turn.message.reason
            await self.memory.note_unanswered(ask.text, reason, turn.message.language, time.time())

    async def remark(self, asked: Enquiry, statement: str) -> None:
        """Checks a statement that nobody asked about, and speaks only where the reports have something on it."""
        ask = Ask(statement, "check")
        turn = answered(self.desk, ask, self.utterance(asked, ask), Context())
        if turn.message.verdict not in (None, "not-reported") and await self.admits(asked):
            await self.answer(asked, turn, ask)

    async def press(self, asked: Enquiry, action: Action) -> None:
        """Answers a button of the answer desk's own."""
        await self.answer(asked, self.desk.press(action, self.utterance(asked), asked.context))

    async def widen(self, asked: Enquiry, turn: Turn, code: Code) -> None:
        """Puts the whole answer in the place of the short one whose button was pressed, for everybody.

        In a group it stays one message; what that has no room for is a link into the private chat.
        """
        page, *rest = pages(turn.message, PAGE)
        buttons = keyboards.offered([button for button in turn.message.buttons if button.action.kind != "more"])
        if turn.message.shortened:
            address = keyboards.link(code, self.me.username or "")
            buttons.append(InlineKeyboardButton(asked.says("more_in_private"), url=address))
        keyboard = self.keyboard(asked, buttons)
        await self.sending.rewritten(asked.visit, asked.visit.message, page, None if rest else keyboard)
        await self.sending.pages(asked.visit, rest, keyboard)
        self.told(turn)

    def utterance(self, asked: Enquiry, ask: Ask | None = None, wide: bool = False) -> Utterance:
        """How the chat wants something answered; the words come later."""
        group = asked.visit.group
        room = ROOM[group, asked.settings.length]
        if wide:
            room = PAGE if group else WHOLE
        elif ask is not None and ask.view is not None and not group:
            room = max(room, VIEW)
        return Utterance("", language=asked.settings.language, room=room, at=time.time())

    async def answer(self, asked: Enquiry, turn: Turn, ask: Ask | None = None) -> None:
        """Sends what the desk says, with its buttons, and keeps what was spoken of where it could be sent."""
        asked = replace(asked, language=self.spoken(turn.message.language))  # buttons speak as the answer does
        buttons = [*keyboards.offered(turn.message.buttons), *offers.under(asked, ask, turn.message, self.desk)]
        if not await self.put(asked, pages(turn.message, PAGE), buttons):
            return
        if turn.context != Context():
            await self.memory.remember(asked.visit.chat, asked.visit.asker, turn.context)
        self.told(turn)

    async def tell(self, asked: Enquiry, key: str, buttons: Sequence[InlineKeyboardButton] = ()) -> None:
        """Sends a line of the door's own."""
        await self.put(asked, [html.escape(asked.says(key), quote=False)], buttons)

    async def put(self, asked: Enquiry, pages: Sequence[str], buttons: Sequence[InlineKeyboardButton] = ()) -> bool:
        """Sends HTML as the answer, or puts it into the earlier answer where the question was edited.

        False where the chat is gone, or the bot may not write there.
        """
        visit = asked.visit
        keyboard = self.keyboard(asked, buttons)
        earlier = await self.memory.answer_of(visit.chat, visit.message) if visit.edited else None
        if earlier is not None:
            below = keyboard if len(pages) == 1 else None
            if await self.sending.rewritten(visit, earlier, pages[0], below):
                await self.sending.pages(visit, pages[1:], keyboard)
                return True
        first = await self.sending.pages(visit, pages, keyboard)
        if first is not None:
            await self.noted(visit, first)
        return first is not None

    def keyboard(self, asked: Enquiry, buttons: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup | None:
        """These buttons in rows; in a group with "Delete" at the end."""
        delete = [keyboards.choice(asked.says("delete"), DELETE)] if asked.visit.group else []
        return keyboards.keyboard([*buttons, *delete])

    async def noted(self, visit: Visit, answer: int) -> None:
        """Links an answer to its question, for edits and for "Delete"; a press has no question to be edited."""
        question = -answer if visit.pressed else visit.message
        await self.memory.note_answer(visit.chat, question, answer, visit.asker)

    async def outlived(self, visit: Visit, message: Message) -> bool:
        """Whether an edit came so late that the answer to the first wording is no longer known of."""
        if not visit.edited or message.date.timestamp() > time.time() - ANSWER_KEPT:
            return False
        return await self.memory.answer_of(visit.chat, visit.message) is None

    def missed(self, message: Message) -> bool:
        """Whether a message was written long before the bot came back."""
        return message.date.timestamp() < self.started - AWAY
