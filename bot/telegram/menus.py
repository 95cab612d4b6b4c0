"""What Telegram shows of the bot before anybody types: the commands a chat offers, its name and what it is for."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotDescription,
    BotName,
    BotShortDescription,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.languages import FALLBACK, Language

GROUP = (
    "ask",
    "check",
    "casualties",
    "timeline",
    "where",
    "who",
    "disputed",
    "changes",
    "sources",
    "chart",
    "history",
    "map",
    "help",
)
PRIVATE = ("start", *GROUP, "about", "privacy", "forget", "settings")
SCOPES: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeAllPrivateChats(), PRIVATE),
    (BotCommandScopeAllGroupChats(), GROUP),
    (BotCommandScopeAllChatAdministrators(), (*GROUP, "settings")),
)


async def set_menus(bot: ExtBot[None], languages: Mapping[str, Language]) -> None:
    """Sets commands, name and descriptions in every language, where they are not so already.

    Telegram allows few changes a day, so what is right is left alone. A refusal is passed over: the next start tries
    again, and nobody has to wait for a menu.
    """
    for code, language in languages.items():
        if code == FALLBACK:
            await _in_language(bot, language.door, None)
        elif re.fullmatch("[a-z]{2}", code):  # Telegram knows languages by two letters only
            await _in_language(bot, language.door, code)


async def _in_language(bot: ExtBot[None], texts: Mapping[str, str], code: str | None) -> None:
    for scope, names in SCOPES:
        menu = tuple(BotCommand(name, texts[f"command_{name}"]) for name in names)
        await _set(menu, bot.get_my_commands(scope, code), partial(bot.set_my_commands, menu, scope, code))
    name, long, short = texts["name"], texts["description"], texts["short_description"]
    await _set(BotName(name), bot.get_my_name(code), partial(bot.set_my_name, name, code))
    await _set(BotDescription(long), bot.get_my_description(code), partial(bot.set_my_description, long, code))
    shown = bot.get_my_short_description(code)
    await _set(BotShortDescription(short), shown, partial(bot.set_my_short_description, short, code))


async def _set(wanted: object, shown: Awaitable[object], change: Callable[[], Awaitable[bool]]) -> None:
    """Makes a change unless it stands already; where Telegram does not tell, it is made."""
    right = False
    with suppress(TelegramError):
        right = await shown == wanted
    if not right:
        with suppress(TelegramError):
            await change()
