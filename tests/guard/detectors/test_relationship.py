"""Status of the author."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.relationship import relationship

FOUND = [
    ("im single", ("single",), "said plainly"),
    ("we've been married 16 years", ("married 16 years",), "and how long"),
    ("i'm a widow", ("widow",), "a widow"),
    ("divorced since 2019", ("divorced since 2019",), "and since when"),
    ("never married", ("never married",), "a denial that places the author"),
    ("i have no boyfriend", ("no boyfriend",), "none"),
    ("been together nine years", ("together nine years",), "elliptic"),
    ("going through a divorce", ("divorce", "going through a divorce"), "under way"),
    ("been dating a guy for 5 months", ("dating a guy for 5 months",), "with whom stands between"),
]

NOT = [
    ("she's single", "somebody else"),
    ("a single bed", "a thing"),
    ("my sister got divorced", "somebody else"),
    ("if i was married", "hypothetical"),
    ("every single day", "an idiom"),
    ("how to talk to a widow", "somebody else"),
    ("i like married men", "whom one likes"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in relationship.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
