"""Two more judges: does a claim stand in the report that a question names, and does it hold for the day?"""

from __future__ import annotations

from bot.dialogue import Question
from bot.index import Profile
from bot.matter import Matter
from bot.sheet import Sheet


class Provenance:
    """Holds the outlet and the day of a question against a claim, noting the outcome on a sheet."""

    def __init__(self, matter: Matter) -> None:
        self.publishers = matter.publishers

    def period(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """For which time: what was said on Tuesday does not answer for Monday."""
        assert question.period is not None  # only then is this judge called
        if question.period.holds(profile.as_of, figure=bool(profile.claim.quantities)):
            sheet.reasons.append(f"{question.period.kind} {question.period.day}")
        else:
            sheet.breaks("period", str(question.period.day))

    def outlets(self, question: Question, profile: Profile, sheet: Sheet) -> None:
        """In whose report: "according to the BBC" takes only what the BBC carries."""
        for tag in (*question.speakers, *question.mentions):
            bodies = set(tag.ids) & self.publishers
            if bodies and not (set(tag.ids) & profile.explains or bodies & profile.carriers):
                sheet.breaks("outlet", tag.text)
