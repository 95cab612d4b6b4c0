"""The tables of the database: what is kept about chats and people, with keyed hashes in the place of their numbers."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("lane", sa.BigInteger),  # keyed hash of the chat; null once answered
    sa.Column("body", sa.Text),  # the update as Telegram sent it; null once answered
    sa.Column("due", sa.Double, nullable=False),  # end of a lease, of a postponement; or when it was answered
    sa.Column("tries", sa.Integer, nullable=False),  # how often its handling raised
    sa.Column("stored", sa.Double, nullable=False),
    sa.Column("error", sa.Text),  # why it was set aside, without any of its text
)
sa.Index(
    "ix_inbox_waiting",
    inbox.c.lane,
    inbox.c.update_id,
    inbox.c.due,
    sqlite_where=inbox.c.lane.is_not(None),
    postgresql_where=inbox.c.lane.is_not(None),
)

contexts = sa.Table(
    "contexts",
    metadata,
    sa.Column("pair", sa.Text, primary_key=True),  # keyed hash of chat and user together
    sa.Column("chat", sa.Text, nullable=False, index=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),  # slots and claim ids as JSON, never a text
    sa.Column("at", sa.Double, nullable=False, index=True),
)

chats = sa.Table(
    "chats",
    metadata,
    sa.Column("chat", sa.Text, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),  # the settings that differ from the defaults, as JSON
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("question", sa.Text, primary_key=True),  # keyed hash of chat and the question's message number
    sa.Column("answer", sa.Text, nullable=False, index=True),  # the same of the answer's message number
    sa.Column("message", sa.BigInteger, nullable=False),  # the answer's number, needed to edit it
    sa.Column("chat", sa.Text, nullable=False, index=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Double, nullable=False, index=True),
)

checks = sa.Table(
    "checks",
    metadata,
    sa.Column("pair", sa.Text, primary_key=True),
    sa.Column("chat", sa.Text, nullable=False, index=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Double, nullable=False, index=True),
)

admins = sa.Table(
    "admins",
    metadata,
    sa.Column("pair", sa.Text, primary_key=True),
    sa.Column("chat", sa.Text, nullable=False, index=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("admin", sa.Boolean, nullable=False),
    sa.Column("at", sa.Double, nullable=False, index=True),
)

unanswered = sa.Table(
    "unanswered",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("at", sa.Double, nullable=False, index=True),
)
