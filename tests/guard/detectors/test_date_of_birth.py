"""Birth dates in figures, words and feasts; ages and other dates are none."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.date_of_birth import date_of_birth

FOUND = [
    ("my birthday is march 3rd", "march 3rd", "day and month"),
    ("born on 14 March", "14 March", "day first"),
    ("i was born 9th of march 1971", "9th of march 1971", "with the year"),
    ("dob 03/04/1981", "03/04/1981", "figures"),
    ("DOB: 1981-04-03", "1981-04-03", "ISO 8601"),
    ("dob 3.4.81", "3.4.81", "two-figure year"),
    ("born in october '66", "october '66", "month and year are near-full"),
    ("i was born on the fourth of may nineteen thirty-one", "fourth of may nineteen thirty-one", "in words"),
    ("born the third of the fifth, seventy-two", "third of the fifth, seventy-two", "month as an ordinal"),
    ("born on christmas day", "christmas day", "a feast"),
    ("february 29th baby", "february 29th", "what kind of baby"),
    ("halloween is my birthday", "halloween", "the word after it"),
    ("turning fifty on anzac day", "anzac day", "the age stays outside"),
    ("i turn 40 on the 3rd of may", "3rd of may", "the age stays outside"),
    ("birthday? march 3rd.", "march 3rd", "an answer to oneself"),
    ("i was born the day the wall came down", "day the wall came down", "a day that all can look up"),
    ("St. Patrick's Day is my bday", "St. Patrick's Day", "a saint's day with its dot"),
    ("date of birth, in three boxes. i put 17/11/1962", "17/11/1962", "a form, sentences on"),
    ("mine is april 2nd", "april 2nd", "an answer"),
    ("valentines 78 is my birthday", "valentines 78", "a feast with its year"),
    ("i'm a new year's eve kid", "new year's eve", "what kind of kid"),
    ("my birthday, april nine", "april nine", "the day in words"),
    ("my birthday is in a week, the 7th of november", "7th of november", "after how long"),
]  # fmt: skip

NOT = [
    ("im 34", "an age"),
    ("i turn 30 in october", "an age with a month"),
    ("court on march 3rd", "an event"),
    ("married on the 9th of may", "an event"),
    ("my birthday party is on friday", "no date"),
    ("my birthday party is march 3rd", "the party's date"),
    ("born and raised in tulsa", "no date"),
    ("born in 1984", "a year alone is an age"),
    ("christmas at mums", "a feast"),
    ("see you 03/04", "a date"),
    ("may i come in, i was born for this", "may is a verb"),
    ("the christmas kid on tv", "a show"),
    ("mine is a double espresso", "no date"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in date_of_birth.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
