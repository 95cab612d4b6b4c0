"""The steps of a history, over all that is held and over chains made up for it: last, first, before, after, since."""

from __future__ import annotations

from datetime import date

import pytest
from talk import STORE, last

from bot.dialogue import Candidate, Message, Part, Question, Tag
from bot.history import CHANGED, FIRST, LATEST, MOST_CHANGES, NEXT, PREVIOUS, History
from bot.period import Period
from knowledge.model import AsOf, Attribution, Claim, Quantity, Relation
from knowledge.store import FactStore


def claimants(message: Message) -> list[str | None]:
    return [STORE.claim(id).attribution.speaker for id in message.answers]


# -- over all that is held --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "never"),
    [
        ("How many militants were killed as of 1 February?", "toll-militants-bugti", "g2-mil-177-ap"),
        ("How many militants were killed by the night of 31 January?", "n1-mil-133-ap", "toll-militants-bugti"),
        ("How many civilians were killed by the evening of 31 January?", "e1-civ-11-reuters", "n1-civ-18-ap"),
        ("How many civilians were killed on 1 February?", "f1-civ-31-ipost", "g2-civ-33-asif"),
        ("1 February tak kitne shehri mare gaye?", "f1-civ-31-ipost", "g2-civ-33-asif"),
        ("1 فروری تک کتنے شہری ہلاک ہوئے؟", "f1-civ-31-ipost", "g2-civ-33-asif"),
    ],
)
def test_a_day_gives_the_word_that_held_then(text: str, first: str, never: str) -> None:
    message = last(text)
    assert message.status == "answered" and message.answers[0] == first and never not in message.answers


def test_a_word_of_a_day_names_its_own_claimant_and_the_latest_beside() -> None:
    message = last("How many civilians were killed as of 2 February?")
    assert claimants(message) == ["khawaja-asif"] and "i5-civ-36-pm" in message.related


def test_before_the_first_word_there_is_none() -> None:
    message = last("How many civilians were killed as of 29 January?")
    assert (message.status, message.answers) == ("unknown", ())


def test_without_a_day_the_last_word_answers() -> None:
    message = last("How many militants were killed?")
    assert set(message.answers) == {"i5-mil-216-ispr", "i5-mil-216-pm"}


def test_a_figure_that_is_asked_about_stays_the_answer() -> None:
    message = last("Were 18 civilians killed?")
    assert message.answers == ("n1-civ-18-ap",) and "i5-civ-36-pm" in message.related


def test_the_first_words_are_the_oldest_of_their_chains_in_order() -> None:
    message = last("What was the first toll of civilians?")
    assert message.answers == ("d1-civ-5-abbtakk", "d1-civ-17-bbcurdu")
    assert claimants(message) == ["security-sources", "bbc-urdu"]


def test_the_whole_history_of_a_toll_runs_from_the_last_word_to_the_first() -> None:
    message = last("How has the militants' toll changed?")
    assert message.answers[0] == "i5-mil-216-pm" and message.answers[-1] == "d1-mil-70-rind"
    days = [as_of.order[0] for id in message.answers if (as_of := STORE.as_of(id))]
    assert len(days) == len(message.answers) > 5 and days == sorted(days, reverse=True)
    assert not any(set(STORE.chains.after(id)) & set(message.answers[at:]) for at, id in enumerate(message.answers))


@pytest.mark.parametrize(
    ("texts", "answers"),
    [
        (("How many civilians were killed?", "what was the previous figure?"), ("g2-civ-33-asif",)),
        (("How many civilians were killed as of 1 February?", "what came after that?"), ("g2-civ-33-asif",)),
        (
            ("How many civilians were killed as of 2 February?", "what was the latest figure?"),
            ("i5-civ-36-newsinc", "i5-civ-36-pm"),
        ),
    ],
)
def test_a_follow_up_moves_along_the_chain(texts: tuple[str, ...], answers: tuple[str, ...]) -> None:
    assert last(*texts).answers == answers


def test_what_is_new_since_a_day_is_on_the_matter_and_not_overtaken() -> None:
    message = last("How many civilians were killed since 1 February?")
    assert message.answers[0] == "i5-civ-36-pm" and "f1-civ-31-ipost" not in message.answers
    for id in message.answers:
        as_of = STORE.as_of(id)
        assert as_of and as_of.order > Period("since", date(2026, 2, 1)).order
        assert not set(STORE.chains.after(id)) & set(message.answers)


def test_what_a_day_brought_belongs_to_that_day() -> None:
    message = last("What happened on 3 February?")
    assert "h3-mil-197-ptv" in message.answers and "h3-civ-36-ptv" in message.answers
    assert len(message.answers) <= MOST_CHANGES
    assert all(Period("on", date(2026, 2, 3)).holds(STORE.as_of(id), figure=False) for id in message.answers)


