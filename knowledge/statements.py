"""The rules for the wording of statements: figures, bounds, voices and loaded words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from knowledge.model import WORD_BOUNDS, Bound, Claim, Name, Quantity, Record, WordingFile
from knowledge.placed import Facts, Placed, Step
from knowledge.problems import Problem

Figure = tuple[int | None, Bound]  # (31, "at least"); a word of quantity has no number: (None, "dozens")
_MARK = re.compile(r"\*([^*]*)\*")
_GAP = "…"  # in a verb of wording.yml: up to eight words of one clause, and no figure
_BETWEEN = r"(?:[^\s*،,:;]+\s+){0,8}?"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language that the checks know."""

    numbers: dict[str, int]
    bounds: dict[str, Bound]  # "more than" -> more than, "over" -> more than
    verbs: tuple[str, ...]


def figures_equal(facts: Facts) -> Iterator[Problem]:
    """The marked figures of a statement, with the bound words beside them, are its quantities."""
    for claim, language, says, words in _worded(facts):
        marks = _MARK.findall(says)
        unread = [mark for mark in marks if _number(mark, words) is None and not _is_word_bound(mark, words)]
        if unread or says.count("*") % 2:
            alone = "an asterisk stands alone"
            wrong = alone if says.count("*") % 2 else f'"{unread[0]}" is marked but is no known figure'
            yield claim.problem(wrong, "put *...* around figures and words of number only", "says", language)
            continue
        said = Counter(figures(says, words))
        held = Counter((quantity.number, quantity.bound) for quantity in claim.record.quantities)
        for figure in (said - held).elements():
            todo = "correct one of the two (the words of the bound stand beside the figure)"
            yield claim.problem(f'the statement says "{_told(figure)}", its quantities do not', todo, "says", language)
        for figure in (held - said).elements():
            todo = f"write the figure as *...*{_hint(figure)}, or correct the quantity"
            yield claim.problem(f'the statement does not say "{_told(figure)}"', todo, "says", language)


def figures_marked(facts: Facts) -> Iterator[Problem]:
    """No figure stands outside the marks: no digits, number words above one, or words of quantity such as dozens."""
    for claim, language, says, words in _worded(facts):
        rest = _MARK.sub(" ", says)
        loose = re.findall(r"\d+", rest)
        loose += [word for word in re.findall(r"\w+", rest.casefold()) if words.numbers.get(word, 0) > 1]
        loose += [phrase for phrase, bound in words.bounds.items() if bound in WORD_BOUNDS and _has(rest, phrase)]
        for figure in loose:
            todo = f"mark it: *{figure}*, and add its quantity"
            yield claim.problem(f'the figure "{figure}" is not marked', todo, "says", language)


def quantities_whole(facts: Facts) -> Iterator[Problem]:
    """A quantity has a number, or a bound that is a word of quantity by itself."""
    for claim in facts.claims:
        for index, quantity in enumerate(claim.record.quantities):
            if (quantity.number is None) != (quantity.bound in WORD_BOUNDS):
                wrong = f'the bound "{quantity.bound}" and the number {_shown(quantity)} do not go together'
                todo = f"no number with {', '.join(sorted(WORD_BOUNDS))}; a number with any other bound"
                yield claim.problem(wrong, todo, "quantities", index)


def voices(facts: Facts) -> Iterator[Problem]:
    """A source's own statement is a sentence that quotes nobody; a quoted one begins with a verb of speech."""
    people = [name.record for name in facts.names if name.record.kind == "person"]
    called = {person.id: _names_of(person) for person in people}
    for claim, language, says, words in _worded(facts):
        record = claim.record
        if record.attribution.speaker:
            if words.verbs and not any(_begins(says, verb) for verb in words.verbs):
                todo = f'begin with a verb of speech ("{words.verbs[0]}"), or add the verb to wording.yml'
                yield claim.problem("a quoted statement does not begin with its verb", todo, "says", language)
            continue
        if says[0].islower():
            yield claim.problem("a sentence begins with a small letter", "capitalise it", "says", language)
        concerned = {record.actor, *record.population, *record.about}
        for person, names in called.items():
            named = [name for name in names if _has(says, name)]
            if named and (person not in concerned or any(_has(says, f"{named[0]} {verb}") for verb in words.verbs)):
                todo = f'leave the name out, or set speaker: {person} where the source quotes "{person}"'
                yield claim.problem(f"nobody is quoted, yet {named[0]} is named", todo, "says", language)


def no_full_stop(facts: Facts) -> Iterator[Problem]:
    """A statement is put into sentences by the bot, so it has no full stop of its own."""
    for claim in facts.claims:
        for language, says in claim.record.says.items():
            if says.endswith((".", "!", "?", "\u06d4", "\u061f")):
                yield claim.problem("the statement ends with a full stop", "delete it", "says", language)


def languages_worded(facts: Facts) -> Iterator[Problem]:
    """Every language of a statement has its words in wording.yml, since nothing else checks its figures."""
    if facts.wording is None:
        return
    needed = [key for key, field in WordingFile.model_fields.items() if field.is_required()]
    tables: dict[str, Iterable[str]] = {key: getattr(facts.wording.record, key) for key in needed}
    for language in sorted({language for claim in facts.claims for language in claim.record.says}):
        for key in (key for key, table in tables.items() if language not in table):
            yield facts.wording.problem(f'"{key}" has no words for the language {language}', "add them", key)


