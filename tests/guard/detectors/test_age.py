"""Ages of the author."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.age import age

FOUND = [
    ("im 34 and tired", ("34",), "the number alone"),
    ("I am forty-three", ("forty-three",), "in words, with hyphen"),
    ("i'm twenty eight now", ("twenty eight",), "two words"),
    ("just turned 50 lol", ("50",), "turned"),
    ("im a 27 year old welder", ("27",), "within a phrase"),
    ("61, two knees, both bad", ("61",), "alone as an answer"),
    ("my 40th is coming up", ("40th",), "a birthday by its number"),
    ("i was thirty when it began", ("thirty",), "a past age"),
    ("im 15", ("15",), "under age counts as an age too"),
    ("at fifty-two i went back to college", ("fifty-two",), "after at"),
    ("could be me and i'm fifty-one", ("fifty-one",), "the hypothesis ends with and"),
    ("turning fifty soon", ("fifty",), "without its subject"),
    ("i was a woman of thirty-six", ("thirty-six",), "of, after the word for a person"),
    ("im in my late thirties", ("thirties",), "a decade of one's own"),
    ("34m here", ("34m",), "number and letter glued"),
    ("as a 34 year old i get that", ("34 year old", "34"), "an age after as"),
    ("34 year old nurse here", ("34 year old", "34"), "an age before a trade"),
    ("my 30th birthday is soon", ("30th",), "a birthday by its number, named"),
    ("29F providence", ("29F",), "a sign with a town"),
    ("I'm Keira, nurse, 29, Providence", ("29",), "in a row of facts"),
    ("accountant at Deloitte in Leeds, 41", ("41",), "after a trade"),
    ("i was born in 88", ("88",), "the year of birth, short"),
    ("born in 1991", ("1991",), "the year of birth alone"),
    ("i live with my parents still at 26", ("26",), "an age at a sentence's end"),
    ("34/f/leeds", ("34",), "a sign in parts"),
    ("F 31 manchester", ("31",), "a sign in the other order"),
]

NOT = [
    ("im 30 minutes late", "a time"),
    ("i am 5 miles away", "a distance"),
    ("my son is 9", "not the author"),
    ("im not 40", "denied"),
    ("if i was 25 again", "hypothetical"),
    ("the whisky is 18 years old", "a thing"),
    ("im 100% sure", "a percentage"),
    ("im 12 weeks along", "a pregnancy, not an age"),
    ("alarm is 5:30", "a time of day"),
    ("$45, seriously", "a price"),
    ("being 18?", "asked of the other person"),
    ("my 3rd world problems", "an ordinal that counts"),
    ("15 year old girl abducted", "news of somebody else"),
    ("Dec. 13, 2008", "a date"),
    ("been here 21 years", "a length of time"),
    ("the actor died aged 89", "somebody else"),
    ("im 5'4 with red hair", "a height"),
    ("im 6'2 and 210 lbs", "a height with a weight"),
    ("my 8th graders drove me nuts", "pupils of a grade"),
    ("my character is 34", "told of an invented character"),
    ("she is a nurse, 41, from Leeds", "a row of facts on somebody else"),
    ("page 3, chapter 41, nurse", "a page"),
    ("the house was born in 1991", "a thing"),
    ("she was born in 1991", "somebody else"),
    ("open 24/7", "no age"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in age.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
