from __future__ import annotations

import pytest
from pydantic import ValidationError

from knowledge.model import Attribution, Excerpt, Gap, Name, Quantity, Relation, Source


def test_records_are_frozen() -> None:
    attribution = Attribution(speaker="ilva-tarn")
    with pytest.raises(ValidationError, match="frozen"):
        attribution.speaker = "somebody-else"


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Excerpt.model_validate({"text": "four sailors", "at": "1.1", "page": 3})


@pytest.mark.parametrize("place", ["4", "4.", "a.1", "1.2.3"])
def test_a_place_is_paragraph_and_sentence(place: str) -> None:
    with pytest.raises(ValidationError):
        Excerpt(text="four sailors", at=place)


@pytest.mark.parametrize("id", ["Velmora", "vel mora", "-velmora", "vel--mora", ""])
def test_an_id_is_small_letters_digits_and_single_hyphens(id: str) -> None:
    with pytest.raises(ValidationError):
        Name(id=id, kind="place", label={"en": "Velmora"})


@pytest.mark.parametrize("language", ["english", "EN", "ur_Latn"])
def test_a_language_is_a_code(language: str) -> None:
    with pytest.raises(ValidationError):
        Name(id="velmora", kind="place", label={language: "Velmora"})


def test_figures_are_not_negative() -> None:
    with pytest.raises(ValidationError):
        Quantity(number=-1, of="sailors")


def test_a_text_holds_something() -> None:
    with pytest.raises(ValidationError):
        Excerpt(text="   ", at="1.1")


def test_kinds_are_few() -> None:
    with pytest.raises(ValidationError):
        Relation.model_validate({"kind": "refutes", "a": "one", "b": "two"})


def test_a_gap_can_be_asked_for() -> None:
    with pytest.raises(ValidationError):
        Gap(id="wounded", says={"en": "number of wounded"}, facets=[], asked=["How many?"])


def test_a_source_has_a_web_address() -> None:
    with pytest.raises(ValidationError):
        Source.model_validate({"id": "one", "title": "One", "publisher": "Two", "url": "letter.example"})
