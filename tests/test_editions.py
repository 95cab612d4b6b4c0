from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge import files
from knowledge.editions import restricted_to
from knowledge.model import AsOf, Claim, Copy, Excerpt, Gap, Relation, Report, Source
from knowledge.store import FactStore, UnknownId

HOME, SECOND, THIRD = "home", "second", "third"
DAYS = {HOME: "2031-05-12", SECOND: "2031-05-13", THIRD: None}  # the time that each report gives for the shared claim


def copy(source: str) -> Copy:
    day = DAYS[source]
    return Copy(source=source, text=f"words of the {source}", as_of=AsOf(date=day) if day else None)


def claim(id: str, home: str, *copied: str) -> Claim:
    return Claim(
        id=id,
        says={"en": f"What {id} says"},
        excerpt=Excerpt(text=f"words of the {home}", at="4.2"),
        topic="killed",
        as_of=copy(home).as_of,
        also_in=[copy(other) for other in copied],
        asked=[f"Who is {id}?", f"What is {id}?", f"Where is {id}?"],
    )


def report(id: str, *claims: Claim, summary: Sequence[str] = (), relations: Sequence[Relation] = ()) -> Report:
    record = {"id": id, "title": id, "publisher": id, "kind": "wire", "url": f"https://{id}.example/"}
    source = Source.model_validate(record | {"undated": "not seen"})
    gap = Gap(id=f"gap-{id}", says={"en": "the wounded"}, facets=["wounded"], asked=[f"Who was wounded in {id}?"])
    return Report(source=source, summary=[*summary], claims=[*claims], relations=[*relations], gaps=[gap])


def relation(a: str, b: str) -> Relation:
    return Relation(kind="updates", a=a, b=b)


# The shared claim stands in the first report and the third copies it before the second does.
SHARED = claim("shared", HOME, THIRD, SECOND)
REPORTS = (
    report(
        HOME,
        claim("own", HOME),
        SHARED,
        claim("lent", HOME, SECOND),
        summary=["lent", "own", "shared"],
        relations=[relation("shared", "lent"), relation("own", "lent")],
    ),
    report(SECOND, claim("late", SECOND, HOME), summary=["late"]),
    report(THIRD),
)
STORE = FactStore(REPORTS, (), (), (relation("late", "shared"), relation("late", "own")))


def ids(reports: Sequence[Report]) -> dict[str, list[str]]:
    return {each.source.id: [claim.id for claim in each.claims] for each in reports}


def kept(relations: Sequence[Relation]) -> list[tuple[str, str]]:
    return [(each.a, each.b) for each in relations]


def test_all_reports_together_are_the_same_claims_in_the_same_places() -> None:
    whole = STORE.restricted([HOME, SECOND, THIRD])
    assert whole.claims == STORE.claims
    assert ids(whole.reports) == ids(STORE.reports)
    assert [each.summary for each in whole.reports] == [each.summary for each in STORE.reports]
    assert [whole.relations_of(each.id) for each in whole.claims] == [STORE.relations_of(c.id) for c in STORE.claims]


def test_the_reports_that_are_left_stay_in_their_order_however_they_are_asked_for() -> None:
    assert list(ids(STORE.restricted([THIRD, HOME]).reports)) == [HOME, THIRD]
    assert STORE.restricted({SECOND, HOME}).version == STORE.restricted([HOME, SECOND, HOME]).version


def test_a_claim_that_no_report_that_is_left_carries_is_gone() -> None:
    one = STORE.restricted([SECOND])
    assert {claim.id for claim in one.claims} == {"shared", "lent", "late"}
    with pytest.raises(UnknownId, match='no claim has the id "own"'):
        one.claim("own")


def test_a_claim_stays_in_its_own_report_with_its_words_its_place_and_its_time() -> None:
    shared = STORE.restricted([HOME, SECOND]).claim("shared")
    assert shared.excerpt == Excerpt(text="words of the home", at="4.2")
    assert shared.as_of == AsOf(date="2031-05-12")


def test_a_claim_that_stays_forgets_the_copies_in_reports_that_are_gone() -> None:
    two = STORE.restricted([HOME, SECOND])
    assert two.claim("shared").also_in == [copy(SECOND)]
    assert [source.id for source in two.sources_of("shared")] == [HOME, SECOND]
    assert STORE.restricted([HOME]).claim("shared").also_in == []


