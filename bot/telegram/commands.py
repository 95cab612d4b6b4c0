"""What each command does; the same in private chats and in groups."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape

from telegram import ForceReply, InlineKeyboardButton, Message

from bot.telegram import codes, keyboards
from bot.telegram.address import Call
from bot.telegram.asks import VIEWS, asked_for
from bot.telegram.enquiry import Enquiry
from bot.telegram.reception import Reception
from bot.telegram.settings_menu import SettingsMenu
from bot.telegram.ways import PICTURES, Ways

TEXTS = ("help", "about", "privacy")  # commands that are answered with a text of the language file


class Commands:
    """Every command by its name; a name that is none of them gets a hint, in groups only where it was meant for us."""

    def __init__(self, reception: Reception, ways: Ways, menu: SettingsMenu) -> None:
        self._reception = reception
        self._ways = ways
        self._menu = menu
        self._by_name: dict[str, Callable[[Enquiry, Message, Call], Awaitable[None]]] = {
            "start": self._start,
            "forget": self._forget,
            "settings": self._settings,
            **dict.fromkeys(("ask", "check", *VIEWS), self._desk),
            "where": self._where,
            **dict.fromkeys(PICTURES, self._picture),
            **dict.fromkeys(TEXTS, self._text),
        }

    def knows(self, call: Call) -> bool:
        """Whether this is a command of ours, or at least one that was sent to us by name."""
        return call.command in self._by_name or call.by_name

    async def run(self, asked: Enquiry, message: Message, call: Call) -> None:
        """Carries out a command."""
        await self._by_name.get(call.command, self._unknown)(asked, message, call)

    async def _start(self, asked: Enquiry, message: Message, call: Call) -> None:
        code = codes.read(call.text)
        way = self._ways.way(asked, code) if code is not None else None
        if way is not None:
            await way()
        else:
            known = code is not None and code.letter in codes.LETTERS
            await self._reception.tell(asked, "outdated" if known else "start", self._examples(asked))

    def _examples(self, asked: Enquiry) -> list[InlineKeyboardButton]:
        """Questions to begin with, in the asker's language."""
        return keyboards.offered(self._reception.desk.views.starting(asked.language.code))

    async def _desk(self, asked: Enquiry, message: Message, call: Call) -> None:
        ask = asked_for(call, message, self._reception.me)
        if ask is not None:
            await self._reception.ask(asked, ask)
        elif call.command == "check":
            await self._await_check(asked)
        else:
            await self._reception.tell(asked, "ask_what")

    async def _await_check(self, asked: Enquiry) -> None:
        await self._reception.memory.await_check(asked.visit.chat, asked.visit.asker)
        # In a group only a reply to the bot is sure to reach it.
        force = ForceReply(selective=True) if asked.visit.group else None
        await self._reception.sending.pages(asked.visit, [escape(asked.says("check_what"), quote=False)], force)

    async def _where(self, asked: Enquiry, message: Message, call: Call) -> None:
        await self._ways.showing.places(asked, call.text)

    async def _picture(self, asked: Enquiry, message: Message, call: Call) -> None:
        await self._ways.showing.picture(asked, PICTURES[call.command])

    async def _text(self, asked: Enquiry, message: Message, call: Call) -> None:
        await self._reception.tell(asked, call.command)

    async def _forget(self, asked: Enquiry, message: Message, call: Call) -> None:
        visit = asked.visit
        await self._reception.memory.forget(visit.asker)
        if not visit.group:  # the settings of a private chat are held on the asker too
            await self._reception.memory.drop_chat(visit.chat)
        await self._reception.sending.pages(visit, [escape(asked.says("forgotten"), quote=False)])

    async def _settings(self, asked: Enquiry, message: Message, call: Call) -> None:
        await self._menu.show(asked, message)

    async def _unknown(self, asked: Enquiry, message: Message, call: Call) -> None:
        await self._reception.tell(asked, "unknown_command")
