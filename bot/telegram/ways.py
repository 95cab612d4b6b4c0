"""Where a code leads, whether it came on a button or in a link: a claim, a view, a picture, a place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import get_args

from bot.conversation import View
from bot.pictures.gallery import Kind
from bot.telegram import codes
from bot.telegram.asks import Ask
from bot.telegram.codes import Code
from bot.telegram.enquiry import Enquiry
from bot.telegram.reception import Reception
from bot.telegram.showing import Showing

PICTURES: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
VIEWS: Mapping[str, View] = {view: view for view in get_args(View)}

Way = Callable[[], Awaitable[None]]


class Ways:
    """Finds the way that a code stands for, as the facts are now."""

    def __init__(self, reception: Reception, showing: Showing) -> None:
        self._reception = reception
        self.showing = showing

    def way(self, asked: Enquiry, code: Code) -> Way | None:
        """What to do for a code; None where it leads to nothing that is held any more."""
        if code.letter == codes.PLACE:
            place = self.showing.place(code.id)
            return partial(self.showing.places, asked, place) if place is not None else None
        if code.letter == codes.VIEW and code.id in PICTURES:
            return partial(self.showing.picture, asked, PICTURES[code.id])
        if code.letter == codes.VIEW:
            view = VIEWS.get(code.id)
            return partial(self._reception.ask, asked, Ask(view=view)) if view is not None else None
        action = codes.action_of(code, (claim.id for claim in self._reception.desk.store.claims))
        return partial(self._reception.press, asked, action) if action is not None else None
