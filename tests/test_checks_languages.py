"""The checks of statements in Urdu and Roman Urdu, whose verbs and bounds stand elsewhere than in English."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_checks import FERRY, change, found

from knowledge import files

RESCUED, BLAMES = 'hours"\n', 'repaired"\n'  # how the English of two statements ends
IN_URDU = {
    "all is well": (RESCUED, "ur", "*درجنوں* مسافر *دو* گھنٹے کے اندر بچا لیے گئے", []),
    "all is well in Roman letters": (
        RESCUED, "ur-Latn", "*Darjanon* musafir *2* ghanton ke andar bacha liye gaye", [],
    ),
    "another figure": (
        RESCUED, "ur", "*درجنوں* مسافر *تین* گھنٹے کے اندر بچا لیے گئے",
        ['the statement does not say "within 2"', 'the statement says "within 3", its quantities do not'],
    ),
    "another bound": (
        RESCUED, "ur-Latn", "*Darjanon* musafir *do* se zyada ghanton mein bacha liye gaye",
        ['the statement does not say "within 2"', 'the statement says "more than 2", its quantities do not'],
    ),
    "the bound of something else": (
        RESCUED, "ur", "*درجنوں* مسافر *دو* گھنٹوں میں بندرگاہ کے اندر بچا لیے گئے",
        ['the statement does not say "within 2"', 'the statement says "2", its quantities do not'],
    ),
    "a figure without marks": (
        RESCUED, "ur", "*درجنوں* مسافر اور سات ملاح *دو* گھنٹے کے اندر بچا لیے گئے",
        ['the figure "سات" is not marked'],
    ),
    "a word of quantity without marks": (
        RESCUED, "ur-Latn", "*Darjanon* musafir *do* ghante ke andar kai kashtiyon par bacha liye gaye",
        ['the figure "kai" is not marked'],
    ),
    "a loaded word": (
        RESCUED, "ur", "*درجنوں* بہادر مسافر *دو* گھنٹے کے اندر بچا لیے گئے", ['"بہادر" is a loaded word'],
    ),
    "a full stop": (
        RESCUED, "ur", "*درجنوں* مسافر *دو* گھنٹے کے اندر بچا لیے گئے\u06d4", ["the statement ends with a full stop"],
    ),
    "a verb at the end": (BLAMES, "ur", "نے ایک ایسے انجن کو آگ کا ذمہ دار ٹھہرایا جس کی مرمت نہیں ہوئی", []),
    "a verb in another sentence": (
        BLAMES, "ur", "نے انجن دیکھا، اور بلیو لائن کو ذمہ دار ٹھہرایا",
        ["a quoted statement does not begin with its verb"],
    ),
    "no verb": (BLAMES, "ur-Latn", "aik engine, jis ki marammat nahi hui", [
        "a quoted statement does not begin with its verb",
    ]),
    "the speaker again": (BLAMES, "ur-Latn", "Mayor ka kehna hai ke engine kharab tha", [
        "a quoted statement does not begin with its verb",
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("after", "language", "says", "wrong"), IN_URDU.values(), ids=IN_URDU)
def test_statements_are_checked_in_every_language(
    world: Path, after: str, language: str, says: str, wrong: list[str]
) -> None:
    change(world, FERRY, after, f'{after}      {language}: "{says}"\n')
    assert sorted(found(world)) == wrong


def test_names_that_hold_a_loaded_word_may_be_told(world: Path) -> None:
    change(world, "names.yml", 'en: "Ilva Tarn"', 'en: "Ilva Martyr"')
    change(world, FERRY, '"blames an engine', '"blames Ilva Martyr, the counter terrorism police, an engine')
    assert found(world) == []
    change(world, FERRY, "the counter terrorism police", "the terrorism police")
    assert found(world) == ['"terrorism" is a loaded word']


def test_all_of_the_founding_report_is_there_in_three_languages() -> None:
    [report] = [each.record for each in files.read(files.FACTS).reports if each.path.stem == "crackdown-article"]
    worded = [claim.says for claim in report.claims] + [gap.says for gap in report.gaps]
    worded += [relation.about for relation in report.relations if relation.about]
    assert all({"en", "ur", "ur-Latn"} <= wording.keys() for wording in worded)
