"""Names that the user gives to a part are the story's; whoever is told apart as real is not."""

from __future__ import annotations

import pytest

from discretion.guard import Fact, Guard
from discretion.guard._casting import cast
from discretion.records import Kind
from discretion.text import Message, Setting

STORY = [
    ("You are Gandalf. I'm Frodo.", "both parts"),
    ("act as Elizabeth Bennet", "act as"),
    ("you are Ines", "you are"),
    ("you play Captain Rourke", "a title"),
    ("pretend you are Marisol", "pretend"),
    ("I'll play Mordecai", "the user's own part"),
    ("my character is Zelda Thorne", "my character"),
    ("i want you to be Gandalf", "asked for, a name that hardly anybody bears"),
    ("okay you'll be Vex", "the same"),
    ('my character\'s name is "Zelda Thorne"', "quotation marks"),
]
REAL = [
    ("be trevor from accounts", "trevor", "somebody from work"),
    ("you're Jeroen from my office, you open the gate", "Jeroen", "you are, from work"),
    ("act as Karen, my manager", "Karen", "says who she is"),
    ("be Graeme for me tonight, we stayed late", "Graeme", "be alone: nine of ten in our corpus are real"),
    ("you are my friend. I'm Jess Halloran, from Tulsa", "Jess Halloran", "no part has a name"),
    ("You are Gandalf. I'm Jess.", "Jess", "a name of today: the user's own may be as likely"),
]


@pytest.mark.parametrize(("text", "reason"), STORY)
def test_a_part_is_the_storys(text: str, reason: str) -> None:
    session = Guard(rules_only=True).session(Setting())
    assert not [one for one in session.review(Message(text)).findings if one.kind is Kind.NAME], reason
    again = f"tell me, {text.split()[-1].strip(chr(34) + '.')}, who taught you that"
    assert not session.review(Message(again, turn=1)).findings, reason


@pytest.mark.parametrize(("text", "name", "reason"), REAL)
def test_a_real_person_is_not(text: str, name: str, reason: str) -> None:
    found = Guard(rules_only=True).session(Setting()).review(Message(text)).findings
    assert name in [text[one.start : one.end] for one in found if one.kind is Kind.NAME], reason


def test_an_own_fact_is_no_part() -> None:
    guard = Guard(rules_only=True, facts=(Fact(Kind.NAME, "Zelda Thorne"),))
    found = guard.session(Setting()).review(Message("my character is Zelda Thorne")).findings
    assert [one.kind for one in found] == [Kind.NAME]


@pytest.mark.parametrize(
    "text", ["", "you are ", "you are " * 20_000, "I'll play " + "A" * 50_000, "\0you are \ud7ff"]
)
def test_hostile_texts(text: str) -> None:
    assert len(list(cast(text, ()))) <= 1
