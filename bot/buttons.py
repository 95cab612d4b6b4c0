"""The choices under a message: who says so, the other side, the exact words, what else can be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from bot.dialogue import Action, Button, Reply, Suggestion
from bot.sentences import Sentences
from knowledge.model import Claim
from knowledge.store import FactStore

MOST_QUESTIONS = 3


def question(claim: Claim, index: int = 0) -> tuple[str, int] | None:
    """One of a claim's example questions with its index: the wanted one, else the next without a figure in it."""
    order = [*range(index, len(claim.asked)), *range(min(index, len(claim.asked)))]
    fitting = (i for i in order if not any(c.isdigit() for c in claim.asked[i]))
    found = next(fitting, None)
    return None if found is None else (claim.asked[found], found)


def asking(suggestions: Iterable[Suggestion]) -> tuple[Button, ...]:
    """Suggested questions as buttons, each once; questions that give a figure away are passed over."""
    buttons: dict[str, Button] = {}
    for suggestion in suggestions:
        if found := question(suggestion.claim, suggestion.index):
            text, index = found
            buttons.setdefault(text, Button(text, Action("ask", suggestion.claim.id, index)))
    return tuple(buttons.values())[:MOST_QUESTIONS]


def starters(store: FactStore) -> tuple[Suggestion, ...]:
    """What a newcomer may ask: the questions of the claims that a short account holds."""
    told = (id for report in store.reports for id in report.summary)
    return tuple(Suggestion(store.claim(id)) for id in islice(told, MOST_QUESTIONS))


def about(claim: Claim, words: Sentences, shown: Collection[str]) -> Iterator[Button]:
    """What can be asked of a claim: its claimant, its other side where that is not `shown` yet, its exact words."""
    yield Button(words.text("button-who"), Action("who", claim.id))
    if any(id not in shown for id in words.store.other_sides(claim.id)):
        yield Button(words.text("button-other"), Action("other", claim.id))
    yield Button(words.text("button-words"), Action("words", claim.id))


def under(reply: Reply, words: Sentences, shown: Collection[str], shortened: bool) -> tuple[Button, ...]:
    """The buttons under a reply of which these claims are shown."""
    buttons: list[Button] = []
    first = next((claim for part in reply.parts for claim in part.answers if claim.id in shown), None)
    if first is not None:
        known = any(part.question is not None and part.question.intent == "whosays" for part in reply.parts)
        buttons += [b for b in about(first, words, shown) if not (known and b.action.kind == "who")]
    for part in reply.parts:
        offered = asking(part.suggestions)
        if part.kind == "clarification":
            offered = tuple(Button(b.label, Action("claim", b.action.claim)) for b in offered)
        buttons += offered
    if shortened and first is not None:
        buttons.append(Button(words.text("button-more"), Action("more", first.id)))
    return tuple(dict.fromkeys(buttons))
