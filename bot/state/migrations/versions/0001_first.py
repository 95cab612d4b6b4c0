"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEYED: dict[
    str, list[sa.Column[Any]]
] = {  # the tables whose rows belong to one chat and one person, and what else they hold
    "contexts": [sa.Column("body", sa.Text, nullable=False)],
    "checks": [],
    "admins": [sa.Column("admin", sa.Boolean, nullable=False)],
}


def upgrade() -> None:
    """Makes the inbox, the memory and the list of unanswered questions."""
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("lane", sa.BigInteger),
        sa.Column("body", sa.Text),
        sa.Column("due", sa.Double, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("stored", sa.Double, nullable=False),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    waiting = sa.text("lane IS NOT NULL")
    columns = ["lane", "update_id", "due"]
    op.create_index("ix_inbox_waiting", "inbox", columns, sqlite_where=waiting, postgresql_where=waiting)
    for name, rest in KEYED.items():
        op.create_table(
            name,
            sa.Column("pair", sa.Text, nullable=False),
            sa.Column("chat", sa.Text, nullable=False),
            sa.Column("person", sa.Text, nullable=False),
            *rest,
            sa.Column("at", sa.Double, nullable=False),
            sa.PrimaryKeyConstraint("pair", name=f"pk_{name}"),
        )
        _index(name, "chat", "person", "at")
    _the_rest()


def _the_rest() -> None:
    op.create_table(
        "chats",
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_chats"),
    )
    op.create_table(
        "answers",
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("message", sa.BigInteger, nullable=False),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("question", name="pk_answers"),
    )
    _index("answers", "answer", "chat", "person", "at")
    op.create_table(
        "unanswered",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unanswered"),
    )
    _index("unanswered", "at")


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Removes all tables."""
    for table in ("unanswered", "answers", "chats", *KEYED, "inbox"):
        op.drop_table(table)
