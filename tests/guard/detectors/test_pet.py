"""Pets by name."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.pet import pet

FOUND = [
    ("my dog Biscuit is asleep", ("Biscuit",), "an everyday word"),
    ("a cat called miso", ("miso",), "called"),
    ("nala is a beagle", ("nala",), "what the name is"),
    ("our rabbit, Pepper, bit me", ("Pepper",), "between commas"),
    ("my dog's name is Rex", ("Rex",), "name is"),
    ("i have chowder, shes a fat cat", ("chowder",), "the animal after the name"),
    ("my dog biscuit hates rain", ("biscuit",), "an everyday word, told of"),
    ("feeding my cats luna and milo", ("milo",), "the second of two"),
    ("my cats are Mr. Whiskers and Bean", ("Whiskers",), "the title stays outside"),
    ("my dog Sir Barksalot is asleep", ("Barksalot",), "a title right after the animal"),
    ("my hamster peanut escaped", ("peanut",), "what pets do"),
]

NOT = [
    ("my dog is asleep", "no name"),
    ("the cat food is out", "no name"),
    ("its raining cats and dogs", "an idiom"),
    ("a dog barked", "no name"),
    ("my dog agility class", "a compound"),
    ("my puppy is brown", "what it is like"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in pet.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
