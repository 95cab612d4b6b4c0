"""Groups: quiet unless spoken to; also being added, removed, and a group that becomes a supergroup."""

from __future__ import annotations

from html import escape

from telegram import ChatMember, ChatMemberRestricted, Message, Update
from telegram.constants import ChatType

from bot.telegram.address import Call, called, is_person
from bot.telegram.asks import Ask, asked_for
from bot.telegram.commands import Commands
from bot.telegram.enquiry import Enquiry
from bot.telegram.reception import Reception
from bot.telegram.visit import GENERAL, GROUPS, Visit, of_change, of_message

OUT = frozenset({ChatMember.LEFT, ChatMember.BANNED})


class Groups:
    """Answers where it is asked by command, by name or in a reply to its own message."""

    def __init__(self, reception: Reception, commands: Commands) -> None:
        self._reception = reception
        self._commands = commands
        self._excused: set[int] = set()  # groups that were told of the bot's absence

    async def message(self, update: Update, context: object) -> None:
        """A new or edited message of a group."""
        message = update.effective_message
        if message is None or not is_person(message):
            return
        visit = of_message(update, message)
        call = called(message, self._reception.me)
        if call is None or (call.command and not self._commands.knows(call)):
            await self._overheard(visit, message)
        elif not await self._reception.outlived(visit, message):
            await self._answered(visit, message, call)

    async def _answered(self, visit: Visit, message: Message, call: Call) -> None:
        asked = await self._reception.opened(visit, words=bool(call.text and not call.command))
        # The settings can be reached from every topic, or nobody could change which are answered in.
        if call.command != "settings" and not _hears(asked):
            return
        if self._reception.missed(message):
            await self._excuse(asked)
        elif not await self._reception.admits(asked):
            return
        elif call.command:
            await self._commands.run(asked, message, call)
        else:
            await self._spoken_to(asked, message, call)

    async def _spoken_to(self, asked: Enquiry, message: Message, call: Call) -> None:
        ask = asked_for(call, message, self._reception.me)
        if ask is None:
            await self._reception.tell(asked, "ask_what")
        else:
            await self._reception.ask(asked, Ask(ask.text, "check") if asked.awaited else ask)

    async def _overheard(self, visit: Visit, message: Message) -> None:
        """A message for others: only a forwarded one is looked at, where the admins want that."""
        text = message.text or message.caption
        if message.forward_origin is None or not text or visit.edited or self._reception.missed(message):
            return
        asked = await self._reception.opened(visit)
        if asked.settings.check_forwards and _hears(asked):
            await self._reception.remark(asked, text)

    async def _excuse(self, asked: Enquiry) -> None:
        if asked.visit.chat not in self._excused:
            self._excused.add(asked.visit.chat)
            await self._reception.tell(asked, "away")

    async def member(self, update: Update, context: object) -> None:
        """The bot was added, removed, or blocked by a person."""
        change = update.my_chat_member
        if change is None:
            return
        if _outside(change.new_chat_member):
            await self._reception.memory.drop_chat(change.chat.id)
        elif _outside(change.old_chat_member) and change.chat.type in GROUPS:
            visit = of_change(update, change)
            asked = await self._reception.opened(visit)
            line = asked.says("added", bot=self._reception.me.username)
            await self._reception.sending.pages(visit, [escape(line, quote=False)])

    async def migrated(self, update: Update, context: object) -> None:
        """A group became a supergroup; Telegram tells it in the old chat and in the new one."""
        message = update.effective_message
        if message is None:
            return
        if message.migrate_to_chat_id is not None:
            await self._reception.memory.migrate_chat(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None and message.chat.type == ChatType.SUPERGROUP:
            await self._reception.memory.migrate_chat(message.migrate_from_chat_id, message.chat.id)


def _hears(asked: Enquiry) -> bool:
    """Whether the bot speaks in this topic."""
    topics = asked.settings.topics
    return not topics or (asked.visit.thread or GENERAL) in topics


def _outside(member: ChatMember) -> bool:
    """Whether this says that the bot is not in the chat."""
    return member.status in OUT or (isinstance(member, ChatMemberRestricted) and not member.is_member)
