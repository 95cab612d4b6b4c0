"""The scenarios in plain words: each has all its parts, and names a test that there is."""

from __future__ import annotations

from pathlib import Path

import yaml

TESTS = Path(__file__).parent
SCENARIOS = yaml.safe_load((TESTS / "scenarios.yml").read_text(encoding="utf-8"))["scenarios"]


def test_each_scenario_says_who_does_what_and_what_it_proves() -> None:
    assert all(list(each) == ["person", "bot", "proves", "test"] and all(each.values()) for each in SCENARIOS)


def test_each_scenario_names_a_test_of_its_own_that_there_is() -> None:
    named = [each["test"] for each in SCENARIOS]
    assert len(set(named)) == len(named)
    for name in named:
        file, _, function = name.partition("::")
        assert f"def {function}(" in (TESTS / file).read_text(encoding="utf-8"), name
