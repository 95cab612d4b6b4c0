"""What the parts of one message take from each other: topics, places and names that only one of them states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.dialogue import Question, Tag
from bot.matter import Matter
from bot.slots import OVERVIEWS

SHORT = 3  # words below which a question stands on no feet of its own


def shared(questions: Sequence[Question], background: Sequence[Question], matter: Matter) -> Iterator[Question]:
    """Let a part without a matter or place of its own take it from the talk around it, else from the part before."""
    before: Question | None = None
    for question, after in zip(questions, (*questions[1:], None), strict=False):
        if after and question.intent == after.intent == "count" and not question.topics:
            question = replace(question, topics=after.topics)  # "how many civilians and how many soldiers died?"
        question = _taking_part(question, before)
        for other in background:
            question = inherit(question, other, matter)
        if before is not None:
            question = inherit(question, before, matter)
        yield question
        before = question


def _taking_part(question: Question, before: Question | None) -> Question:
    """A bare "how many gunmen?" as a question for how many took part."""
    militants = any("militants" in tag.ids for tag in question.counted)
    bare = not any(not t.weak for t in question.topics) and not question.mentions and before is None
    if question.intent != "count" or not militants or not bare or len(question.text.split()) < SHORT:
        return question
    return replace(question, topics=(*question.topics, Tag("content", ("took-part",), -1, -1, "took part", weak=True)))


def inherit(question: Question, before: Question, matter: Matter) -> Question:
    """A question with what it leaves out taken from another part of the same message."""
    taken: dict[str, tuple[Tag, ...]] = {}
    figure = bool(question.numbers) and not any(not t.weak for t in (*question.topics, *question.mentions))
    if (
        (lacks_matter(question) or figure)
        and question.intent not in OVERVIEWS
        and not (question.speakers and question.intent == "says")
    ):
        taken = {"topics": before.topics}
        if not question.speakers and not question.actors:
            taken["mentions"] = before.mentions
        if not question.populations:
            taken["populations"] = before.populations
    if "pronoun" in question.cues and not taken and not (question.mentions or question.speakers or question.actors):
        named = (*before.mentions, *before.speakers, *before.actors)
        taken["mentions"] = tuple(t for t in named if not t.weak)
    counts = question.intent == "count" and before.intent in ("count", "says")  # "what do they claim, how many died?"
    if counts and before.speakers and not _named(question):
        taken["speakers"] = before.speakers
    deed = any(matter.any("deed", t.ids) for t in question.topics)
    there = "topics" in taken or "there" in question.cues or (deed and "overall" not in question.cues)
    if not question.places and before.places and there:
        taken["places"] = before.places
    return question.filled(taken)


def _named(question: Question) -> bool:
    return bool(question.speakers or question.actors or question.mentions)


def lacks_matter(question: Question) -> bool:
    """Whether a question names no topic, thing or figure of its own."""
    heavy = [*question.topics, *question.mentions]
    return not any(not tag.weak for tag in heavy) and not question.numbers and not question.unknown
