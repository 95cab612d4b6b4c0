from __future__ import annotations

from collections.abc import Collection, Iterable

import pytest

from knowledge.chains import Chains
from knowledge.model import AsOf, Claim, Copy, Excerpt, Relation, RelationKind, Report, Source
from knowledge.store import FactStore, UnknownId


def relation(kind: RelationKind, a: str, b: str) -> Relation:
    return Relation(kind=kind, a=a, b=b)


def updates(*steps: str) -> list[Relation]:
    """Steps such as "two > one": the first one is the later word."""
    return [relation("updates", *step.split(" > ")) for step in steps]


def source(id: str, outlet: str | None = None, relays: str | None = None) -> Source:
    record = {"id": id, "title": "One", "publisher": "Two", "kind": "wire", "url": "https://wire.example/one"}
    return Source.model_validate(record | {"outlet": outlet, "relays": relays, "undated": "not seen"})


def claim(id: str, *copies: Copy, as_of: str | None = None) -> Claim:
    time = AsOf(date=as_of) if as_of else None
    asked, excerpt = ["Who?", "What?", "Where?"], Excerpt(text="one")
    return Claim(id=id, says={"en": "One"}, excerpt=excerpt, topic="killed", as_of=time, also_in=[*copies], asked=asked)


def copy(source: str, as_of: str | None = None) -> Copy:
    return Copy(source=source, text="one", as_of=AsOf(date=as_of) if as_of else None)


def store_of(*reports: tuple[Source, list[Claim]], between: Iterable[Relation] = ()) -> FactStore:
    return FactStore(tuple(Report(source=source, claims=claims) for source, claims in reports), (), (), tuple(between))


def related(*relations: Relation) -> FactStore:
    """A store of one report, with these relations between its claims."""
    ids = dict.fromkeys(end for each in relations for end in (each.a, each.b))
    return store_of((source("report"), [claim(id) for id in ids]), between=relations)


LINE = Chains(updates("two > one", "three > two"))
FORK = Chains(updates("left > one", "right > one", "far > right"))
JOIN = Chains(updates("sum > left", "sum > right", "right > one"))
LOOP = Chains(updates("two > one", "one > two", "three > two"))


def test_what_updates_or_corrects_makes_a_chain_and_nothing_else_does() -> None:
    kinds: list[RelationKind] = ["updates", "corrects", "denies", "conflicts", "differs", "supports"]
    chained = [kind for kind in kinds if "one" in Chains([relation(kind, "two", "one")])]
    assert chained == ["updates", "corrects"]


def test_both_ends_are_in_a_chain_and_no_look_up_adds_to_it() -> None:
    chains = Chains(updates("two > one"))
    assert (chains.after("other"), chains.before("other")) == ((), ())
    assert [id in chains for id in ("one", "two", "other")] == [True, True, False]


def test_what_came_after_is_told_nearest_first() -> None:
    assert LINE.after("one") == ("two", "three")
    assert LINE.after("three") == ()
    assert FORK.after("one") == ("left", "right", "far")


def test_what_came_before_is_told_nearest_first() -> None:
    assert LINE.before("three") == ("two", "one")
    assert LINE.before("one") == ()
    assert JOIN.before("sum") == ("left", "right", "one")


def test_what_is_reached_by_two_ways_is_told_once() -> None:
    chains = Chains(updates("left > one", "right > one", "end > left", "end > right"))
    assert chains.after("one") == ("left", "right", "end")


def test_a_loop_ends_and_leaves_out_its_start() -> None:
    assert LOOP.after("one") == ("two", "three")
    assert LOOP.before("one") == ("two",)
    assert Chains(updates("one > one")).after("one") == ()


@pytest.mark.parametrize(
    ("chains", "id", "among", "latest"),
    [
        (LINE, "one", None, ("three",)),
        (LINE, "three", None, ("three",)),
        (LINE, "one", ("one", "two"), ("two",)),
        (LINE, "one", ("one",), ("one",)),
        (LINE, "one", ("three",), ("three",)),
        (LINE, "two", ("one",), ("two",)),
        (FORK, "one", None, ("left", "far")),
        (FORK, "one", ("left", "right"), ("left", "right")),
        (LINE, "other", None, ("other",)),
    ],
)
def test_the_latest_is_what_nothing_there_came_after(
    chains: Chains, id: str, among: Collection[str] | None, latest: tuple[str, ...]
) -> None:
    assert chains.latest(id, among) == latest


