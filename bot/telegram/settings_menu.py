"""How a chat wants its answers: a message that says how things stand, with buttons to change them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from telegram import CallbackQuery, ChatMember, InlineKeyboardButton, Message
from telegram.error import BadRequest, Forbidden

from bot.telegram import codes, keyboards
from bot.telegram.codes import Code
from bot.telegram.enquiry import Enquiry
from bot.telegram.reception import Reception
from bot.telegram.visit import GENERAL, Visit

ADMINS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})
PAUSES = (0, 30, 120)  # seconds between two answers in a group


class SettingsMenu:
    """Shown to whoever asks in private, and to admins in groups; each press is checked again."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def show(self, asked: Enquiry, message: Message) -> None:
        """Sends the menu, or says that only admins can have it."""
        anonymous = message.sender_chat is not None and message.sender_chat.id == message.chat.id
        if anonymous or await self.may(asked.visit):
            forum = bool(message.chat.is_forum)
            await self._reception.put(asked, [self._page(asked)], self._buttons(asked, forum))
        else:
            await self._reception.tell(asked, "admins_only")

    async def press(self, asked: Enquiry, query: CallbackQuery, code: Code) -> None:
        """Changes what the button says and shows how things stand now."""
        if not await self.may(asked.visit):
            await self._reception.sending.pressed(query.id, asked.says("admins_only"))
            return
        field, _, value = code.id.partition("-")
        change = _change(asked, field, value)
        if change is None or change.get("language") not in {None, *self._reception.desk.languages}:
            await self._reception.sending.pressed(query.id, asked.says("outdated"))
            return
        settings = await self._reception.memory.change(asked.visit.chat, **change)
        language = self._reception.spoken(settings.language, asked.visit.language)
        now = replace(asked, settings=settings, language=language)
        await self._reception.sending.pressed(query.id, now.says("saved"))
        forum = bool(query.message is not None and query.message.chat.is_forum)
        keyboard = keyboards.keyboard(self._buttons(now, forum))
        await self._reception.sending.rewritten(now.visit, now.visit.message, self._page(now), keyboard)

    async def may(self, visit: Visit) -> bool:
        """Whether this person may change or delete things here: anybody in private, admins in groups."""
        if not visit.group:
            return True
        memory = self._reception.memory
        known = await memory.admin(visit.chat, visit.asker)
        if known is None:
            try:
                member = await self._reception.sending.bot.get_chat_member(visit.chat, visit.asker)
            except (BadRequest, Forbidden):  # not in this chat, or the bot is not: no rights that could be seen
                return False
            known = member.status in ADMINS
            await memory.note_admin(visit.chat, visit.asker, known)
        return known

    def _page(self, asked: Enquiry) -> str:
        settings = asked.settings
        language = self._reception.desk.languages.get(settings.language or "")
        lines = [
            asked.says("settings_title"),
            asked.says("settings_language", value=language.name if language else asked.says("settings_auto")),
            asked.says("settings_length", value=asked.says(f"settings_{settings.length}")),
        ]
        if asked.visit.group:
            forwards = asked.says("settings_on" if settings.check_forwards else "settings_off")
            pause = asked.says("settings_seconds", count=settings.cooldown) if settings.cooldown else None
            topics = asked.says("settings_topics", count=len(settings.topics)) if settings.topics else None
            lines += [
                asked.says("settings_forwards", value=forwards),
                asked.says("settings_cooldown", value=pause or asked.says("settings_off")),
                asked.says("settings_where", value=topics or asked.says("settings_everywhere")),
            ]
        return escape("\n".join(lines), quote=False)

    def _buttons(self, asked: Enquiry, forum: bool) -> list[InlineKeyboardButton]:
        """A button for each value that is not the present one."""
        return [keyboards.choice(label, Code(codes.SETTING, id)) for label, id in self._choices(asked, forum)]

    def _choices(self, asked: Enquiry, forum: bool) -> Iterator[tuple[str, str]]:
        settings = asked.settings
        for code, language in self._reception.desk.languages.items():
            if code != settings.language:
                yield asked.says("set_language", value=language.name), f"language-{code}"
        if settings.language is not None:
            yield asked.says("set_language", value=asked.says("settings_auto")), "language-auto"
        other = "full" if settings.length == "short" else "short"
        yield asked.says(f"set_{other}"), f"length-{other}"
        if asked.visit.group:
            yield from _group_choices(asked, forum)


def _group_choices(asked: Enquiry, forum: bool) -> Iterator[tuple[str, str]]:
    settings = asked.settings
    forwards = "off" if settings.check_forwards else "on"
    yield asked.says(f"set_forwards_{forwards}"), f"forwards-{forwards}"
    for pause in PAUSES:
        if pause != settings.cooldown:
            label = asked.says("set_cooldown", count=pause) if pause else asked.says("set_cooldown_off")
            yield label, f"cooldown-{pause}"
    if forum:
        here = "off" if (asked.visit.thread or GENERAL) in settings.topics else "on"
        yield asked.says(f"set_topic_{here}"), f"topic-{here}"
    if settings.topics:
        yield asked.says("set_topics_all"), "topic-all"


def _change(asked: Enquiry, field: str, value: str) -> dict[str, object] | None:
    """The fields that a button changes; None for a button that there is no more."""
    here = asked.visit.thread or GENERAL
    rest = tuple(topic for topic in asked.settings.topics if topic != here)
    match field, value:
        case "language", _:
            return {"language": None if value == "auto" else value}
        case "length", "short" | "full":
            return {"length": value}
        case "forwards", "on" | "off":
            return {"check_forwards": value == "on"}
        case "cooldown", _ if value.isdigit() and int(value) in PAUSES:
            return {"cooldown": int(value)}
        case "topic", "on" | "off" | "all":
            return {"topics": () if value == "all" else (*rest, here) if value == "on" else rest}
    return None
