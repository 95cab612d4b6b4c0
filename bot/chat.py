"""A conversation in the terminal: questions, follow-ups, and buttons as numbered choices."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from bot.conversation import Desk
from bot.dialogue import Button, Context, Turn, Utterance
from bot.markup import plain
from bot.surveys import View

ROOM = 2000  # characters of one reply
COMMANDS: dict[str, View] = {
    "casualties": "casualties", "timeline": "timeline", "where": "places", "who": "people", "disputed": "disputed",
    "changes": "changes", "sources": "sources", "overview": "overview",
}  # fmt: skip


@dataclass(slots=True)
class Chat:
    """One person's conversation with the answer desk, as long as the terminal is open."""

    desk: Desk
    context: Context = field(default_factory=Context)
    choices: tuple[Button, ...] = ()

    def talk(self) -> int:
        """Reads lines until the input ends or somebody types /quit; gives the exit code."""
        if sys.stdin.isatty():
            import readline  # noqa: F401  # arrow keys and earlier lines, where the platform has them

            print("Ask a question, type a number for a choice, /check and a statement, or /quit.")
        while True:
            try:
                typed = input("> " if sys.stdin.isatty() else "").strip()
            except EOFError:
                return 0
            if typed == "/quit":
                return 0
            if typed:
                self.heard(typed)

    def heard(self, typed: str) -> None:
        """Answers one line and prints the answer with its choices."""
        turn = self.turn(typed)
        self.context, self.choices = turn.context, turn.message.buttons
        print(plain(turn.message))
        for number, button in enumerate(self.choices, 1):
            print(f"  {number}) {button.label}")

    def turn(self, typed: str) -> Turn:
        """The reply to a line: a choice by its number, a command, or a question."""
        if typed.isdecimal() and 0 < int(typed) <= len(self.choices):
            return self.desk.press(self.choices[int(typed) - 1].action, self._utterance(""), self.context)
        command, _, rest = typed.partition(" ")
        if command == "/check":
            return self.desk.reply(Utterance(rest, "check", room=ROOM, at=time.time()), self.context)
        if command.startswith("/") and (view := COMMANDS.get(command[1:])):
            return self.desk.view(view, rest, self._utterance(""))
        return self.desk.reply(self._utterance(typed), self.context)

    def _utterance(self, text: str) -> Utterance:
        return Utterance(text, room=ROOM, at=time.time())
