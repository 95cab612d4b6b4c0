"""The curator's command: check the facts, format them, show a claim, write the schemas that editors use."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from knowledge import checks, excerpts, files
from knowledge.model import FacetsFile, NamesFile, Record, RelationsFile, Report, WordingFile
from knowledge.problems import BrokenFacts
from knowledge.store import UnknownId

SCHEMAS = Path(__file__).parent / "schema"
KINDS: dict[str, type[Record]] = {
    "report": Report,
    "names": NamesFile,
    "facets": FacetsFile,
    "relations": RelationsFile,
    "wording": WordingFile,
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and gives its exit code: 0 when all is well, 1 when something is wrong."""
    options = _parser().parse_args(arguments)
    commands = {"check": _check, "format": _format, "show": _show, "schema": _schema}
    try:
        return commands[options.command](options)
    except BrokenFacts as broken:
        for problem in broken.problems:
            print(problem)
    except UnknownId as unknown:
        print(f"{unknown}. `python -m knowledge check` lists what is wrong; the ids stand in reports/*.yml.")
    except OSError as error:
        print(f"{error.filename}: {error.strerror}. Check the path and its rights.")
    return 1


def _check(options: argparse.Namespace) -> int:
    facts = files.read(options.facts)
    texts = excerpts.read_texts(options.text, facts)
    problems = checks.check(facts, texts)
    for problem in problems:
        print(problem)
    if not problems:
        held = f"{len(facts.reports)} reports, {len(facts.claims)} claims, {len(facts.names)} names: no problem found"
        print(held + ("." if texts else "; excerpts not compared (--text FILE does)."))
    return 1 if problems else 0


def _format(options: argparse.Namespace) -> int:
    from knowledge.canonical import format_folder  # not needed by the other commands

    files.read(options.facts)  # a broken folder is left as it is
    for path in format_folder(options.facts):
        print(f"{path}: rewritten")
    return 0


def _show(options: argparse.Namespace) -> int:
    from knowledge.telling import tell

    print(tell(files.load(options.facts), options.id))
    return 0


def _schema(options: argparse.Namespace) -> int:
    SCHEMAS.mkdir(exist_ok=True)
    for name, kind in KINDS.items():
        path = SCHEMAS / f"{name}.json"
        path.write_text(schema(kind), encoding="utf-8")
        print(path)
    return 0


def schema(kind: type[Record]) -> str:
    """The JSON Schema of one kind of file, as text."""
    return json.dumps(kind.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m knowledge",
        description="Look after the facts: what is held and who said it. Exit code 1 when something is wrong.",
    )
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument(
        "--facts", type=Path, default=files.FACTS, metavar="FOLDER",
        help="the folder with names.yml, facets.yml, relations.yml and reports/ (default: the packaged facts)",
    )  # fmt: skip
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", parents=[folder], help="print every problem as path:line: what. what to do")
    check.add_argument(
        "--text", type=Path, action="append", default=[], metavar="FILE",
        help="a report's text (title, then a paragraph a line): excerpts must stand in it; may be given again",
    )  # fmt: skip
    commands.add_parser("format", parents=[folder], help="rewrite the files canonically and print those that changed")
    show = commands.add_parser("show", parents=[folder], help="print one claim as a person would read it")
    show.add_argument("id", metavar="ID", help="the claim's id, such as toll-civilians")
    commands.add_parser("schema", help="write the JSON Schemas beside the package and print their paths")
    return parser


if __name__ == "__main__":
    sys.exit(main())
