"""Stand-ins of pets: a person's name for a person's name, a word for a word."""

from __future__ import annotations

import re

import pytest
from tests.guard.stand_ins.asking import first, offered

from discretion.guard.stand_ins._alike import sections
from discretion.guard.stand_ins._bearers import bearers_of
from discretion.knowledge.gazetteer import common_words, ordinary_words
from discretion.records import Kind

SHAPES = [
    ("Biscuit", "[A-Z][a-z]+", "a word"),
    ("biscuit", "[a-z]+", "in small letters"),
    ("ELVIS", "[A-Z]+", "in capitals"),
    ("Mrs Tibbs", "Mrs [A-Z][a-z]+", "a title stays"),
    ("Herr Müller", "Herr [A-Z][a-z]+", "a title of another language"),
    ("dr. john", r"dr\. [a-z]+", "with a full stop"),
    ("the assistant principal", "the [a-z]+ [a-z]+", "an article stays"),
    ("Biscuit Gravy", "[A-Z][a-z]+ [A-Z][a-z]+", "as many words"),
]


@pytest.mark.parametrize(("words", "shape", "why"), SHAPES)
def test_pattern_stays(words: str, shape: str, why: str) -> None:
    for made in offered(Kind.PET, words, count=1):
        assert re.fullmatch(shape, made), why


@pytest.mark.parametrize(
    "words", ["Biscuit", "Charlie", "Luna", "rex", "Mrs Tibbs", "Pieróg", "Biscuit Gravy"]
)
def test_enough_candidates_and_none_twice(words: str) -> None:
    made = offered(Kind.PET, words, count=400)
    assert len(made) == len(set(made)) >= 200


@pytest.mark.parametrize(("words", "sex"), [("Charlie", "m"), ("Luna", "f"), ("Gerald", "m"), ("Bella", "f")])
def test_a_persons_name_keeps_its_sex(words: str, sex: str) -> None:
    for made in offered(Kind.PET, words, count=20):
        assert bearers_of(made.lower()).likelier_sex in (sex, "n"), made


def test_a_word_is_no_common_one_and_begins_otherwise() -> None:
    for made in offered(Kind.PET, "Biscuit", count=100):
        assert made.lower() not in common_words()
        assert made[0] != "B"


def test_each_name_stands_once_in_the_list() -> None:
    told = [name for names in sections("pet_names.txt").values() for name in names]
    assert len(told) == len(set(told))
    assert all(name.isascii() and name.isalpha() for name in told)
    assert len([word for word in sections("pet_names.txt")["word"] if word not in ordinary_words()]) > 200


@pytest.mark.parametrize("words", ["", "  ", "Mrs", "x" * 3000, "\x00", "🐶", "the", "ミケ"])
def test_hostile_words_do_no_harm(words: str) -> None:
    assert len(offered(Kind.PET, words, count=3)) <= 3


def test_the_same_draw_gives_the_same() -> None:
    assert first(Kind.PET, "Rex", seed=5) == first(Kind.PET, "Rex", seed=5)


def test_no_persons_name_for_a_pet_is_an_everyday_word() -> None:
    assert ordinary_words().isdisjoint(name.lower() for name in offered(Kind.PET, "gladys", count=60))
