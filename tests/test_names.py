"""Misspelt names and words: brought back where one meaning is near, left alone where none or several are."""

from __future__ import annotations

import pytest

from bot.conversation import opened
from bot.names import SHORTEST, Speller, sound

DESK = opened(sources=frozenset({"crackdown-article"}))
SPELLER: Speller = DESK.taggers["en"].speller
TAGGER = DESK.taggers["en"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("gwdar", "gwadar"), ("gwaddar", "gwadar"), ("wadar", "gwadar"), ("wgadar", "gwadar"),
        ("qetta", "quetta"), ("kweta", "quetta"), ("naushky", "noshki"), ("khuzdaar", "khuzdar"),
        ("lahone", "lahore"), ("mulran", "multan"), ("naqwi", "mohsin-naqvi"), ("bugtee", "sarfraz-bugti"),
    ],
)  # fmt: skip
def test_a_slip_or_another_spelling_is_still_the_name(typed: str, name: str) -> None:
    assert name in {id for tag in TAGGER.tag(typed).content for id in tag.ids}


@pytest.mark.parametrize("typed", ["cows", "post", "xyzzy", "zzzzzz", "ab", "goats"])
def test_another_word_is_no_slip(typed: str) -> None:
    reading = SPELLER.read(typed)
    assert reading is None or reading.words == (typed,)


def test_words_typed_without_spaces_come_apart() -> None:
    reading = SPELLER.read("quettapolicekilled")
    assert reading is not None and reading.words == ("quetta", "police", "killed")


def test_a_reading_says_how_sure_it_is() -> None:
    near, far = SPELLER.read("policeemen"), SPELLER.read("howmanycivilians")
    assert near is not None and far is not None
    assert 80 < near.score < 100 and far.score == 90


def test_short_words_are_not_guessed() -> None:
    assert all(SPELLER.read("qzx"[:length]) is None for length in range(1, SHORTEST))


@pytest.mark.parametrize("alike", [("quetta", "qetta", "kweta"), ("noshki", "naushki", "nushki"), ("bugti", "bughti")])
def test_names_that_sound_alike_have_one_key(alike: tuple[str, ...]) -> None:
    assert len({sound(name) for name in alike}) == 1


def test_readings_do_not_depend_on_what_was_read_before() -> None:
    fresh = Speller(SPELLER.lexicon)
    typed = ["gwdar", "mastng", "kiled", "qetta", "xyzzy"]
    assert [fresh.read(word) for word in reversed(typed)] == [SPELLER.read(word) for word in reversed(typed)]
