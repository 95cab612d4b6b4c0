"""Logs for operators: one JSON object a line, with no text that anybody wrote, no name and no token."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import traceback
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

Format = Literal["json", "console"]
SPEAKING = ("uvicorn",)  # libraries whose finished messages hold nothing of anybody


def configure(level: str, form: Format, token: str) -> None:
    """Sets up all logging of the process, the libraries' too; the token is taken out wherever it would stand."""
    number = logging.getLevelNamesMapping()[level.upper()]
    renderer = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _without_errors,
            _Redaction(token),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_Libraries()], level=max(number, logging.WARNING), force=True)
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, error, trace: structlog.get_logger().critical("crashed", error=told(error))
    threading.excepthook = lambda args: structlog.get_logger().critical("crashed", error=told(args.exc_value))


def watch(loop: asyncio.AbstractEventLoop) -> None:
    """Has errors that nobody waited for logged in the same way."""

    def handler(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        where = told(error) if isinstance(error, BaseException) else ""
        what = context["message"].partition("\n")[0].partition(" callback ")[0]  # a callback's arguments may be texts
        structlog.get_logger().error("unawaited", what=what[:80], error=where)

    loop.set_exception_handler(handler)


def told(error: BaseException | None) -> str:
    """An error's kind and the lines it came through, without its message, which may quote what somebody wrote."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    way = " < ".join(f"{'/'.join(f.filename.split('/')[-2:])}:{f.lineno}" for f in reversed(frames))
    return f"{type(error).__name__} at {way}" if way else type(error).__name__


def _without_errors(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception that is logged becomes its kind and place."""
    found = event.pop("exc_info", None)
    if found:
        event["error"] = told(found if isinstance(found, BaseException) else sys.exc_info()[1])
    return event


class _Redaction:
    """Takes the token out of every text, should one ever hold it."""

    def __init__(self, token: str) -> None:
        self._secrets = [part for part in (token, token.partition(":")[2]) if len(part) >= 8]

    def __call__(self, logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for key, value in event.items():
            if isinstance(value, str):
                event[key] = self._clean(value)
        return event

    def _clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[token]")
        return text


class _Libraries(logging.Handler):
    """What libraries log, by the pattern of the message: what is filled in may be somebody's words or the token."""

    def emit(self, record: logging.LogRecord) -> None:
        pattern = str(record.msg) if record.args or record.name.startswith(SPEAKING) else "message"
        error = record.exc_info[1] if record.exc_info else None
        where = f"{'/'.join(record.pathname.split('/')[-2:])}:{record.lineno}"
        log = structlog.get_logger()
        log.log(record.levelno, pattern[:120], library=record.name, where=where, error=told(error))
