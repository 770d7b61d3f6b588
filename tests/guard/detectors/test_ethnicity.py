"""The people the author belongs to."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.ethnicity import ethnicity

FOUND = [
    ("im filipina", ("filipina",), "said plainly"),
    ("I am Igbo", ("Igbo",), "a people of Nigeria"),
    ("half korean and hungry", ("half korean", "korean"), "half"),
    ("im mexican american", ("mexican american",), "two words"),
    ("we're Zulu", ("Zulu",), "we are"),
    ("im māori on mums side", ("māori",), "macron"),
    ("I'm Polish", ("Polish",), "a word that also means something else"),
]

NOT = [
    ("i love thai food", "food"),
    ("she's french", "somebody else"),
    ("im not german", "denied"),
    ("i speak spanish", "a language"),
    ("the black cat", "a colour"),
    ("i had chinese takeaway", "food"),
    ("i am so proud of the Jamaican squad", "a team"),
    ("im a Spanish major", "a subject"),
    ("im a dreamer", "a hope, no status"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in ethnicity.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
