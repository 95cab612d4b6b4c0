"""The door as a whole: which kind of update goes to which room."""

from __future__ import annotations

from typing import Any

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode, UpdateType
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.conversation import Desk
from bot.settings import Settings
from bot.state.memory import Memory
from bot.telegram.commands import Commands
from bot.telegram.flood import Flood, rules
from bot.telegram.groups import Groups
from bot.telegram.guest import Guest
from bot.telegram.inline import Inline
from bot.telegram.pace import Pace
from bot.telegram.presses import Presses
from bot.telegram.private import Private
from bot.telegram.reception import Reception
from bot.telegram.sending import Sending
from bot.telegram.settings_menu import SettingsMenu
from bot.telegram.showing import Showing
from bot.telegram.ways import Ways

# Telegram sends only the kinds that are named, and remembers the names: a kind left out never comes.
ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.GUEST_MESSAGE,
    UpdateType.MY_CHAT_MEMBER,
)

Door = Application[Any, Any, Any, Any, Any, Any]


def application(desk: Desk, memory: Memory, settings: Settings, request: BaseRequest) -> Door:
    """The bot as python-telegram-bot runs it, without a way for updates to come in: hand them to `process_update`.

    Raises ValueError with one line where FLOOD_LIMITS is not understood.
    """
    limits = rules(settings.flood_limits)
    defaults = Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
    builder = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(f"{settings.telegram_base_url}/bot")
        .base_file_url(f"{settings.telegram_base_url}/file/bot")
        .request(request)
        .get_updates_request(request)
        .updater(None)
        .job_queue(None)
        .defaults(defaults)
    )
    door = builder.rate_limiter(Pace()).build() if limits else builder.build()
    desk_side = Reception(desk, memory, Sending(door.bot, memory), Flood(limits))
    door.bot_data["reception"] = desk_side
    _furnish(door, desk_side)
    return door


def reception(door: Door) -> Reception:
    """The reception behind a door: its `desk` may be replaced, its `told` hears of each answer."""
    found = door.bot_data["reception"]
    assert isinstance(found, Reception)
    return found


def _furnish(door: Door, reception: Reception) -> None:
    """Puts a room behind each kind of update; the first that fits has it."""
    ways, menu, inline = Ways(reception, Showing(reception)), SettingsMenu(reception), Inline(reception)
    commands = Commands(reception, ways, menu)
    private, groups = Private(reception, commands), Groups(reception, commands)
    # New and edited messages that hold something to read or a file; not "somebody joined", no channel posts.
    messages = filters.UpdateType.MESSAGES & (filters.TEXT | filters.CAPTION | filters.ATTACHMENT)
    door.add_handlers(
        [
            MessageHandler(filters.UpdateType.GUEST_MESSAGE, Guest(reception, inline).message),
            MessageHandler(filters.StatusUpdate.MIGRATE, groups.migrated),
            MessageHandler(messages & filters.ChatType.PRIVATE, private.message),
            MessageHandler(messages & filters.ChatType.GROUPS, groups.message),
            CallbackQueryHandler(Presses(reception, ways, menu).press),
            InlineQueryHandler(inline.answer),
            ChatMemberHandler(groups.member, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
