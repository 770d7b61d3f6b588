"""The author's gender."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.gender import gender

FOUND = [
    ("im a woman", ("woman",), "said plainly"),
    ("i'm a trans guy", ("trans guy",), "an identity"),
    ("im nonbinary", ("nonbinary",), "an identity"),
    ("my pronouns are they/them", ("they/them",), "pronouns"),
    ("as a man i get that", ("man",), "as a man, with I"),
    ("im a woman of 36", ("woman",), "a number after of"),
]

NOT = [
    ("he is a nice man", "somebody else"),
    ("im not a man of many words", "denied"),
    ("the woman at the till", "somebody else"),
    ("guys come on", "called out"),
    ("this girl needs sleep", "mostly somebody else"),
    ("I am wearing my Wonder Woman earrings", "a title"),
    ("i was broke man", "called out, no article"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in gender.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
