"""The road to Telegram: what python-telegram-bot expects of a request, and what is made again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import stamina
from standin import Call, Refused, StandIn
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.telegram.road import ATTEMPTS, OutcomeUnknown, Road, road

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def no_pauses() -> Iterator[None]:
    with stamina.set_testing(True, attempts=ATTEMPTS):
        yield


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as server:
        yield server


@pytest.fixture(params=["aiohttp", "httpx"])
async def way(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Road, list[str]]]:
    events: list[str] = []
    async with road(request.param, lambda method, event: events.append(event)) as made:
        yield made, events


def bot_of(server: StandIn, way: tuple[Road, list[str]]) -> Bot:
    return Bot(server.token, base_url=f"{server.url}/bot", request=way[0], get_updates_request=way[0])


def failing(times: int, outcome: Any, method: str = "sendMessage") -> Any:
    left = [times]

    def rule(call: Call) -> Any:
        if call.method != method or not left[0]:
            return None
        left[0] -= 1
        return outcome

    return rule


async def test_a_call_carries_its_parameters(telegram: StandIn, way: tuple[Road, list[str]]) -> None:
    sent = await bot_of(telegram, way).send_message(7, 'as <b>said</b> & "done" بلوچستان', disable_notification=True)
    assert sent.chat.id == 7
    assert telegram.calls[-1].params == {
        "chat_id": 7,
        "text": 'as <b>said</b> & "done" بلوچستان',
        "disable_notification": True,
    }
    assert way[1] == ["sent"]


async def test_a_file_goes_as_a_form(telegram: StandIn, way: tuple[Road, list[str]]) -> None:
    await bot_of(telegram, way).send_photo(7, InputFile(b"\x89PNG picture", "toll.png"), caption="The toll")
    call = telegram.calls[-1]
    assert call.params["caption"] == "The toll"
    assert b"\x89PNG picture" in [value for value in call.params.values() if isinstance(value, bytes)]


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (Refused("Bad Request: chat not found"), BadRequest),
        (Refused("Forbidden: bot was blocked by the user", 403), Forbidden),
        (Refused("Conflict: terminated", 409), Conflict),
        (Refused("Unauthorized", 401), InvalidToken),
        (Refused("Too Many Requests: retry after 9", 429, retry_after=9), RetryAfter),
        (Refused("Bad Request: group chat was upgraded", 400, migrate_to_chat_id=-100), ChatMigrated),
    ],
)
async def test_a_refusal_is_raised_at_once(
    telegram: StandIn, way: tuple[Road, list[str]], refused: Refused, error: type[Exception]
) -> None:
    telegram.rule = failing(9, refused)
    with pytest.raises(error):
        await bot_of(telegram, way).send_message(7, "once")
    assert len(telegram.calls) == 1


async def test_a_server_error_is_tried_again(telegram: StandIn, way: tuple[Road, list[str]]) -> None:
    telegram.rule = failing(2, Refused("Internal Server Error", 500))
    await bot_of(telegram, way).send_message(7, "there")
    assert [call.done for call in telegram.calls] == [False, False, True]
    assert way[1] == ["retry", "retry", "sent"]


async def test_a_lasting_server_error_is_told(telegram: StandIn, way: tuple[Road, list[str]]) -> None:
    telegram.rule = failing(99, Refused("Bad Gateway", 502))
    with pytest.raises(NetworkError):
        await bot_of(telegram, way).send_message(7, "there")
    assert len(telegram.calls) == 4


@pytest.mark.parametrize("outcome", ["drop", "drop-after"])
async def test_an_unknown_outcome_is_sent_once_more(
    telegram: StandIn, way: tuple[Road, list[str]], outcome: str
) -> None:
    telegram.rule = failing(1, outcome)
    await bot_of(telegram, way).send_message(7, "there")
    assert len(telegram.calls) == 2
    telegram.rule = failing(9, outcome)
    with pytest.raises(OutcomeUnknown):
        await bot_of(telegram, way).send_message(7, "there")
    assert len(telegram.calls) == 4


async def test_what_may_be_repeated_is(telegram: StandIn, way: tuple[Road, list[str]]) -> None:
    telegram.rule = failing(3, "drop", "getMe")
    assert (await bot_of(telegram, way).get_me()).username == "saidso_bot"
    assert len(telegram.calls) == 4


async def test_no_answer_in_time_is_an_unknown_outcome(telegram: StandIn, way: tuple[Road, list[str]]) -> None:
    telegram.rule = failing(1, "hang")
    await bot_of(telegram, way).send_message(7, "there", read_timeout=0.2)
    assert len(telegram.calls) == 2
    telegram.rule = failing(9, "hang")
    with pytest.raises(OutcomeUnknown):
        await bot_of(telegram, way).send_message(7, "there", read_timeout=0.2)


async def test_no_connection_is_tried_again_and_names_no_token(way: tuple[Road, list[str]]) -> None:
    async with StandIn() as gone:
        pass
    with pytest.raises(NetworkError) as raised:
        await Bot(gone.token, base_url=f"{gone.url}/bot", request=way[0]).send_message(7, "there")
    assert way[1] == ["retry"] * 3
    assert gone.token not in repr(raised.value)


async def test_a_closed_road_says_so() -> None:
    with pytest.raises(NetworkError, match="not initialized"):
        await road("aiohttp").post("http://127.0.0.1:1/botX/getMe")


async def test_connections_are_used_again(telegram: StandIn) -> None:
    async with road("aiohttp") as made:
        bot = bot_of(telegram, (made, []))
        await made.initialize()  # twice, as python-telegram-bot does for both of its requests
        for _ in range(20):
            await bot.send_message(7, "there")
    assert telegram.connections == 1
