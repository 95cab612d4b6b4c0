from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.__main__ import KINDS, SCHEMAS, main, schema

WORLD = Path(__file__).parent / "world"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[str]]:
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert printed.err == ""
    return code, printed.out.splitlines()


def test_check_says_what_it_checked(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = run(capsys, "check", "--facts", WORLD, "--text", WORLD / "ferry-fire.txt")
    assert (code, lines) == (0, ["2 reports, 7 claims, 8 names: no problem found."])
    assert run(capsys, "check", "--facts", WORLD)[1][0].endswith("excerpts not compared (--text FILE does).")


def test_check_prints_a_line_a_problem(capsys: pytest.CaptureFixture[str], world: Path) -> None:
    names = world / "names.yml"
    names.write_text(names.read_text().replace("part_of: [velmora]", "part_of: [velmara]"))
    code, lines = run(capsys, "check", "--facts", world)
    assert code == 1
    todo = 'write "velmora", or add it to names.yml or facets.yml.'
    assert lines == [f'{names}:22: "velmara" is no name or facet. {todo}']


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("absent.txt", None, "the text cannot be read (No such file or directory). check its path."),
        ("latin.txt", b"caf\xe9", "the text is not UTF-8. save it with the encoding UTF-8."),
        ("empty.txt", b"", "this is the text of no report. call the file ID.txt after its report, "
         "or begin it with the report's title."),
    ],
)  # fmt: skip
def test_an_unusable_text_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes | None, line: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, lines = run(capsys, "check", "--facts", WORLD, "--text", tmp_path / name)
    assert (code, lines) == (1, [f"{tmp_path / name}:1: {line}"])


@pytest.mark.parametrize("command", [["check"], ["format"], ["show", "sailors-killed"]])
def test_bad_facts_are_told_line_by_line_by_every_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]
) -> None:
    code, lines = run(capsys, *command, "--facts", tmp_path / "nowhere")
    assert (code, len(lines)) == (1, 1)
    code, lines = run(capsys, *command, "--facts", tmp_path)
    assert (code, len(lines)) == (1, 4)


def test_format_names_what_it_rewrote(capsys: pytest.CaptureFixture[str], world: Path) -> None:
    names = world / "names.yml"
    text = names.read_text()
    names.write_text(text.replace("\n\n", "\n"))
    assert run(capsys, "format", "--facts", world) == (0, [f"{names}: rewritten"])
    assert names.read_text() == text
    assert run(capsys, "format", "--facts", world) == (0, [])


def test_show_reads_like_a_newsroom(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "show", "tarn-blames-engine", "--facts", WORLD) == (0, [
        "Ilva Tarn, mayor of Velmora, blames an engine that Blue Line had not repaired.",
        "  claim:        tarn-blames-engine",
        "  said by:      Ilva Tarn",
        '  source:       The Velmora Letter, "Fire on Ferry in Velmora Harbour" (no date given), '
        "https://letter.example/ferry-fire",
        '  excerpt:      "blamed an engine that Blue Line had left unrepaired" (paragraph 3, sentence 1)',
        "  verification: denied by The ferry company Blue Line (3.2)",
        "  is denied by blue-line-denies:",
        "    The ferry company Blue Line denies that the engine needed repair.",
    ])  # fmt: skip


def test_show_names_nobody_where_the_report_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = run(capsys, "show", "sailors-killed", "--facts", WORLD)
    assert code == 0
    assert lines[0] == "At least four sailors were killed by the ferry fire in Velmora harbour."
    assert lines[2] == "  said by:      the report in its own voice; it names nobody"
    assert "  is updated by sailors-killed-later (sailors killed):" in lines


def test_show_of_an_unknown_id_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, [line] = run(capsys, "show", "sailors-kild", "--facts", WORLD)
    assert code == 1
    assert line.startswith('no claim has the id "sailors-kild"; the nearest is "sailors-killed". ')


@pytest.mark.parametrize("name", KINDS)
def test_the_schemas_are_those_of_the_models(name: str) -> None:
    assert (SCHEMAS / f"{name}.json").read_text(encoding="utf-8") == schema(KINDS[name])


def test_schema_writes_and_names_its_files(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("knowledge.__main__.SCHEMAS", tmp_path)
    code, lines = run(capsys, "schema")
    assert code == 0
    assert lines == [str(tmp_path / f"{name}.json") for name in KINDS]


def test_a_place_that_cannot_be_written_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("knowledge.__main__.SCHEMAS", tmp_path / "file" / "schema")
    code, lines = run(capsys, "schema")
    assert (code, len(lines)) == (1, 1)


def test_the_module_runs_as_a_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "knowledge", "check", "--facts", str(tmp_path / "nowhere")],
        capture_output=True, text=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert (done.returncode, len(done.stdout.splitlines()), done.stderr) == (1, 1, "")
