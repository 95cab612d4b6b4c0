"""The directions of the house: who may import whom, and the one door of each library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Each library may be imported by these files and folders only.
DOORS = {
    "rapidfuzz": ("bot/names.py",),
    "telegram": ("bot/telegram/",),
    "sqlalchemy": ("bot/state/",),
    "yaml": ("knowledge/files.py", "bot/languages.py"),
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ("knowledge", "bot"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imports() -> Iterator[tuple[str, str]]:
    """Each file with the full name of each module it imports, wherever in the file the import stands."""
    for path, tree in modules():
        package = path.rsplit("/", 1)[0].split("/")
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                around = package[: len(package) - node.level + 1] if node.level else []
                yield path, ".".join([*around, *([node.module] if node.module else [])])


def test_knowledge_works_without_any_bot() -> None:
    assert [path for path, name in imports() if path.startswith("knowledge/") and name.split(".")[0] == "bot"] == []


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library: str) -> None:
    importing = {path for path, name in imports() if name.split(".")[0] == library}
    assert {path for path in importing if not path.startswith(DOORS[library])} == set()


def test_rooms_are_small() -> None:
    long = [path for path, _ in modules() if len((ROOT / path).read_text(encoding="utf-8").splitlines()) >= 250]
    assert long == []


def test_functions_are_short() -> None:
    functions = (
        (path, node) for path, tree in modules() for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )  # fmt: skip
    assert [f"{path}: {node.name}" for path, node in functions if (node.end_lineno or 0) - node.lineno >= 40] == []