# -- over chains made up for it ---------------------------------------------------------------------------

NUMBERS = {"one": 5, "two": 8, "again": 8, "three": 12, "rival": 40, "alone": 3}
DAYS = {"one": 1, "two": 2, "again": 3, "three": 4, "rival": 4, "alone": 2}


def made() -> FactStore:
    """One toll in four steps, the third of which repeats the second; a rival of its last word; one apart."""

    def toll(id: str) -> Claim:
        quantity = Quantity(number=NUMBERS[id], bound="exactly", of="civilians")
        changes = {"id": id, "quantities": [quantity], "as_of": AsOf(date=f"2026-02-0{DAYS[id]}"), "also_in": []}
        return STORE.claim("toll-civilians").model_copy(update=changes | {"attribution": Attribution(speaker=None)})

    report = STORE.reports[0].model_copy(update={"claims": [toll(id) for id in NUMBERS], "relations": []})
    steps = [("two", "one"), ("again", "two"), ("three", "again")]
    between = [Relation(kind="updates", a=a, b=b) for a, b in steps]
    between.append(Relation(kind="conflicts", a="rival", b="three"))
    return FactStore((report,), STORE.names, STORE.facets, tuple(between))


MADE = made()
HISTORY = History(MADE)


def asking(*cues: str, period: Period | None = None, number: int | None = None) -> Question:
    numbers = () if number is None else (Tag("number", (), 0, 1, str(number), number=number),)
    return Question("count", cues=frozenset(cues), period=period, numbers=numbers)


def of(*ids: str) -> list[Claim]:
    return [MADE.claim(id) for id in ids]


def told(part: Part | None) -> list[str]:
    return [claim.id for claim in part.answers] if part else []


@pytest.mark.parametrize(
    ("question", "chosen", "fitting", "settled"),
    [
        (asking(), ["one"], {"one", "two", "again", "three"}, ["three"]),
        (asking(), ["one"], {"one", "two"}, ["two"]),
        (asking(), ["one", "alone"], {"one", "two", "alone"}, ["two", "alone"]),
        (asking(), ["alone"], {"alone"}, ["alone"]),
        (asking(FIRST), ["three", "alone"], {"one", "two", "three", "alone"}, ["one"]),
        (asking(FIRST), ["alone"], {"alone"}, ["alone"]),
        (asking(number=5), ["one"], set(NUMBERS), ["one"]),
        (asking(number=99), ["one"], set(NUMBERS), ["three"]),
    ],
)
def test_a_chain_is_settled_on_its_last_word_that_fits(
    question: Question, chosen: list[str], fitting: set[str], settled: list[str]
) -> None:
    assert [claim.id for claim in HISTORY.settled(question, of(*chosen), fitting)] == settled


@pytest.mark.parametrize(
    ("cue", "last", "answers"),
    [
        (PREVIOUS, "three", ["again"]), (PREVIOUS, "again", ["one"]), (PREVIOUS, "one", []),
        (NEXT, "one", ["two"]), (NEXT, "two", ["three"]), (NEXT, "three", []),
        (LATEST, "one", ["three"]), (LATEST, "alone", ["alone"]),
        (FIRST, "three", ["one"]), (CHANGED, "two", ["three", "again", "two", "one"]), (CHANGED, "alone", []),
    ],
)  # fmt: skip
def test_the_step_that_is_asked_for_is_told_and_a_repeated_figure_is_none(
    cue: str, last: str, answers: list[str]
) -> None:
    assert told(HISTORY.told(asking(cue), of(last))) == answers


def test_the_other_side_of_the_last_word_stands_beside_a_history() -> None:
    part = HISTORY.whole(asking(CHANGED), of("one"))
    assert part is not None and part.kind == "history" and [claim.id for claim in part.related] == ["rival"]


def test_since_a_day_a_later_word_leaves_the_earlier_one_out() -> None:
    candidates = [Candidate(MADE.claim(id)) for id in ("two", "three", "alone")]
    part = HISTORY.since(asking(period=Period("since", date(2026, 2, 1))), candidates)
    assert told(part) == ["three", "alone"] and part and part.reason and part.reason.key == "since"
    broken = [Candidate(MADE.claim("three"), broken=("place",))]
    assert HISTORY.since(asking(), broken) is None


def test_a_day_is_told_in_its_order_and_a_day_without_news_not_at_all() -> None:
    assert told(HISTORY.on(asking(period=Period("on", date(2026, 2, 2))))) == ["two", "alone"]
    assert HISTORY.on(asking(period=Period("on", date(2026, 3, 1)))) is None
