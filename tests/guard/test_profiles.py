"""Rows of facts in which a message introduces its author."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.guard import View
from discretion.guard._profiles import profiles

ROWS = [
    ("im Keira, nurse, 29, Providence", True, "after im"),
    ("29f providence", True, "a sign"),
    ("34/f/leeds", True, "a sign in parts"),
    ("accountant in Leeds, 41", False, "a trade and an age without a subject"),
]
NONE = [
    ("she is a nurse, 29, from Leeds", "somebody else"),
    ("nurse, 29?", "asked"),
    ("eggs, milk, 29", "no trade and no sign"),
    ("you are a nurse, 29", "the listener"),
    ("im fine, thanks", "a state"),
    (",", "no word"),
]


@pytest.mark.parametrize(("text", "is_plain", "reason"), ROWS)
def test_found(text: str, is_plain: bool, reason: str) -> None:
    assert [row.is_plain for row in profiles(View(text))] == [is_plain], reason


@pytest.mark.parametrize(("text", "reason"), NONE)
def test_not_found(text: str, reason: str) -> None:
    assert profiles(View(text)) == (), reason


@given(
    st.lists(st.sampled_from(("im", "29f", "nurse", "41", ",", "/", "m", ".", "leeds", "²²")), max_size=20)
)
def test_parts_lie_in_the_message(parts: list[str]) -> None:
    view = View(" ".join(parts))
    for row in profiles(view):
        assert all(0 <= a < b <= len(view.words.words) for a, b in row.others)
