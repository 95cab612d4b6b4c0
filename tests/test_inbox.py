"""The inbox: nothing lost, nothing twice, in order within a chat, and what is wrong is set aside."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from clerk import KEY, SECRET, Clerk, rows, settled, until, update, working

from bot.state import inbox as inboxes
from bot.state.database import Database, opened
from bot.state.inbox import Inbox, Postpone
from bot.state.lanes import lane_of
from bot.state.listing import listing
from bot.state.queue import Arrival

pytest_plugins = ("engines",)
pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]


async def test_what_is_answered_is_forgotten(database: Database) -> None:
    clerk = Clerk()
    async with working(database, clerk) as box:
        await box.store([update(5), update(6, chat=2)])
        await until(lambda: len(clerk.ended) == 2)
    await settled(database)
    assert [(row.update_id, row.lane, row.body, row.error) for row in await rows(database)] == [
        (5, None, None, None),
        (6, None, None, None),
    ]


async def test_what_is_stored_is_on_disk(database: Database) -> None:
    box = Inbox(database, KEY, Clerk())
    await box.store([update(5)])
    found = await rows(database)
    assert SECRET in found[0].body
    assert found[0].lane not in {None, 1}  # the chat's number is in the body only, for as long as it waits
    assert (await box.backlog())[0] == 1


async def test_order_within_a_chat_and_none_between_chats(database: Database) -> None:
    first = asyncio.Event()

    async def does(arrival: Arrival) -> None:
        if arrival.update_id == 10:
            await first.wait()

    clerk = Clerk(does)
    async with working(database, clerk) as box:
        await box.store([update(n, chat=1) for n in range(10, 20)] + [update(n, chat=2) for n in range(20, 30)])
        await until(lambda: len(clerk.ended) == 10)
        assert clerk.ended == list(range(20, 30))
        first.set()
        await until(lambda: len(clerk.ended) == 20)
    assert clerk.ended[10:] == list(range(10, 20))


async def test_an_update_is_answered_once(database: Database) -> None:
    clerk = Clerk()
    async with working(database, clerk) as box:
        await asyncio.gather(*(box.store([update(7), update(7)]) for _ in range(5)))
        await until(lambda: clerk.ended == [7])
        await settled(database)
        await box.store([update(7), update(8)])
        await until(lambda: 8 in clerk.ended)
    assert clerk.began == [7, 8]


async def test_a_postponed_chat_waits_alone_and_in_order(database: Database) -> None:
    asked: list[float] = []

    async def does(arrival: Arrival) -> None:
        if arrival.update_id == 1:
            asked.append(time.time())
            if len(asked) < 3:
                raise Postpone(0.3)

    clerk = Clerk(does)
    async with working(database, clerk) as box:
        await box.store([update(1), update(2), update(3, chat=2), update(4), update(5, chat=2)])
        await until(lambda: len(clerk.ended) == 5)
    assert clerk.ended == [3, 5, 1, 2, 4]
    assert asked[1] - asked[0] >= 0.3
    assert asked[2] - asked[1] >= 0.3
    assert all(row.error is None for row in await rows(database))


async def test_a_poisoned_update_is_set_aside(database: Database, where: str | Path) -> None:
    async def does(arrival: Arrival) -> None:
        if arrival.update_id == 2:
            raise ValueError(f"cannot read {SECRET}")

    told: list[tuple[int, bool]] = []
    clerk = Clerk(does)
    async with working(database, clerk) as box:
        box.refused = lambda arrival, error, aside: told.append((arrival.update_id, aside))
        await box.store([update(1), update(2), update(3), update(4, chat=2)])
        await until(lambda: 3 in clerk.ended)
    await settled(database)
    assert clerk.began.count(2) == 3
    assert told == [(2, False), (2, False), (2, True)]
    poisoned = next(row for row in await rows(database) if row.update_id == 2)
    assert (poisoned.body, poisoned.lane, poisoned.tries) == (None, None, 3)
    assert poisoned.error.startswith("ValueError at tests/test_inbox.py:")
    assert SECRET not in str(await rows(database))
    lines = await listing(where)
    assert lines[0] == "0 waiting, 1 set aside"
    assert lines[1].startswith("2  set aside")
    assert "after 3 tries: ValueError" in lines[1]


async def test_no_more_than_so_many_are_in_flight(database: Database) -> None:
    running = [0, 0]

    async def does(arrival: Arrival) -> None:
        running[0] += 1
        running[1] = max(running)
        await asyncio.sleep(0.02)
        running[0] -= 1

    clerk = Clerk(does)
    async with working(database, clerk, in_flight=4) as box:
        await box.store([update(n, chat=n) for n in range(40)])
        await until(lambda: len(clerk.ended) == 40)
    assert running[1] == 4


async def test_a_stop_finishes_what_is_in_flight_and_leaves_the_rest(database: Database) -> None:
    async def does(arrival: Arrival) -> None:
        await asyncio.sleep(0.1)

    clerk = Clerk(does)
    async with working(database, clerk, in_flight=2) as box:
        await box.store([update(n, chat=n) for n in range(6)])
        await until(lambda: len(clerk.began) == 2)
    await settled(database)
    assert clerk.ended == clerk.began
    assert sum(row.body is not None for row in await rows(database)) == 6 - len(clerk.ended)
    others = Clerk()
    async with working(database, others):
        await until(lambda: len(others.ended) + len(clerk.ended) == 6)
    assert not set(clerk.ended) & set(others.ended)


async def test_what_outlasts_the_grace_is_answered_by_the_next(database: Database) -> None:
    async def does(arrival: Arrival) -> None:
        await asyncio.sleep(60)

    stuck = Clerk(does)
    box = Inbox(database, KEY, stuck)
    task = asyncio.create_task(box.run())
    await box.store([update(1)])
    await until(lambda: stuck.began == [1])
    await box.stop(grace=0.1)
    await task
    clerk = Clerk()
    async with working(database, clerk):
        await until(lambda: clerk.ended == [1])


async def test_two_inboxes_share_the_work(postgresql: str) -> None:
    databases = [await opened(postgresql) for _ in range(2)]
    at_once: set[int] = set()

    async def does(arrival: Arrival) -> None:
        chat = arrival.body["message"]["chat"]["id"]
        assert chat not in at_once
        at_once.add(chat)
        await asyncio.sleep(0.002)
        at_once.remove(chat)

    clerks = [Clerk(does), Clerk(does)]
    async with working(databases[0], clerks[0], 4) as one, working(databases[1], clerks[1], 4) as two:
        for n in range(0, 400, 10):
            await asyncio.gather(
                one.store([update(m, chat=m % 20) for m in range(n, n + 10)]),
                two.store([update(m, chat=m % 20) for m in range(n, n + 10)]),  # a balancer that repeats itself
            )
        await until(lambda: len(clerks[0].ended) + len(clerks[1].ended) >= 400)
    assert sorted(clerks[0].began + clerks[1].began) == list(range(400))
    assert all(len(clerk.ended) > 20 for clerk in clerks)
    for database in databases:
        await database.close()


async def test_a_dead_replicas_work_is_taken_over(postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inboxes, "LEASE", 0.5)

    async def does(arrival: Arrival) -> None:
        await asyncio.sleep(60)

    dead, alive = await opened(postgresql), await opened(postgresql)
    stuck, clerk = Clerk(does), Clerk()
    box = Inbox(dead, KEY, stuck)
    task = asyncio.create_task(box.run())
    await box.store([update(1), update(2)])
    await until(lambda: stuck.began == [1])
    async with working(alive, clerk):
        await asyncio.sleep(0.8)
        assert clerk.began == []  # the lease is renewed as long as the replica lives
        task.cancel()
        await until(lambda: clerk.ended == [1, 2], 2)
    await box.stop(0)
    for database in (dead, alive):
        await database.close()


async def test_numbers_of_answered_updates_are_kept_a_day(database: Database) -> None:
    clerk = Clerk()
    async with working(database, clerk) as box:
        await box.store([update(1)])
        await until(lambda: clerk.ended == [1])
        await settled(database)
        await box.sweep(time.time() + 86_000)
        assert len(await rows(database)) == 1
        await box.sweep(time.time() + 86_500)
        assert await rows(database) == []


async def test_numbers_as_large_as_telegrams_and_any_text(database: Database) -> None:
    strange = update(2**53, chat=-(2**52)) | {"extra": "\x00 \ud83d 'quoted' \u202e"}
    seen: list[dict[str, Any]] = []

    async def does(arrival: Arrival) -> None:
        seen.append(arrival.body)

    clerk = Clerk(does)
    async with working(database, clerk) as box:
        await box.store([strange])
        await until(lambda: len(clerk.ended) == 1)
    assert seen == [strange]


@pytest.mark.parametrize(
    ("kind", "body", "lane"),
    [
        ("message", {"chat": {"id": -5}, "from": {"id": 7}}, -5),
        ("callback_query", {"from": {"id": 7}, "message": {"chat": {"id": -5}}}, -5),
        ("callback_query", {"from": {"id": 7}, "inline_message_id": "x"}, 7),
        ("inline_query", {"from": {"id": 7}, "query": "q"}, 7),
        ("my_chat_member", {"chat": {"id": -5}, "from": {"id": 7}}, -5),
        ("message_reaction", {"chat": {"id": -5}, "user": {"id": 7}}, -5),
        ("poll", {"id": "9"}, 1234),
    ],
)
def test_what_is_answered_in_order(kind: str, body: dict[str, Any], lane: int) -> None:
    assert lane_of({"update_id": 1234, kind: body}) == lane
