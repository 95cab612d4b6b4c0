"""Which language a message is in, by its script and its frequent little words; nothing is downloaded for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from bot.languages import FALLBACK, Language
from bot.text import normalise, words


def detected(text: str, languages: Mapping[str, Language], earlier: str = "") -> str:
    """The code of a message's language: its script's, then the one whose function words it has most of.

    A message without any such word ("gwadar?") is taken to go on in the language of the conversation.
    """
    read = words(normalise(text))
    scripts = _scripts(read)
    fitting = [language for language in languages.values() if language.script in scripts]
    if not fitting:
        return earlier or FALLBACK
    share = {language.code: sum(word in language.detect for word in read) for language in fitting}
    most = max(share.values())
    best = [code for code, count in share.items() if count == most]
    best = [code for code in best if languages[code].script == scripts[0]] or best
    if earlier in best:
        return earlier
    return best[0] if most or scripts[0] != "LATIN" else FALLBACK


def _scripts(read: list[str]) -> list[str]:
    """The scripts of the letters, the most frequent first: the first words of their Unicode names; none in "84?"."""
    names = [unicodedata.name(letter, "LATIN").split()[0] for word in read for letter in word if letter.isalpha()]
    return sorted(set(names), key=lambda name: (-names.count(name), name))
