"""The one way to write a file of facts: keys in order, defaults left out, texts quoted, headings kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from knowledge.files import Document, document, files_in, needs_quotes, records
from knowledge.model import AsOf, Attribution, Coordinates, Facet, Language, Quantity, Record, Slug, Verification
from knowledge.placed import Step
from knowledge.problems import BrokenFacts, Problem

WIDTH = 120
LONG = 36  # characters from which an element of a list is a sentence rather than a word
_ONE_LINE = (AsOf, Attribution, Coordinates, Facet, Quantity, Verification)  # small enough to be read in a row
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # YAML refuses them or breaks the line there
_TOP: tuple[Step, ...] = ()  # where the comments at the head of a file belong
_END: tuple[Step, ...] = ("", 0)  # and those at its end


def format_folder(folder: Path) -> list[Path]:
    """Rewrites a folder's files canonically, giving those that changed; raises `BrokenFacts` before it changes any."""
    written = {path: canonical(document(path), kind) for path, kind in files_in(folder).items()}
    changed = [path for path, text in written.items() if path.read_bytes() != text.encode()]
    for path in changed:
        path.write_bytes(written[path].encode())
    return changed


def canonical(source: Document, kind: type[Record]) -> str:
    """The canonical text of one file; raises `BrokenFacts` where it is wrong or a comment would be lost."""
    return write(records(source, kind).record, _comments(source))


def write(record: Record, comments: Mapping[tuple[Step, ...], list[str]] | None = None) -> str:
    """The canonical text of a file's record, with comments by what they stand before."""
    comments = comments or {}
    lines = [*comments.get(_TOP, [])]
    for index, (key, value, hint) in enumerate(_fields(record)):
        lines += [""] * (index > 0) + comments.get((key,), [])
        items = value if isinstance(value, list) and value and isinstance(value[0], Record) else None
        if items is None:
            lines += _entry(key, value, hint, "")
            continue
        lines.append(f"{key}:")
        for number, item in enumerate(items):
            apart = number > 0 and not isinstance(item, _ONE_LINE)
            lines += [""] * apart + [f"  {line}" for line in comments.get((key, number), [])] + _item(item, "  ")
    return "\n".join([*lines, *comments.get(_END, [])]) + "\n"


def _fields(record: Record) -> Iterator[tuple[str, Any, Any]]:
    """The keys of a record that differ from their default, in order, with value and declared type."""
    hints = _hints(type(record))
    for key, field in type(record).model_fields.items():
        value = getattr(record, key)
        if field.is_required() or value != field.get_default(call_default_factory=True):
            yield key, value, hints[key]


@cache
def _hints(kind: type[Record]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _entry(key: str, value: Any, hint: Any, pad: str) -> list[str]:
    """A key and its value, on one line where it is short by nature or fits, else one line an element."""
    line = f"{pad}{key}: {_inline(value, hint)}"
    if isinstance(value, Record) and not isinstance(value, _ONE_LINE):
        return [f"{pad}{key}:", *_record(value, pad + "  ")]
    if isinstance(value, dict) and value:
        inner = _value_hint(hint)
        return [f"{pad}{key}:", *(row for k, v in value.items() for row in _entry(k, v, inner, pad + "  "))]
    if isinstance(value, list) and value and isinstance(value[0], Record):
        if len(line) > WIDTH or not isinstance(value[0], _ONE_LINE):
            return [f"{pad}{key}:", *(row for item in value for row in _item(item, pad + "  "))]
    elif isinstance(value, list):
        return _list(key, [_inline(item, _value_hint(hint)) for item in value], pad)
    return [line]


def _list(key: str, items: list[str], pad: str) -> list[str]:
    """A list of words side by side, or of sentences one below the other."""
    if any(len(item) > LONG for item in items):
        return [f"{pad}{key}:", *(f"{pad}  - {item}" for item in items)]
    lines = [f"{pad}{key}: ["]
    for index, item in enumerate(items):
        piece = item + ("," if index < len(items) - 1 else "]")
        apart = "" if lines[-1].endswith("[") else " "
        if len(lines[-1]) + len(apart) + len(piece) > WIDTH:
            lines.append(f"{pad}  {piece}")
        else:
            lines[-1] += apart + piece
    return lines if items else [f"{pad}{key}: []"]


def _record(record: Record, pad: str) -> list[str]:
    return [line for key, value, hint in _fields(record) for line in _entry(key, value, hint, pad)]


def _item(record: Record, pad: str) -> list[str]:
    if isinstance(record, _ONE_LINE):
        return [f"{pad}- {_inline(record, type(record))}"]
    first, *rest = _record(record, pad + "  ")
    return [f"{pad}- {first.lstrip()}", *rest]


def _inline(value: Any, hint: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, Record):
        return "{" + ", ".join(f"{key}: {_inline(item, inner)}" for key, item, inner in _fields(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item, _value_hint(hint)) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(item, _value_hint(hint))}" for key, item in value.items()) + "}"
    text = str(value)
    if _is_word(hint) and not needs_quotes(text):
        return text
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _is_word(hint: Any) -> bool:
    """Whether a value is an id or one of a few fixed words, which stand without quotes."""
    if hint in (Slug, Language) or get_origin(hint) is Literal:
        return True
    return get_origin(hint) in (Union, UnionType) and any(_is_word(choice) for choice in get_args(hint))


def _value_hint(hint: Any) -> Any:
    """The type of what a list or a dictionary holds."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(choice for choice in get_args(hint) if choice is not type(None))
    return get_args(hint)[-1]


def _comments(source: Document) -> dict[tuple[Step, ...], list[str]]:
    """The comment lines of a file by what they stand before: the file's first key, a key, a record, or its end."""
    anchors = {line: steps for steps, line in source.anchors()}
    first = min(anchors)
    waiting: list[tuple[int, str]] = []
    found: dict[tuple[Step, ...], list[str]] = {}
    lost: list[Problem] = []
    for number, line in enumerate([*source.lines_without_scalars(), ""], 1):
        comment = re.search(r"(?:^|(?<=\s))#.*", line)
        if comment and not line[: comment.start()].strip():
            waiting.append((number, source.text.splitlines()[number - 1].strip()))
        elif comment:
            lost.append(_loses(source.path, number))
        if number in anchors:
            found[_TOP if number == first else anchors[number]] = [text for _, text in waiting]
            waiting = []
        elif line.strip() and not comment:
            lost += [_loses(source.path, at) for at, _ in waiting]
            waiting = []
    if lost:
        raise BrokenFacts(lost)
    return found | {_END: [text for _, text in waiting]}


def _loses(path: Path, line: int) -> Problem:
    return Problem(path, line, "this comment would get lost", "move it to a line of its own before a key or a record")
