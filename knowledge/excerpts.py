"""The text of a report as paragraphs and sentences, and whether excerpts stand in it letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.model import Claim
from knowledge.placed import Facts, Placed, Step
from knowledge.problems import BrokenFacts, Problem

LONGEST = 15  # words: enough to find the place, too few to copy the report
_STOP, _CLOSE, _OPEN = r"[.!?\u06d4\u061f]", r"[\"'\u201d\u2019)\]]*", r"[\"'\u201c\u2018(\[]*"  # Urdu stops too
_END = re.compile(rf"{_STOP}{_CLOSE}\s+(?={_OPEN}[^\sa-z])")  # a full stop, and no small letter after it
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Lt|Gen|Col|Maj|Capt|Sgt|St|vs)\.$")
_HEADING_WORDS = 14  # a longer line is a paragraph even without a full stop


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report's own text: its title, and its paragraphs as tuples of sentences, headings left out."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...]

    def at(self, place: str) -> str | None:
        """The sentence at a place such as "4.2" (paragraph 4, sentence 2), or None where there is none."""
        paragraph, sentence = (int(part) - 1 for part in place.split("."))
        if 0 <= paragraph < len(self.paragraphs) and 0 <= sentence < len(self.paragraphs[paragraph]):
            return self.paragraphs[paragraph][sentence]
        return None

    def places_of(self, words: str) -> list[str]:
        """The places of all sentences that hold these words."""
        numbered = ((p, s, text) for p, row in enumerate(self.paragraphs, 1) for s, text in enumerate(row, 1))
        return [f"{p}.{s}" for p, s, text in numbered if _stands_in(words, text)]


def parse(text: str) -> ReportText:
    """A report from its plain text: the title in the first line, then one paragraph or heading a line."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    paragraphs = tuple(_sentences(line) for line in lines[1:] if not _is_heading(line))
    return ReportText(lines[0] if lines else "", paragraphs)


def read_texts(paths: list[Path], facts: Facts) -> dict[str, ReportText]:
    """Report texts by source id, told by file name or title; raises `BrokenFacts` for one of no report."""
    sources = [report.record.source for report in facts.reports]
    texts: dict[str, ReportText] = {}
    for path in paths:
        try:
            text = parse(path.read_bytes().decode("utf-8-sig"))
        except OSError as error:
            raise _unusable(path, f"the text cannot be read ({error.strerror})", "check its path") from None
        except UnicodeDecodeError:
            raise _unusable(path, "the text is not UTF-8", "save it with the encoding UTF-8") from None
        ids = [source.id for source in sources if source.id == path.stem or source.title == text.title]
        if not ids:
            todo = "call the file ID.txt after its report, or begin it with the report's title"
            raise _unusable(path, "this is the text of no report", todo)
        texts[ids[0]] = text
    return texts


def short(facts: Facts) -> Iterator[Problem]:
    """An excerpt has at most 15 words."""
    for claim in facts.claims:
        texts: dict[tuple[Step, ...], str] = {("excerpt",): claim.record.excerpt.text}
        texts |= {("also_in", index): copy.text for index, copy in enumerate(claim.record.also_in)}
        for steps, text in texts.items():
            if (count := len(text.split())) > LONGEST:
                yield claim.problem(f"the excerpt has {count} words", f"cut it to {LONGEST}", *steps, "text")


def verbatim(facts: Facts, texts: Mapping[str, ReportText]) -> Iterator[Problem]:
    """An excerpt stands in the report's text, letter by letter, in the sentence that its place names."""
    for report in facts.reports:
        text = texts.get(report.record.source.id)
        if text is None:
            continue
        if text.title != report.record.source.title:
            wrong = "the title differs from the text's first line"
            yield report.problem(wrong, f'write "{text.title}"', "source", "title")
        for claim in report.parts("claims", report.record.claims):
            yield from _misplaced(claim, text)


def _misplaced(claim: Placed[Claim], text: ReportText) -> Iterator[Problem]:
    excerpt, verification = claim.record.excerpt, claim.record.verification
    sentence = text.at(excerpt.at) if excerpt.at else None
    if sentence is None or not _stands_in(excerpt.text, sentence):
        places = text.places_of(excerpt.text)
        if places:
            wrong = f"the excerpt does not stand at {excerpt.at}" if excerpt.at else "the excerpt has no place"
            yield claim.problem(wrong, f'write at: "{places[0]}"', "excerpt", "at")
        else:
            yield claim.problem("the excerpt does not stand in the text", "copy it letter by letter", "excerpt", "text")
    if verification.at and text.at(verification.at) is None:
        yield claim.problem(f"the text has no sentence {verification.at}", "correct the place", "verification", "at")


def _stands_in(words: str, sentence: str) -> bool:
    # Whole words only: "17 security" does not stand in "117 security".
    return re.search(rf"(?<!\w){re.escape(' '.join(words.split()))}(?!\w)", sentence) is not None


def _is_heading(line: str) -> bool:
    return not re.search(rf"(?:{_STOP}|[:;,\u2026]){_CLOSE}$", line) and len(line.split()) <= _HEADING_WORDS


def _sentences(paragraph: str) -> tuple[str, ...]:
    sentences, start = [], 0
    for end in _END.finditer(paragraph):
        if not _ABBREVIATION.search(paragraph[start : end.start() + 1]):
            sentences.append(paragraph[start : end.end()].strip())
            start = end.end()
    return (*sentences, paragraph[start:].strip())


def _unusable(path: Path, wrong: str, todo: str) -> BrokenFacts:
    return BrokenFacts([Problem(path, 1, wrong, todo)])
