"""What pydantic finds wrong with a record, in words that tell a curator what to do."""

from __future__ import annotations

import typing
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from knowledge import model

_KEYS = sorted(
    {key for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, model.Record)
     for key in kind.model_fields}
)  # fmt: skip
_TODO = {
    "string_type": "put a text in double quotes here",
    "int_parsing": "write a whole number without quotes, or null",
    "int_type": "write a whole number without quotes, or null",
    "int_from_float": "write a whole number",
    "float_parsing": "write a number such as 30.18",
    "bool_parsing": "write true or false",
    "list_type": "write a list: [one, two]",
    "model_type": "write a record with keys here",
    "dict_type": 'write it per language: {en: "..."}',
    "url_parsing": "write the whole address, beginning with https://",
    "url_scheme": "write the whole address, beginning with https://",
    "string_too_short": "write the text",
}
_PATTERNS = {
    typing.get_args(alias)[1].pattern: todo
    for alias, todo in (
        (model.Slug, "write an id in small letters, digits and single hyphens"),
        (model.Place, 'write paragraph and sentence: "4.2"'),
        (model.Language, "write a language code such as en, ur or ur-Latn"),
    )
}


def remedy(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to do, for one error of pydantic."""
    keys = [str(step) for step in error["loc"] if isinstance(step, str) and step != "[key]"]
    key = keys[-1] if keys else "file"
    kind, given, context = error["type"], error.get("input"), error.get("ctx", {})
    if kind == "extra_forbidden":
        near = get_close_matches(key, _KEYS, n=1)
        return f'the key "{key}" is not known', f'write "{near[0]}"' if near else "delete it, or correct its name"
    if kind == "missing":
        return f'"{key}" is missing', f'add "{key}"'
    if kind == "literal_error":
        return f'"{given}" is not a known {key}', f"write one of {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f'"{given}" does not fit "{key}"', _PATTERNS.get(context["pattern"], "correct it")
    if kind == "too_short":
        least = context["min_length"]
        return f'"{key}" has {context["actual_length"]} of at least {least} entries', f"write {least} or more"
    if kind in ("model_type", "dict_type", "list_type"):
        form = "a list" if kind == "list_type" else "a record with keys"
        return (f'"{key}" is not {form}' if keys else "the file is not a record with keys"), _TODO[kind]
    wrong = error["msg"][0].lower() + error["msg"][1:]
    return f'"{key}": {wrong}', _TODO.get(kind, "correct the value")
