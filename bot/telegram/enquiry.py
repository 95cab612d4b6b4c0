"""Something asked, in hand: by whom and where, how the chat wants it answered, in which language."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue import Context
from bot.languages import Language
from bot.state.memory import ChatSettings
from bot.telegram.visit import Visit


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Something asked, in hand: who asks and where, how the chat wants its answers, the language to speak."""

    visit: Visit
    settings: ChatSettings
    language: Language
    context: Context  # what this person was speaking of here
    awaited: bool = False  # whether this is the statement that was announced with /check

    def says(self, key: str, **values: object) -> str:
        """A line of the door's own in the asker's language."""
        return self.language.door[key].format(**values)
