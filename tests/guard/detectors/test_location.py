"""Where the author lives or is from."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.location import location

FOUND = [
    ("i live in leeds", ("leeds",), "lower case"),
    ("im from ohio", ("ohio",), "a state"),
    ("here in São Paulo it rains", ("São Paulo",), "two words, diacritics"),
    ("grew up outside Dunmanway", ("Dunmanway",), "small, capital after a firm cue"),
    ("moved to toronto last year", ("toronto",), "moved to"),
    ("its 97 in fresno", ("fresno",), "weather where one is"),
    ("i stay in Reading", ("Reading",), "also a word; capital and firm cue"),
    ("born in Kerala", ("Kerala",), "a region"),
    ("i live on harlow road", ("harlow road",), "a street without a number"),
    ("i have a room in Old Rajindar Nagar", ("Old Rajindar Nagar",), "an everyday word opens the name"),
    ("is it normal that i feel lost in Leeds?", ("Leeds",), "a question that speaks of the author"),
    ("29F providence", ("providence",), "after a sign"),
    ("I'm Keira, nurse, 29, Providence", ("Providence",), "in a row of facts"),
    ("34/f/leeds", ("leeds",), "after a sign in parts"),
    ("hi, im Tom, 45, plumber, Cardiff", ("Cardiff",), "in a row of facts after a greeting"),
]

NOT = [
    ("im not from texas", "denied"),
    ("if i lived in paris", "hypothetical"),
    ("i was reading in bed", "the word"),
    ("she lives in boston", "somebody else"),
    ("nice to meet you", "the word"),
    ("we could fly to rome", "only wished"),
    ("im in bed", "no place of the map"),
    ("a bloke from hull rang me", "where somebody else is from"),
    ("we meet in august", "a month"),
    ("i am in leeds till sunday", "a visit, which is routine"),
    ("Happy Holidays from Arizona http://t.co/x", "published"),
    ("i was on the UK show", "the place is half of a thing"),
    ("i have been to Spain a few times", "a journey"),
    ("im a junior at ohio state", "a school"),
    ("i'm listening to Taylor Swift", "the first half of a name"),
    ("what's the number in the US?", "a question that speaks of nobody"),
    ("my character is a nurse in Boston", "told of an invented character"),
    ("my OC Maya is 22 and lives in Tokyo", "told of an invented character"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in location.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
