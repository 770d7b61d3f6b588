"""Dated events."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.event import event

FOUND = [
    ("my court date is on the 9th of may", ("court date is on the 9th of may", "9th of may"), "a hearing"),
    ("wedding is june 14", ("wedding is june 14", "june 14"), "a wedding"),
    ("flight is on the 22nd", ("flight is on the 22nd", "the 22nd"), "a flight"),
    ("i have an exam on thursday", ("exam on thursday",), "an exam and a weekday"),
    ("we got married in 1994", ("married in 1994", "got married in 1994"), "a year"),
    ("married on the 9th of may", ("married on the 9th of may",), "without its subject, one run"),
    (
        "we got married on the 9th of may",
        (
            "got married on the 9th of may",
            "married on the 9th of may",
        ),
        "one run",
    ),
]

NOT = [
    ("i was born on 3 march", "a birth date has its own kind"),
    ("the third level was hard", "an ordinal"),
    ("see you thursday", "no occasion"),
    ("may i ask", "no month"),
    ("Watch the final live December 20 http://t.co/x", "published"),
    ("#concert on May 5", "published"),
    ("it was lovely last spring", "a time without an occasion"),
    ("im married and busy this week", "a status and a week"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in event.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
