"""What each command shows of all that is held: tolls, days, places, people, what is disputed, what changed, sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from bot.draft import Draft
from bot.sides import Sides
from knowledge.grouping import grouped
from knowledge.model import Claim, Source
from knowledge.store import FactStore, mentions

View = Literal["casualties", "timeline", "places", "people", "disputed", "changes", "sources", "overview"]
TOLL = ("killed", "captured")  # topics of which /casualties tells
BEFORE = ("decades", "recent-years", "before-the-attacks")  # times before the event, in order
DURING = ("before-dawn", "saturday", "late-night", "now")  # and of claims that no report dates


class Surveys:
    """Fills a message with everything of one kind."""

    def __init__(self, store: FactStore) -> None:
        self._store = store
        self._sides = Sides(store)
        self._fill: Mapping[View, Callable[[Draft], None]] = {
            "casualties": self._casualties,
            "timeline": self._timeline,
            "places": self._places,
            "people": self._people,
            "disputed": self._disputed,
            "changes": self._changes,
            "overview": self._overview,
        }

    def fill(self, view: View, draft: Draft, subject: str) -> None:
        """Everything of one kind; for the sources `subject` may be part of a publisher's name."""
        if view == "sources":
            self._sources(draft, subject)
        else:
            self._fill[view](draft)

    def _casualties(self, draft: Draft) -> None:
        words, current = draft.words, [claim for claim in self._store.claims if not self._overtaken(claim)]
        for topic in TOLL:
            for population, claims in grouped((self._broad(c), c) for c in current if _counts(c, topic)):
                draft.part()
                draft.heading(words.text(f"toll-{topic}", population=words.label(population)))
                draft.claims(claims, self._sides.opposed(claims), "brief")

    def _broad(self, claim: Claim) -> str:
        """The widest population below "people" that a claim counts: police are security personnel."""
        population = claim.population[0]
        return next((id for id in self._store.wholes if id in self._store.ancestors(population)), population)

    def _timeline(self, draft: Draft) -> None:
        """What lies before the event, what is told of it without a date, then day by day, then the rest."""
        store = self._store
        undated = [claim for claim in store.claims if store.as_of(claim.id) is None]
        dated = sorted((c for c in store.claims if store.as_of(c.id) and not self._overtaken(c)), key=self._age)
        for time in BEFORE:
            self._group(draft, draft.words.label(time), [c for c in (*undated, *dated) if c.time == time])
        for time in DURING:
            self._group(draft, draft.words.label(time), [c for c in undated if c.time == time])
        for day, claims in grouped((self._day(c), c) for c in dated if c.time not in BEFORE):
            self._group(draft, draft.words.written_date(day), claims)
        untimed = [c for c in undated if c.time is None and c.attribution.speaker]
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
                    draft.note(introduced(name.id, draft), spare=kind == "group")

    def _disputed(self, draft: Draft) -> None:
        unsettled = (claim for claim in self._store.claims if claim.verification.status != "stated")
        claims = [claim for claim in unsettled if not self._overtaken(claim)]
        draft.claims(claims, self._sides.opposed(claims))

    def _changes(self, draft: Draft) -> None:
        """Each figure that took the place of another, with that one, by day, the newest first."""
        changed = [(c, old) for c in self._store.claims if (old := self._before(c)) is not None]
        ordered = sorted(changed, key=lambda pair: self._age(pair[0]), reverse=True)
        for day, pairs in grouped((self._day(claim), (claim, old)) for claim, old in ordered):
            draft.part()
            draft.heading(draft.words.text("group", title=draft.words.written_date(day)))
            for claim, old in pairs:
                draft.change(claim, old)

    def _before(self, claim: Claim) -> Claim | None:
        """The figure that a claim's own took the place of; None where it repeats it or has none."""
        for id in self._store.chains.before(claim.id):
            old = self._store.claim(id)
            if self._store.is_toll(claim.id) and self._store.is_toll(id):
                return old if old.quantities[0] != claim.quantities[0] else None
        return None

    def _sources(self, draft: Draft, subject: str) -> None:
        """The reports with date, kind, language and how many claims each carries; those with the most claims first."""
        wanted = subject.casefold().split()
        found = [report.source for report in self._store.reports if _called(report.source, wanted)]
        if not found:
            draft.note(draft.words.unreported(draft.words.quoted(subject)))
        counts = {source.id: len(self._store.carried_by(source.id)) for source in found}
        for source in sorted(found, key=lambda source: -counts[source.id]):
            draft.source(source, counts[source.id])

    def _overview(self, draft: Draft) -> None:
        claims = self._store.summary
        draft.claims(claims, self._sides.opposed(claims), "brief")

    def _group(self, draft: Draft, title: str, claims: list[Claim]) -> None:
        if claims:
            draft.part()
            draft.heading(draft.words.text("group", title=title))
            draft.claims(claims, style="brief")

    def _overtaken(self, claim: Claim) -> bool:
        return self._store.chains.overtaken(claim.id)

    def _age(self, claim: Claim) -> tuple[str, int]:
        return self._store.age(claim.id)

    def _day(self, claim: Claim) -> str:
        as_of = self._store.as_of(claim.id)
        return as_of.date if as_of else ""


def introduced(id: str, draft: Draft) -> str:
    """A person or group by name and role."""
    name, words = draft.store.name(id), draft.words
    key = "person-role" if name.role else "person"
    return words.text(key, name=words.label(id), role=words.worded(name.role))


def _called(source: Source, wanted: list[str]) -> bool:
    names = f"{source.publisher} {source.title} {source.id} {source.relays or ''}".casefold()
    return all(word in names for word in wanted)


def _counts(claim: Claim, topic: str) -> bool:
    return claim.topic == topic and bool(claim.quantities) and bool(claim.population)
