"""What the operator is shown of the inbox: updates that were set aside, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.state.database import opened
from bot.state.queue import backlog
from bot.state.tables import inbox


async def listing(where: str | Path) -> list[str]:
    """The lines to print: how many updates wait, then each that was set aside, the latest first."""
    database = await opened(where)
    try:
        async with database.engine.connect() as connection:
            waiting, _ = await backlog(connection)
            aside = sa.select(inbox).where(inbox.c.error.is_not(None)).order_by(inbox.c.due.desc())
            rows = (await connection.execute(aside)).mappings().all()
    finally:
        await database.close()
    return [f"{waiting} waiting, {len(rows)} set aside", *map(_line, rows)]


def _line(row: Any) -> str:
    at = datetime.fromtimestamp(row["due"], UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"{row['update_id']}  set aside {at} after {row['tries']} tries: {row['error']}"
