"""Logs hold no texts, no names, no token, whoever writes them."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import threading
import warnings
from typing import Any

import pytest
import structlog

from bot.service import logs

TOKEN = "123456789:AAE-a-token-for-tests"


@pytest.fixture
def quiet_logging() -> Any:
    """Logging as it was before, afterwards."""
    hook, threads, root = sys.excepthook, threading.excepthook, logging.getLogger()
    handlers, level, shown = root.handlers[:], root.level, warnings.showwarning
    yield
    sys.excepthook, threading.excepthook, warnings.showwarning = hook, threads, shown
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


def test_libraries_tell_no_texts(quiet_logging: None, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json", TOKEN)
    library = logging.getLogger("telegram.ext.Application")
    try:
        raise ValueError("words of Zarmina")
    except ValueError as error:
        library.error("Update %s caused %s", "words of Zarmina", error, exc_info=error)
        structlog.get_logger().error("own", exc_info=error)
    library.warning(f"https://api.telegram.org/bot{TOKEN}/sendMessage words of Zarmina")
    structlog.get_logger().warning("own", address=f"https://api.telegram.org/bot{TOKEN}/getMe")
    printed = capsys.readouterr().out
    assert "Zarmina" not in printed
    assert TOKEN not in printed
    lines = [json.loads(line) for line in printed.splitlines()]
    assert lines[0]["event"] == "Update %s caused %s"
    assert lines[0]["error"].startswith("ValueError at tests/test_logs.py:")
    assert lines[3]["address"] == "https://api.telegram.org/bot[token]/getMe"


def test_what_nobody_waited_for_tells_no_texts(quiet_logging: None, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json", TOKEN)

    def fails(text: str) -> None:
        raise ValueError(text)

    async def loses_an_error() -> None:
        loop = asyncio.get_running_loop()
        logs.watch(loop)
        loop.call_soon(fails, "words of Zarmina")
        thread = threading.Thread(target=fails, args=("words of Zarmina",))
        thread.start()
        await asyncio.to_thread(thread.join)

    asyncio.run(loses_an_error())
    written = "".join(capsys.readouterr())
    assert "unawaited" in written and "crashed" in written and "ValueError" in written
    assert "Zarmina" not in written
