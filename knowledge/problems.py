"""What can be wrong with the facts, as a value that says where it is and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in a file, with its line (from 1) and its remedy, printed on one line."""

    path: Path
    line: int
    wrong: str
    todo: str

    def __str__(self) -> str:
        here = Path.cwd()
        path = self.path.relative_to(here) if self.path.is_relative_to(here) else self.path
        # A quoted value may hold line breaks, and a problem is one line.
        return " ".join(f"{path}:{self.line}: {self.wrong}. {self.todo}.".split())


class BrokenFacts(Exception):
    """The facts cannot be loaded; `problems` says why, one line each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
