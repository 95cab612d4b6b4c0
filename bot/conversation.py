"""The answer desk: from a text and a context to a message, with the trace of how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bot.answer import Answerer
from bot.check import Checker, as_statement
from bot.detect import detected
from bot.dialogue import Action, Candidate, Context, Part, Question, Reason, Reply, Status, Turn, Utterance
from bot.find import Finder
from bot.follow import (
    about_answer,
    asks_history,
    asks_more,
    asks_other_side,
    by_intent,
    complete,
    fresh,
    leans,
    pointed,
    points_back,
    remembered,
    repeats_figure,
    stands_alone,
)
from bot.index import ClaimIndex
from bot.languages import FALLBACK, FOLDER, Language, languages
from bot.matter import Matter
from bot.render import Renderer
from bot.smalltalk import smalltalk
from bot.surveys import View
from bot.tagged import Tagged
from bot.tagging import Taggers
from bot.understand import Understanding
from bot.views import Views
from knowledge.files import load
from knowledge.model import Claim
from knowledge.store import FactStore

MOST_QUESTIONS = 5  # in one message


__all__ = ["Desk", "View", "opened", "restricted"]


class Desk:
    """Answers questions from a fact store; no call of it reads, writes or remembers anything."""

    def __init__(self, store: FactStore, spoken: Mapping[str, Language]) -> None:
        self.store = store
        self.languages = spoken
        self.version = store.version
        self.taggers = Taggers(spoken, store)
        self.matter = Matter.of(store)
        self.understanding = Understanding(self.matter)
        self.answerer = Answerer(Finder(ClaimIndex(store), self.matter))
        self.checker = Checker(self.answerer)
        self.renderer = Renderer(store, spoken)
        self.views = Views(self.renderer, self.taggers)

    def reply(self, utterance: Utterance, context: Context) -> Turn:
        """The answer to what somebody typed, and the context to keep."""
        read = detected(utterance.text, self.languages, utterance.language or context.language)
        language = utterance.language or read  # a chat may have chosen another language than the question's
        context = replace(fresh(context, utterance.at), at=utterance.at, language=language)
        tagged = self.taggers[read].tag(utterance.text)
        if utterance.mode == "check":
            return self._check(utterance, tagged, language, context)
        if kind := smalltalk(tagged):
            status: Status = "unknown" if kind == "offtopic" else "smalltalk"
            reason = Reason(kind)
            reply = Reply((Part("smalltalk", reason=reason),), status)
            return Turn(self.renderer.message(reply, language, utterance.room), context, (reason,))
        parts: list[Part] = []
        trace: list[object] = [tagged]
        for question in self.understanding.questions(tagged)[:MOST_QUESTIONS]:
            part, candidates, question = self._part(question, context)
            parts.append(part)
            trace += [question, *candidates[:6]]
            context = self._remembered(question, part, context)
        given = tuple(dict.fromkeys(claim.id for part in parts for claim in part.answers))
        context = replace(context, claims=given or context.claims)
        reply = _reply(parts)
        return Turn(self.renderer.message(reply, language, utterance.room), context, tuple(trace))

    def press(self, action: Action, utterance: Utterance, context: Context) -> Turn:
        """What a button asks for."""
        if text := self.views.question(action):
            return self.reply(replace(utterance, text=text), context)
        return self.views.press(action, utterance, context)

    def view(self, view: View, subject: str, utterance: Utterance) -> Turn:
        """What a command asks for: "/where gwadar" is the view `places` of the subject "gwadar"."""
        return self.views.view(view, subject, utterance)

    def cards(self, utterance: Utterance) -> tuple[Turn, ...]:
        """Inline results: the answer, then its claims one by one; for no text, answers to questions to start with."""
        texts = [utterance.text] if utterance.text.strip() else self.views.starters(utterance.language or FALLBACK)
        answers = [self.reply(replace(utterance, text=text), Context()) for text in texts]
        return (*answers, *self.views.cards(answers, utterance))

    def _check(self, utterance: Utterance, tagged: Tagged, language: str, context: Context) -> Turn:
        said = map(as_statement, self.understanding.statements(tagged))
        statements = [(statement, self.answerer.finder.candidates(statement)) for statement in said]
        parts, verdict = self.checker.check(statements)
        status: Status = "unknown" if verdict == "not-reported" else "answered"
        message = self.renderer.message(Reply(parts, status, verdict), language, utterance.room)
        trace: list[object] = [tagged]
        for statement, candidates in statements[:MOST_QUESTIONS]:
            trace += [statement, *candidates[:6]]
        for part in parts:
            if part.question and part.answers:
                context = self._remembered(part.question, part, context)
        return Turn(message, context, tuple(trace))

    def _part(self, question: Question, context: Context) -> tuple[Part, list[Candidate], Question]:
        """The reply to one question: about the last answer, near it, or by itself."""
        last = [self.store.claim(id_) for id_ in context.claims]
        about = replace(question, inherited=("claims",))
        nearby = self.answerer.nearby
        if asks_more(question, context):
            return nearby.more(question, last, set(context.shown)), [], about
        figures = frozenset(q.number for claim in last for q in claim.quantities if q.number is not None)
        if asks_history(question, context, figures) and (part := self.answerer.history.told(question, last)):
            return part, [], about
        if asks_other_side(question, context):
            return nearby.opposed(question, last), [], about
        if about_answer(question, context) or repeats_figure(question, figures):
            whole = by_intent(question, self.matter.affinity)
            near = nearby.near(whole, last, on_topic=True) if whole.topics else None
            if "whosays" in question.cues and question.numbers:
                return nearby.only(question, _with_figures(last, question)), [], about
            return near or nearby.again(question, _with_figures(last, question)), [], about
        if not leans(question, context):
            return (*self.answerer.answer(question), question)
        whole = complete(question, context)
        around = pointed(question, context)
        if points_back(question) and (near := nearby.near(around, last, on_topic=True)):
            return near, [], about
        part, candidates = self.answerer.answer(whole)
        if not part.answers and whole.intent != question.intent:
            whole = replace(whole, intent=question.intent)  # "any senior officer?" does not ask for a number again
            part, candidates = self.answerer.answer(whole)
        if not part.answers and (near := nearby.near(around, last, on_topic=False)):
            return near, candidates, about
        if not part.answers and stands_alone(question):
            alone, found = self.answerer.answer(question)
            if alone.answers:
                return alone, found, question
        return part, candidates, whole

    def _remembered(self, question: Question, part: Part, context: Context) -> Context:
        profiles = self.answerer.finder.index.profiles
        told = frozenset(id_ for claim in part.answers for id_ in profiles[claim.id].explains)
        return remembered(question, tuple(c.id for c in part.answers), told, context)


def _with_figures(claims: list[Claim], question: Question) -> list[Claim]:
    """The claims that give the figures of a question, where it repeats any: "which source says 27?"."""
    asked = {number.number for number in question.numbers}
    return [c for c in claims if any(q.number in asked for q in c.quantities)] or claims


def _reply(parts: list[Part]) -> Reply:
    answered = any(part.answers for part in parts)
    asked_back = any(part.kind == "clarification" for part in parts)
    return Reply(tuple(parts), "answered" if answered else "clarify" if asked_back else "unknown")


@lru_cache(maxsize=4)
def restricted(desk: Desk, sources: tuple[str, ...]) -> Desk:
    """The desk over some of its reports only; the desk itself where none is named."""
    return Desk(desk.store.restricted(sources), desk.languages) if sources else desk


def opened(facts: Path | None = None, sources: frozenset[str] = frozenset(), spoken: Path = FOLDER) -> Desk:
    """The desk over the facts of a folder (the packaged ones by default), or over some of their reports only."""
    store = load(facts) if facts else load()
    return Desk(store.restricted(sources) if sources else store, languages(spoken))
