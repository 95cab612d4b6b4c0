"""The facts on disk, read into records; nothing else reads their YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import ValidationError

from knowledge.checks import essential
from knowledge.model import FacetsFile, NamesFile, Record, RelationsFile, Report, WordingFile
from knowledge.placed import Facts, Placed, Step
from knowledge.problems import BrokenFacts, Problem
from knowledge.remedies import remedy
from knowledge.store import FactStore

FACTS = Path(__file__).parent / "facts"
Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Rec = TypeVar("Rec", bound=Record)

_UNTAGGED = "untagged"
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,17}\.[0-9]{1,17}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_TREACHEROUS = {"yes", "no", "on", "off"}  # other readers of YAML take them for true and false
_Base: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml it is only slower


class _Loader(_Base):  # type: ignore[misc, valid-type]
    """PyYAML without its guesses: what a plain word means is decided by `plain_value` alone."""

    def resolve(self, *_: object) -> str:
        return _UNTAGGED


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its text, its values, and where each of them stands."""

    path: Path
    text: str
    root: yaml.Node
    value: Value

    def line_of(self, steps: Sequence[Step]) -> int:
        """The line (from 1) of what these keys and indices lead to, or of the nearest thing around it."""
        node, line = self.root, self.root.start_mark.line
        for step in steps:
            found = next(((place, value) for key, place, value in _children(node) if key == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        return line + 1

    def anchors(self) -> Iterator[tuple[tuple[Step, ...], int]]:
        """The top-level keys and the records in their lists, with their lines: what a comment may stand before."""
        for key, place, value in _children(self.root):
            yield (key,), place.start_mark.line + 1
            if isinstance(value, yaml.SequenceNode) and not value.flow_style:
                yield from (((key, index), item.start_mark.line + 1) for index, item, _ in _children(value))

    def lines_without_scalars(self) -> list[str]:
        """The lines of the file with every key and value blanked, so that a # among them begins a comment."""
        lines = self.text.splitlines()
        for scalar in _scalars(self.root):
            start, end = scalar.start_mark, scalar.end_mark
            for number in range(start.line, min(end.line + 1, len(lines))):
                line = lines[number]
                left = start.column if number == start.line else 0
                right = end.column if number == end.line else len(line)
                lines[number] = line[:left] + "x" * (right - left) + line[right:]
        return lines


def load(folder: Path | str = FACTS) -> FactStore:
    """The store of the facts in a folder; raises `BrokenFacts`, with every problem, where it cannot be trusted."""
    facts = _gather(Path(folder), with_wording=False)
    if problems := tuple(essential(facts)):
        raise BrokenFacts(problems)
    return facts.store()


def read(folder: Path | str = FACTS) -> Facts:
    """The facts in a folder with the place of each record; raises `BrokenFacts` where a file cannot be read.

    A folder without a wording.yml is checked with the words of the packaged one.
    """
    return _gather(Path(folder), with_wording=True)


def files_in(folder: Path) -> dict[Path, type[Record]]:
    """The files that make up a folder of facts, each with the kind of record it holds."""
    files: dict[Path, type[Record]] = {path: Report for path in sorted((folder / "reports").glob("*.yml"))}
    files |= {folder / "names.yml": NamesFile, folder / "facets.yml": FacetsFile}
    files |= {folder / "relations.yml": RelationsFile}
    return files | ({folder / "wording.yml": WordingFile} if (folder / "wording.yml").exists() else {})


def document(path: Path) -> Document:
    """One YAML file, strictly read: no key twice, no aliases, no guesses; raises `BrokenFacts` with one problem."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        root = yaml.compose(text, Loader=_Loader)
        if root is None:
            raise _broken(path, 0, "the file is empty", "write its records, or delete it")
        return Document(path, text, root, _value(path, root, set()))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start)
        raise _broken(path, line, "the file is not UTF-8", "save it with the encoding UTF-8") from None
    except OSError as error:
        raise _broken(path, 0, f"the file cannot be read ({error.strerror})", "check its path and its rights") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "unknown reason"
        todo = "correct the indentation, quotes and brackets around this line"
        raise _broken(path, mark.line if mark else 0, f"this is not YAML ({what})", todo) from None
    except RecursionError:
        raise _broken(path, 0, "lists or records are nested too deep", "flatten them") from None


def records(document: Document, kind: type[Rec]) -> Placed[Rec]:
    """The records of one file with their places; raises `BrokenFacts` with a problem for each wrong value."""
    try:
        return Placed(kind.model_validate(document.value), document.path, document.line_of)
    except ValidationError as error:
        path, details = document.path, error.errors(include_url=False)
        raise BrokenFacts(Problem(path, document.line_of(one["loc"]), *remedy(one)) for one in details) from None


def plain_value(word: str) -> str | int | float | bool | None:
    """What a word without quotes means: a number, true, false, null, and else the word itself."""
    if word in _WORDS:
        return _WORDS[word]
    if _INTEGER.fullmatch(word):
        return int(word)
    return float(word) if _DECIMAL.fullmatch(word) else word


def needs_quotes(text: str) -> bool:
    """Whether a text would be taken for something else, or refused, if it stood without quotes."""
    return plain_value(text) != text or text.lower() in _TREACHEROUS


def _broken(path: Path, line: int, wrong: str, todo: str) -> BrokenFacts:
    return BrokenFacts([Problem(path, line + 1, wrong, todo)])


def _gather(folder: Path, with_wording: bool) -> Facts:
    problems = list(_missing(folder))
    if problems:
        raise BrokenFacts(problems)

    def held(path: Path, kind: type[Rec]) -> Placed[Rec] | None:
        try:
            return records(document(path), kind)
        except BrokenFacts as broken:
            problems.extend(broken.problems)
            return None

    reports = [held(path, Report) for path in sorted((folder / "reports").glob("*.yml"))]
    names, facets = held(folder / "names.yml", NamesFile), held(folder / "facets.yml", FacetsFile)
    relations = held(folder / "relations.yml", RelationsFile)
    words = folder if (folder / "wording.yml").exists() else FACTS
    wording = held(words / "wording.yml", WordingFile) if with_wording else None
    if problems or not (names and facets and relations):
        raise BrokenFacts(problems)
    return Facts(tuple(report for report in reports if report), names, facets, relations, wording)


def _missing(folder: Path) -> Iterator[Problem]:
    if not folder.is_dir():
        yield Problem(folder, 1, "there is no such folder", "name the folder that holds names.yml and reports/")
        return
    for name in ("names.yml", "facets.yml", "relations.yml"):
        if not (folder / name).is_file():
            yield Problem(folder / name, 1, "the file is missing", "add it; the packaged facts show its form")
    if not any((folder / "reports").glob("*.yml")):
        yield Problem(folder / "reports", 1, "the folder holds no report", "add one file a report: reports/ID.yml")
    for path in sorted([*folder.glob("*.yaml"), *(folder / "reports").glob("*.yaml")]):
        yield Problem(path, 1, "a file with this ending is not read", f"rename it to {path.stem}.yml")


def _children(node: yaml.Node) -> Iterator[tuple[Step, yaml.Node, yaml.Node]]:
    """What stands directly inside a node: key or index, the node whose line counts, the value."""
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((index, value, value) for index, value in enumerate(node.value))


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for _, place, value in _children(node):
        yield from _scalars(value) if place is value else (*_scalars(place), *_scalars(value))


def _value(path: Path, node: yaml.Node, seen: set[int]) -> Value:
    line = node.start_mark.line
    if node.tag != _UNTAGGED:
        raise _broken(path, line, f'the tag "{node.tag}" is not allowed', "delete it")
    if isinstance(node, yaml.ScalarNode):
        return _scalar(path, node)
    if id(node) in seen:
        raise _broken(path, line, "this value is used again by an alias", "write it out where the alias (*) stands")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_value(path, item, seen) for item in node.value]
    pairs: dict[str, Value] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _broken(path, key.start_mark.line, "a key is a list or a record", "write a word as the key")
        if key.value in pairs:
            raise _broken(path, key.start_mark.line, f'the key "{key.value}" stands twice', "keep one of the two")
        pairs[key.value] = _value(path, value, seen)
    return pairs


def _scalar(path: Path, node: yaml.ScalarNode) -> Value:
    if node.style:  # quoted or a block: always a text
        return str(node.value)
    if node.value.lower() in _TREACHEROUS:
        wrong = f"the word {node.value} without quotes may be read as true or false"
        raise _broken(path, node.start_mark.line, wrong, f'write "{node.value}" in double quotes, or true or false')
    return plain_value(node.value)
