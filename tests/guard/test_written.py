"""What is asked to be written or told of an invented character, and where the author comes in again."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard._written import of_life
from discretion.guard.detectors.location import location
from discretion.guard.detectors.occupation import occupation

CASES = [
    ("my character is a nurse in Boston", 0, "a character's trade and town"),
    ("My character is a nurse. I live in Boston", 1, "the next sentence is the author's"),
    ("my character is a nurse like me, i live in Boston", 1, "after the character the author"),
    ("the character limit is 500 and i live in Boston", 1, "no invented character"),
    ("im a character artist in Boston", 2, "a trade"),
    ("write me a story about a nurse in Boston", 0, "asked to be written"),
    ("i live in Boston, write me a story about a nurse", 1, "life before the request"),
]


@pytest.mark.parametrize(("text", "count", "reason"), CASES)
def test_only_life_is_left(text: str, count: int, reason: str) -> None:
    view = View(text)
    assert len([*location.find(view), *occupation.find(view)]) == count, reason


def test_a_wrapped_detector_keeps_its_docstring() -> None:
    assert of_life(location.find).__doc__ == location.find.__doc__
