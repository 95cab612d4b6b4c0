from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import files
from knowledge.canonical import canonical, format_folder, write
from knowledge.model import Name, NamesFile
from knowledge.problems import BrokenFacts


def broken(folder: Path, file: str = "", old: str = "", new: str = "") -> list[str]:
    """The problems, without the folder, after one change to a file."""
    if file:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenFacts) as found:
        files.load(folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in found.value.problems]


FERRY = "reports/ferry-fire.yml"
CASES = {
    "unknown key": (
        "names.yml", "part_of: [ostria]", "part-of: [ostria]",
        'names.yml:15: the key "part-of" is not known. write "part_of".',
    ),
    "duplicate key": (
        FERRY, "    topic: killed\n", "    topic: killed\n    topic: wounded\n",
        f'{FERRY}:21: the key "topic" stands twice. keep one of the two.',
    ),
    "no English": (
        FERRY, "      en: \"At least", "      ur: \"At least",
        f'{FERRY}:15: "says" has no English text. add en: "..." to "says".',
    ),
    "bare word": (
        FERRY, "gives_reason: true", "gives_reason: yes",
        f'{FERRY}:74: the word yes without quotes may be read as true or false. '
        'write "yes" in double quotes, or true or false.',
    ),
    "unquoted place": (
        FERRY, 'at: "1.1"', "at: 1.1",
        f'{FERRY}:19: "at": input should be a valid string. put a text in double quotes here.',
    ),
    "bad id": (
        FERRY, "topic: killed", "topic: Killed",
        f'{FERRY}:20: "Killed" does not fit "topic". write an id in small letters, digits and single hyphens.',
    ),
    "bad kind": (
        FERRY, "kind: conflicts", "kind: refutes",
        f"{FERRY}:96: \"refutes\" is not a known kind. "
        "write one of 'denies', 'conflicts', 'differs', 'supports', 'updates' or 'corrects'.",
    ),
    "missing key": (FERRY, "    topic: killed\n", "", f'{FERRY}:14: "topic" is missing. add "topic".'),
    "few questions": (
        FERRY, "      - \"Were the passengers saved?\"\n", "",
        f'{FERRY}:59: "asked" has 2 of at least 3 entries. write 3 or more.',
    ),
    "unknown id": (
        FERRY, "topic: killed", "topic: kiled",
        f'{FERRY}:20: "kiled" is no name or facet. write "killed", or add it to names.yml or facets.yml.',
    ),
    "alias": (
        FERRY, "place: [velmora-harbour]", "place: &here [velmora-harbour]\n    about: *here",
        f"{FERRY}:22: this value is used again by an alias. write it out where the alias (*) stands.",
    ),
    "tag": (
        FERRY, "id: ferry-fire", "id: !!str ferry-fire",
        f'{FERRY}:3: the tag "tag:yaml.org,2002:str" is not allowed. delete it.',
    ),
    "not YAML": (
        "facets.yml", "contrary: [survived]}", "contrary: [survived}",
        "facets.yml:5: this is not YAML (did not find expected ',' or ']'). "
        "correct the indentation, quotes and brackets around this line.",
    ),
    "a list for a record": (
        "facets.yml", "facets:\n  # -- topics\n", "",
        "facets.yml:3: the file is not a record with keys. write a record with keys here.",
    ),
    "a list as key": (
        "facets.yml", "facets:", "[facets]:",
        "facets.yml:3: a key is a list or a record. write a word as the key.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line"), CASES.values(), ids=CASES)
def test_each_kind_of_broken_input_is_one_clear_line(world: Path, file: str, old: str, new: str, line: str) -> None:
    assert broken(world, file, old, new) == [line]


def test_a_file_that_is_not_utf8(world: Path) -> None:
    (world / "names.yml").write_bytes(b'names:\n  - id: "caf\xe9"\n')
    assert broken(world) == ["names.yml:2: the file is not UTF-8. save it with the encoding UTF-8."]


def test_an_empty_file(world: Path) -> None:
    (world / "names.yml").write_text("# nothing\n")
    assert broken(world) == ["names.yml:1: the file is empty. write its records, or delete it."]


def test_control_characters(world: Path) -> None:
    (world / "names.yml").write_bytes(b"names: \x00\n")
    [line] = broken(world)
    assert line.startswith("names.yml:1: this is not YAML (")


