"""The command line: ask one question or many, talk, run the bot, measure it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path

from knowledge.problems import BrokenFacts
from knowledge.store import UnknownId

WRONG = 1  # exit code: something about the data or the input
SETTING = 2  # exit code: a setting is missing or wrong
INTERRUPTED = 130


class WrongInput(Exception):
    """What came in cannot be used; the message is one line that says what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and gives its exit code: 0 when all is well, 1 for wrong data or input, 2 for wrong settings."""
    from bot.languages import BrokenLanguage

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except BrokenFacts as broken:
        return _failed(broken.problems[0])
    except UnknownId as unknown:
        return _failed(f"{unknown}. `{_name()} ask --source ID` takes the id of a file in the folder reports")
    except (BrokenLanguage, WrongInput) as wrong:
        return _failed(wrong)
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED


def _failed(why: object) -> int:
    print(" ".join(str(why).split()), file=sys.stderr)
    return WRONG


def _name() -> str:
    return "saidso" if Path(sys.argv[0]).name == "saidso" else "python -m bot"


def _ask(options: argparse.Namespace) -> int:
    from bot import asking
    from bot.conversation import opened

    if options.jsonl == (options.question is not None):
        raise WrongInput("give one question in quotation marks, or --jsonl and a question a line on standard input")
    desk = opened(options.facts, frozenset(options.source))
    if options.jsonl:
        return asking.many(desk, sys.stdin.buffer, explain=options.explain)
    asked = asking.Asked(options.question, mode="check" if options.check else "ask")
    return asking.one(desk, asked, options.json, options.explain)


def _chat(options: argparse.Namespace) -> int:
    from bot.chat import Chat
    from bot.conversation import opened

    return Chat(opened(options.facts, frozenset(options.source))).talk()


def _evaluate(options: argparse.Namespace) -> int:
    from bot.conversation import opened
    from bot.evaluation import evaluate

    return evaluate(opened(options.facts, frozenset(options.source)), options.files, options.record)


def _run(options: argparse.Namespace) -> int:
    from bot.settings import WrongSettings, settings

    try:
        chosen = settings()
    except WrongSettings as wrong:
        print(wrong, file=sys.stderr)
        return SETTING
    from bot.service.run import start

    return start(chosen)


def _inbox(options: argparse.Namespace) -> int:
    from bot.state.listing import listing

    return _of_database(listing)


def _upgrade(options: argparse.Namespace) -> int:
    from bot.state.database import upgraded

    return _of_database(upgraded)


def _of_database(command: Callable[[str | Path], Coroutine[None, None, list[str]]]) -> int:
    """Prints what a command finds in, or does to, the database that the settings name."""
    import asyncio

    from bot.settings import WrongSettings, settings
    from bot.state.schema import UnusableDatabase

    try:
        for line in asyncio.run(command(settings().database)):
            print(line)
    except (WrongSettings, UnusableDatabase) as wrong:
        print(wrong, file=sys.stderr)
        return SETTING
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_name(), description="Every figure, and who said so: answers questions from published reports."
    )
    facts = argparse.ArgumentParser(add_help=False)
    facts.add_argument("--facts", type=Path, metavar="FOLDER", help="a folder of facts instead of the packaged ones")
    facts.add_argument("--source", action="append", default=[], metavar="ID", help="only this report; can be repeated")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", parents=[facts], help="answer one question, or many with --jsonl")
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="the question, in quotation marks")
    ask.add_argument("--check", action="store_true", help="take it as a statement and hold it against the reports")
    ask.add_argument("--explain", action="store_true", help="show how the answer came about")
    form = ask.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the reply as one JSON object")
    form.add_argument(
        "--jsonl", action="store_true",
        help='read {"id", "q", "context", "mode"} a line from standard input, print one JSON object a line',
    )  # fmt: skip
    ask.set_defaults(run=_ask)
    chat = commands.add_parser("chat", parents=[facts], help="a conversation in the terminal")
    chat.set_defaults(run=_chat)
    run = commands.add_parser("run", help="start the Telegram bot; needs TELEGRAM_TOKEN")
    run.set_defaults(run=_run)
    evaluation = commands.add_parser("eval", parents=[facts], help="measure the answers over files of questions")
    evaluation.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: tests/questions/*.yml")
    evaluation.add_argument("--record", action="store_true", help="write the bars and the questions that fail anew")
    evaluation.set_defaults(run=_evaluate)
    inbox = commands.add_parser("inbox", help="list the updates that were set aside")
    inbox.set_defaults(run=_inbox)
    upgrade = commands.add_parser("upgrade", help="bring the database to this program's version; back it up first")
    upgrade.set_defaults(run=_upgrade)
    return parser


if __name__ == "__main__":
    sys.exit(main())
