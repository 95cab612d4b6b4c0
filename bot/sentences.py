"""The words for one claim: who says it, what, in which source, and how far it has been checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.dating import day_in_words, in_words, written
from bot.dialogue import Line, LineKind, Span
from bot.languages import FALLBACK, Language
from bot.text import strip_controls
from knowledge.model import Claim, Quantity, Source, TitleBasis, Wording
from knowledge.store import FactStore

Style = Literal["full", "brief", "attribution", "verification"]
LONGEST_NAME = 40  # characters of somebody's own words that are said back
LINKED = "\n"  # stands for the linked words while a template is filled
RIGHT_TO_LEFT, ISOLATE, ISOLATED = "\u200f", "\u2068", "\u2069"  # marks that nobody sees; they order a line
SOURCE: dict[TitleBasis, str] = {"page": "source", "address": "source-address", "described": "source-described"}
FIGURE = "*"  # stands on both sides of a figure in a claim's words


class Sentences:
    """One language's words for the claims of a store; a template that is missing raises KeyError."""

    def __init__(self, store: FactStore, language: Language) -> None:
        self.store = store
        self.language = language
        self._names = {name.id: name for name in store.names}

    def text(self, key: str, **named: object) -> str:
        """The text under a key with its places filled."""
        return self.language.replies[key].format(**named)

    def several(self, key: str, **named: object) -> str:
        """The text for one report, or the one for more of them."""
        return self.text(f"{key}-{'one' if len(self.store.reports) == 1 else 'several'}", **named)

    def worded(self, wording: Wording) -> str:
        """A curated text in this language; in English where it has not been put into it yet."""
        own = wording.get(self.language.code)
        return own or self._foreign(wording.get(FALLBACK) or next(iter(wording.values()), ""))

    def directed(self, line: Line) -> Line:
        """A line that begins where this language begins, also when its first word is of another script."""
        if self.language.direction == "ltr" or line.kind == "excerpt":  # which reads as its report does
            return line
        return replace(line, spans=(Span(RIGHT_TO_LEFT), *line.spans))

    def _foreign(self, text: str) -> str:
        """A text of another language, kept apart where the two run in different directions."""
        return text if self.language.direction == "ltr" or not text else f"{ISOLATE}{text}{ISOLATED}"

    def label(self, id: str) -> str:
        """What a name or facet is called; empty for an id that is neither."""
        if id in self._names:
            return self.worded(self._names[id].label)
        return self.language.replies.get(f"facet-{id}") or self.language.pictures.get(f"population-{id}", "")

    def listed(self, ids: Iterable[str]) -> str:
        """Several names and facets in one line, each once."""
        return self.text("list").join(dict.fromkeys(label for id in ids if (label := self.label(id))))

    def quoted(self, words: str) -> str:
        """A few of somebody's own words in quotation marks; empty where they hold a digit or are no name at all."""
        kept = " ".join(strip_controls(words).replace(FIGURE, "").split())
        plain = kept and len(kept) <= LONGEST_NAME and not any(c.isdigit() or c in '"<>' for c in kept)
        return self.text("quoted", text=kept) if plain else ""

    def unreported(self, named: str, key: str = "not-reported") -> str:
        """That there is no report of something, by its name where it has one that can be said."""
        return self.text(key, named=named) if named else self.text("not-reported-that")

    def speaker(self, id: str, introduced: bool) -> str:
        """Whoever says something, with their role until they have been introduced."""
        role = self.worded(self._names[id].role) if id in self._names else ""
        key = "who-role" if role and not introduced else "who"
        return self.text(key, name=self.label(id) or id, role=role)

    def claim(self, claim: Claim, mark: str, style: Style, told: Told) -> str:
        """A claim as a sentence that names its claimant; its figures stand between asterisks."""
        says, speaker = self.worded(claim.says), claim.attribution.speaker
        if speaker is None:
            return self.text(self._own_voice(claim, style, told), says=says, when=self._when(claim), mark=mark)
        who = self.speaker(speaker, introduced=speaker in told.introduced)
        told.introduced.add(speaker)
        return self.text("claim", who=who, says=says, when=self._when(claim), mark=mark)

    def _when(self, claim: Claim) -> str:
        """The time that a claim holds for, in brackets behind it; empty where none is given."""
        as_of = self.store.as_of(claim.id)
        return self.text("when", date=written(as_of, self.language.dates)) if as_of else ""

    def step(self, claim: Claim, mark: str, after: Claim | None = None) -> str:
        """A claim as one step of a history: its figure, who gives it, when, and how far it is checked.

        Behind a step of the same claimant the name is not said again.
        """
        as_of, doubt = self.store.as_of(claim.id), self._doubt(claim)
        same = after is not None and claim.attribution.speaker == after.attribution.speaker is not None
        return self.text(
            "step-same" if same else "step",
            figure=self.figure(claim.quantities[0]),
            who=self.claimant(claim),
            when=written(as_of, self.language.dates, year=False) if as_of else self.text("undated-step"),
            mark=mark,
            status=self.text("doubt", status=doubt) if doubt else "",
        )

    def _doubt(self, claim: Claim) -> str:
        """Who denies a claim, else who contradicts, has not verified or not commented on it, in a few words."""
        if denials := self.store.denials(claim.id):
            by = self.claimant(self.store.claim(denials[-1]))
            return self.language.pictures["status-denied"].format(by=by)
        status = claim.verification.status
        by = self._inside(self._checker(claim))
        return "" if status == "stated" else self.language.pictures[f"status-{status}"].format(by=by)

    def claimant(self, claim: Claim) -> str:
        """Who makes a claim, as a name; the publisher where a report speaks in its own voice."""
        speaker = claim.attribution.speaker
        if speaker:
            return self._inside(self.label(speaker) or speaker)
        return self.text("own-account", publisher=self._foreign(self.store.source_of(claim.id).publisher))

    def _inside(self, label: str) -> str:
        """A name as it stands inside a sentence: "the Baloch Liberation Army"."""
        first, inside = (self.text(key, name="") for key in ("with-article", "with-article-inside"))
        return f"{inside}{label.removeprefix(first)}" if first and label.startswith(first) else label

    def figure(self, quantity: Quantity) -> str:
        """A figure with its bound, marked as a figure: "at least *31*"."""
        number = None if quantity.number is None else f"{FIGURE}{quantity.number:,}{FIGURE}"
        return self.language.pictures[f"bound-{quantity.bound.replace(' ', '-')}"].format(number=number)

    def day(self, day: date) -> str:
        """A day of the calendar."""
        return day_in_words(day, self.language.dates)

    def written_date(self, edtf: str) -> str:
        """A date as it is held, in words."""
        return in_words(edtf, self.language.dates)

    def relayed(self, source: Source) -> str:
        """Whose reporting a report passes on; empty where it is its own."""
        return self.text("source-relays", relays=self.label(source.relays)) if source.relays else ""

    def described(self, source: Source, claims: int) -> str:
        """What kind of report a source is, its language, and how many claims it carries."""
        kind, spoken = self.text(f"kind-{source.kind}"), self.language.replies.get(f"language-{source.language}")
        told = self.text("source-described-as", kind=kind, language=spoken or source.language, count=claims)
        return " ".join(filter(None, (told, self.relayed(source))))

    def _own_voice(self, claim: Claim, style: Style, told: Told) -> str:
        count = "-count" if claim.quantities else ""
        if style == "attribution":
            return f"attributed-report{count}"
        if style == "brief":
            return "claim-report-brief"
        first, told.counted = not told.counted, told.counted or bool(count)
        return f"claim-report{count if first else ''}"

    def checked(self, claim: Claim, beside: bool) -> str:
        """How far a claim has been checked, as a sentence after it; empty where it stands as stated.

        Where the denial itself stands `beside` the claim it need not be announced.
        """
        status = claim.verification.status
        if status == "stated" or (beside and status in ("denied", "contradicted")):
            return ""
        return self.text(status, by=self._checker(claim))

    def checking(self, claim: Claim, sentence: str) -> str:
        """The same as what leads to the claim's sentence, for those who ask just that."""
        opposed = "opposed" if self.store.other_sides(claim.id) else "stated"
        status = claim.verification.status
        key = opposed if status == "stated" else status
        return self.text(f"checked-{key}", by=self._checker(claim), claim=sentence)

    def _checker(self, claim: Claim) -> str:
        by = claim.verification.by
        return self.label(by) if by else self.text("nobody")

    def manner(self, claim: Claim) -> str:
        """How a claim was made ("in a statement"), where this language has a sentence for it."""
        manner = claim.attribution.manner
        return self.language.replies.get(f"manner-{manner.replace(' ', '-')}", "") if manner else ""

    def _published(self, source: Source) -> str:
        """When a report came out, or that it has no date, or that none was seen."""
        if source.published:
            return self.text("source-dated", date=in_words(source.published, self.language.dates))
        return self.text("source-unseen" if source.undated == "not seen" else "source-undated")

    def source(self, source: Source, mark: str, *, brief: bool = False) -> Line:
        """A report as the last line of a message, linked by its title, or by its publisher where room is short."""
        named = {"mark": mark, "publisher": source.publisher, "date": self._published(source)}
        if brief:
            template, linked = self.text("source-brief", **{**named, "publisher": LINKED}), source.publisher
        else:
            template, linked = self.text(SOURCE[source.title_basis], title=LINKED, **named), source.title
        before, after = template.split(LINKED, 1)
        return Line("source", (Span(before), Span(linked, href=str(source.url)), Span(after)))


class Told:
    """What a message has said so far, so that roles and caveats are not repeated."""

    def __init__(self) -> None:
        self.introduced: set[str] = set()
        self.counted = False  # whether it was said that no official is named for a count


def line(kind: LineKind, text: str, claim: str | None = None) -> Line:
    """A line of text whose figures, between asterisks, are bold."""
    pieces = text.split(FIGURE)
    spans = (Span(piece, bold=number % 2 == 1) for number, piece in enumerate(pieces) if piece)
    return Line(kind, tuple(spans), claim)
