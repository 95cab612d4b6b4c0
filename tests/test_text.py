"""One spelling for one text: what is unified, what is dropped, what stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import WIDEST, normalise, strip_controls, words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("\uff28\uff2f\uff37 many", ["how", "many"]),  # full-width letters
        ("naïve café", ["naive", "cafe"]),
        ("B.L.A. killed", ["bla", "killed"]),
        ("deaaaad", ["deaad"]),  # stretched letters shrink to two
        ("Naqvi's visit", ["naqvi", "visit"]),
        ("31,000 civilians", ["31000", "civilians"]),
        ("#BalochistanAttack", ["balochistan", "attack"]),
        ("see https://a.example/84?q=1 now", ["see", "now"]),
        ("mail me@a.example please", ["mail", "please"]),
        ("eighty-four jawans", ["eighty", "four", "jawans"]),
        ("3G/4G", ["3g", "/", "4g"]),
        ("dead?!", ["dead", "?", "!"]),
        ("قتل ۳۱؟", ["قتل", "31", "?"]),
        ("كتاب", words(normalise("کتاب"))),  # Arabic and Urdu keyboards write one letter
        ("🔥🔥", []),
    ],
)
def test_every_way_to_write_it_reads_alike(typed: str, read: list[str]) -> None:
    assert words(normalise(typed)) == read


def test_what_nobody_sees_is_taken_out() -> None:
    assert strip_controls("a\u200b\u202e\u2066b\x00\tc\n") == "ab\tc\n"


def test_a_very_long_text_is_read_at_both_ends() -> None:
    read = words(normalise("first " + "x " * 5000 + "last"))
    assert read[0] == "first" and read[-1] == "last" and len(read) <= WIDEST


@given(st.text(max_size=300))
def test_reading_twice_changes_nothing(text: str) -> None:
    read = words(normalise(text))
    again = words(normalise(" ".join(read)))
    assert words(normalise(" ".join(again))) == again
    assert all(word.strip(" \t") for word in read)
