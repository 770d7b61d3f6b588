"""The author's orientation."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.orientation import orientation

FOUND = [
    ("im gay", ("gay",), "said plainly"),
    ("i am bi", ("bi",), "short"),
    ("i'm not straight", ("straight", "not straight"), "places the author in a group"),
    ("being a lesbian in this town", ("lesbian",), "being a"),
    ("i like men", ("men",), "told by whom one likes"),
]

NOT = [
    ("my brother is gay", "somebody else"),
    ("go straight home", "a direction"),
    ("put the pan on", "a thing"),
    ("if i was gay", "hypothetical"),
    ("im straight up exhausted", "an idiom"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in orientation.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
