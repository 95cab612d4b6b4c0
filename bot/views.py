"""What is shown rather than answered: a pressed button's view of one claim, and views of all that is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from bot.buttons import about, asking, question, starters
from bot.dialogue import Action, Button, Context, Part, Reply, Status, Turn, Utterance
from bot.draft import Draft
from bot.grouping import grouped
from bot.languages import FALLBACK
from bot.render import Renderer
from bot.tagging import Taggers
from knowledge.model import Claim, NameKind
from knowledge.store import FactStore, UnknownId, mentions

View = Literal["casualties", "timeline", "places", "people", "disputed", "sources", "overview"]
EXPANDED = 3500  # characters of a reply of which more was wanted
TOLL = ("killed", "captured")  # topics of which /casualties tells
TIMES = ("decades", "recent-years", "before-the-attacks", "before-dawn", "saturday", "late-night", "now")  # in order


class Views:
    """Shows claims that nobody had to be understood for: by id, by facet, by name."""

    def __init__(self, renderer: Renderer, taggers: Taggers) -> None:
        self._renderer = renderer
        self._store: FactStore = renderer.store
        self._taggers = taggers

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
            draft.claims([claim], self._other_sides([claim]), "attribution")
            draft.relays(self._store.source_of(claim.id))
        elif action.kind == "words":
            draft.claims([claim])
            draft.excerpt(claim)
        else:
            draft.claims([claim], self._other_sides([claim]))
        turn = _turn(draft, "answered", utterance.room, kept)
        told = turn.message.answers
        offered = tuple(b for b in about(claim, draft.words, told) if b.action.kind != action.kind)
        beside = tuple(id for id in told if id != claim.id)
        return replace(turn, message=replace(turn.message, answers=(claim.id,), related=beside, buttons=offered))

    def _more(self, claim: Claim, utterance: Utterance, context: Context) -> Turn:
        """The last answer without the limit that shortened it, or all on one claim where that answer is forgotten."""
        claims = [found for id in context.claims if (found := self._claim(id))] or [claim]
        part = Part("answer", answers=tuple(claims), related=tuple(self._other_sides(claims)))
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
        fill = {
            "casualties": self._casualties,
            "timeline": self._timeline,
            "places": self._places,
            "people": self._people,
            "disputed": self._disputed,
            "sources": Draft.sources,
            "overview": self._overview,
        }
        fill[view](draft)
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
                draft.heading(self._introduced(id, draft))
                draft.introduced(id)
                draft.claims(claims, self._other_sides(claims), "brief")
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

    def _casualties(self, draft: Draft) -> None:
        words = draft.words
        for topic in TOLL:
            for population, claims in grouped((self._broad(c), c) for c in self._store.claims if _counts(c, topic)):
                draft.part()
                draft.heading(words.text(f"toll-{topic}", population=words.label(population)))
                draft.claims(claims, self._other_sides(claims), "brief")

    def _broad(self, claim: Claim) -> str:
        """The widest population below "people" that a claim counts: police are security personnel."""
        population = claim.population[0]
        above = [facet.id for facet in self._store.facets if facet.kind_of == ["people"]]
        return next((id for id in above if id in self._store.ancestors(population)), population)

    def _timeline(self, draft: Draft) -> None:
        for time in TIMES:
            self._group(draft, draft.words.label(time), [c for c in self._store.claims if c.time == time])
        untimed = [c for c in self._store.claims if c.time is None and c.attribution.speaker]
        self._group(draft, draft.words.text("time-none"), untimed)

    def _places(self, draft: Draft) -> None:
        groups = grouped((place, claim) for claim in self._store.claims for place in claim.place)
        told = {place for place, _ in groups}
        for place, claims in groups:
            within = {other for other in told if other != place and place in self._store.ancestors(other)}
            if self._store.name(place).coordinates or not within:  # a province is told of by its towns
                self._group(draft, draft.words.label(place), claims)

    def _people(self, draft: Draft) -> None:
        spoken_of = {id for claim in self._store.claims for id in mentions(claim)}
        for kind in ("person", "group"):
            for name in self._store.names:
                if name.kind == kind and name.id in spoken_of:
                    draft.note(self._introduced(name.id, draft), spare=kind == "group")

    def _disputed(self, draft: Draft) -> None:
        claims = [claim for claim in self._store.claims if claim.verification.status != "stated"]
        draft.claims(claims, self._other_sides(claims))

    def _overview(self, draft: Draft) -> None:
        claims = [self._store.claim(id) for report in self._store.reports for id in report.summary]
        draft.claims(claims, self._other_sides(claims), "brief")

    def _group(self, draft: Draft, title: str, claims: list[Claim]) -> None:
        if claims:
            draft.part()
            draft.heading(draft.words.text("group", title=title))
            draft.claims(claims, style="brief")

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

    def _introduced(self, id: str, draft: Draft) -> str:
        name, words = self._store.name(id), draft.words
        key = "person-role" if name.role else "person"
        return words.text(key, name=words.label(id), role=words.worded(name.role))

    def _claim(self, id: str) -> Claim | None:
        try:
            return self._store.claim(id)
        except UnknownId:
            return None

    def _other_sides(self, claims: Iterable[Claim]) -> list[Claim]:
        ids = dict.fromkeys(id for claim in claims for id in self._store.other_sides(claim.id))
        return [self._store.claim(id) for id in ids]

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


def _counts(claim: Claim, topic: str) -> bool:
    return claim.topic == topic and bool(claim.quantities) and bool(claim.population)
