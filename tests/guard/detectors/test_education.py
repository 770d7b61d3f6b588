"""Schooling of the author."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.education import education

FOUND = [
    ("im a sophomore at boise state", ("sophomore at boise state", "sophomore"), "a stage"),
    ("third year law student", ("third year law student",), "a year"),
    ("i have a masters in hydrology", ("masters in hydrology",), "a degree"),
    ("i dropped out of college", ("college",), "dropping out"),
    ("i study nursing", ("nursing",), "a subject"),
    ("doing my gcses", ("gcses",), "exams"),
    ("im a junior at ohio state", ("ohio state",), "a school by its state"),
    ("I go to Exeter uni, psych", ("Exeter uni",), "where one goes"),
    (
        "the twins start kindergarten at Larkspur Elementary",
        ("Larkspur Elementary",),
        "the school of one's children",
    ),
]

NOT = [
    ("our first year together was hard", "a couple's year"),
    ("my brother goes to college", "somebody else"),
    ("a master class in patience", "an idiom"),
    ("class dismissed", "no school of one's own"),
    ("i cut a major artery", "large"),
    ("master of none", "an idiom"),
    ("it changed the course of our lives", "a way"),
    ("she goes to Larkspur Elementary", "nobody's child"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in education.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
