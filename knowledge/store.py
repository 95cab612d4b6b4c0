"""The fact store: read-only look-ups of claims, names and facets, with the other side of each claim."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from knowledge.chains import Chains
from knowledge.editions import restricted_to
from knowledge.grouping import grouped
from knowledge.links import reached
from knowledge.model import AsOf, Claim, Facet, Gap, Name, Relation, RelationKind, Report, Source

Item = TypeVar("Item")

# The relations whose two claims cannot be shown one without the other.
OPPOSED: frozenset[RelationKind] = frozenset({"denies", "conflicts", "differs"})


class UnknownId(KeyError):
    """Somebody asked the store for an id that nothing in it has; the message names the nearest id."""

    def __init__(self, noun: str, wanted: str, known: Iterable[str]) -> None:
        near = get_close_matches(wanted, list(known), n=1)
        self.message = f'no {noun} has the id "{wanted}"' + (f'; the nearest is "{near[0]}"' if near else "")
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message  # a KeyError would print it in quotation marks


@dataclass(frozen=True, slots=True)
class FactStore:
    """All that is held and who said it, for reading only.

    Every look-up by id raises `UnknownId` for an id that is not held. Ids must be unique: `files.load` sees to it.
    """

    reports: tuple[Report, ...]
    names: tuple[Name, ...]
    facets: tuple[Facet, ...]
    between: tuple[Relation, ...] = ()  # relations between claims of different reports
    chains: Chains = field(init=False, repr=False, compare=False)  # which claim came after which
    _claims: Mapping[str, Claim] = field(init=False, repr=False, compare=False)
    _reports: Mapping[str, Source] = field(init=False, repr=False, compare=False)
    _sources: Mapping[str, tuple[Source, ...]] = field(init=False, repr=False, compare=False)
    _names: Mapping[str, Name] = field(init=False, repr=False, compare=False)
    _facets: Mapping[str, Facet] = field(init=False, repr=False, compare=False)
    _relations: Mapping[str, tuple[Relation, ...]] = field(init=False, repr=False, compare=False)
    _above: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    _contraries: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    _speaking_of: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        claims = [(claim, report.source) for report in self.reports for claim in report.claims]
        relations = [relation for report in self.reports for relation in report.relations]
        reports = {report.source.id: report.source for report in self.reports}
        tables = {
            "chains": Chains((*relations, *self.between)),
            "_claims": {claim.id: claim for claim, _ in claims},
            "_reports": reports,
            "_sources": {claim.id: (source, *_carriers(claim, reports)) for claim, source in claims},
            "_names": {name.id: name for name in self.names},
            "_facets": {facet.id: facet for facet in self.facets},
            "_relations": _by_claim([*relations, *self.between]),
            "_above": _closure(self.names, self.facets),
            "_contraries": _both_ways(self.facets),
            "_speaking_of": _by_mention(claim for claim, _ in claims),
        }
        for key, table in tables.items():
            object.__setattr__(self, key, table)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in the order of the reports."""
        return tuple(self._claims.values())

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that some report is known to be silent on."""
        return tuple(gap for report in self.reports for gap in report.gaps)

    @property
    def summary(self) -> tuple[Claim, ...]:
        """The claims that a short account of all reports must hold, each by the last word on it, in order."""
        told = (id for report in self.reports for id in report.summary)
        return tuple(self.claim(last) for id in told for last in self.chains.latest(id))

    @property
    def wholes(self) -> tuple[str, ...]:
        """The populations below "people" that are counted as a whole, in order: police are part of one."""
        return tuple(facet.id for facet in self.facets if facet.kind_of == ["people"])

    @property
    def version(self) -> str:
        """A short fingerprint of what is held (12 hex digits): equal for equal facts; worked out at each call."""
        digest = hashlib.sha256()
        for record in (*self.reports, *self.names, *self.facets, *self.between):
            digest.update(record.model_dump_json().encode())
        return digest.hexdigest()[:12]

    def claim(self, id: str) -> Claim:
        """The claim with this id."""
        return _held(self._claims, "claim", id)

    def source_of(self, claim_id: str) -> Source:
        """The report that a claim stands in first."""
        return self.sources_of(claim_id)[0]

    def sources_of(self, claim_id: str) -> tuple[Source, ...]:
        """Every report that carries a claim, the one that it stands in first."""
        return _held(self._sources, "claim", claim_id)

    def witnesses(self, claim_id: str) -> tuple[Source, ...]:
        """The reports of a claim that do not copy one another: one for each body whose reporting they pass on."""
        found: dict[str, Source] = {}
        for source in self.sources_of(claim_id):
            found.setdefault(source.relays or source.outlet or source.id, source)
        return tuple(found.values())

    def source(self, id: str) -> Source:
        """The report with this id."""
        return _held(self._reports, "report", id)

    def carried_by(self, source_id: str) -> tuple[Claim, ...]:
        """The claims that a report carries, first or as a copy."""
        self.source(source_id)
        return tuple(c for c in self.claims if any(each.id == source_id for each in self._sources[c.id]))

    def as_of(self, claim_id: str) -> AsOf | None:
        """The time that a claim holds for: its own, else the earliest that a copy of it gives."""
        claim = self.claim(claim_id)
        copied = [copy.as_of for copy in claim.also_in if copy.as_of]
        return claim.as_of or min(copied, key=lambda each: each.order, default=None)

    def age(self, claim_id: str) -> tuple[str, int]:
        """What sorts a claim by its time, earlier before later; a claim without a time stands before all."""
        as_of = self.as_of(claim_id)
        return as_of.order if as_of else ("", 0)

    def name(self, id: str) -> Name:
        """The person, group or place with this id."""
        return _held(self._names, "name", id)

    def facet(self, id: str) -> Facet:
        """The topic, population, object or time with this id."""
        return _held(self._facets, "facet", id)

    def relations_of(self, claim_id: str) -> tuple[Relation, ...]:
        """The relations that a claim stands in, at either end, in the order of the files."""
        self.claim(claim_id)
        return self._relations.get(claim_id, ())

    def other_sides(self, claim_id: str) -> tuple[str, ...]:
        """The ids of the claims that deny this one, conflict with it or differ from it, or that it denies.

        Denials come first; of a chain of claims the latest stands for all.
        """
        related = (relation for relation in self.relations_of(claim_id) if relation.kind in OPPOSED)
        opposed = sorted(related, key=lambda relation: relation.kind != "denies")
        ends = tuple(dict.fromkeys(relation.b if relation.a == claim_id else relation.a for relation in opposed))
        return tuple(end for end in ends if not any(later in ends for later in self.chains.after(end)))

    def is_toll(self, claim_id: str) -> bool:
        """Whether a claim's first figure counts people, so that the figure by itself says what it counts."""
        figures = self.claim(claim_id).quantities[:1]
        return any("people" in self.ancestors(quantity.of) for quantity in figures)

    def denials(self, claim_id: str) -> tuple[str, ...]:
        """The ids of the claims that deny this one."""
        return tuple(r.a for r in self.relations_of(claim_id) if r.kind == "denies" and r.b == claim_id)

    def ancestors(self, id: str | None) -> frozenset[str]:
        """A name or facet with everything it lies in, speaks for or is a kind of; nothing where nobody is named."""
        if id is None:
            return frozenset()
        return _held(self._above, "name or facet", id)

    def contraries(self, id: str) -> frozenset[str]:
        """The facets that speak of the same thing the other way round, whichever of the two says so."""
        return self._contraries.get(self.facet(id).id, frozenset())

    def by_facet(self, id: str) -> tuple[str, ...]:
        """The ids of the claims that have this very name or facet in any field, in order; not narrower ones."""
        _held(self._above, "name or facet", id)
        return self._speaking_of.get(id, ())

    def restricted(self, source_ids: Collection[str]) -> FactStore:
        """The same store with these reports only; names and facets stay, relations stay where both ends do."""
        for id in source_ids:
            self.source(id)
        reports = restricted_to(self.reports, source_ids)
        kept = {claim.id for report in reports for claim in report.claims}
        related = (*(relation for report in self.reports for relation in report.relations), *self.between)
        return FactStore(reports, self.names, self.facets, tuple(r for r in related if {r.a, r.b} <= kept))


