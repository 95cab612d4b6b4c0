"""What changed, day by day; everything in the order of its days; and the reports that answers come from."""

from __future__ import annotations

import re

import pytest
from talk import DESK, STORE

from bot.dialogue import Line, Message, Utterance
from bot.languages import languages
from bot.markup import plain
from bot.surveys import BEFORE, DURING, View
from bot.views import Views
from knowledge.dates import span
from knowledge.store import FactStore

WHOLE = 200_000  # characters: room for everything
MARK = re.compile(r"\[(\d+)\]")


def shown(view: View, subject: str = "", room: int = WHOLE, language: str = "en") -> Message:
    return DESK.view(view, subject, Utterance("", room=room, language=language)).message


def text(line: Line) -> str:
    return "".join(span.text for span in line.spans)


def headings(message: Message) -> list[str]:
    return [text(line).rstrip(":") for line in message.lines if line.kind == "heading"]


def sections(message: Message) -> dict[str, list[str]]:
    """The claims that stand below each heading."""
    found: dict[str, list[str]] = {}
    for line in message.lines:
        if line.kind == "heading":
            found[text(line).rstrip(":")] = []
        elif line.kind == "claim" and line.claim:
            found[list(found)[-1]].append(line.claim)
    return found


def replaced(claim: str) -> str:
    """The toll that came right before a toll."""
    return next(id for id in STORE.chains.before(claim) if STORE.is_toll(id))


CHANGES, TIMELINE = shown("changes"), shown("timeline")
CHANGED = [line for line in CHANGES.lines if line.kind == "claim"]

# -- what changed ---------------------------------------------------------------------------------------


def test_changes_run_from_the_newest_day_to_the_oldest() -> None:
    days = headings(CHANGES)
    assert days[0] == "6 February 2026" and days[-1] == "31 January 2026"
    ages = [as_of.order for line in CHANGED if line.claim and (as_of := STORE.as_of(line.claim))]
    assert len(ages) == len(CHANGED) > 10 and ages == sorted(ages, reverse=True)


def test_each_figure_stands_below_its_own_day_beside_the_one_that_it_replaced() -> None:
    below = sections(CHANGES)
    assert "b6-sec-362-newsanalysis" in below["6 February 2026"] and "g2-civ-33-asif" in below["2 February 2026"]
    for line in CHANGED:
        assert line.claim
        figures = [STORE.claim(id).quantities[0].number for id in (line.claim, replaced(line.claim))]
        assert all(f"{number:,}" in text(line) for number in figures if number is not None)


def test_the_older_figure_is_told_with_its_claimant_and_report() -> None:
    line = next(line for line in CHANGED if line.claim == "b6-sec-362-newsanalysis")
    now, then = text(line).split("before that")
    assert "362" in now and "Baloch Liberation Army" in now and "310" in then and "Baloch Liberation Army" in then
    assert len(MARK.findall(now)) == len(MARK.findall(then)) == 1


def test_a_figure_that_repeats_the_one_before_it_is_no_change() -> None:
    told = {line.claim for line in CHANGED}
    assert "h4-civ-36-afp" in told and "i5-sec-22-aaj" not in told
    for id in told - {None}:
        now, then = (STORE.claim(each).quantities[0] for each in (str(id), replaced(str(id))))
        assert now != then


def test_the_first_word_of_a_chain_is_no_change() -> None:
    assert not {line.claim for line in CHANGED} & {"bla-killed-84", "d1-civ-5-abbtakk", "d1-civ-17-bbcurdu"}


def test_both_figures_of_a_change_are_among_the_answers() -> None:
    assert all({line.claim, replaced(line.claim)} <= set(CHANGES.answers) for line in CHANGED if line.claim)


def test_little_room_keeps_the_newest_changes_and_says_that_more_is_held() -> None:
    short = shown("changes", room=900)
    assert short.shortened and len(plain(short)) < 1800
    assert next(line.claim for line in short.lines if line.claim) == CHANGED[0].claim
    assert 0 < len(short.answers) < len(CHANGES.answers)


@pytest.mark.parametrize("language", languages())
def test_changes_are_the_same_in_every_language(language: str) -> None:
    assert shown("changes", language=language).answers == CHANGES.answers


# -- day by day -----------------------------------------------------------------------------------------


