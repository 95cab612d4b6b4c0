"""The desk over all that is held, every known question, and the profile that properties are tried with."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, settings

from bot.conversation import Desk, opened, restricted
from bot.dialogue import Context, Message, Mode, Turn, Utterance
from bot.evaluation import CHECK
from bot.questions import Case, CaseFile, question_files, read_cases

settings.register_profile(
    "fixed", derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("fixed")

DESK: Desk = opened()
FOUNDING: Desk = restricted(DESK, ("crackdown-article",))
STORE = DESK.store
for code in DESK.languages:
    DESK.taggers[code]  # each is read at its first use, which takes its time
LEXICON = DESK.taggers["en"].lexicon
FILES: list[CaseFile] = [read_cases(path) for path in question_files()]
CASES: list[tuple[str, Case]] = [(file.kind, case) for file in FILES for case in file.cases]
ALL = settings(max_examples=1000)
SOME = settings(max_examples=300)


def mode_of(kind: str) -> Mode:
    """How a question of a kind is put."""
    return "check" if kind == CHECK else "ask"


def told(text: str, mode: Mode = "ask", context: Context | None = None, room: int = 900) -> Turn:
    """What the desk says to a text."""
    return DESK.reply(Utterance(text, mode, room=room), context or Context())


@cache
def before(context: tuple[str, ...]) -> Context:
    """The context that earlier messages leave behind."""
    kept = Context()
    for text in context:
        kept = told(text, context=kept).context
    return kept


def last(*texts: str, room: int = 4000) -> Message:
    """The reply to the last of several messages of one conversation, with room for nearly all of it."""
    *earlier, text = texts
    context = Context()
    for each in earlier:
        context = told(each, context=context, room=room).context
    return told(text, context=context, room=room).message
