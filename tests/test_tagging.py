"""What the words of a text are taken for: names, facets, cues, numbers, and what nothing explains."""

from __future__ import annotations

import pytest

from bot.conversation import opened
from bot.dialogue import Tag

TAGGER = opened(sources=frozenset({"crackdown-article"})).taggers["en"]


def ids(tags: tuple[Tag, ...]) -> list[str]:
    return [id for tag in tags for id in tag.ids]


def test_names_and_facets_are_found_in_any_inflection() -> None:
    assert {"killed", "civilians", "quetta"} <= set(ids(TAGGER.tag("killing of a civilian in Quetta").content))


def test_the_longest_phrase_wins() -> None:
    assert ids(TAGGER.tag("Baloch Liberation Army").content) == ["bla"]


def test_two_names_of_one_man_are_one_tag() -> None:
    (tag,) = TAGGER.tag("defence minister Khawaja Asif").content
    assert tag.ids == ("khawaja-asif",) and (tag.start, tag.end) == (0, 4)


def test_cues_lie_over_what_is_counted() -> None:
    tagged = TAGGER.tag("how many banks were attacked")
    assert any("count" in cue.ids for cue in tagged.cues) and ids(tagged.content)[0] == "bank"


@pytest.mark.parametrize(
    ("text", "number"), [("31", 31), ("eighty four", 84), ("one hundred and", 100), ("145 dead", 145), ("31k", 31)]
)
def test_figures_and_words_are_numbers(text: str, number: int) -> None:
    assert TAGGER.tag(text).numbers[0].number == number


def test_list_marks_are_no_figures() -> None:
    assert TAGGER.tag("1) who claimed it 2) how many died").numbers == ()


def test_a_misspelt_word_is_less_sure_than_one_spelt_rightly() -> None:
    right, wrong = TAGGER.tag("policemen").content[0], TAGGER.tag("policeemen").content[0]
    assert right.ids == wrong.ids and wrong.score < right.score == 100


def test_words_typed_in_two_pieces_are_joined() -> None:
    assert ids(TAGGER.tag("gwada r").content) == ["gwadar"]


def test_what_nothing_explains_is_kept_as_unknown() -> None:
    assert [tag.text for tag in TAGGER.tag("how many zorgons died").unknown] == ["zorgons"]


def test_light_words_are_not_unknown() -> None:
    assert TAGGER.tag("please tell me the toll of civilians").unknown == ()


def test_a_part_of_a_text_holds_the_tags_inside_it() -> None:
    tagged = TAGGER.tag("civilians and militants")
    assert ids(tagged.within(2, 3).content) == ["militants"]
