"""From a reply to the message that is sent: figure first, who says it, how far verified, the other side, the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.buttons import Examples, asking, starters, under
from bot.dialogue import Message, Part, Question, Reply, Tag
from bot.draft import Draft
from bot.languages import Language
from bot.sentences import Sentences, Style
from knowledge.grouping import grouped
from knowledge.store import FactStore

BACKGROUND = frozenset({"people", "event", "attacked"})  # said of everything here: no heading
GUIDED = frozenset({"greeting", "identity", "ability", "human", "offtopic"})  # small talk with questions to ask


class Renderer:
    """Puts replies into words; only whole claims of the store reach a message."""

    def __init__(self, store: FactStore, spoken: Mapping[str, Language]) -> None:
        self.store = store
        self.examples = Examples(spoken)
        self._spoken = {code: Sentences(store, language) for code, language in spoken.items()}

    def words(self, language: str) -> Sentences:
        """The sentences of a language."""
        return self._spoken[language]

    def message(self, reply: Reply, language: str, room: int) -> Message:
        """A reply in words, at most `room` characters of plain text as far as its first claims allow.

        `answers` and `related` name the claims that the text tells, in the order of the reply.
        """
        words = self.words(language)
        draft = Draft(words, room)
        reply = replace(reply, parts=tuple(self._guided(part, language) for part in reply.parts))
        for part in reply.parts:
            draft.part()
            self._part(part, draft, headed=len(reply.parts) > 1)
        message = draft.message(reply.status, room, reply.verdict)
        told = message.answers
        answers = tuple(id for id in reply.answers if id in told)
        return replace(
            message,
            answers=answers,
            related=tuple(id for id in told if id not in answers),
            buttons=under(reply, words, told, message.shortened),
            reason=next((p.reason.key for p in reply.parts if p.kind == "abstention" and p.reason), ""),
        )

    def _guided(self, part: Part, language: str) -> Part:
        """A part with its suggestions in this language; one that answers nothing, with questions that are answered."""
        lost = part.kind == "abstention" or (part.reason is not None and part.reason.key in GUIDED)
        offered = starters(self.store) if lost and not part.suggestions else part.suggestions
        return replace(part, suggestions=self.examples.suited(offered, language))

    def _part(self, part: Part, draft: Draft, headed: bool) -> None:
        words = draft.words
        understood = _understood(part.question)
        things = words.listed(understood)
        if headed and things and part.kind != "smalltalk":
            draft.heading(words.text("heading", things=things))
        for note in self._lead(part, words):
            draft.note(note)
        if part.kind == "history":
            self._history(part, draft)
        elif part.kind == "tolls":
            draft.note(words.text("tolls"))
            draft.tolls(part.answers)
        else:
            draft.claims(part.answers, part.related, _style(part))
        if part.kind == "abstention" and len(understood) > 1 and not headed:
            draft.note(words.text("understood", things=things), spare=True)
        questions = self.examples.listed(asking(part.suggestions), words)
        if questions:
            if part.kind == "clarification":
                draft.note(words.text("clarification", questions=questions))
            else:
                draft.choices(words.text("ask-instead", questions=questions))

    def _history(self, part: Part, draft: Draft) -> None:
        """What changed: the figures of each population step by step, or what is new after a day, claim by claim."""
        period = part.question.period if part.question else None
        if part.reason and part.reason.key != "history" and period:
            draft.note(draft.words.text(part.reason.key, day=draft.words.day(period.day)))
            draft.claims(part.answers, style="brief")
            return
        for (topic, *populations), claims in grouped(((c.topic, *c.population), c) for c in part.answers):
            whom = draft.words.listed(populations) or draft.words.label(topic)
            draft.part()
            draft.heading(draft.words.text("history", topic=draft.words.label(topic), whom=whom))
            draft.steps(claims)
        draft.claims(part.related, style="brief")

    def _lead(self, part: Part, words: Sentences) -> Iterator[str]:
        """What is said before any claim."""
        if part.kind == "correction":
            yield words.several("correction")
        elif part.kind == "verdict" and part.verdict:
            nearest = part.verdict == "not-reported" and part.answers
            yield words.text("verdict-nearest" if nearest else f"verdict-{part.verdict}")
        elif part.kind == "smalltalk" and part.reason:
            yield words.text(part.reason.key)
        elif part.kind == "abstention":
            yield _abstention(part, words)


def _style(part: Part) -> Style:
    if part.kind == "overview":
        return "brief"
    asked = part.question
    if part.kind != "answer" or asked is None:
        return "full"
    if asked.intent == "whosays":
        return "attribution"
    return "verification" if asked.intent in ("verified", "sure") or "sure" in asked.cues else "full"


def _abstention(part: Part, words: Sentences) -> str:
    """What is not reported, by name."""
    reason = part.reason
    if reason is None or reason.key == "not-understood":
        return words.text("not-understood")
    if reason.gap is not None:
        return words.several("gap", gap=words.worded(reason.gap.says))
    if reason.key == "no-more":
        return words.text("no-more")
    return words.unreported(_named(reason.named, part.question, words), reason.key)


def _named(text: str, question: Question | None, words: Sentences) -> str:
    """What somebody asked about, in the language's own word for it where there is one, else quoted."""
    tag = next((tag for tag in _tags(question) if tag.text == text), None)
    label = words.label(tag.ids[0]) if tag is not None and tag.ids else ""
    return label or words.quoted(text)


def _understood(question: Question | None) -> tuple[str, ...]:
    """The ids of what a question is about, as it was read: topic first, then whom, who, where and when."""
    ids = (tag.ids[0] for tag in _tags(question) if tag.ids and not tag.weak)
    return tuple(dict.fromkeys(id for id in ids if id not in BACKGROUND))


def _tags(question: Question | None) -> tuple[Tag, ...]:
    if question is None:
        return ()
    what = (*question.topics, *question.mentions, *question.populations, *question.counted)
    return (*what, *question.actors, *question.speakers, *question.places, *question.times)