def test_a_copied_claim_moves_to_the_report_that_is_left() -> None:
    one = STORE.restricted([SECOND])
    assert ids(one.reports) == {SECOND: ["shared", "lent", "late"]}
    assert [source.id for source in one.sources_of("shared")] == [SECOND]
    assert [claim.id for claim in one.carried_by(SECOND)] == ["shared", "lent", "late"]


def test_a_claim_that_moved_has_the_words_of_its_new_report_and_no_place_in_the_old_one() -> None:
    assert STORE.restricted([SECOND]).claim("shared").excerpt == Excerpt(text="words of the second", at=None)


def test_a_claim_that_moved_has_the_time_that_its_new_report_gives_and_none_where_that_gives_none() -> None:
    assert STORE.restricted([SECOND]).as_of("shared") == AsOf(date="2031-05-13")
    assert STORE.restricted([THIRD]).as_of("shared") is None


def test_a_claim_moves_to_the_first_report_that_copies_it_and_the_others_stay_copies() -> None:
    two = STORE.restricted([SECOND, THIRD])
    assert ids(two.reports) == {SECOND: ["lent", "late"], THIRD: ["shared"]}
    assert two.source_of("shared").id == THIRD
    assert two.claim("shared").also_in == [copy(SECOND)]
    assert two.claim("shared").excerpt.text == "words of the third"


def test_a_claim_that_moved_says_and_asks_what_it_did() -> None:
    moved = STORE.restricted([SECOND]).claim("shared")
    changed = {"excerpt", "as_of", "also_in"}
    assert moved.model_dump(exclude=changed) == SHARED.model_dump(exclude=changed)


def test_a_store_restricted_twice_is_a_store_restricted_once() -> None:
    twice = STORE.restricted([SECOND, THIRD]).restricted([SECOND])
    once = STORE.restricted([SECOND])
    assert {each.id: each for each in twice.claims} == {each.id: each for each in once.claims}
    assert kept(twice.relations_of("shared")) == kept(once.relations_of("shared"))


def test_a_summary_keeps_its_order_and_forgets_the_claims_that_are_gone() -> None:
    [home] = restricted_to((report(HOME, claim("own", HOME), summary=["gone", "own"]),), [HOME])
    assert home.summary == ["own"]
    assert STORE.restricted([HOME]).reports[0].summary == ["lent", "own", "shared"]


def test_a_claim_that_moved_enters_no_summary_of_its_new_report() -> None:
    assert STORE.restricted([SECOND]).reports[0].summary == ["late"]


def test_relations_stay_where_both_ends_do_even_where_the_claims_have_moved() -> None:
    one = STORE.restricted([SECOND])
    assert kept(one.relations_of("shared")) == [("shared", "lent"), ("late", "shared")]
    assert kept(one.relations_of("late")) == [("late", "shared")]
    assert one.chains.after("lent") == ("shared", "late")


def test_a_relation_is_held_once_whether_it_stood_in_a_report_or_between_two() -> None:
    home = STORE.restricted([HOME])
    assert kept(home.between) == [("shared", "lent"), ("own", "lent"), ("late", "shared"), ("late", "own")]
    assert kept(home.relations_of("own")) == [("own", "lent"), ("late", "own")]
    assert [each.relations for each in home.reports] == [[]]


def test_only_the_gaps_of_the_reports_that_are_left_are_known() -> None:
    assert [gap.id for gap in STORE.restricted([SECOND, THIRD]).gaps] == ["gap-second", "gap-third"]


def test_no_report_at_all_holds_nothing() -> None:
    empty = STORE.restricted([])
    assert (empty.reports, empty.claims, empty.gaps, empty.between) == ((), (), (), ())


def test_a_report_that_is_not_held_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownId) as found:
        STORE.restricted([HOME, "secund"])
    assert str(found.value) == 'no report has the id "secund"; the nearest is "second"'


def test_restricting_leaves_the_whole_store_as_it_was() -> None:
    before = STORE.version
    STORE.restricted([SECOND])
    assert STORE.version == before
    assert STORE.source_of("shared").id == HOME


def test_a_claim_that_moves_leaves_behind_where_its_check_is_told() -> None:
    moved = files.load().restricted(["bombay-0131"]).claim("bla-killed-84")
    assert moved.verification.by == "the-guardian" and moved.verification.at is None
