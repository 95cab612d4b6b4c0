"""Erasing: what goes when somebody says /forget, when a chat is gone, and when the time is over."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.ledger import Work
from bot.state.tables import admins, answers, chats, checks, contexts

_PERSONAL = (contexts, answers, checks, admins)


def of_person(person: str) -> Work:
    """All rows held on a person, given by keyed hash."""
    return _deletion(*(sa.delete(table).where(table.c.person == person) for table in _PERSONAL))


def of_chat(chat: str) -> Work:
    """All rows held on a chat, given by keyed hash, its settings among them."""
    return _deletion(*(sa.delete(table).where(table.c.chat == chat) for table in (*_PERSONAL, chats)))


def of_check(pair: str) -> Work:
    """A pending check of one person in one chat."""
    return _deletion(sa.delete(checks).where(checks.c.pair == pair))


def of_old(limits: Mapping[sa.Table, float]) -> Work:
    """The rows of each table that are older than its limit, in seconds since 1970."""
    return _deletion(*(sa.delete(table).where(table.c.at < limit) for table, limit in limits.items()))


def _deletion(*statements: sa.Delete) -> Work:
    async def work(connection: AsyncConnection) -> None:
        for statement in statements:
            await connection.execute(statement)

    return work
