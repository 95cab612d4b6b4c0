"""Replies in words: each figure with claimant and source, no denied claim without its denial, no half claims."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import Message, Part, Question, Reason, Reply, Suggestion, Tag
from bot.languages import languages
from bot.markup import html, plain
from bot.render import Renderer
from knowledge import files
from knowledge.model import Claim
from knowledge.store import FactStore

FOUNDING = files.load().restricted(["crackdown-article"])
RENDERER = Renderer(FOUNDING, languages())
CLAIMS = {claim.id: claim for claim in FOUNDING.claims}


def claims(*ids: str) -> tuple[Claim, ...]:
    return tuple(CLAIMS[id] for id in ids)


def said(part: Part, room: int = 4000) -> Message:
    return RENDERER.message(Reply((part,), "answered"), "en", room)


def text(message: Message) -> str:
    return "\n".join("".join(span.text for span in line.spans) for line in message.lines)


def told(id: str) -> str:
    """The answer that holds this claim alone."""
    return text(said(Part("answer", answers=claims(id))))


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", re.sub(r"\[\d+\]|https?://\S+", "", text)))


def held(ids: tuple[str, ...]) -> set[str]:
    """The figures of these claims, in digits."""
    return {str(q.number) for id in ids for q in CLAIMS[id].quantities if q.number is not None}


def test_a_figure_comes_first_then_its_claimant_and_the_other_figure() -> None:
    part = Part("answer", Question("count"), claims("toll-civilians", "toll-security"), claims("bla-killed-84"))
    assert text(said(part)).splitlines() == [
        "At least 31 civilians were killed in the attacks in Balochistan [1], in the report's own account; "
        "it names no official for the count.",
        "At least 17 security personnel were killed in the attacks in Balochistan [1], in the report's own account.",
        "Another figure: The Baloch Liberation Army (BLA) says that it killed 84 security personnel in the attacks "
        "in Balochistan [1]. The Guardian has not independently verified that.",
        '[1] Capital Post (UK), "Pakistan Intensifies Crackdown on Baloch Separatists After Major Assaults"; '
        "the report gives no calendar date.",
    ]


def test_figures_are_bold_and_the_source_is_linked() -> None:
    message = said(Part("answer", answers=claims("toll-civilians")))
    assert [span.text for span in message.lines[0].spans if span.bold] == ["31"]
    assert [span.href for span in message.lines[-1].spans if span.href] == [str(FOUNDING.reports[0].source.url)]


@pytest.mark.parametrize(
    ("intent", "begins"),
    [
        ("count", "At least 31 civilians"),
        ("whosays", "The report gives this in its own account and names no official for the count:"),
        ("verified", "No independent check of this is reported"),
    ],
)
def test_what_was_asked_comes_first(intent: str, begins: str) -> None:
    message = said(Part("answer", Question(intent), claims("toll-civilians")))
    assert text(message).startswith(begins)


def test_each_status_is_said() -> None:
    assert "The Guardian has not independently verified that." in text(
        said(Part("answer", answers=claims("bla-killed-84")))
    )
    assert "Pakistan's military has not commented on that." in text(
        said(Part("answer", answers=claims("khuzdar-captured-7")))
    )


def test_a_correction_is_led_by_a_plain_line() -> None:
    message = said(Part("correction", Question("why"), claims("india-denies"), claims("naqvi-blames-india")))
    first, second, third, _ = text(message).splitlines()
    assert first == "The report does not say that."
    assert second.startswith("Delhi") and third.startswith("What is denied: Mohsin Naqvi")


@pytest.mark.parametrize("verdict", ["matches", "differs", "disputed", "not-reported"])
def test_a_verdict_is_never_true_or_false(verdict: str) -> None:
    part = Part("verdict", Question("plain"), claims("toll-civilians"), verdict=verdict)  # type: ignore[arg-type]
    message = RENDERER.message(Reply((part,), "answered", verdict), "en", 4000)  # type: ignore[arg-type]
    assert message.verdict == verdict
    assert not re.search(r"\b(true|false|yes|fake)\b", text(message), re.IGNORECASE)


def test_an_abstention_names_what_is_not_reported_and_what_can_be_asked() -> None:
    wounded = Tag("content", ("wounded",), 0, 1, "hurt")
    karachi = Tag("content", ("karachi",), 1, 2, "khi")
    question = Question("count", topics=(wounded,), places=(karachi,))
    reason = Reason("not-reported", "hurt")
    message = said(Part("abstention", question, reason=reason, suggestions=(Suggestion(CLAIMS["toll-civilians"]),)))
    assert text(message).splitlines() == [
        "No report of wounded people.",
        "The question was read as: wounded people, Karachi.",
        "What can be asked: How many civilians were killed in the attacks in Balochistan?",
    ]
    assert [(button.action.kind, button.action.claim) for button in message.buttons] == [("ask", "toll-civilians")]


def test_a_gap_is_named() -> None:
    gap = next(gap for gap in FOUNDING.gaps if gap.id == "wounded")
    message = said(Part("abstention", Question("count"), reason=Reason("gap", gap=gap)))
    assert text(message).splitlines()[0] == "The report gives no number of wounded people."
    assert len(message.buttons) == 3


@pytest.mark.parametrize("typed", ["goats", "<b>goats</b>", "84 goats", "g" * 200, "\u202estaog", 'go"ats', ""])
def test_somebodys_own_words_come_back_short_without_figures_and_without_tricks(typed: str) -> None:
    message = said(Part("abstention", Question("count"), reason=Reason("unknown-word", typed)))
    first = html(message).splitlines()[0]
    assert first in ('No report speaks of "goats".', 'No report speaks of "staog".', "No report of that.")


def test_several_parts_have_headings_and_a_silent_one_spoils_nothing() -> None:
    killed = Question("count", topics=(Tag("content", ("killed",), 0, 1, "killed"),))
    hurt = Question("count", topics=(Tag("content", ("wounded",), 0, 1, "hurt"),))
    parts = (
        Part("answer", killed, claims("toll-civilians")),
        Part("abstention", hurt, reason=Reason("not-reported", "hurt")),
    )
    lines = text(RENDERER.message(Reply(parts, "answered"), "en", 4000)).splitlines()
    assert lines[0] == "On deaths:" and lines[2:4] == ["On wounded people:", "No report of wounded people."]


@pytest.mark.parametrize(
    "kind",
    ["insult", "human", "identity", "ability", "thanks", "bye", "greeting", "praise", "ok", "offtopic"],
)
def test_small_talk_is_calm_and_without_figures(kind: str) -> None:
    written = text(said(Part("smalltalk", reason=Reason(kind))))
    assert written and "!" not in written and not figures(written)


def test_every_facet_and_population_has_a_name() -> None:
    words = RENDERER.words("en")
    assert [facet.id for facet in FOUNDING.facets if not words.label(facet.id)] == []


def test_no_template_holds_a_figure_or_an_exclamation_mark() -> None:
    wrong = [key for key, value in languages()["en"].replies.items() if re.search(r"[\d!]", value)]
    assert wrong == []


def test_little_room_leaves_out_whole_claims_and_says_so() -> None:
    part = Part("overview", Question("overview"), FOUNDING.claims)
    message = said(part, room=700)
    assert len(text(message)) <= 700 and message.shortened
    assert "More is reported on this; ask for more." in text(message)
    assert message.buttons[-1].action.kind == "more"
    assert set(message.answers) == {line.claim for line in message.lines if line.kind == "claim"}


def test_sources_are_numbered_and_listed_once(store: FactStore) -> None:
    part = Part(
        "answer", Question("count"), tuple(store.claim(id) for id in ("sailors-killed", "sailors-killed-later"))
    )
    lines = text(Renderer(store, languages()).message(Reply((part,), "answered"), "en", 4000)).splitlines()
    assert [line[:24] for line in lines[-2:]] == ["[1] The Velmora Letter, ", '[2] Coast Radio, "Velmor']
    assert lines[-1].endswith("published 14 May 2031.")


def test_more_than_one_report_is_spoken_of_in_the_plural(store: FactStore) -> None:
    part = Part("correction", Question("why"), (store.claim("sailors-killed"),))
    written = text(Renderer(store, languages()).message(Reply((part,), "answered"), "en", 4000))
    assert written.startswith("The reports do not say that.")


subsets = st.lists(st.sampled_from(sorted(CLAIMS)), min_size=1, max_size=9, unique=True)
kinds = st.sampled_from(["answer", "overview", "correction"])
intents = st.sampled_from(["count", "whosays", "verified", "plain"])


@given(ids=subsets, beside=subsets, kind=kinds, intent=intents, room=st.integers(0, 3000))
def test_nothing_is_ever_said_without_its_claimant_source_and_denial(
    ids: list[str], beside: list[str], kind: str, intent: str, room: int
) -> None:
    related = tuple(CLAIMS[id] for id in beside if id not in ids)
    part = Part(kind, Question(intent), claims(*ids), related)  # type: ignore[arg-type]
    message = said(part, room)
    written = plain(message)
    shown = {line.claim for line in message.lines if line.claim}
    assert shown == {*message.answers, *message.related} and set(message.answers) <= set(ids)
    assert figures(written) <= held((*message.answers, *message.related))
    assert "[1] Capital Post (UK)" in written and "{" not in written
    for line in message.lines:
        if line.claim:
            claim, sentence = CLAIMS[line.claim], "".join(span.text for span in line.spans)
            speaker = claim.attribution.speaker
            assert (FOUNDING.name(speaker).label["en"] if speaker else "report") in sentence
            assert claim.says["en"].replace("*", "") in sentence
    for id in shown:
        if CLAIMS[id or ""].verification.status in ("denied", "contradicted"):
            assert set(FOUNDING.other_sides(id or "")) <= shown
