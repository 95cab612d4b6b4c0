"""What a short question takes from the conversation: "and in Gwadar?", "who says so?", "was anyone killed there?"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.dialogue import Context, Question, Tag
from bot.history import ASKED
from bot.sharing import lacks_matter

LIFETIME = 30 * 60  # seconds after which a conversation is forgotten
ABOUT_ANSWER = frozenset({"whosays", "verified", "sure"})  # ask about what has just been said
POINTING = frozenset({"it", "there", "also"})  # words that point back


def fresh(context: Context, at: float) -> Context:
    """The context, or an empty one when the conversation has ended."""
    return context if at - context.at <= LIFETIME else Context(language=context.language)


def about_answer(question: Question, context: Context) -> bool:
    """Whether a question asks about the claims just given: "who says so?", "is it verified?", "how many exactly?"."""
    if not _adds_nothing(question, context) or question.cues & {"overall", "there", "more"}:
        return False
    return bool(question.cues & ABOUT_ANSWER) or question.intent in (
        "when",
        "where",
        "count",
        "howlong",
        "why",
        "yesno",
    )


def repeats_figure(question: Question, figures: frozenset[int]) -> bool:
    """Whether a question is nothing but a figure that was just given: "really? 84?"."""
    bare = not question.topics and not question.mentions and not question.unknown and not _names_somebody(question)
    return bool(question.numbers) and bare and all(number.number in figures for number in question.numbers)


def asks_more(question: Question, context: Context) -> bool:
    """Whether a question only wants further claims on the same matter."""
    return "more" in question.cues and _adds_nothing(question, context)


def asks_history(question: Question, context: Context, figures: frozenset[int]) -> bool:
    """Whether a question wants how the last answer came to be: "how has it changed?", "what was it before the 36?"."""
    bare = _adds_nothing(question, context) or repeats_figure(question, figures)
    return bool(context.claims) and bool(question.cues & ASKED) and bare


def asks_other_side(question: Question, context: Context) -> bool:
    """Whether a question wants what others say of the claims just given: "who disagrees?", "what do they say?"."""
    asks = bool(question.cues & {"both", "disputed"}) or {"says", "it"} <= question.cues
    return asks and _adds_nothing(question, context)


def leans(question: Question, context: Context) -> bool:
    """Whether a question points back, or is too short to stand alone."""
    if not context.claims and not context.topics and not context.places:
        return False
    if not question.cues and not question.numbers and lacks_matter(question) and not _names_anything(question):
        return False  # nothing in it was understood: "exit"
    return bool(question.cues & POINTING) or lacks_matter(question) or _brief(question)


def stands_alone(question: Question) -> bool:
    """Whether a question that leans on nothing by its words could also be meant by itself: "who is Sarfraz Bugti?"."""
    asks = question.intent not in ("plain", "yesno", "count")
    return asks and _names_somebody(question) and not question.cues & (POINTING | {"pronoun", "about"})


def points_back(question: Question) -> bool:
    """Whether a question with a topic of its own may mean the matter just spoken of: "why was it cut?"."""
    named = (*question.places, *question.speakers, *question.actors, *question.mentions)
    return bool(question.topics) and not any(not tag.weak for tag in named) and "overall" not in question.cues


def pointed(question: Question, context: Context) -> Question:
    """A short question with the place and the people of the conversation, for a look around the last answer."""
    taken: dict[str, tuple[Tag, ...]] = {}
    if not question.places and not question.mentions:
        taken["places"] = _tags(context.places)
    if not question.populations and not question.actors and not question.mentions:
        taken["populations"] = _tags(context.populations)
    return question.filled(taken)


def by_intent(question: Question, affinity: Mapping[str, str]) -> Question:
    """A bare question word as a question for the topic it asks for: "since when?" for how long it has lasted."""
    topic = affinity.get(question.intent)
    return replace(question, topics=(Tag("content", (topic,), -1, -1, question.intent),)) if topic else question


def complete(question: Question, context: Context) -> Question:
    """A question with the slots that it leaves out taken from the context; a complete one stays as it is."""
    taken: dict[str, tuple[Tag, ...]] = {}
    if lacks_matter(question) and "overall" in question.cues:
        taken = {"topics": _tags(context.topics)}
    elif _names_somebody(question) and _nothing_but_names(question):
        taken = _kept(context, question)
    elif "there" in question.cues and not question.places:
        taken["places"] = _tags(context.places)
    elif "pronoun" in question.cues and not _names_somebody(question) and question.period is None:
        taken = {"mentions": _tags(context.mentions), "places": _tags(context.places)}
    elif lacks_matter(question) and "overview" not in question.cues:
        taken = _kept(context, question)
    if not any(taken.values()):
        return question
    whole = question.filled(taken)
    return replace(whole, inherited=tuple(sorted(taken)), intent=_intent(question, context))


def _kept(context: Context, question: Question) -> dict[str, tuple[Tag, ...]]:
    """What stays of the last question when a name or group takes the place of another."""
    named = (*question.speakers, *question.mentions, *question.actors)
    if context.speakers and (named or question.populations) and "about" in question.cues:
        return {"speakers": _tags(context.speakers), "mentions": named, "actors": ()}
    if context.speakers and named and not question.places and not question.populations:
        return {"speakers": named, "mentions": (), "actors": (), "topics": _tags(context.topics)}
    taken = {"topics": _tags(context.topics)}
    if not question.mentions:
        taken["mentions"] = _tags(context.mentions)
    if not question.places:
        taken["places"] = _tags(context.places)
    if not question.populations and not question.actors:
        taken["populations"] = _tags(context.populations)
        taken["actors"] = _tags(context.actors)
    return taken


def _intent(question: Question, context: Context) -> str:
    return context.intent if question.intent in ("plain", "yesno", "overview") and context.intent else question.intent


def _adds_nothing(question: Question, context: Context) -> bool:
    """Whether claims were given and a question names no matter and nobody beside them."""
    named = _names_somebody(question) or question.period is not None
    return bool(context.claims) and lacks_matter(question) and not named


def _names_anything(question: Question) -> bool:
    return bool(question.topics or question.times or question.mentions) or _names_somebody(question)


def _names_somebody(question: Question) -> bool:
    named = (*question.populations, *question.places, *question.speakers, *question.actors, *question.mentions)
    return any(not tag.weak for tag in named)


def _nothing_but_names(question: Question) -> bool:
    """Whether a question has no topic, and either points back or is a few words long: "and China?"."""
    topics = any(not tag.weak for tag in question.topics)
    crowded = len(question.mentions) > 1  # "did India provide weapons" says all that it asks
    happened = question.intent == "what" and bool(question.topics)  # so does "what happened in Karachi?"
    leans_by_words = bool(question.cues & POINTING) or (_brief(question) and not happened)
    return not topics and not crowded and not question.numbers and leans_by_words


def _brief(question: Question) -> bool:
    return len(question.text.split()) <= 4 and "overview" not in question.cues


def _tags(slots: Iterable[str]) -> tuple[Tag, ...]:
    return tuple(Tag("content", tuple(slot.split("|")), -1, -1, slot.split("|")[0].replace("-", " ")) for slot in slots)


def remembered(question: Question, claims: tuple[str, ...], told: frozenset[str], context: Context) -> Context:
    """The context after a question: its slots, in the readings that the answer has `told` of, and the claims given."""

    def slots(tags: Iterable[Tag]) -> tuple[str, ...]:
        return tuple("|".join([i for i in tag.ids if i in told] or tag.ids) for tag in tags if not tag.weak)

    if "claims" in question.inherited:  # it asked about the answer, so the matter is the same
        shown = tuple(dict.fromkeys((*context.shown, *claims)))
        return replace(context, claims=claims or context.claims, shown=shown)
    if not claims and not _names_anything(question):
        return context  # nothing new was spoken of
    same = set(slots(question.topics)) & set(context.topics) or question.inherited
    shown = (*context.shown, *claims) if same else claims
    return Context(
        intent=question.intent,
        topics=slots(question.topics),
        populations=slots(question.populations),
        actors=slots(question.actors),
        speakers=slots(question.speakers),
        places=slots(question.places),
        mentions=slots(question.mentions),
        claims=claims or (context.claims if question.inherited else ()),
        shown=tuple(dict.fromkeys(shown)),
        language=context.language,
        at=context.at,
    )
