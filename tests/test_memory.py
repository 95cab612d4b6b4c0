"""What the bot remembers, for how long, and that it forgets."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.dialogue import Context
from bot.state import memory as memories
from bot.state.database import Database, opened, upgraded
from bot.state.keys import Key, kept
from bot.state.memory import ChatSettings, Memory
from bot.state.schema import HEAD, UnusableDatabase
from bot.state.tables import metadata

pytest_plugins = ("engines",)
pytestmark = pytest.mark.anyio

ANN, BEN, GROUP = 4_100_200_300, 4_100_200_301, -1_001_234_567_890
KEY = Key(b"a key for tests")


@pytest.fixture
def memory(database: Database) -> Memory:
    return Memory(database, KEY)


async def rows(database: Database) -> dict[str, list[str]]:
    """All that is in the database, as text."""
    found = {}
    async with database.engine.connect() as connection:
        for name, table in metadata.tables.items():
            found[name] = [str(tuple(row)) for row in await connection.execute(sa.select(table))]
    return found


async def test_a_context_lasts_half_an_hour(memory: Memory) -> None:
    now = time.time()
    said = Context(intent="count", topics=("killed",), claims=("toll-civilians",), language="en", at=now)
    await memory.remember(GROUP, ANN, said)
    assert await memory.context(GROUP, ANN, now + 1799) == said
    assert await memory.context(GROUP, ANN, now + 1801) == Context()
    assert await memory.context(GROUP, BEN, now) == Context()
    assert await memory.context(ANN, ANN, now) == Context()
    later = Context(intent="who", at=now + 5)
    await memory.remember(GROUP, ANN, later)
    assert await memory.context(GROUP, ANN, now + 5) == later


async def test_forget_erases_all_of_a_person_and_no_one_else(memory: Memory, database: Database) -> None:
    now = time.time()
    for person in (ANN, BEN):
        await memory.remember(GROUP, person, Context(intent="count", at=now))
        await memory.note_answer(GROUP, person % 1000, person % 1000 + 500, person)
        await memory.await_check(GROUP, person)
        await memory.note_admin(GROUP, person, True)
    await memory.forget(ANN)
    counts = {name: len(found) for name, found in (await rows(database)).items() if found}
    assert counts == {"contexts": 1, "answers": 1, "checks": 1, "admins": 1}
    assert await memory.context(GROUP, ANN, now) == Context()
    assert await memory.answer_of(GROUP, ANN % 1000) is None
    assert await memory.answer_of(GROUP, BEN % 1000) == BEN % 1000 + 500


async def test_settings_are_kept_changed_and_carried_over(memory: Memory) -> None:
    assert await memory.chat_settings(GROUP) == ChatSettings()
    await memory.change(GROUP, language="en", topics=(4, 5), check_forwards=True)
    changed = await memory.change(GROUP, cooldown=60, length="full")
    assert changed == ChatSettings("en", "full", True, 60, (4, 5)) == await memory.chat_settings(GROUP)
    assert await memory.change(GROUP, language=None, topics=(), check_forwards=False) == ChatSettings(
        None, "full", False, 60
    )
    await memory.migrate_chat(GROUP, GROUP - 1)
    await memory.migrate_chat(GROUP, GROUP - 1)  # Telegram tells both groups
    assert await memory.chat_settings(GROUP) == ChatSettings()
    assert (await memory.chat_settings(GROUP - 1)).cooldown == 60
    with pytest.raises(TypeError):
        await memory.change(GROUP, colour="blue")


async def test_a_chat_that_is_gone_is_dropped(memory: Memory, database: Database) -> None:
    await memory.change(GROUP, cooldown=60)
    await memory.remember(GROUP, ANN, Context(intent="count", at=time.time()))
    await memory.note_answer(GROUP, 1, 2, ANN)
    await memory.drop_chat(GROUP)
    assert not any((await rows(database)).values())


async def test_answers_and_who_asked(memory: Memory) -> None:
    await memory.note_answer(GROUP, 10, 11, ANN)
    assert await memory.answer_of(GROUP, 10) == 11
    assert await memory.answer_of(ANN, 10) is None
    assert await memory.is_asker(GROUP, 11, ANN)
    assert not await memory.is_asker(GROUP, 11, BEN)
    assert not await memory.is_asker(GROUP, 10, ANN)
    assert await memory.asker_of(GROUP, 12) is None
    await memory.note_answer(GROUP, 10, 15, ANN)
    assert await memory.answer_of(GROUP, 10) == 15


async def test_a_check_is_awaited_once(memory: Memory) -> None:
    assert not await memory.awaits_check(ANN, ANN)
    await memory.await_check(ANN, ANN)
    assert not await memory.awaits_check(ANN, BEN)
    assert await memory.awaits_check(ANN, ANN)
    assert not await memory.awaits_check(ANN, ANN)


async def test_rights_are_known_for_five_minutes(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await memory.admin(GROUP, ANN) is None
    await memory.note_admin(GROUP, ANN, True)
    await memory.note_admin(GROUP, BEN, False)
    assert await memory.admin(GROUP, ANN) is True
    assert await memory.admin(GROUP, BEN) is False
    monkeypatch.setattr(memories, "ADMIN_KEPT", -1.0)
    assert await memory.admin(GROUP, ANN) is None


async def test_unanswered_questions_have_no_asker(memory: Memory, database: Database) -> None:
    await memory.note_unanswered("how many in Karachi", "place", "en", 1.7e9)
    await memory.note_unanswered("how many\0 \ud83d", "none", "en", 1.7e9 + 0.5)
    await memory.note_unanswered("کتنے زخمی", "wounded", "ur", 1.7e9 + 1)
    found = await memory.unanswered(10)
    assert [row["text"] for row in found] == ["کتنے زخمی", "how many ?", "how many in Karachi"]
    assert set(found[0]) == {"text", "reason", "language", "at"}
    assert [row["reason"] for row in await memory.unanswered(1)] == ["wounded"]


async def test_the_sweep_erases_what_is_over(memory: Memory, database: Database) -> None:
    now = time.time()
    await memory.remember(GROUP, ANN, Context(intent="count", at=now))
    await memory.note_answer(GROUP, 1, 2, ANN)
    await memory.await_check(GROUP, ANN)
    await memory.note_admin(GROUP, ANN, True)
    await memory.note_unanswered("text", "reason", "en", now)
    await memory.change(GROUP, cooldown=5)

    async def left(later: float) -> set[str]:
        await memory.sweep(now + later)
        return {name for name, found in (await rows(database)).items() if found}

    assert await left(0) == {"contexts", "answers", "checks", "admins", "unanswered", "chats"}
    assert await left(301) == {"contexts", "answers", "checks", "unanswered", "chats"}
    assert await left(601) == {"contexts", "answers", "unanswered", "chats"}
    assert await left(1801) == {"answers", "unanswered", "chats"}
    assert await left(49 * 3600) == {"unanswered", "chats"}
    assert await left(91 * 86400) == {"chats"}


async def test_no_number_of_a_person_or_chat_is_kept(memory: Memory, database: Database) -> None:
    await memory.remember(GROUP, ANN, Context(intent="count", at=time.time()))
    await memory.note_answer(GROUP, 1, 2, ANN)
    await memory.await_check(GROUP, ANN)
    await memory.note_admin(GROUP, ANN, True)
    await memory.change(GROUP, cooldown=5)
    everything = str(await rows(database))
    assert str(ANN) not in everything
    assert str(abs(GROUP)) not in everything


async def test_it_is_there_after_a_restart(where: str | Path) -> None:
    for cooldown in (0, 30):
        database = await opened(where)
        memory = Memory(database, KEY)
        assert (await memory.chat_settings(GROUP)).cooldown == cooldown
        await memory.change(GROUP, cooldown=30)
        await memory.remember(GROUP, ANN, Context(intent="who", at=9e9))  # not waited for: closing carries it out
        await database.close()
    database = await opened(where)
    assert (await Memory(database, KEY).context(GROUP, ANN, 9e9)).intent == "who"
    assert await Memory(database, Key(b"another key")).context(GROUP, ANN, 9e9) == Context()
    await database.close()


def test_the_key_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    first = kept(tmp_path).of("person", ANN)
    assert kept(tmp_path).of("person", ANN) == first
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert Key(b"1").of("a", 1) != Key(b"2").of("a", 1)
    assert Key(b"1").of("a", 11) != Key(b"1").of("a1", 1)


@pytest.mark.parametrize(("version", "told"), [("0000", "python -m bot upgrade"), ("9999", "newer")])
async def test_another_version_is_refused_in_one_line(where: str | Path, version: str, told: str) -> None:
    database = await opened(where)
    async with database.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    await database.close()
    with pytest.raises(UnusableDatabase, match=told) as refused:
        await opened(where)
    assert "\n" not in str(refused.value)


async def test_an_upgrade_makes_what_is_missing_and_may_be_repeated(where: str | Path) -> None:
    for _ in range(2):
        assert await upgraded(where) == [f"The database is of version {HEAD}"]
    await (await opened(where)).close()


def test_the_newest_migration_is_the_version(tmp_path: Path) -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(memories.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_tables_are_as_migrations_leave_them(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    async with database.engine.connect() as connection:
        differences = await connection.run_sync(
            lambda bound: compare_metadata(MigrationContext.configure(bound), metadata)
        )
    assert differences == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "PostgreSQL at 127.0.0.1:1/none cannot be used"),
        ("mysql://root@127.0.0.1/none", "names no PostgreSQL"),
        ("://nowhere", "is no address"),
    ],
)
async def test_an_address_that_does_not_work_is_told_in_one_line(address: str, told: str) -> None:
    with pytest.raises(UnusableDatabase, match=told):
        await opened(address)


async def test_a_folder_that_cannot_be_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UnusableDatabase, match="SAIDSO_DATA"):
        await opened(tmp_path / "file")
    (tmp_path / "saidso.sqlite").write_text("not a database, and long enough to be read as the header of one" * 9)
    with pytest.raises(UnusableDatabase, match="SAIDSO_DATA"):
        await opened(tmp_path)
