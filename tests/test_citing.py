"""How a message numbers its reports: in order of appearance, from one again where some go, and in short where many."""

from __future__ import annotations

import re

import pytest

from bot.citing import MANY, WITNESSES, Citations
from bot.dialogue import Line, Utterance
from bot.draft import TIGHT, Draft
from bot.languages import languages
from bot.sentences import Sentences, line
from knowledge import files
from knowledge.model import Claim, Source
from knowledge.store import FactStore

STORE = files.load()
WORDS = Sentences(STORE, languages()["en"])
APART = [claim for claim in STORE.claims if len(STORE.witnesses(claim.id)) == 1]
SHARED = next(claim for claim in STORE.claims if len(STORE.witnesses(claim.id)) > WITNESSES)


def of_different_reports(number: int) -> list[Claim]:
    """Claims that each stand in one report only, and no two in the same."""
    found: dict[str, Claim] = {}
    for claim in APART:
        found.setdefault(STORE.source_of(claim.id).id, claim)
    return list(found.values())[:number]


def citations(tight: bool = False) -> Citations:
    return Citations(WORDS, tight)


def text(line: Line) -> str:
    return "".join(span.text for span in line.spans)


def marks(lines: tuple[Line, ...] | list[Line]) -> list[str]:
    return [mark for each in lines for mark in re.findall(r"\[\d+\]", text(each))]


# -- numbers ----------------------------------------------------------------------------------------


def test_reports_are_numbered_in_the_order_in_which_they_are_cited() -> None:
    cited = citations()
    assert [cited.mark(claim) for claim in of_different_reports(3)] == ["[1]", "[2]", "[3]"]


def test_a_report_keeps_its_number_however_often_it_is_cited() -> None:
    cited, (first, second) = citations(), of_different_reports(2)
    assert [cited.mark(claim) for claim in (first, second, first)] == ["[1]", "[2]", "[1]"]
    assert cited.number(STORE.source_of(first.id)) == "[1]"


def test_of_the_independent_reports_of_a_claim_a_few_are_named() -> None:
    assert citations().mark(SHARED) == "[1][2]"
    assert citations().mark(SHARED, most=1) == "[1]"
    assert citations(tight=True).mark(SHARED) == "[1]"


def test_a_claim_is_cited_again_from_the_reports_that_were_named_for_it() -> None:
    cited = citations()
    assert cited.mark(SHARED, most=1) == cited.mark(SHARED) == "[1]"


def test_reports_that_copy_one_another_are_not_both_named() -> None:
    copied = next(c for c in STORE.claims if len(STORE.sources_of(c.id)) > len(STORE.witnesses(c.id)) == 1)
    assert citations().mark(copied) == "[1]"


# -- lines ------------------------------------------------------------------------------------------


def test_each_cited_report_has_one_line_with_its_number_and_address() -> None:
    cited, claims = citations(), of_different_reports(2)
    for claim in (*claims, claims[0]):
        cited.mark(claim)
    lines = cited.lines(claim.id for claim in (*claims, *claims))
    sources = [STORE.source_of(claim.id) for claim in claims]
    assert [each.kind for each in lines] == ["source", "source"] and marks(lines) == ["[1]", "[2]"]
    assert [span.href for each in lines for span in each.spans if span.href] == [str(each.url) for each in sources]


def test_a_claim_that_was_never_cited_has_no_line() -> None:
    assert citations().lines([APART[0].id]) == []


def lines_of(number: int, tight: bool = False) -> tuple[list[str], list[Source]]:
    """The lines of so many reports, and the reports."""
    cited, claims = citations(tight), of_different_reports(number)
    for claim in claims:
        cited.mark(claim)
    found = [text(each) for each in cited.lines(claim.id for claim in claims)]
    return found, [STORE.source_of(claim.id) for claim in claims]


def test_few_reports_are_named_by_their_titles() -> None:
    lines, sources = lines_of(MANY)
    assert all(source.title in each for each, source in zip(lines, sources, strict=True))


@pytest.mark.parametrize(("number", "tight"), [(MANY + 1, False), (1, True)])
def test_many_reports_or_little_room_leave_the_publisher_alone(number: int, tight: bool) -> None:
    lines, sources = lines_of(number, tight)
    for each, source in zip(lines, sources, strict=True):
        assert source.publisher in each and source.title not in each


# -- where lines are left out ------------------------------------------------------------------------


def test_reports_are_counted_from_one_again_where_the_first_one_went() -> None:
    cited, claims = citations(), of_different_reports(3)
    told = [line("claim", f"{claim.id} {cited.mark(claim)}.", claim.id) for claim in claims]
    kept = [claims[2].id, claims[1].id]
    renumbered = cited.renumbered([told[2], told[1], *cited.lines(kept)], kept)
    assert marks(renumbered) == ["[1]", "[2]", "[1]", "[2]"]
    assert claims[2].id in text(renumbered[0]) and str(STORE.source_of(claims[2].id).url) in str(renumbered[2].spans)


def test_lines_stay_as_they_are_where_no_report_went() -> None:
    cited, claims = citations(), of_different_reports(2)
    told = [line("claim", f"{claim.id} {cited.mark(claim)}.", claim.id) for claim in claims]
    assert cited.renumbered(told, [claim.id for claim in claims]) == tuple(told)


def test_figures_in_other_brackets_and_their_style_are_left_alone() -> None:
    cited, (first, second) = citations(), of_different_reports(2)
    cited.mark(first)
    told = line("claim", f"*31* (2026) [x] {cited.mark(second)}", second.id)
    (renumbered,) = cited.renumbered([told], [second.id])
    assert text(renumbered) == "31 (2026) [x] [1]" and [span.bold for span in renumbered.spans] == [True, False]


@pytest.mark.parametrize("room", [0, 350, 500, TIGHT, 900, 1500, 4000])
def test_a_message_of_any_length_numbers_its_reports_without_a_hole(room: int) -> None:
    draft = Draft(WORDS, room)
    draft.claims(of_different_reports(8))
    message = draft.message("answered", room)
    listed = [marks([each])[0] for each in message.lines if each.kind == "source"]
    used = {mark for each in message.lines if each.kind != "source" for mark in marks([each])}
    assert listed == [f"[{number}]" for number in range(1, len(listed) + 1)]
    assert used == set(listed) and message.answers


def test_a_message_names_the_reports_of_the_claims_that_stayed_and_no_others() -> None:
    draft = Draft(WORDS, 700)
    draft.claims(of_different_reports(8))
    message = draft.message("answered", 700)
    addresses = {span.href for each in message.lines if each.kind == "source" for span in each.spans if span.href}
    assert message.shortened
    assert addresses == {str(STORE.source_of(id).url) for id in message.answers}


def test_a_tiny_store_cites_its_only_report_once(store: FactStore) -> None:
    draft = Draft(Sentences(store, languages()["en"]), Utterance("").room)
    draft.claims([store.claim("tarn-blames-engine"), store.claim("passengers-rescued")])
    message = draft.message("answered", 4000)
    assert [marks([each]) for each in message.lines if each.kind == "source"] == [["[1]"]]