def test_nesting_without_end(world: Path) -> None:
    (world / "names.yml").write_text("names: " + "[" * 900 + "]" * 900)
    [line] = broken(world)
    assert line.startswith("names.yml:1: ")


def test_a_number_that_is_too_long_is_a_text(world: Path) -> None:
    [line] = broken(world, FERRY, "number: 4", "number: " + "9" * 5000)
    assert '"number": ' in line


def test_a_missing_folder(tmp_path: Path) -> None:
    [line] = broken(tmp_path / "nowhere")
    assert line.endswith("there is no such folder. name the folder that holds names.yml and reports/.")


def test_an_empty_folder_names_all_that_is_missing(tmp_path: Path) -> None:
    lines = broken(tmp_path)
    assert [line.split(":")[0] for line in lines] == ["names.yml", "facets.yml", "relations.yml", "reports"]


def test_a_file_with_another_ending_is_not_passed_over(world: Path) -> None:
    (world / "reports" / "more.yaml").write_text("")
    assert broken(world) == ["reports/more.yaml:1: a file with this ending is not read. rename it to more.yml."]


def test_a_folder_in_the_place_of_a_file(world: Path) -> None:
    (world / "reports" / "more.yml").mkdir()
    [line] = broken(world)
    assert line.startswith("reports/more.yml:1: the file cannot be read")


def test_problems_of_all_files_are_told_at_once(world: Path) -> None:
    (world / "names.yml").write_text("names: 3\n")
    assert len(broken(world, FERRY, "topic: killed", "topic: Killed")) == 2


@pytest.mark.parametrize(
    ("word", "value"),
    [("31", 31), ("-4", -4), ("3.5", 3.5), ("true", True), ("null", None), ("~", None), ("12:30", "12:30"),
     ("2026-01-31", "2026-01-31"), ("007", "007"), ("1_000", "1_000"), ("0x1f", "0x1f"), ("True", "True")],
)  # fmt: skip
def test_words_without_quotes_mean_what_they_say(word: str, value: object) -> None:
    assert files.plain_value(word) == value


def test_a_folder_is_named_by_path_or_text(world: Path) -> None:
    assert files.load(world).claims == files.load(str(world)).claims


def test_the_packaged_facts_load() -> None:
    assert len(files.load().claims) >= 52


@pytest.mark.parametrize("folder", [Path(__file__).parent / "world", files.FACTS], ids=["world", "facts"])
def test_the_files_are_canonical(folder: Path) -> None:
    for path, kind in files.files_in(folder).items():
        assert canonical(files.document(path), kind) == path.read_text(encoding="utf-8"), path


def test_format_brings_order_keeps_headings_and_is_a_fixpoint(world: Path) -> None:
    names = world / "names.yml"
    names.write_text(
        "# head\n\n# more head\nnames:\n# -- places\n\n  # far ones\n  - label: {en: Asel}\n    part_of: []\n"
        "    kind: place\n    id: 'on'\n  - {id: tarn, kind: person, label: {en: 'Tarn # 1'}, coordinates: null}\n"
        "# tail\n"
    )
    assert format_folder(world) == [names]
    assert names.read_text() == (
        '# head\n# more head\nnames:\n  # -- places\n  # far ones\n  - id: "on"\n    kind: place\n    label:\n'
        '      en: "Asel"\n\n  - id: tarn\n    kind: person\n    label:\n      en: "Tarn # 1"\n# tail\n'
    )
    assert format_folder(world) == []


@pytest.mark.parametrize(
    "text",
    [
        "names:\n  - id: one # a remark\n    kind: place\n    label: {en: One}\n",
        "names:\n  - id: one\n    # a remark\n    kind: place\n    label: {en: One}\n",
    ],
)
def test_format_loses_no_comment(world: Path, text: str) -> None:
    names = world / "names.yml"
    names.write_text(text)
    with pytest.raises(BrokenFacts, match="this comment would get lost"):
        format_folder(world)
    assert names.read_text() == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip()))
def test_any_text_survives_being_written_and_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("names") / "names.yml"
    name = Name(id="one", kind="place", label={"en": text}, spellings={"en": [text, "two"]})
    path.write_bytes(write(NamesFile(names=[name])).encode())
    assert files.records(files.document(path), NamesFile).record.names == [name]
    assert canonical(files.document(path), NamesFile) == path.read_bytes().decode()
