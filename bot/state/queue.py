"""The statements of the inbox, the same for SQLite and PostgreSQL.

A row's `due` is the end of a lease, of a postponement and of a back-off in one: a chat is free when no row of it that
waits is due later. Answered rows keep nothing but their number and the time.
"""

from __future__ import annotations

import json
import time
import traceback
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.database import Database
from bot.state.ledger import Work
from bot.state.tables import inbox

REMEMBERED = 24 * 3600.0  # seconds that an answered update's number is kept
ASIDE_KEPT = 30 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it was stored: Telegram's JSON, when it came (seconds since 1970), how often handling it raised."""

    update_id: int
    body: dict[str, Any]
    stored: float
    tries: int


_waiting = inbox.c.lane.is_not(None)
_mine = sa.update(inbox).where(inbox.c.update_id == sa.bindparam("id"), _waiting)
_past: dict[str, Any] = {"lane": None, "body": None}

ANSWERED = _mine.values(due=sa.bindparam("due"), **_past)
SET_ASIDE = _mine.values(due=sa.bindparam("due"), tries=sa.bindparam("tries"), error=sa.bindparam("error"), **_past)
POSTPONED = _mine.values(due=sa.bindparam("due"))
RENEWED = _mine.values(due=sa.bindparam("due"))
FAILED = _mine.values(due=sa.bindparam("due"), tries=sa.bindparam("tries"))

_now = sa.bindparam("now", type_=sa.Double)
_heads = (
    sa.select(sa.func.min(inbox.c.update_id))  # the first update of each free chat
    .where(_waiting)
    .group_by(inbox.c.lane)
    .having(sa.func.max(inbox.c.due) <= _now)
    .order_by(sa.func.min(inbox.c.update_id))
    .limit(sa.bindparam("room", type_=sa.Integer))
)
# What the heads' snapshot saw may be over by the time the rows are locked: the conditions are asked again.
_locked = (
    sa.select(inbox.c.update_id)
    .where(inbox.c.update_id.in_(_heads), _waiting, inbox.c.due <= _now)
    .with_for_update(skip_locked=True)
)
_claim = (
    sa.update(inbox)
    .where(inbox.c.update_id.in_(_locked.scalar_subquery()), _waiting, inbox.c.due <= _now)
    .values(due=sa.bindparam("until", type_=sa.Double))
    .returning(inbox.c.update_id, inbox.c.body, inbox.c.stored, inbox.c.tries)
)


def insert(database: Database) -> Any:
    """The insert that passes over an update that is known already."""
    return database.insert(inbox).on_conflict_do_nothing(index_elements=["update_id"])


async def claimed(connection: AsyncConnection, until: float, room: int) -> list[Arrival]:
    """Leases the first updates of at most `room` free chats until that time, oldest first."""
    rows = await connection.execute(_claim, {"now": time.time(), "until": until, "room": room})
    found = [Arrival(row.update_id, json.loads(row.body), row.stored, row.tries) for row in rows]
    return sorted(found, key=lambda arrival: arrival.update_id)


async def freed(connection: AsyncConnection) -> None:
    """Ends all leases and postponements."""
    await connection.execute(sa.update(inbox).where(_waiting, inbox.c.due > 0).values(due=0.0))


async def backlog(connection: AsyncConnection) -> tuple[int, float | None]:
    """How many updates wait and when the oldest was stored."""
    row = (await connection.execute(sa.select(sa.func.count(), sa.func.min(inbox.c.stored)).where(_waiting))).one()
    return row[0], row[1]


def swept(now: float) -> Work:
    """Deletes what has been answered or set aside for its time."""

    async def work(connection: AsyncConnection) -> None:
        over = sa.and_(inbox.c.error.is_(None), inbox.c.due < now - REMEMBERED)
        gone = inbox.c.due < now - ASIDE_KEPT
        await connection.execute(sa.delete(inbox).where(inbox.c.lane.is_(None), sa.or_(over, gone)))

    return work


def described(error: BaseException) -> str:
    """The kind of an error and where it was raised, without its message, which may quote what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    where = f" at {'/'.join(ours[-1].filename.split('/')[-2:])}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{where}"
