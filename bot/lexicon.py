"""The words that are understood, compiled: from phrases in every spelling to what they stand for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import Stemmer

from bot.days import DayWords
from bot.languages import Language
from bot.text import normalise, words
from knowledge.store import FactStore

Phrase = tuple[str, ...]


@dataclass(slots=True)
class Senses:
    """All that one phrase can stand for."""

    ids: list[str] = field(default_factory=list)  # readings between which the claims decide
    bundle: tuple[str, ...] = ()  # several meanings at once ("jailbreak")
    cues: list[str] = field(default_factory=list)
    filler: bool = False

    def add(self, id_: str) -> None:
        """One more reading."""
        if id_ not in self.ids:
            self.ids.append(id_)


@lru_cache(maxsize=8)
def stemmer(algorithm: str | None) -> Callable[[str], str]:
    """How a language finds the stem of a word; no algorithm leaves words as they are."""
    if algorithm is None:
        return str
    return lru_cache(maxsize=20_000)(Stemmer.Stemmer(algorithm).stemWord)


class Lexicon:
    """The phrases of a language, of those it mixes with, and of all names, by their first word's stem."""

    def __init__(self, language: Language, mixed: Iterable[Language], store: FactStore) -> None:
        self.language = language
        self.stem = stemmer(language.stemmer)
        self.skip = frozenset(language.skip)
        self.short: dict[str, Phrase] = {}
        self.numbers: dict[str, int] = {}
        self.days = DayWords({}, {}, {}, {}, set())
        self.exact: dict[str, dict[Phrase, Senses]] = {}  # by the words as written: "attacker" is no "attack"
        self.table: dict[str, dict[Phrase, Senses]] = {}  # by their stems, for inflections that are not listed
        self.vocabulary: set[str] = set()
        self.name_words: set[str] = set()
        for each in (language, *mixed):
            self._add_language(each)
        for name in store.names:
            spellings = (*name.label.values(), *(s for group in name.spellings.values() for s in group))
            self._add_name(name.id, (s for s in spellings if self._readable(s)))
        self.longest = {first: max(map(len, phrases)) for first, phrases in self.table.items()}
        self.stems = {self.stem(word) for word in self.vocabulary}

    def knows(self, word: str) -> bool:
        """Whether a word occurs in any phrase, in any of its forms."""
        return self.knows_as_written(word) or self.stem(word) in self.stems

    def knows_as_written(self, word: str) -> bool:
        """Whether a word occurs in any phrase in this very form."""
        return word in self.vocabulary or word in self.skip or word in self.numbers

    def senses(self, words: Phrase, stems: Phrase) -> Senses | None:
        """What a run of words stands for: as it is written, else by the stems of its words."""
        exact = self.exact.get(words[0], {}).get(words)
        return exact or self.table.get(stems[0], {}).get(stems)

    def light(self, word: str) -> bool:
        """Whether a word carries no meaning of its own."""
        senses = self.senses((word,), (self.stem(word),))
        return word in self.skip or (senses is not None and senses.filler)

    def cues(self, words: Phrase, stems: Phrase) -> list[str]:
        """The cues of a run of words, in any inflection."""
        exact = self.exact.get(words[0], {}).get(words)
        by_stem = self.table.get(stems[0], {}).get(stems)
        return exact.cues if exact else by_stem.cues if by_stem else []

    def _add_language(self, language: Language) -> None:
        for short, long in language.short.items():
            self.short.setdefault(short, tuple(long.split()))
        self.numbers.update({**language.numbers, **self.numbers})
        self._add_days(language)
        for id_, phrases in language.words.items():
            for phrase in phrases:
                for senses in self._entries(phrase):
                    senses.add(id_)
        for phrase, ids in language.compounds.items():
            for senses in self._entries(phrase):
                senses.bundle = tuple(ids)
        for cue, phrases in language.cues.items():
            for phrase in phrases:
                for senses in self._entries(phrase):
                    if cue not in senses.cues:
                        senses.cues.append(cue)
        for phrase in language.filler:
            for senses in self._entries(phrase):
                senses.filler = True

    def _add_days(self, language: Language) -> None:
        days = self.days
        days.dayword.update(map(normalise, language.day_words))
        tables = (
            (days.months, language.months),
            (days.weekdays, language.weekdays),
            (days.ordinals, language.ordinals),
        )
        for known, added in tables:
            known.update({normalise(word): number for word, number in added.items() if word not in known})
        for part, phrases in language.day_parts.items():
            days.parts.update({normalise(word): part for word in phrases})
        self.vocabulary.update(days.months, days.parts)

    def _readable(self, spelling: str) -> bool:
        """Whether a spelling can occur in texts of this language: Latin ones occur in all."""
        return spelling.isascii() or unicodedata.name(spelling[0], "").startswith((self.language.script, "LATIN"))

    def _add_name(self, id_: str, spellings: Iterable[str]) -> None:
        for spelling in spellings:
            for senses in self._entries(spelling):
                senses.add(id_)
            self.name_words.update(words(spelling))

    def _entries(self, phrase: str) -> tuple[Senses, Senses]:
        """The entries of a phrase, as written and by its stems."""
        if phrase.isascii() and phrase.replace(" ", "").isalpha():
            parts = phrase.lower().split()  # written as texts are read: nothing to normalise
        else:
            parts = [w for w in words(normalise(phrase)) if w.isalnum() or "'" in w]
        self.vocabulary.update(parts)
        key = tuple(w for w in parts if w not in self.skip) or tuple(parts)
        stems = tuple(map(self.stem, key))
        exact = self.exact.setdefault(key[0], {}).setdefault(key, Senses())
        return exact, self.table.setdefault(stems[0], {}).setdefault(stems, Senses())
