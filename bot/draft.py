"""A message while it is written: claims with their other sides, notes around them, sources at the end."""

from __future__ import annotations

from collections.abc import Sequence

from bot.citing import Citations
from bot.dialogue import Line, Message, Status, Verdict
from bot.fitting import Block, fitted
from bot.placing import Around, Placement, Placing
from bot.sentences import Sentences, Style, Told, line
from knowledge.grouping import grouped
from knowledge.model import Claim, Source

EARLIER = 3  # figures that are named as having come before
TIGHT = 600  # characters of room below which a report is cited by its publisher alone


class Draft:
    """Collects what a message says, in order; only whole claims of the store can be put into it."""

    def __init__(self, words: Sentences, room: int = 0) -> None:
        self.words = words
        self.store = words.store
        self._blocks: list[Block] = []
        self._part = 0
        self._told = Told()
        self._citations = Citations(words, 0 < room < TIGHT)
        self._placing = Placing(words.store)
        self._shown: set[str] = set()
        self._stated: set[str] = set()  # shown as a sentence of its own, not only as an earlier figure

    def part(self) -> None:
        """Begins the reply to another question; a claim that it shares with the one before is told again."""
        self._part += 1
        self._shown, self._stated = set(), set()

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
            if claim.id not in self._shown and style == "full" and self._repeats(claim):
                self._same_figure(claim)
            elif claim.id not in self._shown:
                for together in self._placing.blocks(claim, Around(among, self._shown, style != "brief")):
                    self._blocks.append(self._block(together, style))
                if style == "full" and claim in answers:
                    self._earlier(claim)

    def _repeats(self, claim: Claim) -> bool:
        """Whether a claim gives the figure of one that is told already and that it supports."""
        supported = {end for r in self.store.relations_of(claim.id) if r.kind == "supports" for end in (r.a, r.b)}
        told = (self.store.claim(id) for id in supported & self._stated - {claim.id})
        return self.store.is_toll(claim.id) and any(one.quantities[:1] == claim.quantities[:1] for one in told)

    def _same_figure(self, claim: Claim) -> None:
        self._shown.add(claim.id)
        text = self.words.text("same-figure", step=self._steps([claim]))
        self._blocks.append(Block((line("claim", text, claim.id),), self._part, (claim.id,)))

    def tolls(self, claims: Sequence[Claim]) -> None:
        """Several tolls, a line for each population: every figure with who gives it, what speaks against it beside."""
        sides = (self.store.claim(id) for claim in claims for id in self.store.other_sides(claim.id))
        counted = {claim.id: claim for claim in (*claims, *sides) if self.store.is_toll(claim.id)}
        for whom, told in grouped((self.words.listed(claim.population), claim) for claim in counted.values()):
            text = self.words.text("toll-line", whom=whom, steps=self._steps(told))
            ids = tuple(claim.id for claim in told)
            self._blocks.append(Block((line("claim", text[:1].upper() + text[1:], ids[0]),), self._part, ids))

    def steps(self, claims: Sequence[Claim]) -> None:
        """Figures that followed one another, a line each with who gives it and when."""
        for claim in claims:
            text = self._steps([claim]) if self.store.is_toll(claim.id) else self._sentence(claim, "", "brief")
            self._blocks.append(Block((line("claim", text, claim.id),), self._part, (claim.id,)))

    def _earlier(self, claim: Claim) -> None:
        """The figures that came before a claim's, the newest first, in one line that goes first where room is short."""
        before = (self.store.claim(id) for id in self.store.chains.before(claim.id) if id not in self._shown)
        apart = [one for one in before if self.store.is_toll(one.id) and one.quantities[:1] != claim.quantities[:1]]
        figures = list({one.quantities[0]: one for one in reversed(apart)}.values())[::-1]
        if not self.store.is_toll(claim.id) or not figures:
            return
        self._shown |= {one.id for one in apart}
        told = figures[:EARLIER]
        more = self.words.text("and-more") if len(figures) > EARLIER else ""
        text = self.words.text("earlier", steps=self._steps(told), more=more)
        self._blocks.append(Block((line("note", text),), self._part, tuple(one.id for one in told), spare=True))

    def introduced(self, speaker: str) -> None:
        """Notes that a speaker has been named with their role."""
        self._told.introduced.add(speaker)

    def excerpt(self, claim: Claim) -> None:
        """The words that a claim rests on, as they stand in the report, and where."""
        quote = self.words.text("excerpt", text=claim.excerpt.text, mark=self._citations.mark(claim))
        self._blocks.append(Block((line("excerpt", quote), line("note", self._place(claim))), self._part))

    def _place(self, claim: Claim) -> str:
        if claim.excerpt.at is None:
            return self.words.text("excerpt-unplaced")
        paragraph, sentence = claim.excerpt.at.split(".")
        return self.words.text("excerpt-place", paragraph=paragraph, sentence=sentence)

    def _steps(self, claims: Sequence[Claim]) -> str:
        """Figures in one line, each with its claimant unless that is the one before, its time and its report."""
        pairs = zip(claims, (None, *claims), strict=False)
        return self.words.text("steps").join(
            self.words.step(one, self._citations.mark(one, 1), last) for one, last in pairs
        )

    def change(self, claim: Claim, before: Claim) -> None:
        """A figure beside the one that it took the place of."""
        now, then = self._steps([claim]), self._steps([before])
        whom = self.words.listed(claim.population) or self.words.label(claim.topic)
        text = self.words.text("change", topic=self.words.label(claim.topic), whom=whom, now=now, then=then)
        self._blocks.append(Block((line("claim", text, claim.id),), self._part, (claim.id, before.id)))

    def source(self, source: Source, claims: int) -> None:
        """A report with its date, kind and language, how many claims it carries, and whose reporting it passes on."""
        mark = self._citations.number(source)
        spare = bool(self._blocks)  # the first stays, however small the room is
        lines = [self.words.source(source, mark), line("note", self.words.described(source, claims))]
        self._blocks.append(Block(tuple(lines), self._part, spare=spare))

    def relays(self, source: Source) -> None:
        """Whose reporting a report passes on, where it does."""
        if text := self.words.relayed(source):
            self.note(text)

    @property
    def told(self) -> tuple[str, ...]:
        """The ids of all claims put into it, in order."""
        return tuple(dict.fromkeys(id for block in self._blocks for id in block.claims))

    def message(self, status: Status, room: int, verdict: Verdict | None = None) -> Message:
        """What has been written, at most `room` characters, with the sources of the claims that stayed."""
        kept = fitted(self._blocks, room, self._whole)
        told = tuple(dict.fromkeys(id for block in kept for id in block.claims))
        return Message(
            lines=self._citations.renumbered(self._whole(kept), told),
            status=status,
            language=self.words.language.code,
            answers=told,
            verdict=verdict,
            shortened=self._shortened(kept),
        )

    def _block(self, together: Sequence[Placement], style: Style) -> Block:
        self._stated |= {each.claim.id for each in together}
        lines = [line("claim", self._sentence(each.claim, each.lead, style), each.claim.id) for each in together]
        return Block(tuple(lines), self._part, tuple(each.claim.id for each in together))

    def _sentence(self, claim: Claim, lead: str, style: Style) -> str:
        style = "full" if lead and style != "brief" else style
        sentence = self.words.claim(claim, self._citations.mark(claim), style, self._told)
        if style == "verification":
            return self.words.checking(claim, sentence)
        beside = any(id in self._shown for id in self.store.other_sides(claim.id))
        manner = self.words.manner(claim) if style == "attribution" else ""
        whole = " ".join(filter(None, (sentence, manner, self.words.checked(claim, beside))))
        return self.words.text(lead, claim=whole) if lead else whole

    def _shortened(self, kept: Sequence[Block]) -> bool:
        return sum(block.counts for block in kept) < sum(block.counts for block in self._blocks)

    def _whole(self, kept: Sequence[Block]) -> list[Line]:
        """The lines of these blocks, a word on what is left out, and the sources that they need."""
        lines = [each for block in kept for each in block.lines]
        if self._shortened(kept):
            lines.append(line("note", self.words.text("left-out")))
        lines += self._citations.lines(id for block in kept for id in block.claims)
        return [self.words.directed(each) for each in lines]
