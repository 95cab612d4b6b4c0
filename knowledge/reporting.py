"""The rules for what several reports say of one thing: dates, copies, chains, and what a relation may join."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from knowledge.chains import SUPERSEDING
from knowledge.model import AsOf, Claim, Relation
from knowledge.placed import Facts
from knowledge.problems import Problem
from knowledge.store import FactStore


def dates_said(facts: Facts) -> Iterator[Problem]:
    """A source without a date says so, and only such a one."""
    for report in facts.reports:
        source = report.record.source
        if source.published is None and source.undated is None:
            todo = 'add published: "YYYY-MM-DD", or undated: none given (or not seen)'
            yield report.problem("the source has no date", todo, "source")
        elif source.published and source.undated:
            yield report.problem("the source has a date and says that it has none", "delete one", "source", "undated")


def copies_known(facts: Facts) -> Iterator[Problem]:
    """A copy names another report that is held, and each report once."""
    known = {report.record.source.id for report in facts.reports}
    home = {claim.id: report.record.source.id for report in facts.reports for claim in report.record.claims}
    for claim in facts.claims:
        seen = {home[claim.record.id]}
        for index, copy in enumerate(claim.record.also_in):
            if copy.source not in known:
                todo = f"add reports/{copy.source}.yml, or correct the id"
                yield claim.problem(f'"{copy.source}" is no report', todo, "also_in", index)
            elif copy.source in seen:
                yield claim.problem(f'"{copy.source}" carries this claim already', "delete one", "also_in", index)
            seen.add(copy.source)


def reports_used(facts: Facts) -> Iterator[Problem]:
    """A report says something: it has a claim of its own, or carries one of another report."""
    copied = {copy.source for claim in facts.claims for copy in claim.record.also_in}
    for report in facts.reports:
        if not report.record.claims and report.record.source.id not in copied:
            todo = "add a claim, name the report under also_in of one, or delete the file"
            yield report.problem("the report says nothing", todo, "source", "id")


def claims_distinct(facts: Facts) -> Iterator[Problem]:
    """Two claims with equal facets, figures and speaker are one claim in several reports."""
    seen: dict[object, str] = {}
    for claim in facts.claims:
        record = claim.record
        if not record.quantities:
            continue
        key = (record.topic, record.actor, *_lists(record), record.time, record.attribution.speaker, *_figures(record))
        if (other := seen.setdefault(key, record.id)) != record.id:
            todo = f'name this report under also_in of "{other}" instead, or tell the two apart by a facet'
            yield claim.problem(f'"{record.id}" says the same as "{other}"', todo, "id")


def chains_forward(facts: Facts) -> Iterator[Problem]:
    """What updates or corrects a claim is later than it, and no claim comes after itself."""
    store = facts.store()
    times = _times(store)
    for placed in facts.relations:
        record = placed.record
        if record.kind not in SUPERSEDING or not {record.a, record.b} <= times.keys():
            continue
        later, earlier = times[record.a], times[record.b]
        if record.a in store.chains.before(record.b):
            yield placed.problem(f'the chain leads from "{record.a}" back to itself', "take one step out", "a")
        elif later and earlier and later.precedes(earlier):
            wrong = f'"{record.a}" ({later.date}) is earlier than "{record.b}" ({earlier.date})'
            yield placed.problem(wrong, "turn the relation round, or correct an as_of", "a")
        elif later is None:
            yield placed.problem(f'"{record.a}" has no time', "add as_of to it, or to one of its copies", "a")


def relations_comparable(facts: Facts) -> Iterator[Problem]:
    """A relation joins claims about the same thing: their topics, their figures and their places go together."""
    store = facts.store()
    claims = {claim.record.id: claim.record for claim in facts.claims}
    for placed in facts.relations:
        record = placed.record
        if not {record.a, record.b} <= claims.keys():
            continue
        a, b = claims[record.a], claims[record.b]
        for matter, fits in (("topics", _topics), ("figures", _counts), ("places", _places)):
            if not fits(a, b, record, store):
                wrong = f'the {matter} of "{a.id}" and "{b.id}" have nothing to do with each other'
                yield placed.problem(wrong, "correct a facet of one of them, or delete the relation", "a")


RULES: tuple[Callable[[Facts], Iterator[Problem]], ...] = (
    dates_said,
    copies_known,
    reports_used,
    claims_distinct,
    chains_forward,
    relations_comparable,
)


def _lists(claim: Claim) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    return frozenset(claim.population), frozenset(claim.place), frozenset(claim.about)


def _figures(claim: Claim) -> tuple[tuple[int | None, str, str], ...]:
    return tuple((quantity.number, quantity.bound, quantity.of) for quantity in claim.quantities)


def _times(store: FactStore) -> dict[str, AsOf | None]:
    """When each claim was made: its own time, else that of a copy, else the day its source came out."""
    found: dict[str, AsOf | None] = {}
    for claim in store.claims:
        published = store.source_of(claim.id).published
        found[claim.id] = store.as_of(claim.id) or (AsOf(date=published) if published else None)
    return found


def _topics(a: Claim, b: Claim, relation: Relation, store: FactStore) -> bool:
    spoken_of = {a.topic, *a.about}, {b.topic, *b.about}
    return (
        a.topic in spoken_of[1]
        or b.topic in spoken_of[0]
        or not store.contraries(a.topic).isdisjoint(spoken_of[1])
        or not store.contraries(b.topic).isdisjoint(spoken_of[0])
    )


def _counts(a: Claim, b: Claim, relation: Relation, store: FactStore) -> bool:
    """What a later figure counts is what the earlier one counted, or a kind of it, or what it is a kind of."""
    if relation.kind not in SUPERSEDING or not a.quantities or not b.quantities:
        return True
    ours, theirs = a.quantities[0].of, b.quantities[0].of
    # Of what kind captives are, is what their captors say of them; hours and days are both a stretch of time.
    loose = {facet.id for facet in store.facets if "outcome" in facet.traits}
    return (
        bool({ours, theirs} & loose)
        or _related([ours], [theirs], store)
        or bool(_kinds(ours, store) & _kinds(theirs, store))
    )


def _places(a: Claim, b: Claim, relation: Relation, store: FactStore) -> bool:
    return not a.place or not b.place or _related(a.place, b.place, store)


def _kinds(id: str, store: FactStore) -> frozenset[str]:
    """What a counted thing is a kind of, apart from what nearly everything is."""
    return frozenset(above for above in store.ancestors(id) - {id} if "backdrop" not in store.facet(above).traits)


def _related(ours: Collection[str], theirs: Collection[str], store: FactStore) -> bool:
    return any(x in store.ancestors(y) or y in store.ancestors(x) for x in ours for y in theirs)
