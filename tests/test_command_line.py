"""The command line is the contract: keys, order, exit codes, one line for each thing that is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.conversation import opened
from bot.dialogue import Message
from bot.evaluation import Case, outcome

ROOT = Path(__file__).parents[1]
ALONE = ("--source", "crackdown-article")
KEYS = ["id", "status", "answers", "related", "verdict", "text"]
HEAVY = ("telegram", "sqlalchemy", "matplotlib", "pydantic_settings", "anyio", "aiohttp", "starlette")


def run(*arguments: str, stdin: str | bytes = "") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    fed = stdin.encode() if isinstance(stdin, str) else stdin
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, input=fed, capture_output=True, cwd=ROOT, timeout=60)


def test_ask_prints_what_a_reader_would_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "How many people were killed?", *ALONE]) == 0
    printed = capsys.readouterr().out
    assert "31" in printed and "17" in printed and "[1] Capital Post (UK)" in printed


def test_json_has_exactly_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "How many civilians were killed?", *ALONE]) == 0
    reply = json.loads(capsys.readouterr().out)
    assert list(reply) == KEYS
    assert reply["id"] is None and reply["status"] == "answered" and reply["verdict"] is None
    assert reply["answers"] == ["toll-civilians"]


def test_explain_shows_how_the_answer_came_about(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--explain", "How many civilians were killed?", *ALONE]) == 0
    assert "question: count" in capsys.readouterr().out


def test_explain_keeps_out_of_the_way_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "--explain", "How many civilians were killed?", *ALONE]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["answers"] == ["toll-civilians"] and "question: count" in err


def test_check_gives_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--check", "--json", "India has admitted backing the attackers"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "disputed"


def test_jsonl_answers_in_order_with_context_and_mode() -> None:
    rows = [
        {"id": "a", "q": "How many civilians were killed?"},
        {"id": 2, "q": "and security forces?", "context": ["How many civilians were killed?"], "mode": "ask"},
        {"id": "c", "q": "31 civilians were killed in Balochistan", "context": [], "mode": "check"},
    ]
    done = run("ask", "--jsonl", *ALONE, stdin="\n".join(map(json.dumps, rows)) + "\n\n")
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and done.stderr == b""
    assert [reply["id"] for reply in replies] == ["a", 2, "c"]
    assert all(list(reply) == KEYS for reply in replies)
    assert replies[0]["answers"] == ["toll-civilians"] and "toll-security" in replies[1]["answers"]
    assert replies[0]["verdict"] is None and replies[2]["verdict"] == "matches"


def test_jsonl_answers_each_line_before_the_next_one_comes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "q": "hi"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number


@pytest.mark.parametrize(
    "line",
    [
        b"{", b"3", b'{"id": "x"}', b'{"q": 3}', b'{"q": "hi", "mode": "guess"}', b'{"q": "hi", "context": "a"}',
        b'{"q": "hi", "more": 1}', b'{"q": "hi", "id": []}', b"\xff\xfe", b"[" * 5000,
    ],
)  # fmt: skip
def test_a_bad_line_is_named_by_its_number(line: bytes) -> None:
    done = run("ask", "--jsonl", stdin=b'{"q": "hi"}\n' + line + b"\n")
    assert done.returncode == 1 and len(done.stdout.splitlines()) == 1
    assert done.stderr.startswith(b"line 2: ") and len(done.stderr.splitlines()) == 1


def test_text_that_no_encoding_takes_is_answered_all_the_same() -> None:
    done = run("ask", "--jsonl", stdin='{"id": "\\ud800", "q": "how many \\ud800 were killed \\u202e <b>?"}\n')
    assert done.returncode == 0 and json.loads(done.stdout)["id"] == "\ud800"


def test_sources_restrict_the_store(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "--source", "crackdown-article", "How many civilians were killed?", *ALONE]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] == ["toll-civilians"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", "--source", "no-such-report", "hi"], "no-such-report"),
        (["ask", "--facts", "no/such/folder", "hi"], "no/such/folder"),
        (["ask"], "--jsonl"),
        (["ask", "--jsonl", "hi"], "--jsonl"),
        (["eval", "no-such-file.yml"], "no-such-file.yml"),
    ],
)
def test_what_is_wrong_takes_one_line(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert out == "" and says in err and len(err.splitlines()) == 1


def test_ask_loads_none_of_what_only_the_bot_needs() -> None:
    code = (
        "import sys; from bot.__main__ import main; main(['ask', 'How many civilians were killed?'])\n"
        f"print('loaded', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout.splitlines()[-1] == "loaded []"


def test_run_without_a_token_says_what_to_set(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "run"]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, timeout=60, env={"PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 2 and done.stdout == "" and len(done.stderr.splitlines()) == 1
    assert "TELEGRAM_TOKEN" in done.stderr and "@BotFather" in done.stderr


def test_chat_follows_up_and_takes_choices_by_number() -> None:
    typed = ["how many civilians were killed?", "and security forces?", "1", "/where pasni", "/check India admits it"]
    done = run("chat", *ALONE, stdin="\n".join([*typed, "/quit", "not read"]))
    said = done.stdout.decode()
    assert done.returncode == 0 and done.stderr == b""
    assert "1) Who says so?" in said and "names no official" in said
    assert "At least 17 security personnel" in said and "Five militants were killed" in said


QUESTIONS = """\
kind: fact
lang: en
cases:
  - {q: "How many civilians were killed?", gold: [toll-civilians], bad: [toll-security]}
  - {q: "How many goats were killed?"}
