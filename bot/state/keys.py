"""Keyed hashes that stand for chats and people where their numbers are not needed to reply."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path


class Key:
    """The secret under which numbers of chats and people become hashes that nobody without it can undo."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, *parts: str | int) -> str:
        """The hash of these parts together, 32 hexadecimal characters."""
        return self._digest(parts)[:16].hex()

    def lane(self, *parts: str | int) -> int:
        """The hash of these parts as a signed number of 64 bits."""
        return int.from_bytes(self._digest(parts)[:8], "big", signed=True)

    def _digest(self, parts: tuple[str | int, ...]) -> bytes:
        return hmac.digest(self._secret, "\x1f".join(map(str, parts)).encode(), "sha256")


def kept(folder: Path) -> Key:
    """The key that lies beside the embedded database, made at the first start; readable by its owner only."""
    path = folder / "key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return Key(path.read_text().strip().encode())
