"""How often one person and one group are answered; past that one quiet notice, then silence."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

from limits import RateLimitItem, RateLimitItemPerSecond, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.telegram.visit import Visit

Admission = Literal["in", "notice", "silent"]
Place = Literal["person", "private", "group"]

# A person in a group; a person in a private chat; all answers in one group.
STANDARD = "person=6/minute;20/hour private=20/minute group=15/minute"
REMEMBERED = 1000  # updates that came again after Telegram asked to wait are not counted twice


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of each place; all of a place's limits must leave room."""

    person: tuple[RateLimitItem, ...] = ()
    private: tuple[RateLimitItem, ...] = ()
    group: tuple[RateLimitItem, ...] = ()


def rules(text: str) -> Rules | None:
    """Reads FLOOD_LIMITS: "off" (None), or places with their limits; a place that is left out keeps the standard.

    Raises ValueError with one line that says what to write.
    """
    if text.strip().lower() == "off":
        return None
    try:
        given = dict(part.split("=", 1) for part in f"{STANDARD} {text}".split())
        return Rules(**{place: tuple(parse_many(value)) for place, value in given.items()})
    except (ValueError, TypeError):
        raise ValueError(f'FLOOD_LIMITS is not understood; write "off" or for example "{STANDARD}"') from None


class Flood:
    """Counts what is asked, in memory, over moving windows."""

    def __init__(self, rules: Rules | None) -> None:
        self._rules = rules
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._counted: OrderedDict[int, Admission] = OrderedDict()

    def admits(self, visit: Visit, cooldown: int = 0) -> Admission:
        """Whether this is answered ("in"), refused with a notice, or passed over; `cooldown` in seconds."""
        if self._rules is None:
            return "in"
        if visit.update not in self._counted:
            self._counted[visit.update] = self._decided(visit, cooldown)
            if len(self._counted) > REMEMBERED:
                self._counted.popitem(last=False)
        return self._counted[visit.update]

    def _decided(self, visit: Visit, cooldown: int) -> Admission:
        counts = self._counts(visit, cooldown)
        over = [(item, key) for item, key in counts if not self._window.test(item, key)]
        if not over:
            for item, key in counts:
                self._window.hit(item, key)
            return "in"
        item, key = max(over, key=lambda pair: pair[0].get_expiry())
        once = RateLimitItemPerSecond(1, item.get_expiry(), namespace="NOTICE")
        return "notice" if self._window.hit(once, key) else "silent"

    def _counts(self, visit: Visit, cooldown: int) -> list[tuple[RateLimitItem, str]]:
        assert self._rules is not None
        person = f"{visit.chat}/{visit.asker}"
        if not visit.group:
            return [(item, person) for item in self._rules.private]
        counts = [(item, person) for item in self._rules.person]
        counts += [(item, str(visit.chat)) for item in self._rules.group]
        if cooldown:
            counts.append((RateLimitItemPerSecond(1, cooldown, namespace="COOLDOWN"), str(visit.chat)))
        return counts
