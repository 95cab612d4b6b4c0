"""What is shown rather than said: places on the map, the chart and the map itself."""

from __future__ import annotations

from collections import OrderedDict

from telegram import InlineKeyboardButton
from telegram.constants import ChatAction

from bot.dialogue import Context
from bot.languages import FALLBACK
from bot.pictures.gallery import Gallery, Kind, wording
from bot.pictures.places import spot, spots
from bot.telegram import codes, keyboards
from bot.telegram.asks import Ask, answered
from bot.telegram.codes import Code
from bot.telegram.enquiry import Enquiry
from bot.telegram.reception import Reception
from bot.telegram.sending import Picture, Pin

PLACES = 6  # buttons under a list of places
UPLOADED = 64  # pictures that Telegram is known to hold


class Showing:
    """Places and pictures of what the reports hold."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._gallery = Gallery()
        self._uploaded: OrderedDict[str, str] = OrderedDict()  # a picture's key -> Telegram's id of it

    async def places(self, asked: Enquiry, subject: str) -> None:
        """What is reported where; for one place its point on the map, then what happened there."""
        ask = Ask(subject, view="places")
        if not subject:
            await self._reception.ask(asked, ask)
            return
        turn = answered(self._reception.desk, ask, self._reception.utterance(asked, ask), Context())
        pin = self._pin(asked, turn.context.places) if turn.message.answers else None
        if pin is not None:
            await self._reception.sending.venue(asked.visit, pin)
        await self._reception.answer(asked, turn, ask)

    async def picture(self, asked: Enquiry, kind: Kind) -> None:
        """Sends a picture, with the same in words below it."""
        visit, sending = asked.visit, self._reception.sending
        async with sending.working(visit, ChatAction.UPLOAD_PHOTO):
            drawn = await self._gallery.picture(kind, self._reception.desk.store, asked.language)
        image = self._uploaded.get(drawn.key, drawn.png)
        buttons = self._place_buttons(asked) if kind == "map" else []
        keyboard = self._reception.keyboard(asked, buttons)
        sent = await sending.picture(visit, Picture(image, drawn.caption), keyboard)
        if sent is None:
            return
        await self._reception.noted(visit, sent.message_id)
        if sent.photo:
            self._uploaded[drawn.key] = sent.photo[-1].file_id
            while len(self._uploaded) > UPLOADED:
                self._uploaded.popitem(last=False)

    def place(self, id: str) -> str | None:
        """What the place of a button is called; None where no place that is held has this id."""
        store = self._reception.desk.store
        found = codes.found(id, (name.id for name in store.names if name.kind == "place"))
        return store.name(found).label[FALLBACK] if found is not None else None

    def _place_buttons(self, asked: Enquiry) -> list[InlineKeyboardButton]:
        """The places that most is reported of, each a question what happened there."""
        found = spots(wording(self._reception.desk.store, asked.language))
        return [keyboards.choice(each.label, Code(codes.PLACE, each.id)) for each in found[:PLACES]]

    def _pin(self, asked: Enquiry, places: tuple[str, ...]) -> Pin | None:
        """The point of the first of these places that has one, with the place that it lies in."""
        words = wording(self._reception.desk.store, asked.language)
        found = next((point for place in places if (point := spot(place, words))), None)
        if found is None:
            return None
        around = words.store.name(found.id).part_of
        return Pin(
            name=found.label,
            around=words.label(around[0]) if around else found.label,
            latitude=found.coordinates.latitude,
            longitude=found.coordinates.longitude,
        )
