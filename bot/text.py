"""One way to read letters, for questions and names alike: Unicode forms, case, digits, words."""

from __future__ import annotations

import re
import unicodedata

# Arabic letter forms that Urdu keyboards mix, digits of both scripts, typographic quotes and dashes.
_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ئ", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۂ": "ہ", "ھ": "ھ", "أ": "ا", "إ": "ا", "ٱ": "ا",
        "ؤ": "و", "ۓ": "ے", "۔": ".", "؟": "?", "،": ",", "؛": ";", "٫": ".", "٬": ",",
        "‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": ".",
        "¿": " ", "¡": " ",
    }
)  # fmt: skip
_DIGITS = {ord(d): str(i) for zero in "٠۰" for i, d in ((i, chr(ord(zero) + i)) for i in range(10))}
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c\u0640\ufe0f]")
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0300-\u036f]")
_LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+")
_HASHTAG = re.compile(r"#(\w+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
_STRETCH = re.compile(r"([^\W\d])\1{2,}")
_POSSESSIVE = re.compile(r"'s\b|s'(?=\s|$)", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_HYPHEN = re.compile(r"(?<=[^\W\d])[-/](?=[^\W\d]{2})")
_WORD = re.compile(r"[^\W\d]+\d+[^\W\d]*\b|\d+(?:[a-z]{1,5}\b)?|[^\W\d]+(?:'[^\W\d]+)?|[?!.,;:()\n/&+%$-]")
WIDEST = 3000  # characters of a message that are read; questions stand at the front or the end of a rant


def strip_controls(text: str) -> str:
    """Take out characters that nobody sees: direction marks, zero-width characters, control codes."""
    kept = _INVISIBLE.sub("", text)
    return "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) != "Cc")


def normalise(text: str) -> str:
    """One spelling for one text: NFKC, letter and digit forms unified, marks, emoji and links dropped."""
    if len(text) > WIDEST:
        text = text[: WIDEST // 2] + "\n" + text[-WIDEST // 2 :]
    text = unicodedata.normalize("NFKC", text)
    text = strip_controls(_LINK.sub(" ", text)).translate(_LETTERS).translate(_DIGITS)
    text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text).replace("ی\u0654", "ئ")))
    text = text.translate(_LETTERS)
    text = _HASHTAG.sub(lambda m: " " + _CAMEL.sub(" ", m.group(1)) + " ", text)
    text = _INITIALS.sub(lambda m: m.group().replace(".", ""), text)
    text = _HYPHEN.sub(" ", _STRETCH.sub(r"\1\1", text))
    text = _THOUSANDS.sub("", _POSSESSIVE.sub(" ", text))
    return "".join(c if unicodedata.category(c) not in ("So", "Sk", "Cs", "Co", "Cn") else " " for c in text)


def words(text: str) -> list[str]:
    """The words and stops of a normalised text, in order, in lower case."""
    return _WORD.findall(text.lower())
