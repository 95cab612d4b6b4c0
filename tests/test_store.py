from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from knowledge.model import Facet, Name
from knowledge.store import FactStore, UnknownId, mentions


def test_claims_come_in_the_order_of_the_reports(store: FactStore) -> None:
    assert [claim.id for claim in store.claims][:2] == ["sailors-killed", "sailors-killed-union"]
    assert len(store.claims) == 7
    assert store.claim("harbour-reopened").topic == "reopened"


def test_every_claim_knows_its_source(store: FactStore) -> None:
    assert store.source_of("sailors-killed-later").publisher == "Coast Radio"
    assert store.source("ferry-fire") == store.source_of("sailors-killed")


def test_names_and_facets_are_found(store: FactStore) -> None:
    assert store.name("ilva-tarn").role["en"] == "mayor of Velmora"
    assert store.facet("sailors").kind_of == ["people"]


def test_relations_are_found_from_both_ends_and_across_reports(store: FactStore) -> None:
    assert {relation.kind for relation in store.relations_of("sailors-killed")} == {"conflicts", "updates"}
    assert store.relations_of("blue-line-denies") == store.relations_of("tarn-blames-engine")
    assert store.relations_of("passengers-rescued") == ()


def test_the_other_side_is_what_denies_or_conflicts_not_what_updates(store: FactStore) -> None:
    assert store.other_sides("sailors-killed") == ("sailors-killed-union",)
    assert store.other_sides("tarn-blames-engine") == ("blue-line-denies",)
    assert store.other_sides("sailors-killed-later") == ()


def test_ancestors_lead_all_the_way_up(store: FactStore) -> None:
    assert store.ancestors("velmora-harbour") == {"velmora-harbour", "velmora", "ostria"}
    assert store.ancestors("sailors") == {"sailors", "people"}
    assert store.ancestors("ostria") == {"ostria"}


def test_a_loop_of_places_does_not_hang() -> None:
    names = tuple(
        Name(id=one, kind="place", label={"en": one}, part_of=[other]) for one, other in (("a", "b"), ("b", "a"))
    )
    assert FactStore((), names, ()).ancestors("a") == {"a", "b"}


def test_contraries_hold_both_ways(store: FactStore) -> None:
    assert store.contraries("killed") == {"survived"}
    assert store.contraries("survived") == {"killed"}
    assert store.contraries("ferry") == frozenset()


@pytest.mark.parametrize(
    ("id", "claims"),
    [
        ("killed", ("sailors-killed", "sailors-killed-union", "sailors-killed-later")),
        ("dockers-union", ("sailors-killed-union",)),
        ("hour", ("passengers-rescued",)),
        ("tuesday", ("sailors-killed",)),
        ("blue-line", ("tarn-blames-engine", "blue-line-denies")),
        ("people", ()),
        ("port-asel", ()),
    ],
)
def test_claims_are_found_by_what_they_speak_of(store: FactStore, id: str, claims: tuple[str, ...]) -> None:
    assert store.by_facet(id) == claims


def test_a_claim_mentions_each_thing_once(store: FactStore) -> None:
    assert mentions(store.claim("sailors-killed")) == ("killed", "tuesday", "sailors", "velmora-harbour", "ferry")


def test_gaps_are_those_of_all_reports(store: FactStore) -> None:
    assert [gap.id for gap in store.gaps] == ["wounded"]


def test_the_version_follows_the_content(store: FactStore) -> None:
    same = FactStore(store.reports, store.names, store.facets, store.between)
    assert store.version == same.version
    assert len(store.version) == 12
    assert store.restricted(["ferry-fire"]).version != store.version


def test_a_restricted_store_holds_only_these_reports(store: FactStore) -> None:
    one = store.restricted(["harbour-reopens"])
    assert [claim.id for claim in one.claims] == ["harbour-reopened", "sailors-killed-later"]
    assert one.relations_of("sailors-killed-later") == ()
    assert (one.names, one.facets, one.gaps) == (store.names, store.facets, ())
    with pytest.raises(UnknownId):
        one.claim("sailors-killed")


def test_an_unknown_id_is_told_with_the_nearest(store: FactStore) -> None:
    with pytest.raises(UnknownId) as found:
        store.claim("sailors-kiled")
    assert str(found.value) == 'no claim has the id "sailors-kiled"; the nearest is "sailors-killed"'
    assert isinstance(found.value, KeyError)


def test_every_look_up_refuses_an_unknown_id(store: FactStore) -> None:
    asked = (store.claim, store.source_of, store.source, store.name, store.facet, store.relations_of)
    for look_up in (*asked, store.other_sides, store.ancestors, store.contraries, store.by_facet):
        with pytest.raises(UnknownId, match=r'"qqq"$'):
            look_up("qqq")
    with pytest.raises(UnknownId):
        store.restricted(["qqq"])


def test_the_store_is_for_reading(store: FactStore) -> None:
    with pytest.raises(FrozenInstanceError):
        store.facets = (Facet(id="one", kind="topic"),)  # type: ignore[misc]