def neutral(facts: Facts) -> Iterator[Problem]:
    """No side's vocabulary stands outside excerpts and titles."""
    if facts.wording is None:
        return
    words = facts.wording.record
    # Nobody chooses to be called Mujahid.
    people = [label for name in facts.names if name.record.kind == "person" for label in name.record.label.values()]
    loaded = _any_of(chain.from_iterable(words.loaded_words.values()))
    exempt = _any_of(chain(people, *words.exempt_names.values()))
    for record, steps, text in _own_words(facts):
        if found := loaded.search(exempt.sub(" ", text)):
            todo = "use a neutral word; it may stand in an excerpt or a title only"
            yield record.problem(f'"{found[0]}" is a loaded word', todo, *steps)


RULES: tuple[Callable[[Facts], Iterator[Problem]], ...] = (
    figures_equal,
    figures_marked,
    quantities_whole,
    voices,
    no_full_stop,
    languages_worded,
    neutral,
)


def _names_of(person: Name) -> list[str]:
    """Whole names, and the family name where it is a spelling by itself ("Baloch" is none, it names a people too)."""
    spellings = {spelling for row in person.spellings.values() for spelling in row}
    return [*person.label.values(), *({word for label in person.label.values() for word in label.split()} & spellings)]


def _worded(facts: Facts) -> Iterator[tuple[Placed[Claim], str, str, Words]]:
    """Each statement in each language, with what the checks know of that language."""
    file = facts.wording.record if facts.wording else None
    known: dict[str, Words] = {}
    for claim in facts.claims:
        for language, says in claim.record.says.items():
            words = known.get(language) or known.setdefault(language, _words(file, language))
            yield claim, language, says, words


def _words(file: WordingFile | None, language: str) -> Words:
    if file is None:
        return Words({}, {}, ())
    bounds = file.bound_words.get(language, {})
    return Words(
        {word: number for number, word in enumerate(file.number_words.get(language, []))},
        {phrase: bound for bound, phrases in bounds.items() for phrase in phrases},
        tuple(file.speech_verbs.get(language, [])),
    )


def figures(says: str, words: Words) -> Iterator[Figure]:
    """The marked figures of a statement, each with the bound whose words stand beside it."""
    for mark in _MARK.finditer(says):
        if _is_word_bound(mark[1], words):
            yield None, words.bounds[mark[1].casefold()]
            continue
        before, after = says[: mark.start()].casefold(), says[mark.end() :].casefold()
        beside = [phrase for phrase in words.bounds if _ends(before, phrase)]
        # In Urdu "more than" and "hours within" stand after the figure; what leads to a further one belongs there.
        beside = beside or [p for p in words.bounds if re.match(rf"\s*{re.escape(p)}(?!\w)(?!\s*\*)", after)]
        yield _number(mark[1], words), words.bounds[max(beside, key=len)] if beside else "exactly"


def _number(mark: str, words: Words) -> int | None:
    digits = mark.replace(",", "")
    return int(digits) if digits.isdecimal() and len(digits) < 19 else words.numbers.get(mark.casefold())


def _is_word_bound(mark: str, words: Words) -> bool:
    return words.bounds.get(mark.casefold()) in WORD_BOUNDS


def _told(figure: Figure) -> str:
    number, bound = figure
    return bound if number is None else f"{number}" if bound == "exactly" else f"{bound} {number}"


def _hint(figure: Figure) -> str:
    return "" if figure[0] is None or figure[1] == "exactly" else f' after "{figure[1]}"'


def _shown(quantity: Quantity) -> str:
    return "null" if quantity.number is None else str(quantity.number)


def _begins(says: str, verb: str) -> bool:
    # An adverb may stand before a verb that is one word: "consistently denies".
    adverb = "" if " " in verb else r"(?:\w+ )?"
    return re.match(rf"{adverb}{_pattern(verb)}(?!\w)", says, re.IGNORECASE) is not None


def _ends(text: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}\s*$", text) is not None


def _has(text: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){_pattern(phrase)}(?!\w)", text, re.IGNORECASE) is not None


@cache
def _pattern(phrase: str) -> str:
    """A phrase of wording.yml as a regular expression, its gap (if any) open."""
    return re.escape(phrase).replace(re.escape(f"{_GAP} "), _BETWEEN)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words or phrases, whole and in any case; of two that begin alike the longer."""
    longest_first = sorted(set(words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![\w-])", re.IGNORECASE)


def _own_words(facts: Facts) -> Iterator[tuple[Placed[Record], tuple[Step, ...], str]]:
    """Every text that the bot may show as its own."""
    for claim in facts.claims:
        yield from ((claim, ("says", language), text) for language, text in claim.record.says.items())
        yield from ((claim, ("asked", index), text) for index, text in enumerate(claim.record.asked))
        yield claim, ("attribution", "manner"), claim.record.attribution.manner or ""
    for gap in facts.gaps:
        yield from ((gap, ("says", language), text) for language, text in gap.record.says.items())
        yield from ((gap, ("asked", index), text) for index, text in enumerate(gap.record.asked))
    for name in facts.names:
        yield from ((name, ("label", language), text) for language, text in name.record.label.items())
        yield from ((name, ("role", language), text) for language, text in name.record.role.items())
    for relation in facts.relations:
        yield from ((relation, ("about", language), text) for language, text in (relation.record.about or {}).items())
    for report in facts.reports:
        yield report, ("source", "note"), report.record.source.note or ""
