"""The choices under a message: who says so, the other side, the exact words, what else can be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from bot.detect import detected
from bot.dialogue import Action, Button, Reply, Suggestion
from bot.languages import FALLBACK, Language
from bot.sentences import ISOLATE, ISOLATED, Sentences
from knowledge.model import Claim
from knowledge.store import FactStore

MOST_QUESTIONS = 3


def question(claim: Claim, index: int = 0) -> tuple[str, int] | None:
    """One of a claim's example questions with its index: the wanted one, else the next without a figure in it."""
    found = next(_without_figures(claim, index), None)
    return None if found is None else (claim.asked[found], found)


def _without_figures(claim: Claim, index: int) -> Iterator[int]:
    order = [*range(index, len(claim.asked)), *range(min(index, len(claim.asked)))]
    return (i for i in order if not any(c.isdigit() for c in claim.asked[i]))


class Examples:
    """The example questions of claims by the language that each is asked in, which is found out once."""

    def __init__(self, spoken: Mapping[str, Language]) -> None:
        self._spoken = spoken
        self._codes: dict[str, str] = {}  # by question; no more of them than the claims have

    def suited(self, suggestions: Iterable[Suggestion], language: str) -> tuple[Suggestion, ...]:
        """The same suggestions with a question in this language, else in the one that everything is held in."""
        found = ((each.claim, self._index(each, language)) for each in suggestions)
        return tuple(Suggestion(claim, index) for claim, index in found if index is not None)

    def listed(self, buttons: Iterable[Button], words: Sentences) -> str:
        """What these buttons ask, in one line; what runs in another direction than the line is kept apart."""
        return words.text("choices").join(self._isolated(button.label, words.language) for button in buttons)

    def _index(self, suggestion: Suggestion, language: str) -> int | None:
        claim = suggestion.claim
        codes = {i: self._code(claim.asked[i]) for i in _without_figures(claim, suggestion.index)}
        wanted = language if language in codes.values() else FALLBACK
        return next((i for i, code in codes.items() if code == wanted), None)

    def _isolated(self, text: str, language: Language) -> str:
        along = self._spoken[self._code(text)].direction == language.direction
        return text if along else f"{ISOLATE}{text}{ISOLATED}"

    def _code(self, text: str) -> str:
        if text not in self._codes:
            self._codes[text] = detected(text, self._spoken)
        return self._codes[text]


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
