"""The words between asking and answering: utterance, tag, question, candidate, reply, message, context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from bot.period import Period
from knowledge.model import Claim, Gap

Mode = Literal["ask", "check"]
Status = Literal["answered", "unknown", "clarify", "smalltalk"]
Verdict = Literal["matches", "differs", "disputed", "not-reported"]
TagKind = Literal["content", "cue", "number", "day", "unknown"]
PartKind = Literal[
    "answer", "correction", "overview", "tolls", "history", "abstention", "clarification", "smalltalk", "verdict"
]
LineKind = Literal["heading", "claim", "note", "excerpt", "choices", "source"]
ActionKind = Literal["ask", "claim", "who", "other", "words", "more"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody typed, and how the reply is wanted: asked or checked, in which language, how long, when."""

    text: str
    mode: Mode = "ask"
    language: str | None = None  # fixed by the chat's setting; else detected from the text
    room: int = 900  # characters that the reply should stay below
    at: float = 0.0  # seconds since 1970, to tell when a context has ended


@dataclass(frozen=True, slots=True)
class Tag:
    """A stretch of words and what it was taken for; several ids are readings between which the claims decide."""

    kind: TagKind
    ids: tuple[str, ...]
    start: int  # index of its first word
    end: int  # index after its last word
    text: str
    score: float = 100.0  # 100 exact; below that the likeness of a misspelling, in per cent
    weak: bool = False  # a word that may also mean nothing here ("start", "big"): it explains, but never costs
    number: int | None = None
    either: bool = False  # two joined by "or"
    period: Period | None = None  # of a day: what it says of time


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked: its intent and slots, and the words that nothing explains."""

    intent: str
    topics: tuple[Tag, ...] = ()
    populations: tuple[Tag, ...] = ()  # to whom
    actors: tuple[Tag, ...] = ()  # who did it
    speakers: tuple[Tag, ...] = ()  # who is asked to have said it
    places: tuple[Tag, ...] = ()
    times: tuple[Tag, ...] = ()
    mentions: tuple[Tag, ...] = ()  # objects, and names without a clear role
    numbers: tuple[Tag, ...] = ()
    period: Period | None = None  # the time that the answer shall hold for
    excepted: tuple[Tag, ...] = ()  # what is left out: "besides Quetta"
    counted: tuple[Tag, ...] = ()  # what "how many" counts
    figured: tuple[Tag, ...] = ()  # what a figure in the question counts: "18 engineers"
    unknown: tuple[Tag, ...] = ()
    decisive: tuple[Tag, ...] = ()  # unknown words in a place where they change the question
    negated: bool = False
    bounds: frozenset[str] = frozenset()  # how a figure is bounded: "bound-below", "bound-above", "bound-exact"
    instructs: bool = False  # "say that ...": an order, not a question
    presumes: bool = False  # "why did ...": takes its content for granted
    cues: frozenset[str] = frozenset()
    inherited: tuple[str, ...] = ()  # names of the slots that came from the context
    text: str = ""

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Everything in it that stands for something, whatever its role; the topics first."""
        return (
            *self.topics, *self.populations, *self.actors, *self.speakers, *self.places, *self.times, *self.mentions,
        )  # fmt: skip

    def filled(self, slots: Mapping[str, tuple[Tag, ...]]) -> Question:
        """The same question with these slots in place of its own."""
        return replace(self, **cast("dict[str, Any]", dict(slots))) if any(slots.values()) else self


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim beside a question: what it breaks, what it leaves unexplained, and why it stands where it stands."""

    claim: Claim
    broken: tuple[str, ...] = ()
    unexplained: tuple[Tag, ...] = ()
    addressed: bool = False  # whether the question speaks of what the claim is about, not only of its place or time
    placed: bool = False  # whether it lies in the place that the question names
    on_topic: bool = False  # whether the question names the claim's own topic
    strays: int = 0  # words in the question that belong to other claims
    hits: int = 0
    cost: tuple[float, ...] = ()
    reasons: tuple[tuple[str, str | float], ...] = ()  # what fits with its weight, and what does not


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no answer, or what the message may say of one: a key of the language file and what it names."""

    key: str
    named: str = ""
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One of a claim's example questions, offered as something to ask."""

    claim: Claim
    index: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """The reply to one question: whole claims only, so that no figure can lose its claimant."""

    kind: PartKind
    question: Question | None = None
    answers: tuple[Claim, ...] = ()
    related: tuple[Claim, ...] = ()
    reason: Reason | None = None
    suggestions: tuple[Suggestion, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """All that is said back, one part a question, before it is put into words."""

    parts: tuple[Part, ...]
    status: Status
    verdict: Verdict | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The ids of the claims given as the answer, best first, each once."""
        return tuple(dict.fromkeys(c.id for p in self.parts for c in p.answers))

    @property
    def related(self) -> tuple[str, ...]:
        """The ids of the claims shown beside the answer, each once."""
        told = set(self.answers)
        return tuple(dict.fromkeys(c.id for p in self.parts for c in p.related if c.id not in told))


@dataclass(frozen=True, slots=True)
class Action:
    """What a button asks for: a view of one claim, or one of its example questions."""

    kind: ActionKind
    claim: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message, in words."""

    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `href` makes it a link."""

    text: str
    bold: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message: a heading, a claim with its claimant, a note, choices (buttons in words) or a source."""

    kind: LineKind
    spans: tuple[Span, ...]
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A reply in words, ready to be written as plain text or HTML by `bot.markup`."""

    lines: tuple[Line, ...]
    status: Status
    language: str
    answers: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    verdict: Verdict | None = None
    buttons: tuple[Button, ...] = ()
    shortened: bool = False  # whether claims were left out for want of room
    reason: str = ""  # why there is no answer: the key of the reason, for curators and counters


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation remembers for 30 minutes: ids of slots and claims, never a text."""

    intent: str = ""
    topics: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()  # given as the last answer
    shown: tuple[str, ...] = ()  # everything shown since the topic began, for "what else?"
    language: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange: the message to send, the context to keep, and the trace of how it came about."""

    message: Message
    context: Context
    trace: tuple[object, ...] = field(default=())  # what was read and weighed; put into words only for who asks
