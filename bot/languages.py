"""The languages that are spoken: every word a person types or reads, one file a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from knowledge.dates import DayPart

FOLDER = Path(__file__).parent / "language"
FALLBACK = "en"  # what is not put into another language yet is said in this one
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BrokenLanguage(ValueError):
    """A language file that cannot be used; its message is one line that says where and what to do."""


class Language(BaseModel):
    """One language as data: words to be understood, sentences to be sent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    direction: Literal["ltr", "rtl"]
    stemmer: str | None = None  # a Snowball algorithm, where there is one
    mixes: list[str] = []  # languages whose words people use inside this one
    script: str = "LATIN"  # the first word of its letters' Unicode names
    detect: list[str]  # frequent words that give the language away
    asks_first: bool = True  # whether question words open the clause ("how many died") or stand anywhere in it
    skip: list[str]
    short: dict[str, str]
    numbers: dict[str, int]
    months: dict[str, int] = {}  # words and short forms; January is 1
    weekdays: dict[str, int] = {}  # Monday is 0
    ordinals: dict[str, int] = {}  # of days: the first is 1
    day_words: list[str] = []
    day_parts: dict[DayPart, list[str]] = {}
    cues: dict[str, list[str]]
    compounds: dict[str, list[str]]
    words: dict[str, list[str]]
    filler: list[str]
    dates: dict[str, str] = {}
    replies: dict[str, str] = {}
    door: dict[str, str] = {}
    pictures: dict[str, str] = {}

    @field_validator("skip", "filler", "day_words", mode="before")
    @classmethod
    def _phrases(cls, value: Any) -> Any:
        return _split(value)

    @field_validator("cues", "words", "day_parts", mode="before")
    @classmethod
    def _groups(cls, value: Any) -> Any:
        return {key: _split(phrases) for key, phrases in value.items()} if isinstance(value, dict) else value


def _split(value: Any) -> Any:
    """A list written as one line, phrases separated by commas."""
    return [phrase.strip() for phrase in value.split(",") if phrase.strip()] if isinstance(value, str) else value


def read(path: Path) -> Language:
    """One language from its file; a `BrokenLanguage` says in one line what is wrong with it."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        return Language.model_validate(data)
    except UnicodeDecodeError:
        raise BrokenLanguage(f"{path}: not UTF-8 text. Save the file as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise BrokenLanguage(f"{path}:{line}: not readable as YAML. Mend the indentation or quotes there") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BrokenLanguage(
            f"{path}: {where}: {first['msg']}. See bot/language/en.yml for what belongs there"
        ) from None


@cache
def languages(folder: Path = FOLDER) -> Mapping[str, Language]:
    """All languages of a folder by their code, English first."""
    files = sorted(folder.glob("*.yml"), key=lambda path: (path.stem != FALLBACK, path.stem))
    if not files:
        raise BrokenLanguage(f"{folder}: no language file. Add one such as en.yml")
    return {language.code: language for language in map(read, files)}
