"""Spelling-tolerant reading: a misspelt word is brought back to a word that is known, or left alone."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.lexicon import Lexicon

SHORTEST = 4  # letters; shorter words have too many neighbours to be guessed
MARGIN = 1  # edits by which the best reading must beat one of another meaning
_VOWELS = frozenset("aeiou")
# Sounds that are written in several ways in the region: q and k, w and v, gh and g, doubled letters.
_SOUNDS = (
    (r"^kw|qu|qw", "k"), (r"ph", "f"), (r"sch|sh", "s"), (r"gh", "g"), (r"kh|ck|q|x", "k"), (r"c(?=[eiy])", "s"),
    (r"ch", "c"), (r"c", "k"), (r"([bdtjr])h", r"\1"), (r"z", "s"), (r"w", "v"), (r"[aeiouyh']", ""),
    (r"(.)\1+", r"\1"),
)  # fmt: skip
_SOUND_RULES = tuple((re.compile(pattern), to) for pattern, to in _SOUNDS)
_FIRST = {letter: group[0] for group in ("kcq", "sz", "vw", "fp", "gj", "iey", "ou") for letter in group}


@dataclass(frozen=True, slots=True)
class Reading:
    """A known word in place of the one typed, and how alike the two are (per cent)."""

    words: tuple[str, ...]
    score: float


def sound(word: str) -> str:
    """The consonants of a word as they sound: "quetta", "qetta" and "kweta" are one."""
    key = word[:1] if word[:1] in _VOWELS else ""
    for pattern, to in _SOUND_RULES:
        word = pattern.sub(to, word)
    return key + word


class Speller:
    """Brings misspelt words back to those of a lexicon, by edits and by sound, never across two meanings."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._near: dict[tuple[str, int], list[str]] = defaultdict(list)  # by first letter and length
        self._sounds: dict[str, list[str]] = defaultdict(list)  # names only
        for word in sorted(lexicon.vocabulary):
            if len(word) >= SHORTEST and word.isalpha():
                self._near[_first(word), len(word)].append(word)
        for word in sorted(lexicon.name_words):
            if len(word) >= SHORTEST:
                self._sounds[sound(word)].append(word)
                self._near[_first(word[1:]), len(word)].append(word)  # its first letter lost, or behind the second
        self._cache: dict[str, Reading | None] = {}

    def read(self, word: str) -> Reading | None:
        """The known word or words that somebody meant, or None where none is near enough or two are."""
        if word not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[word] = self._by_edits(word) or self._by_sound(word) or self._unglued(word)
        return self._cache[word]

    def _by_edits(self, word: str) -> Reading | None:
        limit = _edits(len(word))
        if limit == 0 or not word.isalpha():
            return None
        best: list[tuple[int, str]] = []
        for length in range(max(SHORTEST, len(word) - limit), len(word) + limit + 1):
            for known in self._near.get((_first(word), length), ()):
                allowed = min(limit, _edits(max(length, len(word))))
                distance = OSA.distance(word, known, score_cutoff=allowed)
                if distance <= allowed and (len(word) > 7 or self._named(known) or _slip(word, known)):
                    best.append((distance, known))
        if not best:
            return None
        nearest = min(best)[0]
        rivals = [known for distance, known in best if distance == nearest]
        chosen = self._one_meaning(word, rivals)
        if chosen and nearest > 1 and self._meaning(chosen) == ("filler",):
            return None  # two slips away from a word without weight it is more likely a word of its own
        return Reading((chosen,), 100 * (1 - nearest / max(len(word), len(chosen)))) if chosen else None

    def _named(self, known: str) -> bool:
        """Whether a word is long enough a name that any slip in it is likelier than another word."""
        return len(known) > SHORTEST and known in self.lexicon.name_words

    def _one_meaning(self, word: str, rivals: list[str]) -> str | None:
        """The rival to trust: the only one, the only one that sounds alike, or any where all mean the same."""
        stems = {self.lexicon.stem(rival) for rival in rivals}
        if len(stems) == 1:
            return rivals[0]
        alike = [rival for rival in rivals if sound(rival) == sound(word)]
        light = [rival for rival in alike or rivals if self._meaning(rival)[0] in ("filler", "says")]
        if light and not self.lexicon.name_words.isdisjoint(rivals):
            return None  # "tehan" may be Tehran: a name is not read away as "than"
        if len({self.lexicon.stem(rival) for rival in alike}) == 1:
            return alike[0]
        if light:
            return light[0]  # the reading that claims nothing
        swapped = [rival for rival in alike or rivals if sorted(rival) == sorted(word)]
        if len({self.lexicon.stem(rival) for rival in swapped}) == 1:
            return swapped[0]
        meanings = {self._meaning(rival) for rival in rivals}
        return rivals[0] if len(meanings) == 1 else None

    def _meaning(self, word: str) -> tuple[str, ...]:
        stem = self.lexicon.stem(word)
        senses = self.lexicon.senses((word,), (stem,))
        if senses is None:
            return ("filler",) if word in self.lexicon.skip else (stem,)
        return (*senses.ids, *senses.bundle, *senses.cues) or ("filler",)

    def _by_sound(self, word: str) -> Reading | None:
        if len(word) < SHORTEST or not word.isascii():
            return None
        key = sound(word)
        if len(key) < 2:
            return None
        near = [
            (distance, name)
            for name in self._sounds.get(key, ())
            if (distance := OSA.distance(word, name)) <= (2 if len(word) < 6 else 3) + (len(key) > 3)
        ]
        if not near or (len(near) > 1 and sorted(near)[1][0] - min(near)[0] < MARGIN):
            return None
        distance, name = min(near)
        return Reading((name,), 100 * (1 - distance / max(len(word), len(name))))

    def _unglued(self, word: str) -> Reading | None:
        """Known words that were typed without spaces ("howmanycivilians"), the fewest that cover everything."""
        if not 6 <= len(word) <= 40 or not word.isalpha():
            return None
        best: list[tuple[str, ...] | None] = [(), *([None] * len(word))]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 16), end):
                before, piece = best[start], word[start:end]
                if before is None or not self._stands_alone(piece):
                    continue
                found = best[end]
                if found is None or len(before) + 1 < len(found):
                    best[end] = (*before, piece)
        pieces = best[-1]
        fits = pieces is not None and 1 < len(pieces) <= len(word) / 3
        return Reading(pieces, 90.0) if pieces and fits else None

    def _stands_alone(self, piece: str) -> bool:
        initials = len(piece) < 3 and piece in self.lexicon.name_words  # "unchallenged" is not of the UN
        return len(piece) >= 2 and not initials and self.lexicon.knows_as_written(piece)


def _edits(length: int) -> int:
    """How many slips are forgiven in a word of that many letters."""
    return 0 if length < SHORTEST else 1 if length < 7 else 2


def _first(word: str) -> str:
    return _FIRST.get(word[0], word[0])


def _slip(word: str, known: str) -> bool:
    """Whether a word of up to seven letters differs by a slip (dropped, doubled, swapped letter, other vowel).

    Another consonant is no slip: "cows" is not "cops", nor "post" "port".
    """
    if len(word) != len(known) or sorted(word) == sorted(known):
        return True
    pairs = [(a, b) for a, b in zip(word, known, strict=True) if a != b]
    return all((a in _VOWELS) == (b in _VOWELS) and (a in _VOWELS or _first(a) == _first(b)) for a, b in pairs)