def test_the_days_of_the_timeline_come_after_what_lies_before_them_and_in_their_order() -> None:
    words = DESK.renderer.words("en")
    found = headings(TIMELINE)
    around = [words.label(time) for time in (*BEFORE, *DURING)]
    assert [heading.lower() for heading in found[: len(around)]] == [each.lower() for each in around]
    days = [heading for heading in found if re.fullmatch(r"\d+ \w+ 2026", heading)]
    assert days[:4] == ["31 January 2026", "1 February 2026", "2 February 2026", "3 February 2026"]
    assert found.index("31 January 2026") >= len(around)


def test_a_dated_claim_stands_below_its_day_and_within_the_day_by_its_hour() -> None:
    written = DESK.renderer.words("en").written_date
    for heading, ids in sections(TIMELINE).items():
        if re.fullmatch(r"\d+ \w+ 2026", heading):
            alone = [id for id in ids if not set(STORE.other_sides(id)) & set(ids)]  # others stand beside their claim
            times = [as_of for id in alone if (as_of := STORE.as_of(id))]
            assert {written(as_of.date) for as_of in times} == {heading}
            assert [as_of.order for as_of in times] == sorted(as_of.order for as_of in times)


def test_a_figure_that_a_later_one_replaced_is_not_in_the_timeline_by_itself() -> None:
    beside = {other for id in TIMELINE.answers for other in STORE.other_sides(id)}
    overtaken = {id for id in TIMELINE.answers if STORE.as_of(id) and STORE.chains.after(id)}
    assert overtaken <= beside and "i5-civ-36-pm" in TIMELINE.answers and "n1-civ-18-ap" not in TIMELINE.answers


def test_what_no_report_dates_keeps_out_of_the_days() -> None:
    for heading, ids in sections(TIMELINE).items():
        if "2026" in heading:
            assert all(STORE.as_of(id) for id in ids)


def test_a_store_without_dates_has_no_days_and_no_changes(store: FactStore) -> None:
    desk = type(DESK)(store, DESK.languages)
    views = Views(desk.renderer, desk.taggers)
    lines = views.view("timeline", "", Utterance("", room=WHOLE)).message.lines
    assert not [line for line in lines if line.kind == "heading" and re.search(r"\d", text(line))]


# -- the reports ----------------------------------------------------------------------------------------


def counts(message: Message) -> list[int]:
    return [int(found[1]) for line in message.lines if (found := re.search(r"claims taken from it: (\d+)", text(line)))]


def test_every_report_is_listed_once_and_those_with_the_most_claims_first() -> None:
    message = shown("sources")
    addresses = [span.href for line in message.lines if line.kind == "source" for span in line.spans if span.href]
    assert sorted(addresses) == sorted(str(report.source.url) for report in STORE.reports)
    assert counts(message) == sorted((len(STORE.carried_by(r.source.id)) for r in STORE.reports), reverse=True)


def test_a_report_is_listed_with_its_publisher_its_date_and_whose_reporting_it_passes_on() -> None:
    lines = [text(line) for line in shown("sources", "wtop").lines]
    dated = [STORE.source(id).published for id in ("ap-0131-wtop", "ap-0202-wtop")]
    assert [span(day)[0].day for day in dated if day] == [31, 2]
    listed = "\n".join(lines)
    assert listed.count("Associated Press (via WTOP)") == 2 == listed.count("passes on reporting by")
    assert "31 January 2026" in listed and "2 February 2026" in listed


@pytest.mark.parametrize("subject", ["reuters", "REUTERS", "Al Jazeera", "ary news"])
def test_part_of_a_name_narrows_the_reports(subject: str) -> None:
    lines = [line for line in shown("sources", subject).lines if line.kind == "source"]
    assert 0 < len(lines) < len(STORE.reports)
    held = {str(report.source.url): report.source for report in STORE.reports}
    for line in lines:
        source = next(held[span.href] for span in line.spans if span.href)
        named = f"{source.publisher} {source.title} {source.id} {source.relays}".lower()
        assert all(word in named for word in subject.lower().split())


def test_a_publisher_without_a_report_is_said_to_have_none() -> None:
    message = shown("sources", "zzz")
    assert not [line for line in message.lines if line.kind == "source"]
    assert 'No report of "zzz".' in plain(message)


def test_the_reports_hold_no_claim_and_number_themselves_from_one() -> None:
    message = shown("sources")
    assert message.answers == ()
    numbers = [int(MARK.findall(text(line))[0]) for line in message.lines if line.kind == "source"]
    assert numbers == list(range(1, len(STORE.reports) + 1))
