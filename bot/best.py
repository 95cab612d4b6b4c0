"""The best candidates: the first, and those that nothing sets behind it."""

from __future__ import annotations

from bot.dialogue import Candidate

NEAR_BEST = 0.85  # of the best claim's shared weight: what says as much about the question answers it too
MOST_ANSWERS = 6


def best_of(good: list[Candidate]) -> list[Candidate]:
    """The candidates with the first one's costs and about its weight; sorted candidates in, at least one out."""
    best = good[0]
    weight = -best.cost[-1]
    floor = NEAR_BEST * weight if weight > 0 else weight
    return [
        c for c in good if c.cost[:-1] == best.cost[:-1] and -c.cost[-1] >= floor and (c.on_topic or not best.on_topic)
    ]
