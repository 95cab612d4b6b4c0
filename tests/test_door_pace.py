"""How fast messages go out: each chat by itself, none dropped, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.telegram.pace import Pace

pytestmark = pytest.mark.anyio


class Clock:
    """A clock that a sleep moves on at once."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()

    async def sleep(seconds: float) -> None:
        clock.now += max(seconds, 0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    yield clock


async def times(pace: Pace, clock: Clock, chats: list[int], endpoint: str = "sendMessage") -> list[float]:
    """When the messages to these chats went out, one after the other, in seconds since the first."""
    out: list[float] = []

    async def call() -> bool:
        out.append(clock.now)
        return True

    start = clock.now
    for chat in chats:
        await pace.process_request(call, (), {}, endpoint, {"chat_id": chat}, None)
    return [round(at - start, 3) for at in out]


async def test_a_chat_gets_one_message_a_second(clock: Clock) -> None:
    assert await times(Pace(clock), clock, [7, 7, 7]) == [0, 1, 2]


async def test_another_chat_does_not_wait_for_it(clock: Clock) -> None:
    assert await times(Pace(clock), clock, [7, 8, 9]) == [0, 0, 0]


async def test_a_group_gets_twenty_a_minute(clock: Clock) -> None:
    assert (await times(Pace(clock), clock, [-1] * 22))[19:] == [19, 60, 61]


async def test_all_chats_together_get_thirty_a_second(clock: Clock) -> None:
    sent = await times(Pace(clock), clock, list(range(1, 64)))
    assert [sent.count(second) for second in (0, 1, 2)] == [30, 30, 3]


@pytest.mark.parametrize("endpoint", ["answerCallbackQuery", "sendChatAction", "getChatMember", "deleteMessage"])
async def test_what_shows_no_message_does_not_wait(clock: Clock, endpoint: str) -> None:
    assert await times(Pace(clock), clock, [7] * 5, endpoint) == [0] * 5


async def test_quiet_chats_are_let_go(clock: Clock) -> None:
    pace = Pace(clock)
    await times(pace, clock, list(range(1, 2000)))
    clock.now += 10
    await times(pace, clock, [5000])
    assert len(pace._chats) < 1100


async def test_messages_of_one_chat_keep_their_order_and_none_is_dropped() -> None:
    pace = Pace(lambda: 0.0)  # the clock stands still: turns are booked, not waited for
    sent: list[int] = []

    async def call(number: int) -> bool:
        sent.append(number)
        return True

    assert [pace._booked(pace._chats["7"], (1, 1.0)) for _ in range(3)] == [0.0, 1.0, 2.0]
    await asyncio.gather(
        *(pace.process_request(call, (n,), {}, "sendMessage", {"chat_id": n + 10}, None) for n in range(5))
    )
    assert sent == [0, 1, 2, 3, 4]