"""


def test_eval_prints_shares_and_holds_them_against_the_bars(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "facts.yml"
    path.write_text(QUESTIONS, encoding="utf-8")
    assert main(["eval", str(path), *ALONE]) == 0
    assert "100.0%" in capsys.readouterr().out
    (tmp_path / "bars.yml").write_text("bars:\n  fact: {right: 100, wrong: 0}\n", encoding="utf-8")
    assert main(["eval", str(path), *ALONE]) == 0
    path.write_text(QUESTIONS.replace("bad: [toll-security]", "bad: [toll-civilians]"), encoding="utf-8")
    assert main(["eval", str(path), *ALONE]) == 1
    assert "fact: 50.0% right, the bar is 100%" in capsys.readouterr().out


@pytest.mark.parametrize(
    "broken", ["kind: fact", QUESTIONS + "extra: 1\n", QUESTIONS.replace("toll-security", "no-such-claim"), "{", ""]
)
def test_a_broken_question_file_takes_one_line(broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "facts.yml"
    path.write_text(broken, encoding="utf-8")
    assert main(["eval", str(path), *ALONE]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("kind", "case", "answers", "verdict", "expected"),
    [
        ("fact", Case(q="?", gold=("toll-security",)), ("toll-security",), None, "right"),
        ("fact", Case(q="?", gold=("toll-security",)), ("toll-security", "bla-killed-84"), None, "right"),
        ("fact", Case(q="?", gold=("toll-security",)), ("toll-security", "attack-day"), None, "missed"),
        ("fact", Case(q="?", gold=("toll-security",), bad=("attack-day",)), ("attack-day",), None, "wrong"),
        ("fact", Case(q="?", gold=("toll-security",)), (), None, "refused"),
        ("nearmiss", Case(q="?"), (), None, "right"),
        ("nearmiss", Case(q="?"), ("attack-day",), None, "wrong"),
        ("claimcheck", Case(q="?", gold=("attack-day",), verdict="differs"), ("attack-day",), "differs", "right"),
        ("claimcheck", Case(q="?", gold=("attack-day",), verdict="differs"), ("attack-day",), "matches", "wrong"),
        ("claimcheck", Case(q="?", gold=("attack-day",), verdict="differs"), (), "differs", "missed"),
    ],
)  # fmt: skip
def test_outcomes(kind: str, case: Case, answers: tuple[str, ...], verdict: str | None, expected: str) -> None:
    message = Message((), "answered" if answers else "unknown", "en", answers, verdict=verdict)  # type: ignore[arg-type]
    assert outcome(opened(sources=frozenset({"crackdown-article"})), kind, case, message) == expected
