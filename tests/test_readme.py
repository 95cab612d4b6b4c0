"""The README is held to its word: commands work, the transcript is what the bot says, links lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.conversation import opened
from bot.dialogue import Context, Utterance
from bot.telegram.reception import ROOM

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENVIRONMENT = "python3 -m venv .venv && .venv/bin/pip install -q "


def block(name: str) -> str:
    """The fenced block below the comment of that name."""
    found = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)\n```", README, re.DOTALL)
    assert found, name
    return found[1]


def transcript() -> list[tuple[str, str]]:
    parts = re.split(r"^\$ saidso (.*)\n", block("transcript") + "\n", flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize(("command", "answer"), transcript())
def test_the_transcript_is_what_the_bot_says(command: str, answer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out.strip() == answer.strip()


def test_the_first_command_asks() -> None:
    start, _, asked = block("ask").partition(" && .venv/bin/saidso ")
    assert start == ENVIRONMENT + "."
    done = subprocess.run(
        [sys.executable, "-m", "bot", *shlex.split(asked)], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.returncode == 0
    assert "36" in done.stdout and "33" in done.stdout and "ARY News" in done.stdout


def test_the_second_command_runs_the_tests() -> None:
    start, _, tests = block("tests").partition(" && .venv/bin/python ")
    assert start == ENVIRONMENT + '".[test]"' and tests == "-m pytest -q"
    assert any(line.startswith("pytest>=") for line in PROJECT["project"]["optional-dependencies"]["test"])
    assert PROJECT["tool"]["pytest"]["ini_options"]["testpaths"] == ["tests"]


def test_the_console_script_is_the_command_line() -> None:
    assert PROJECT["project"]["scripts"] == {"saidso": "bot.__main__:main"}


def test_every_other_command_exists() -> None:
    named = set(re.findall(r"python -m (bot|knowledge) ([a-z]+)", README))
    named |= {("bot", command) for command in re.findall(r"saidso ([a-z]+)", README)}
    assert {("bot", "run"), ("bot", "chat"), ("bot", "eval"), ("knowledge", "check")} <= named
    for room, command in sorted(named):
        done = subprocess.run(
            [sys.executable, "-m", room, command, "--help"], capture_output=True, text=True, cwd=ROOT, timeout=60
        )
        assert done.returncode == 0, (room, command, done.stderr)


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_ci_runs_the_second_command() -> None:
    assert "<!-- tests -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_dependency_says_why_and_is_bounded() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    extras = PROJECT["project"]["optional-dependencies"]["test"]
    for wanted in (*PROJECT["project"]["dependencies"], *extras):
        line = next(line for line in lines if f'"{wanted}"' in line)
        _, _, reason = line.partition("# ")
        assert ">=" in wanted and reason, line


@pytest.mark.parametrize(("chat", "group"), [("private", False), ("group", True)])
def test_the_chats_are_what_the_bot_says_in_telegram(chat: str, group: bool) -> None:
    desk, context = opened(), Context()
    for exchange in block(chat).split("\n\n"):
        question, answer = exchange.removeprefix("> ").split("\n", 1)
        turn = desk.reply(Utterance(question, room=ROOM[group, "short"]), context)
        context = turn.context
        assert "\n".join("".join(span.text for span in line.spans) for line in turn.message.lines) == answer
