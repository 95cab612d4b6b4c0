"""What the names and facets of a store are to a question: their kind, their traits, which places say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.dialogue import Question, Tag
from knowledge.model import FacetKind, NameKind, Trait
from knowledge.store import FactStore

Kind = FacetKind | NameKind


@dataclass(frozen=True, slots=True)
class Matter:
    """The vocabulary of a store, as understanding needs it."""

    store: FactStore
    kinds: Mapping[str, Kind]
    names: frozenset[str]
    countries: frozenset[str]  # places in no other place: they act and speak as often as things happen in them
    publishers: frozenset[str]  # the outlets whose reports these are: what they say is every claim
    affinity: Mapping[str, str]  # intent -> the topic that its question word asks for by itself
    traits: Mapping[Trait, frozenset[str]]

    @classmethod
    def of(cls, store: FactStore) -> Matter:
        """The vocabulary of all names and facets of a store."""
        kinds: dict[str, Kind] = {facet.id: facet.kind for facet in store.facets}
        kinds |= {name.id: name.kind for name in store.names}
        traits: dict[Trait, frozenset[str]] = {}
        for facet in store.facets:
            for trait in facet.traits:
                traits[trait] = traits.get(trait, frozenset()) | {facet.id}
        return cls(
            store=store,
            kinds=kinds,
            names=frozenset(name.id for name in store.names),
            countries=frozenset(n.id for n in store.names if n.kind == "place" and not n.part_of),
            publishers=_publishers(store),
            affinity={facet.asked_by: facet.id for facet in store.facets if facet.asked_by},
            traits=traits,
        )

    def kinds_of(self, tag: Tag) -> frozenset[Kind]:
        """The kinds that a tag's readings have."""
        return frozenset(self.kinds[id_] for id_ in tag.ids)

    def of_all(self, question: Question) -> bool:
        """Whether a question speaks of the attacks as a whole, and of nothing in them."""
        whole = all(set(tag.ids) & {"attacked", "event"} for tag in question.topics)
        others = question.tags[len(question.topics) :]
        return whole and not (others or question.numbers or question.negated or question.unknown)

    def any(self, trait: Trait, ids: Iterable[str]) -> bool:
        """Whether one of these ids has a trait."""
        return not self.all_with(trait).isdisjoint(ids)

    def all_with(self, trait: Trait) -> frozenset[str]:
        """All ids with a trait."""
        return self.traits.get(trait, frozenset())


def _publishers(store: FactStore) -> frozenset[str]:
    """The outlets and agencies; a body whose own statements a report passes on speaks for itself."""
    sources = [report.source for report in store.reports]
    bodies = {body for source in sources for body in (source.outlet, source.relays) if body}
    return frozenset(bodies - {claim.attribution.speaker for claim in store.claims})
