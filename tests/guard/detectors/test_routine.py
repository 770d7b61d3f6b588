"""Whereabouts of the author."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.routine import routine

FOUND = [
    ("home alone till 6", ("home alone till 6",), "alone at home"),
    ("i work 9 to 5", ("9 to 5",), "hours"),
    ("my shift starts at ten", ("shift starts at ten",), "a shift"),
    ("i have the house to myself", ("house to myself",), "alone at home"),
    ("i'm at the gym every morning at 6", ("every morning at 6",), "a regular time"),
    ("tuesdays i swim", ("tuesdays",), "a regular day"),
    ("every monday i swim", ("every monday i swim",), "a weekday by name"),
    (
        "I'm at the Starbucks on 3rd and Main right now",
        ("the Starbucks on 3rd and Main right now",),
        "a named place now",
    ),
    ("im in room 214 at the marriott downtown", ("room 214 at the marriott downtown",), "a room"),
    (
        "house will be empty a week from the 14th",
        ("house will be empty a week from the 14th",),
        "nobody at home",
    ),
    (
        "we're away till sunday",
        (
            "we're away till sunday",
            "away till sunday",
        ),
        "nobody at home",
    ),
    ("AA on mondays at St Anselm's", ("on mondays",), "a regular day after what is done"),
]

NOT = [
    ("12h shift again", "a length, not a time"),
    ("she gets home at 5", "somebody else"),
    ("we won 4-2", "a score"),
    ("turn to page 12", "a page"),
    ("i have two cats", "a count"),
    ("December 15, 2014 at 03:48", "a stamp"),
    ("live show tomorrow at 1 pm PST", "a time zone"),
    ("i love it every day", "narrows nothing"),
    ("Gates open at 6pm http://t.co/x", "published"),
    ("i'm in the mood right now", "a state"),
    ("im in a good place rn", "a state"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in routine.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
