"""Inline mode: cards to choose from while somebody types @bot and a question in any chat."""

from __future__ import annotations

import hashlib

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent, Update
from telegram.constants import InlineQueryLimit

from bot.dialogue import Message, Utterance
from bot.markup import pages
from bot.telegram import keyboards
from bot.telegram.reception import PAGE, Reception
from bot.telegram.sending import Shown

KEPT = 300  # seconds that Telegram may show the same cards for the same words
ROOM = 900  # characters of one answer
PORTRAIT = "https://t.me/i/userpic/320/{bot}.jpg"  # the bot's own, on Telegram's server; cards without one get a letter
TITLE, DESCRIPTION = 80, 200  # characters that a card shows


class Inline:
    """Answers what is typed after the bot's name with cards, each with its claimant and source."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def answer(self, update: Update, context: object) -> None:
        """What somebody has typed so far; without words there are suggested questions."""
        query = update.inline_query
        if query is None:
            return
        language = self._reception.spoken((query.from_user.language_code or "").split("-")[0])
        # Words tell their language; without words the app's language decides, and the cards are this person's own.
        utterance = Utterance(query.query, language=None if query.query.strip() else language.code, room=ROOM)
        messages = [] if query.offset else [turn.message for turn in self._reception.desk.cards(utterance)]
        cards = {card.id: card for message in messages if message.answers for card in [self.card(message)]}
        nothing = InlineQueryResultsButton(language.door["inline_nothing"], start_parameter="inline")
        shown = Shown(KEPT, personal=not query.query.strip(), below=None if cards or query.offset else nothing)
        await self._reception.sending.cards(query.id, list(cards.values())[: InlineQueryLimit.RESULTS], shown)

    def card(self, message: Message) -> InlineQueryResultArticle:
        """One answer as a card; its id is the same for the same answer as long as the facts are the same."""
        text = pages(message, PAGE)[0]
        digest = hashlib.blake2b(f"{self._reception.desk.version}\n{text}".encode(), digest_size=16).hexdigest()
        title, description = _front(message)
        bot = self._reception.me.username or ""
        return InlineQueryResultArticle(
            id=digest,
            title=title,
            description=description,
            input_message_content=InputTextMessageContent(text),
            reply_markup=keyboards.keyboard(keyboards.linked(message.buttons, bot)),
            thumbnail_url=PORTRAIT.format(bot=bot),
        )


def _front(message: Message) -> tuple[str, str]:
    """What a card shows: its heading or first claim, and the claims and sources below."""
    lines = ["".join(span.text for span in line.spans).strip() for line in message.lines]
    title, *rest = [line for line in lines if line]
    return _cut(title, TITLE), _cut(" ".join(rest), DESCRIPTION)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rsplit(" ", 1)[0] + "…"
