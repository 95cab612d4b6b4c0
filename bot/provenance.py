"""Before any claim is judged: does it stand in the report that a question names, and does it hold for the day?"""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue import Question
from bot.index import Profile
from bot.matter import Matter


class Provenance:
    """Sets the claims aside that another outlet carries, or that were made for another day."""

    def __init__(self, matter: Matter) -> None:
        self.publishers = matter.publishers

    def keeps(self, question: Question) -> Callable[[Profile], bool] | None:
        """Which claims a question leaves standing by outlet and day; None where it names neither."""
        tags = (*question.speakers, *question.mentions)
        outlets = [ids for tag in tags if (ids := frozenset(tag.ids)) & self.publishers]
        period = question.period
        if not outlets and period is None:
            return None

        def kept(profile: Profile) -> bool:
            carried = all(ids & profile.explains or ids & self.publishers & profile.carriers for ids in outlets)
            figure = bool(profile.claim.quantities)
            return carried and (period is None or period.holds(profile.as_of, figure=figure))

        return kept
