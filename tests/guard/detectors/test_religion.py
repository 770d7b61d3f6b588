"""Faith, worship and politics of the author."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.religion import religion

FOUND = [
    ("im catholic", ("catholic",), "said plainly"),
    ("i was raised mormon", ("mormon",), "raised"),
    ("i am an atheist", ("atheist",), "no faith is one too"),
    ("i go to mass on sundays", ("mass",), "worship"),
    ("my mosque is round the corner", ("mosque",), "one's own place of worship"),
    ("i voted labour", ("labour",), "a vote"),
    ("fasting for ramadan so i'm slow", ("ramadan",), "a fast"),
]

NOT = [
    ("my boss is jewish", "somebody else"),
    ("im not religious or catholic", "denied"),
    ("the church is old", "a building"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in religion.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