def mentions(claim: Claim) -> tuple[str, ...]:
    """The ids of all names and facets that a claim speaks of, its topic first, each once."""
    one = (claim.topic, claim.actor, claim.time, claim.attribution.speaker)
    many = (*claim.population, *claim.place, *(quantity.of for quantity in claim.quantities), *claim.about)
    return tuple(dict.fromkeys(id for id in (*one, *many) if id is not None))


def _carriers(claim: Claim, reports: Mapping[str, Source]) -> tuple[Source, ...]:
    return tuple(reports[copy.source] for copy in claim.also_in if copy.source in reports)


def _held(table: Mapping[str, Item], noun: str, id: str) -> Item:
    try:
        return table[id]
    except KeyError:
        raise UnknownId(noun, id, table) from None


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, tuple[Item, ...]]:
    return {key: tuple(items) for key, items in grouped(pairs)}


def _by_claim(relations: Iterable[Relation]) -> dict[str, tuple[Relation, ...]]:
    return _grouped((end, relation) for relation in relations for end in (relation.a, relation.b))


def _by_mention(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    return _grouped((id, claim.id) for claim in claims for id in mentions(claim))


def _both_ways(facets: Iterable[Facet]) -> dict[str, frozenset[str]]:
    pairs = [(facet.id, other) for facet in facets for other in facet.contrary]
    return {id: frozenset(others) for id, others in _grouped(pairs + [(b, a) for a, b in pairs]).items()}


def _closure(names: Iterable[Name], facets: Iterable[Facet]) -> dict[str, frozenset[str]]:
    parents = {name.id: [*name.part_of, *name.kind_of] for name in names}
    parents |= {facet.id: facet.kind_of for facet in facets}
    return {id: frozenset({id, *reached(id, parents)}) for id in parents}
