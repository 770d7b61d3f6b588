"""How the author looks."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.appearance import appearance

FOUND = [
    ("im 5'11", ("5'11",), "a height"),
    ("im six foot four", ("six foot four",), "in words"),
    ("i have a burn scar on my wrist", ("burn scar on my wrist",), "a scar"),
    ("i've a tattoo of a heron on my arm", ("tattoo of a heron on my arm",), "a tattoo"),
    ("im bald", ("bald",), "bald"),
    (
        "im 5'4 red hair",
        (
            "5'4",
            "red hair",
        ),
        "height and hair without my",
    ),
    (
        "im 6'2 and 210 lbs",
        (
            "6'2 and 210 lbs",
            "6'2",
        ),
        "height and weight in one run",
    ),
    (
        "im tall with a scar on my chin",
        (
            "tall with a scar on my chin",
            "scar on my chin",
        ),
        "a scar after with",
    ),
    ("5'9 and 140 pounds", ("5'9 and 140 pounds",), "without a subject, at the start"),
]

NOT = [
    ("im scared", "no scar"),
    ("my scarf is wet", "no scar"),
    ("5 feet away from him", "a distance"),
    ("i need a new tattoo", "wished for"),
    ("my mom got a tattoo", "somebody else"),
    ("i just spent $ 2.50 on it", "an amount"),
    ("she is 5'9 and blonde", "somebody else"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in appearance.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
