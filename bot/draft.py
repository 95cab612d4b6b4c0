"""A message while it is written: claims with their other sides, notes around them, sources at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.dialogue import Line, Message, Status, Verdict
from bot.fitting import Block, fitted
from bot.sentences import Sentences, Style, Told, line
from knowledge.model import Claim, Source

TIGHT = 600  # characters of room below which a report is cited by its publisher alone
BOUND = frozenset({"denied", "contradicted"})  # a claim of this status never stands without what speaks against it


class Draft:
    """Collects what a message says, in order; only whole claims of the store can be put into it."""

    def __init__(self, words: Sentences) -> None:
        self.words = words
        self.store = words.store
        self._blocks: list[Block] = []
        self._part = 0
        self._told = Told()
        self._marks: dict[str, str] = {}  # source id -> "[1]", in order of appearance
        self._shown: set[str] = set()
        self._tight = False

    def part(self) -> None:
        """Begins the reply to another question; a claim that it shares with the one before is told again."""
        self._part += 1
        self._shown = set()

    def heading(self, text: str) -> None:
        """What the lines below are about."""
        self._blocks.append(Block((line("heading", text[:1].upper() + text[1:]),), self._part))

    def note(self, text: str, spare: bool = False) -> None:
        """A line of the bot's own; a `spare` one is the first to go where room is short."""
        self._blocks.append(Block((line("note", text),), self._part, spare=spare))

    def choices(self, text: str) -> None:
        """What the buttons offer, in words: for where there are no buttons."""
        self._blocks.append(Block((line("choices", text),), self._part, spare=True))

    def claims(self, answers: Sequence[Claim], related: Sequence[Claim] = (), style: Style = "full") -> None:
        """Claims in order, each followed at once by those of them that speak against it."""
        among = frozenset(claim.id for claim in (*answers, *related))
        for claim in (*answers, *related):
            if claim.id not in self._shown:
                self._blocks.append(self._block(list(self._sides(claim, among)), style))

    def introduced(self, speaker: str) -> None:
        """Notes that a speaker has been named with their role."""
        self._told.introduced.add(speaker)

    def excerpt(self, claim: Claim) -> None:
        """The words that a claim rests on, as they stand in the report, and where."""
        quote = self.words.text("excerpt", text=claim.excerpt.text, mark=self._mark(claim))
        self._blocks.append(Block((line("excerpt", quote), line("note", self._place(claim))), self._part))

    def _place(self, claim: Claim) -> str:
        if claim.excerpt.at is None:
            return self.words.text("excerpt-unplaced")
        paragraph, sentence = claim.excerpt.at.split(".")
        return self.words.text("excerpt-place", paragraph=paragraph, sentence=sentence)

    def sources(self) -> None:
        """Every report that is held, with whose reporting it passes on."""
        for report in self.store.reports:
            mark = self._marks.setdefault(report.source.id, f"[{len(self._marks) + 1}]")
            self._blocks.append(Block((self.words.source(report.source, mark),), self._part))
            self.relays(report.source)

    def relays(self, source: Source) -> None:
        """Whose reporting a report passes on, where it does."""
        if source.relays:
            self.note(self.words.text("source-relays", relays=self.words.label(source.relays)))

    @property
    def told(self) -> tuple[str, ...]:
        """The ids of all claims put into it, in order."""
        return tuple(dict.fromkeys(id for block in self._blocks for id in block.claims))

    def message(self, status: Status, room: int, verdict: Verdict | None = None) -> Message:
        """What has been written, at most `room` characters, with the sources of the claims that stayed."""
        self._tight = room < TIGHT
        kept = fitted(self._blocks, room, self._whole)
        told = tuple(dict.fromkeys(id for block in kept for id in block.claims))
        return Message(
            lines=tuple(self._whole(kept)),
            status=status,
            language=self.words.language.code,
            answers=told,
            verdict=verdict,
            shortened=self._shortened(kept),
        )

    def _sides(self, claim: Claim, among: frozenset[str], before: Claim | None = None) -> Iterator[tuple[Claim, str]]:
        """A claim, then what speaks against it: what is `among` the reply, and all of it where the claim is denied."""
        self._shown.add(claim.id)
        yield claim, self._opposition(claim, before) if before else ""
        for id in self.store.other_sides(claim.id):
            if id not in self._shown and (id in among or claim.verification.status in BOUND):
                yield from self._sides(self.store.claim(id), among, claim)

    def _opposition(self, claim: Claim, before: Claim) -> str:
        """The template that leads from a claim to what speaks against it."""
        pair = {claim.id, before.id}
        denials = [r for r in self.store.relations_of(claim.id) if r.kind == "denies" and {r.a, r.b} == pair]
        if denials:
            return "other-side" if denials[0].a == claim.id else "other-denied"
        return "other-figure" if claim.quantities and before.quantities else "other-account"

    def _block(self, claims: Sequence[tuple[Claim, str]], style: Style) -> Block:
        lines = [line("claim", self._sentence(claim, lead, style), claim.id) for claim, lead in claims]
        return Block(tuple(lines), self._part, tuple(claim.id for claim, _ in claims))

    def _sentence(self, claim: Claim, lead: str, style: Style) -> str:
        style = "full" if lead and style != "brief" else style
        sentence = self.words.claim(claim, self._mark(claim), style, self._told)
        if style == "verification":
            return self.words.checking(claim, sentence)
        beside = any(id in self._shown for id in self.store.other_sides(claim.id))
        manner = self.words.manner(claim) if style == "attribution" else ""
        whole = " ".join(filter(None, (sentence, manner, self.words.checked(claim, beside))))
        return self.words.text(lead, claim=whole) if lead else whole

    def _mark(self, claim: Claim) -> str:
        return self._marks.setdefault(self.store.source_of(claim.id).id, f"[{len(self._marks) + 1}]")

    def _shortened(self, kept: Sequence[Block]) -> bool:
        return sum(bool(block.claims) for block in kept) < sum(bool(block.claims) for block in self._blocks)

    def _whole(self, kept: Sequence[Block]) -> list[Line]:
        """The lines of these blocks, a word on what is left out, and the sources that they need."""
        lines = [each for block in kept for each in block.lines]
        if self._shortened(kept):
            lines.append(line("note", self.words.text("left-out")))
        told = (self.store.source_of(id) for block in kept for id in block.claims)
        for source in dict.fromkeys(told):
            lines.append(self.words.source(source, self._marks[source.id], brief=self._tight))
        return [self.words.directed(each) for each in lines]
