"""What the bot remembers between two messages: contexts, chat settings, answers given, and for how long."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.dialogue import Context
from bot.state import erasure
from bot.state.database import Database
from bot.state.keys import Key
from bot.state.tables import admins, answers, chats, checks, contexts, unanswered

CONTEXT_KEPT = 30 * 60.0  # seconds
ANSWER_KEPT = 48 * 3600.0
CHECK_KEPT = 10 * 60.0
ADMIN_KEPT = 5 * 60.0
QUESTION_KEPT = 90 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How the bot behaves in one chat, as its admins chose."""

    language: str | None = None  # None: the language of each question
    length: Literal["short", "full"] = "short"
    check_forwards: bool = False
    cooldown: int = 0  # seconds between two answers
    topics: tuple[int, ...] = ()  # forum topics it answers in; empty: all


class Memory:
    """Contexts, settings and links between question and answer, under keyed hashes of chats and people.

    Writes are taken at once and reach the disk with the next transaction, at the latest with the one that marks the
    update as answered; `forget`, `change` and what drops or moves a chat return when they are on disk.
    """

    def __init__(self, database: Database, key: Key) -> None:
        self._ledger = database.ledger
        self._key = key
        self._upserts = {table: database.upsert(table) for table in (contexts, chats, answers, checks, admins)}
        self._questions = sa.insert(unanswered)

    async def context(self, chat: int, user: int, at: float) -> Context:
        """What this person and the bot were speaking of in this chat; empty after 30 minutes."""
        row = await self._ledger.row(contexts.c.pair, self._pair(chat, user))
        if row is None or at - row["at"] > CONTEXT_KEPT:
            return Context()
        return _CONTEXT.validate_json(row["body"])

    async def remember(self, chat: int, user: int, context: Context) -> None:
        """Keeps what was spoken of: ids of slots and claims."""
        self._keep(contexts, chat, user, body=_written(context), at=context.at or time.time())

    async def forget(self, user: int) -> None:
        """Erases at once all that is held on a person: contexts, pending checks, links to answers, admin rights."""
        await self._ledger.work(erasure.of_person(self._person(user)))

    async def chat_settings(self, chat: int) -> ChatSettings:
        """The settings of a chat, or the defaults."""
        row = await self._ledger.row(chats.c.chat, self._chat(chat))
        return _SETTINGS.validate_json(row["body"]) if row else ChatSettings()

    async def change(self, chat: int, **changes: Any) -> ChatSettings:
        """Changes fields of a chat's settings and returns them all; raises TypeError for a field there is not."""
        settings = replace(await self.chat_settings(chat), **changes)
        values = {"chat": self._chat(chat), "body": _written(settings)}
        await self._ledger.write(self._upserts[chats], values)
        return settings

    async def note_answer(self, chat: int, question_message: int, answer_message: int, user: int) -> None:
        """Links an answer to the message that asked, for edits and for "Delete"; kept 48 hours."""
        self._ledger.write(
            self._upserts[answers],
            {
                "question": self._key.of("question", chat, question_message),
                "answer": self._key.of("answer", chat, answer_message),
                "message": answer_message,
                "chat": self._chat(chat),
                "person": self._person(user),
                "at": time.time(),
            },
        )

    async def answer_of(self, chat: int, question_message: int) -> int | None:
        """The number of the message that answered this one, or None."""
        row = await self._ledger.row(answers.c.question, self._key.of("question", chat, question_message))
        return int(row["message"]) if row and time.time() - row["at"] <= ANSWER_KEPT else None

    async def asker_of(self, chat: int, answer_message: int) -> str | None:
        """The keyed hash of who asked for this answer, or None."""
        row = await self._ledger.row(answers.c.answer, self._key.of("answer", chat, answer_message))
        return str(row["person"]) if row and time.time() - row["at"] <= ANSWER_KEPT else None

    async def is_asker(self, chat: int, answer_message: int, user: int) -> bool:
        """Whether this person asked for this answer."""
        return await self.asker_of(chat, answer_message) == self._person(user)

    async def await_check(self, chat: int, user: int) -> None:
        """Notes that this person's next message within 10 minutes is a statement to check."""
        self._keep(checks, chat, user, at=time.time())

    async def awaits_check(self, chat: int, user: int) -> bool:
        """Whether this message is the statement to check; asked once, it is no longer awaited."""
        row = await self._ledger.row(checks.c.pair, self._pair(chat, user))
        if row is None:
            return False
        await self._ledger.work(erasure.of_check(self._pair(chat, user)))
        return bool(time.time() - row["at"] <= CHECK_KEPT)

    async def admin(self, chat: int, user: int) -> bool | None:
        """Whether this person is an admin of the chat, as learnt within the last 5 minutes; None: ask Telegram."""
        row = await self._ledger.row(admins.c.pair, self._pair(chat, user))
        return bool(row["admin"]) if row and time.time() - row["at"] <= ADMIN_KEPT else None

    async def note_admin(self, chat: int, user: int, admin: bool) -> None:
        """Keeps for 5 minutes what Telegram said of a person's rights in a chat."""
        self._keep(admins, chat, user, admin=admin, at=time.time())

    async def note_unanswered(self, text: str, reason: str, language: str, at: float) -> None:
        """Keeps a question without an answer for the curators, without its asker and chat; for 90 days."""
        clean = text.encode("utf-8", "replace").decode().replace("\0", "")  # no database takes halves of characters
        self._ledger.write(self._questions, {"text": clean, "reason": reason, "language": language, "at": at})

    async def unanswered(self, limit: int = 100) -> tuple[dict[str, Any], ...]:
        """The latest questions without an answer: text, reason, language, at (seconds since 1970)."""

        async def read(connection: Any) -> tuple[dict[str, Any], ...]:
            columns = (unanswered.c.text, unanswered.c.reason, unanswered.c.language, unanswered.c.at)
            query = sa.select(*columns).order_by(unanswered.c.at.desc()).limit(limit)
            return tuple(dict(row) for row in (await connection.execute(query)).mappings())

        found: tuple[dict[str, Any], ...] = await self._ledger.work(read)
        return found

    async def drop_chat(self, chat: int) -> None:
        """Erases all that is held on a chat that the bot was removed from."""
        await self._ledger.work(erasure.of_chat(self._chat(chat)))

    async def migrate_chat(self, old: int, new: int) -> None:
        """Carries a group's settings over to the supergroup that it became; the rest ends with the old chat."""
        settings = await self._ledger.row(chats.c.chat, self._chat(old))
        if settings:
            self._ledger.write(self._upserts[chats], {"chat": self._chat(new), "body": settings["body"]})
        await self.drop_chat(old)

    async def sweep(self, now: float) -> None:
        """Erases what has been kept for its time."""
        await self._ledger.work(
            erasure.of_old(
                {
                    contexts: now - CONTEXT_KEPT,
                    answers: now - ANSWER_KEPT,
                    checks: now - CHECK_KEPT,
                    admins: now - ADMIN_KEPT,
                    unanswered: now - QUESTION_KEPT,
                }
            )
        )

    def _keep(self, table: sa.Table, chat: int, user: int, **values: Any) -> None:
        pair = {"pair": self._pair(chat, user), "chat": self._chat(chat), "person": self._person(user)}
        self._ledger.write(self._upserts[table], pair | values)

    def _pair(self, chat: int, user: int) -> str:
        return self._key.of("pair", chat, user)

    def _chat(self, chat: int) -> str:
        return self._key.of("chat", chat)

    def _person(self, user: int) -> str:
        return self._key.of("person", user)


def _written(kept: Context | ChatSettings) -> str:
    """JSON of the fields that are not empty."""
    return json.dumps({name: value for name, value in asdict(kept).items() if value})


_CONTEXT, _SETTINGS = TypeAdapter(Context), TypeAdapter(ChatSettings)  # they pass over fields of other versions
