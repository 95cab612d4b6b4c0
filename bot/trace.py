"""How a reply came about, in lines short enough to read in a terminal."""

from __future__ import annotations

from functools import singledispatch

from bot.dialogue import Candidate, Question, Reason, Tag
from bot.tagged import Tagged


@singledispatch
def told(thing: object) -> str:
    """One line on one step of the way from a text to its answer."""
    raise TypeError(f"nothing to tell of {type(thing).__name__}")


@told.register
def _(reason: Reason) -> str:
    return f"small talk: {reason.key}"


@told.register
def _(tag: Tag) -> str:
    likeness = "" if tag.score == 100 else f" {tag.score:.0f}%"
    meaning = "|".join(tag.ids) or (str(tag.number) if tag.number is not None else "?")
    return f"{tag.text}={meaning}{likeness}{' (weak)' if tag.weak else ''}"


@told.register
def _(tagged: Tagged) -> str:
    return "tags: " + ", ".join(map(told, (*tagged.content, *tagged.numbers, *tagged.unknown)))


@told.register
def _(question: Question) -> str:
    slots = (
        "topics",
        "populations",
        "actors",
        "speakers",
        "places",
        "times",
        "mentions",
        "numbers",
        "counted",
        "unknown",
    )
    filled = [f"{slot}: {', '.join(map(told, getattr(question, slot)))}" for slot in slots if getattr(question, slot)]
    flags = [flag for flag in ("negated", "presumes") if getattr(question, flag)]
    taken = [f"from the context: {', '.join(question.inherited)}"] if question.inherited else []
    return "; ".join([f"question: {question.intent}", *filled, *flags, *taken])


@told.register
def _(candidate: Candidate) -> str:
    verdict = f"broken: {', '.join(candidate.broken)}" if candidate.broken else "holds"
    costs = "/".join(f"{cost:g}" for cost in candidate.cost)
    return f"  {candidate.claim.id} [{costs}] {verdict}; {', '.join(map(_reason, candidate.reasons))}"


def _reason(reason: tuple[str, str | float]) -> str:
    what, why = reason
    return f"{what}: {why}" if isinstance(why, str) else f"{what} +{why:.1f}"
