"""What is shown rather than answered: a pressed button's view of one claim, and views of all that is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.buttons import about, asking, question, starters
from bot.dialogue import Action, Button, Context, Part, Reply, Status, Turn, Utterance
from bot.draft import Draft
from bot.languages import FALLBACK
from bot.render import Renderer
from bot.sides import Sides
from bot.surveys import Surveys, View, introduced
from bot.tagging import Taggers
from knowledge.model import Claim, NameKind
from knowledge.store import FactStore, UnknownId, mentions

EXPANDED = 3500  # characters of a reply of which more was wanted


class Views:
    """Shows claims that nobody had to be understood for: by id, by facet, by name."""

    def __init__(self, renderer: Renderer, taggers: Taggers) -> None:
        self._renderer = renderer
        self._store: FactStore = renderer.store
        self._taggers = taggers
        self._sides = Sides(renderer.store)
        self._surveys = Surveys(renderer.store)

    # -- one claim ---------------------------------------------------------------------------------

    def question(self, action: Action) -> str | None:
        """The suggested question that a button asks; None where it is no longer held."""
        claim = self._claim(action.claim)
        found = question(claim, action.index) if claim is not None and action.kind == "ask" else None
        return found[0] if found else None

    def press(self, action: Action, utterance: Utterance, context: Context) -> Turn:
        """What a button shows of a claim; one polite line where the claim is no longer held."""
        claim, draft = self._claim(action.claim), self._draft(utterance, context)
        if claim is None or action.kind == "ask":
            draft.note(draft.words.text("outdated"))
            return _turn(draft, "unknown", utterance.room, context)
        kept = context if claim.id in context.claims else self._speaking_of(claim, context, utterance.at)
        if action.kind == "more":
            return self._more(claim, utterance, kept)
        if action.kind == "who":
            draft.claims([claim], self._sides.opposed([claim]), "attribution")
            draft.relays(self._store.source_of(claim.id))
        elif action.kind == "words":
            draft.claims([claim])
            draft.excerpt(claim)
        else:
            draft.claims([claim], self._sides.opposed([claim]))
        turn = _turn(draft, "answered", utterance.room, kept)
        told = turn.message.answers
        offered = tuple(b for b in about(claim, draft.words, told) if b.action.kind != action.kind)
        beside = tuple(id for id in told if id != claim.id)
        return replace(turn, message=replace(turn.message, answers=(claim.id,), related=beside, buttons=offered))

    def _more(self, claim: Claim, utterance: Utterance, context: Context) -> Turn:
        """The last answer without the limit that shortened it, or all on one claim where that answer is forgotten."""
        claims = [found for id in context.claims if (found := self._claim(id))] or [claim]
        part = Part("answer", answers=tuple(claims), related=tuple(self._sides.opposed(claims)))
        language = self._language(utterance, context)
        message = self._renderer.message(Reply((part,), "answered"), language, max(utterance.room, EXPANDED))
        return Turn(message, context)

    # -- all that is held --------------------------------------------------------------------------

    def view(self, view: View, subject: str, utterance: Utterance) -> Turn:
        """A view of the reports; `subject` narrows places and people to those named in it."""
        draft = self._draft(utterance, Context())
        named = self._named(view, subject, draft.words.language.code)
        if subject.strip() and view in ("places", "people") and not named:
            draft.note(draft.words.unreported(draft.words.quoted(subject)))
            return _turn(draft, "unknown", utterance.room, Context())
        if named:
            return self._on(named, draft, utterance)
        draft.note(draft.words.text(f"view-{view}"))
        self._surveys.fill(view, draft, subject)
        return _turn(draft, "answered", utterance.room, Context(at=utterance.at))

    def _named(self, view: View, subject: str, language: str) -> tuple[str, ...]:
        """The ids of the names that a subject speaks of, of the kinds that a view is about."""
        kinds: dict[str, tuple[NameKind, ...]] = {"places": ("place",), "people": ("person", "group")}
        wanted = {name.id for name in self._store.names if name.kind in kinds.get(view, ())}
        tags = self._taggers[language].tag(subject).content
        ids = dict.fromkeys(id for tag in tags for id in tag.ids)
        exact = [id for id in ids if id in wanted]
        inside = [name.id for name in self._store.names if name.id in wanted and set(name.part_of) & set(ids)]
        return tuple(exact or inside)

    def _on(self, names: tuple[str, ...], draft: Draft, utterance: Utterance) -> Turn:
        """What is reported of these names, or that nothing is."""
        for id in names:
            draft.part()
            claims = sorted(self._speaking(id), key=lambda claim: claim.attribution.speaker != id)
            if claims:
                draft.heading(introduced(id, draft))
                draft.introduced(id)
                draft.claims(claims, self._sides.opposed(claims), "brief")
            else:
                draft.note(draft.words.unreported(draft.words.label(id)))
        places = tuple(id for id in names if self._store.name(id).kind == "place")
        context = Context(places=places, at=utterance.at)
        return _turn(draft, "answered" if draft.told else "unknown", utterance.room, context)

    def _speaking(self, id: str) -> Iterator[Claim]:
        """The claims that speak of a name; for a place also those of the places in it."""
        place = self._store.name(id).kind == "place"
        for claim in self._store.claims:
            around = {up for each in claim.place for up in self._store.ancestors(each)} if place else set()
            if id in mentions(claim) or id in around:
                yield claim

    # -- inline cards ------------------------------------------------------------------------------

    def starters(self, language: str = FALLBACK) -> tuple[str, ...]:
        """Questions that a newcomer may ask, in this language."""
        return tuple(button.label for button in self.starting(language))

    def starting(self, language: str = FALLBACK) -> tuple[Button, ...]:
        """The same questions as buttons."""
        return asking(self._renderer.examples.suited(starters(self._store), language))

    def cards(self, answers: Iterable[Turn], utterance: Utterance) -> tuple[Turn, ...]:
        """The claims of these answers, one a card, each with its other side where it has one to be shown."""
        turns = tuple(answers)
        ids = dict.fromkeys(id for t in turns for id in (*t.message.answers, *t.message.related))
        if len(ids) < 2:
            return ()
        return tuple(self.press(Action("claim", id), utterance, Context()) for id in ids)

    # -- words and claims --------------------------------------------------------------------------

    def _claim(self, id: str) -> Claim | None:
        try:
            return self._store.claim(id)
        except UnknownId:
            return None

    def _draft(self, utterance: Utterance, context: Context) -> Draft:
        return Draft(self._renderer.words(self._language(utterance, context)), utterance.room)

    def _language(self, utterance: Utterance, context: Context) -> str:
        return utterance.language or context.language or FALLBACK

    def _speaking_of(self, claim: Claim, context: Context, at: float) -> Context:
        return Context(
            intent="plain", topics=(claim.topic,), populations=tuple(claim.population), places=tuple(claim.place),
            claims=(claim.id,), shown=(claim.id,), language=context.language, at=at,
        )  # fmt: skip


def _turn(draft: Draft, status: Status, room: int, context: Context) -> Turn:
    message = draft.message(status, room)
    claims = context.claims or message.answers
    return Turn(message, replace(context, claims=claims, shown=context.shown or claims))
