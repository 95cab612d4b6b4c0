"""Messages written out: nothing unescaped, links kept, pages that never part a heading from its claim."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import Line, Message, Span
from bot.markup import html, pages, plain

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
spans = st.builds(Span, texts, st.booleans(), st.sampled_from([None, 'https://a.example/?b=1&c="2"\'']))
lines = st.builds(Line, st.sampled_from(["heading", "claim", "note", "source"]), st.lists(spans, max_size=4).map(tuple))


def message(*lines: Line) -> Message:
    return Message(lines, "answered", "en")


class Strict(HTMLParser):
    """Collects the text of HTML and refuses tags that Telegram does not take or that are not closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.read = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("a", "b")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.read += data


def test_bold_links_and_headings() -> None:
    said = message(
        Line("heading", (Span("On deaths:"),)),
        Line("claim", (Span("31", bold=True), Span(" & <more>"))),
        Line("source", (Span("[1] "), Span("Title", href="https://a.example/?x=1&y=2"))),
    )
    assert html(said) == (
        '<b>On deaths:</b>\n<b>31</b> &amp; &lt;more&gt;\n[1] <a href="https://a.example/?x=1&amp;y=2">Title</a>'
    )
    assert plain(said) == "On deaths:\n31 & <more>\n[1] Title\n    https://a.example/?x=1&y=2"


def test_a_second_heading_has_a_blank_line_before_it() -> None:
    heading = Line("heading", (Span("A"),))
    assert plain(message(heading, heading)) == "A\n\nA"


def test_a_page_never_ends_with_a_heading() -> None:
    claim = Line("claim", (Span("x" * 30),))
    split = pages(message(claim, Line("heading", (Span("On what follows:"),)), claim), 60)
    assert split == ("x" * 30, "<b>On what follows:</b>\n" + "x" * 30)


def test_a_line_longer_than_a_page_stands_alone() -> None:
    short, long = Line("note", (Span("short"),)), Line("claim", (Span("y" * 90),))
    assert pages(message(short, long, short), 50) == ("short", "y" * 90, "short")


@given(st.lists(lines, min_size=1, max_size=8))
def test_html_is_whole_and_says_the_same(said: list[Line]) -> None:
    parser = Strict()
    parser.feed(html(message(*said)))
    parser.close()
    assert parser.open == []
    assert parser.read.split() == "\n".join("".join(s.text for s in line.spans) for line in said).split()


@given(st.lists(lines.filter(lambda line: line.kind != "heading"), min_size=1, max_size=12), st.integers(250, 400))
def test_pages_lose_nothing_and_fit(said: list[Line], limit: int) -> None:
    split = pages(message(*said), limit)
    assert "".join("".join(split).split()) == "".join(html(message(*said)).split())
    for page in split:
        parser = Strict()
        parser.feed(page)
        parser.close()
        assert parser.open == [] and len(parser.read) <= limit
