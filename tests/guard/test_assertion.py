"""Whom a clause is about, and whether it is asserted."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard._assertion import author_is, is_denied, is_of_author

SAYS = [
    ("im a nurse", "nurse", "without apostrophe"),
    ("I am a nurse", "nurse", "in full"),
    ("i really am just a nurse", "nurse", "light words between"),
    ("i've been a nurse", "nurse", "have been"),
    ("been married a year", "married", "elliptic"),
    ("we're Zulu", "zulu", "we are"),
    ("i'll be 40", "40", "will be"),
]
SAYS_NOT = [
    ("im not a nurse", "denied"),
    ("if i was a nurse", "hypothesis"),
    ("i wish i was a nurse", "wish"),
    ("she is a nurse", "somebody else"),
    ("imagine im a nurse", "imagined"),
]


@pytest.mark.parametrize(("text", "word", "reason"), SAYS)
def test_says_what_the_author_is(text: str, word: str, reason: str) -> None:
    view = View(text)
    assert [view.words.keys[c.at] for c in author_is(view)] == [word], reason


@pytest.mark.parametrize(("text", "reason"), SAYS_NOT)
def test_says_nothing_of_the_author(text: str, reason: str) -> None:
    assert not author_is(View(text)), reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("my dad has asthma", False, "kin is nearer than the author"),
        ("i have asthma", True, "the author"),
        ("the doctor says i have asthma", True, "the author is nearer"),
        ("she told me she has asthma", False, "somebody else is nearer"),
        ("asthma again", True, "nobody is named"),
    ],
)
def test_of_whom_it_is_told(text: str, expected: bool, reason: str) -> None:
    view = View(text)
    assert is_of_author(view, view.words.keys.index("asthma")) is expected, reason


def test_a_denial_reaches_no_further_than_its_clause() -> None:
    words = View("i dont smoke, i have asthma").words
    assert not is_denied(words, words.keys.index("asthma"))
