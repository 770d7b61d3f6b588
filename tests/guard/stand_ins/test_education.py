"""Stand-ins of schools: of the same level and pattern; degrees, years and subjects stay."""

from __future__ import annotations

import re

import pytest
from tests.guard.stand_ins.asking import first, offered

from discretion.guard.stand_ins._places import town_named
from discretion.records import Kind

NAME = "[A-Z][a-z]+"
SHAPES = [
    ("Oakfield High", f"{NAME} High", "the level stays"),
    ("University of Tulsa", f"University of {NAME}", "the town behind it changes"),
    ("OSU", "[A-Z]{2}U", "initials, with the U for university"),
    ("ucla", "[a-z]{4}", "initials in small letters"),
    ("Tulsa Community College", f"{NAME} Community College", "two words for what it is"),
    ("St Mary's, class of '97", f"St {NAME}'s, class of '97", "the class stays"),
    ("HND from Accra Polytechnic", f"HND from {NAME} Polytechnic", "the degree stays"),
    ("a ba in art history from smu", "a ba in art history from [a-z]{2}u", "so does the subject"),
    ("second year ag at lincoln", "second year ag at [a-z]+", "and the year"),
    ("Ohio State", f"{NAME}(?: {NAME})? State", "a state's"),
    ("eastern kentucky", "eastern [a-z ]+", "a direction stays"),
    ("Open University", f"{NAME} University", "an everyday word before the noun is a name"),
    ("skyline", "[a-z]+", "an everyday word alone is a school's name"),
    ("english lit at goldsmiths", "english lit at [a-z]+", 'or behind "at"'),
    ("mech eng, mcmaster, year four", "mech eng, [a-z]+, year four", "between subject and year"),
    ("rufus king, class of 09", "[a-z]+, class of 09", "two everyday words before the class"),
]
KEPT = [
    "second year nursing", "class of '97", "dropped out of biology", "quit college", "phd on bees", "b.ed",
    "third year of the phd", "matric at night school", "gcses", "", "'98",
    "left school at fifteen", "ran out of money after one term", "peat bogs and land law", "linguistics",
]  # fmt: skip


@pytest.mark.parametrize(("words", "shape", "why"), SHAPES)
def test_pattern_stays(words: str, shape: str, why: str) -> None:
    assert re.fullmatch(shape, first(Kind.EDUCATION, words)), why


@pytest.mark.parametrize("words", KEPT)
def test_what_names_no_school_has_no_stand_in(words: str) -> None:
    assert offered(Kind.EDUCATION, words) == []


@pytest.mark.parametrize("words", ["Oakfield High", "OSU", "University of Tulsa", "ucla"])
def test_enough_candidates_and_none_twice(words: str) -> None:
    made = offered(Kind.EDUCATION, words, count=400)
    assert len(made) == len(set(made)) >= 200


def test_a_school_abroad_is_called_as_a_town_there() -> None:
    made = first(Kind.EDUCATION, "master at Leiden").removeprefix("master at ")
    town = town_named(made)
    assert town
    assert town.region.startswith("NL")


@pytest.mark.parametrize(
    "words", ["x" * 3000, "Tulsa " * 2000, "U", "İstanbul Üniversitesi", "\x00", "of of of", "東京大学", "-"]
)
def test_hostile_words_do_no_harm(words: str) -> None:
    assert len(offered(Kind.EDUCATION, words, count=3)) <= 3
