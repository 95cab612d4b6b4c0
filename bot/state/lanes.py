"""Lanes: what has to be answered in order is in one chat, or comes from one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def lane_of(update: Mapping[str, Any]) -> int:
    """The number of the chat an update belongs to, else of the person, else the update's own."""
    for kind, body in update.items():
        if kind == "update_id" or not isinstance(body, Mapping):
            continue
        chat = body.get("chat") or _inner(body, "message").get("chat")
        person = body.get("from") or body.get("user")
        for party in (chat, person):
            if isinstance(party, Mapping) and isinstance(party.get("id"), int):
                return int(party["id"])
    return int(update["update_id"])


def _inner(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    inner = body.get(key)
    return inner if isinstance(inner, Mapping) else {}
