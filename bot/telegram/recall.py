"""Answers given a moment ago: what a whole group asks in the same words is thought about once."""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import replace
from hashlib import blake2b

from bot.conversation import Desk
from bot.dialogue import Context, Turn, Utterance
from bot.follow import fresh
from bot.telegram.asks import Ask, answered

MOST = 512  # answers that are kept
OURS = frozenset({"claim", "source", "heading", "choices"})  # lines that quote nobody who asks


class Recall:
    """Keeps answers under a keyed hash of what was asked and spoken of before; the words asked are not kept."""

    def __init__(self) -> None:
        self._secret = os.urandom(16)
        self._kept: OrderedDict[bytes, Turn] = OrderedDict()

    def turn(self, desk: Desk, ask: Ask, utterance: Utterance, context: Context) -> Turn:
        """The desk's answer, or the one that it gave to the same words in the same conversation."""
        before = fresh(context, utterance.at)
        key = self._key(desk.version, ask, replace(utterance, at=0.0), replace(before, at=0.0))
        if kept := self._kept.get(key):
            self._kept.move_to_end(key)
            return replace(kept, context=replace(kept.context, at=utterance.at))
        turn = answered(desk, ask, utterance, before)
        if turn.message.status == "answered" and all(line.kind in OURS for line in turn.message.lines):
            self._kept[key] = replace(turn, trace=())  # which would hold words of the question
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return turn

    def _key(self, *asked: object) -> bytes:
        return blake2b(repr(asked).encode("utf-8", "surrogatepass"), key=self._secret, digest_size=16).digest()
