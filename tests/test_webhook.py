"""The webhook takes what Telegram sends, and nothing else."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from starlette.applications import Starlette

from bot.service.metrics import Metrics
from bot.service.webhook import LARGEST, Webhook
from bot.state.database import opened
from bot.state.inbox import Inbox
from bot.state.keys import Key
from bot.state.ledger import StateUnavailable
from bot.state.queue import Arrival

pytest_plugins = ("engines",)
pytestmark = pytest.mark.anyio

SECRET = "the-secret-of-the-webhook"
TYPE = {"content-type": "application/json"}
SAID = {"x-telegram-bot-api-secret-token": SECRET}
UPDATE = {"update_id": 5, "message": {"chat": {"id": 1}, "text": "hello"}}


class Shelf:
    """Takes updates, or says that it cannot."""

    def __init__(self) -> None:
        self.stored: list[Mapping[str, Any]] = []
        self.full = False

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        if self.full:
            raise StateUnavailable("full")
        self.stored += updates


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def client(shelf: Shelf, metrics: Metrics) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[Webhook(SECRET, shelf.store, metrics).route("/telegram")])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as made:
        yield made


async def test_an_update_is_stored_and_taken(client: httpx.AsyncClient, shelf: Shelf, metrics: Metrics) -> None:
    answer = await client.post("/telegram", json=UPDATE, headers=SAID)
    assert answer.status_code == 200
    assert shelf.stored == [UPDATE]
    assert b'saidso_webhook_requests_total{status="200"} 1.0' in metrics.page()


@pytest.mark.parametrize(
    "headers", [{}, {"x-telegram-bot-api-secret-token": "guess"}, {"x-telegram-bot-api-secret-token": ""}]
)
async def test_a_wrong_secret_is_401(client: httpx.AsyncClient, shelf: Shelf, headers: dict[str, str]) -> None:
    assert (await client.post("/telegram", json=UPDATE, headers=headers)).status_code == 401
    assert shelf.stored == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"update_id": "5"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 99999999999999999999}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
async def test_nonsense_is_400(client: httpx.AsyncClient, shelf: Shelf, body: bytes) -> None:
    assert (await client.post("/telegram", content=body, headers=SAID | TYPE)).status_code == 400
    assert shelf.stored == []


async def test_another_type_is_400(client: httpx.AsyncClient, shelf: Shelf) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        headers = SAID | {"content-type": kind}
        assert (await client.post("/telegram", content=json.dumps(UPDATE), headers=headers)).status_code == 400
    charset = SAID | {"content-type": "application/json; charset=utf-8"}
    assert (await client.post("/telegram", content=json.dumps(UPDATE), headers=charset)).status_code == 200


async def test_what_is_too_large_is_413(client: httpx.AsyncClient, shelf: Shelf) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 1000 + 2):
            yield b"x" * 1000

    assert (await client.post("/telegram", content=pieces(), headers=SAID | TYPE)).status_code == 413


async def test_other_ways_in_are_closed(client: httpx.AsyncClient) -> None:
    assert (await client.get("/telegram", headers=SAID)).status_code == 405
    assert (await client.post("/", json=UPDATE, headers=SAID)).status_code == 404


async def test_what_cannot_be_stored_is_503_and_comes_again(client: httpx.AsyncClient, shelf: Shelf) -> None:
    shelf.full = True
    assert (await client.post("/telegram", json=UPDATE, headers=SAID)).status_code == 503
    shelf.full = False
    assert (await client.post("/telegram", json=UPDATE, headers=SAID)).status_code == 200


async def test_nothing_of_the_body_is_logged(client: httpx.AsyncClient, shelf: Shelf) -> None:
    with structlog.testing.capture_logs() as logs:
        await client.post("/telegram", json=UPDATE | {"text": "words of Zarmina"}, headers=SAID)
        await client.post("/telegram", content=b'{"words of Zarmina', headers=SAID | TYPE)
    assert logs == []


async def test_stored_and_taken_within_twenty_milliseconds(where: str | Path, metrics: Metrics) -> None:
    async def answer(arrival: Arrival) -> None:
        return None

    database = await opened(where)
    box = Inbox(database, Key(b"key"), answer)
    app = Starlette(routes=[Webhook(SECRET, box.store, metrics).route("/")])
    took = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        for number in range(60):
            start = time.perf_counter()
            answered = await client.post("/", json=UPDATE | {"update_id": number}, headers=SAID)
            took.append(time.perf_counter() - start)
            assert answered.status_code == 200
    assert statistics.median(took) < 0.02
    assert (await box.backlog())[0] == 60
    await database.close()