@pytest.mark.parametrize(
    ("chains", "id", "among", "first"),
    [
        (LINE, "three", None, ("one",)),
        (LINE, "one", None, ("one",)),
        (LINE, "three", ("two", "three"), ("two",)),
        (LINE, "three", (), ("three",)),
        (JOIN, "sum", None, ("left", "one")),
        (JOIN, "sum", ("left", "right"), ("left", "right")),
    ],
)
def test_the_first_is_what_nothing_there_came_before(
    chains: Chains, id: str, among: Collection[str] | None, first: tuple[str, ...]
) -> None:
    assert chains.first(id, among) == first


def test_a_store_chains_relations_inside_reports_and_between_them() -> None:
    inside = Report(source=source("a"), claims=[claim("one"), claim("two")], relations=updates("two > one"))
    other = Report(source=source("b"), claims=[claim("three")])
    assert FactStore((inside, other), (), (), tuple(updates("three > two"))).chains.after("one") == ("two", "three")


def test_a_claim_is_in_its_own_report_first_and_then_in_those_that_copy_it() -> None:
    store = store_of((source("a"), []), (source("b"), [claim("one", copy("c"), copy("a"), copy("unheld"))]),
                     (source("c"), []))  # fmt: skip
    assert [each.id for each in store.sources_of("one")] == ["b", "c", "a"]
    assert store.source_of("one").id == "b"


def test_reports_of_one_outlet_or_relaying_one_body_are_one_witness() -> None:
    agency, again, paper = source("a", outlet="agency"), source("b", outlet="agency"), source("c", outlet="paper")
    relayed = source("d", outlet="letter", relays="agency")
    carried = claim("one", copy("b"), copy("c"), copy("d"))
    store = store_of((agency, [carried]), (again, []), (paper, []), (relayed, []))
    assert [each.id for each in store.witnesses("one")] == ["a", "c"]


def test_what_a_report_relays_counts_before_its_own_outlet() -> None:
    relayed, own = source("a", outlet="paper", relays="agency"), source("b", outlet="paper")
    store = store_of((relayed, [claim("one", copy("b"))]), (own, []))
    assert [each.id for each in store.witnesses("one")] == ["a", "b"]


def test_reports_without_an_outlet_are_witnesses_by_themselves() -> None:
    store = store_of((source("a"), [claim("one", copy("b"))]), (source("b"), []))
    assert [each.id for each in store.witnesses("one")] == ["a", "b"]


def test_a_report_carries_its_own_claims_and_those_it_copies() -> None:
    store = store_of((source("a"), [claim("one", copy("b")), claim("two")]), (source("b"), [claim("three")]))
    assert [each.id for each in store.carried_by("b")] == ["one", "three"]
    assert [each.id for each in store.carried_by("a")] == ["one", "two"]


def test_a_claim_holds_for_its_own_time_even_where_a_copy_gives_an_earlier_one() -> None:
    own = claim("one", copy("b", "2026-01-30"), as_of="2026-01-31")
    assert store_of((source("a"), [own])).as_of("one") == AsOf(date="2026-01-31")


def test_a_claim_without_a_time_holds_for_the_earliest_of_its_copies() -> None:
    copies = (copy("b"), copy("c", "2026-02"), copy("d", "2026-02-03"), copy("e", "2026-02-04"))
    store = store_of((source("a"), [claim("one", *copies), claim("two", copy("b"))]))
    assert store.as_of("one") == AsOf(date="2026-02-03")
    assert store.as_of("two") is None


def test_denials_are_what_denies_a_claim_and_not_what_it_denies() -> None:
    store = related(
        relation("denies", "no", "one"), relation("denies", "never", "one"), relation("differs", "x", "one")
    )
    assert (store.denials("one"), store.denials("no"), store.denials("x")) == (("no", "never"), (), ())


def test_the_other_sides_come_from_both_ends_with_denials_first() -> None:
    store = related(
        relation("conflicts", "one", "two"), relation("differs", "three", "one"), relation("supports", "four", "one"),
        relation("corrects", "five", "one"), relation("denies", "six", "one"), relation("denies", "one", "seven"),
    )  # fmt: skip
    assert store.other_sides("one") == ("six", "seven", "two", "three")


def test_another_side_that_is_related_twice_is_told_once() -> None:
    store = related(relation("conflicts", "two", "one"), relation("denies", "two", "one"))
    assert store.other_sides("one") == ("two",)


def test_of_a_chain_of_other_sides_the_latest_stands_for_all() -> None:
    opposed = [relation("conflicts", id, "one") for id in ("early", "middle", "alone")]
    store = related(*opposed, *updates("middle > early", "late > middle"))
    assert store.other_sides("one") == ("middle", "alone")  # "late" itself says nothing against it


def test_look_ups_refuse_an_unknown_id() -> None:
    store = store_of((source("a"), [claim("one")]))
    for look_up in (store.sources_of, store.witnesses, store.carried_by, store.as_of, store.denials):
        with pytest.raises(UnknownId, match='has the id "qqq"'):
            look_up("qqq")
