"""Money of the author."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.finances import finances

FOUND = [
    ("i make 18 an hour", ("18 an hour", "make 18 an hour"), "a wage"),
    ("im two months behind on rent", ("two months behind on rent", "two months behind"), "arrears"),
    ("i owe nineteen thousand dollars", ("nineteen thousand dollars",), "a debt"),
    ("i'm on food stamps", ("on food stamps", "food stamps"), "benefits"),
    ("my rent is $1,340", ("$1,340",), "rent"),
    ("filed for bankruptcy", ("bankruptcy",), "bankruptcy"),
    ("i have two kids and a mortgage", ("mortgage",), "a debt"),
]

NOT = [
    ("i ate 3 eggs", "a count"),
    ("that took an hour", "a time"),
    ("he owes 20 dollars", "somebody else"),
    ("see you at 10", "a time of day"),
    ("two people", "a count"),
    ("i got 144,721 points", "points of a game"),
    ("reached 1 million homes", "a count"),
    ("Win $100 now http://t.co/x", "a prize"),
    ("i lost 20 pounds", "a weight"),
    ("i ran a 5k", "a run"),
    ("what is a mortgage", "asked"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in finances.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
