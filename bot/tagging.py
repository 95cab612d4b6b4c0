"""From a text to its words with what each stands for: names, facets, cues, numbers, and what nothing explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.days import Calendar, dated
from bot.dialogue import Tag
from bot.languages import Language
from bot.lexicon import Lexicon, Senses
from bot.names import Speller
from bot.tagged import STOP, Tagged, Word
from bot.text import normalise, words
from knowledge.store import FactStore

LONGEST = 360  # words of a text that are read
MAYBE = "~"  # in a bundle: a meaning that helps but never costs
COUNT = "count-cue"  # in a bundle: the phrase also asks for a number
# Cues whose own words say nothing of the matter: "which day", "different numbers", "reaction".
ASKING = frozenset(
    {
        "both",
        "says",
        "whosays",
        "verified",
        "overview",
        "disputed",
        "howlong",
        "when",
        "more",
        "sure",
        "yesno",
        "leadin",
        "changed",
        "first-word",
        "as-of",
        "since",
    }
)
_NUMBER = re.compile(r"(\d+)([a-z]*)$")


class Taggers:
    """A tagger for each language, made when that language is first read."""

    def __init__(self, languages: Mapping[str, Language], store: FactStore) -> None:
        self._languages = languages
        self._store = store
        self._calendar = Calendar.of(store)
        self._made: dict[str, Tagger] = {}

    def __getitem__(self, code: str) -> Tagger:
        if code not in self._made:
            language = self._languages[code]
            mixed = [self._languages[other] for other in language.mixes if other in self._languages]
            self._made[code] = Tagger(Lexicon(language, mixed, self._store), self._calendar)
        return self._made[code]


def _ends(tokens: list[str]) -> list[str]:
    """The words at both ends of a very long text, where its question stands."""
    return tokens if len(tokens) <= LONGEST else [*tokens[: LONGEST // 2], "\n", *tokens[-LONGEST // 2 :]]


class Tagger:
    """Reads texts of one language."""

    def __init__(self, lexicon: Lexicon, calendar: Calendar | None = None) -> None:
        self.lexicon = lexicon
        self.calendar = calendar  # without one no day is more than a word
        self.speller = Speller(lexicon)

    def tag(self, text: str) -> Tagged:
        """Everything that is recognised in a text."""
        read = tuple(replace(w, light=self._light(w)) for w in self._words(_ends(words(normalise(text)))))
        content, cues = self._phrases(read)
        numbers = tuple(self._numbers(read))
        named = tuple(dated(read, cues, self.lexicon.days, self.calendar)) if self.calendar else ()
        content = tuple(sorted((*_outside(content, named), *(t for t in named if t.ids)), key=lambda t: t.start))
        numbers = _outside(numbers, named)
        covered = {i for t in (*content, *cues, *numbers, *named) for i in range(t.start, t.end)}
        unknown = tuple(
            Tag("unknown", (), i, i + 1, w.typed)
            for i, w in enumerate(read)
            if i not in covered and not w.stop and not w.light
        )
        days = tuple(tag for tag in named if tag.period)
        return Tagged(read, content, cues, numbers, unknown, days, self.lexicon.language.asks_first)

    def _light(self, word: Word) -> bool:
        return (not word.known and len(word.read) < 2) or self.lexicon.light(word.read)

    def _words(self, tokens: list[str]) -> Iterator[Word]:
        lexicon, position = self.lexicon, 0
        while position < len(tokens):
            token = tokens[position]
            position += 1
            if token in lexicon.short and not self._ends_list(tokens, position):
                for long in lexicon.short[token]:
                    yield Word(token, long, lexicon.stem(long))
            elif token in STOP or lexicon.knows(token) or token[0].isdigit():
                yield from self._plain(token)
            elif joined := self._joined(token, tokens[position : position + 1]):
                position += 1
                yield Word(f"{token} {tokens[position - 1]}", joined, lexicon.stem(joined), 90.0)
            elif (reading := self.speller.read(token)) and not self._a_place(tokens, position - 1, reading.words):
                for each in reading.words:
                    yield Word(token, each, lexicon.stem(each), reading.score)
            else:
                yield Word(token, token, lexicon.stem(token), 0.0, known=False)

    def _a_place(self, tokens: list[str], position: int, read: tuple[str, ...]) -> bool:
        """Whether a word that nobody knows is likelier a place than a misspelt everyday word: "in Passau"."""
        before = tokens[position - 1] if position else ""
        if not before or "in" not in self.lexicon.cues((before,), (self.lexicon.stem(before),)):
            return False
        return all(self.lexicon.light(word) and word not in self.lexicon.name_words for word in read)

    def _ends_list(self, tokens: list[str], position: int) -> bool:
        """Whether a single letter is a list mark: "b)"."""
        return len(tokens[position - 1]) == 1 and tokens[position : position + 1] == [")"]

    def _plain(self, token: str) -> Iterator[Word]:
        match = _NUMBER.match(token)
        if match and match.group(2) and not self.lexicon.knows(token):
            yield Word(match.group(1), match.group(1), match.group(1))
            suffix = match.group(2)
            yield Word(suffix, suffix, self.lexicon.stem(suffix), known=self.lexicon.knows(suffix))
        else:
            yield Word(token, token, self.lexicon.stem(token))

    def _joined(self, token: str, following: list[str]) -> str | None:
        """A known word that was typed in two pieces ("gwa dar")."""
        if not following or not following[0].isalpha() or self.lexicon.knows(following[0]):
            return None
        joined = token + following[0]
        return joined if joined in self.lexicon.vocabulary else None

    def _phrases(self, read: tuple[Word, ...]) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
        """Names and facets in one pass, cues in another: "how many cities" is a cue and a thing counted."""
        spots = [i for i, w in enumerate(read) if w.read not in self.lexicon.skip]
        content: list[Tag] = []
        at = 0
        while at < len(spots):
            length, tags = self._longest(read, spots, at)
            if content and tags and content[-1].ids == tags[0].ids and content[-1].end == tags[0].start:
                content[-1] = _one(content[-1], tags[0])  # "defence minister Khawaja Asif" is one man
            else:
                content.extend(tags)
            at += max(1, length)
        cues = [tag for at in range(len(spots)) for tag in self._cues(read, spots, at)]
        content = [_weakened(tag, cues) for tag in content]
        counted = [Tag("cue", ("count",), t.start, t.end, t.text) for t in content if COUNT in t.ids]
        return tuple(t for t in content if COUNT not in t.ids), tuple(sorted([*cues, *counted], key=lambda t: t.start))

    def _longest(self, read: tuple[Word, ...], spots: list[int], at: int) -> tuple[int, list[Tag]]:
        longest = min(self.lexicon.longest.get(read[spots[at]].stem, 0), len(spots) - at)
        for length in range(longest, 0, -1):
            over = spots[at : at + length]
            senses = self.lexicon.senses(tuple(read[i].read for i in over), tuple(read[i].stem for i in over))
            if senses and (senses.ids or senses.bundle):
                return length, list(self._tags(senses, read, over))
        return 0, []

    def _cues(self, read: tuple[Word, ...], spots: list[int], at: int) -> Iterator[Tag]:
        """The longest cue at a word, with what the shorter ones in it mean: "when did" is "when" as well."""
        longest = min(self.lexicon.longest.get(read[spots[at]].stem, 0), len(spots) - at)
        meanings: tuple[str, ...] = ()
        tag: Tag | None = None
        for length in range(1, longest + 1):
            over = spots[at : at + length]
            found = self.lexicon.cues(tuple(read[i].read for i in over), tuple(read[i].stem for i in over))
            if found:
                meanings = tuple(dict.fromkeys((*meanings, *found)))
                text = " ".join(read[i].typed for i in range(over[0], over[-1] + 1))
                tag = Tag("cue", meanings, over[0], over[-1] + 1, text, min(read[i].score for i in over))
        if tag is not None:
            yield tag

    def _tags(self, senses: Senses, read: tuple[Word, ...], over: list[int]) -> Iterator[Tag]:
        start, end = over[0], over[-1] + 1
        text = " ".join(dict.fromkeys(read[i].typed for i in range(start, end)))
        score = min(read[i].score for i in over)
        if senses.bundle:
            yield from (
                Tag("content", (id_.rstrip(MAYBE),), start, end, text, score, weak=id_.endswith(MAYBE))
                for id_ in senses.bundle
            )
        else:
            yield Tag("content", tuple(senses.ids), start, end, text, score, weak=senses.filler)

    def _numbers(self, read: tuple[Word, ...]) -> Iterator[Tag]:
        at = 0
        while at < len(read):
            end, value = at, 0
            while end < len(read) and (number := self._number(read[end])) is not None and not (
                end > at and read[end].typed.isdigit()
            ):  # fmt: skip
                value = (value or 1) * number if number >= 100 and end > at else value + number
                end += 1
            if end > at and not self._list_mark(read, at, end):
                yield Tag("number", (), at, end, " ".join(w.typed for w in read[at:end]), number=value)
            at = max(end, at + 1)

    def _number(self, word: Word) -> int | None:
        return int(word.read) if word.read.isdigit() and len(word.read) < 10 else self.lexicon.numbers.get(word.read)

    @staticmethod
    def _list_mark(read: tuple[Word, ...], at: int, end: int) -> bool:
        """Whether a number only numbers a list ("1) ...", "2. ...")."""
        value = read[at].read
        closes = end < len(read) and read[end].typed == ")"
        return closes and value.isdigit() and int(value) < 10


def _outside(tags: tuple[Tag, ...], named: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """The tags that are no part of the name of a day."""
    return tuple(t for t in tags if not any(n.start < t.end and t.start < n.end for n in named)) if named else tags


def _one(first: Tag, second: Tag) -> Tag:
    """Two neighbours of one meaning as one tag, as sure as the surer of them."""
    score, weak = max(first.score, second.score), first.weak and second.weak
    return replace(first, end=second.end, text=f"{first.text} {second.text}", score=score, weak=weak)


def _weakened(tag: Tag, cues: list[Tag]) -> Tag:
    """A tag that a question word covers may mean nothing more than the question."""
    asked = any(c.start <= tag.start and tag.end <= c.end and ASKING & set(c.ids) for c in cues)
    return replace(tag, weak=True) if asked and not tag.weak and COUNT not in tag.ids else tag
