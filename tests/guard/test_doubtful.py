"""What is said outright in plain words, whatever the model makes of the card around it."""

from __future__ import annotations

import pytest

from discretion.guard import Guard
from discretion.text import Message, Setting

CARD = Setting(card="You are Elara, a ship captain. Stay in character.")

ROWS = [
    ("my name is Jessica Kowalski and i live in Tulsa", {"Jessica Kowalski", "Tulsa"}, "an introduction"),
    ("i'm Kate and my boyfriend Tom doesn't know i talk to you", {"Kate", "Tom"}, "two people"),
    ("call me Priya, i grew up in Leicester", {"Priya", "Leicester"}, "a first name and a town"),
    ("*i was born in Tulsa*", set(), "between stars it is the part"),
    ('"My name is Anna," she says', set(), "in quotes it is somebody's line"),
    ("i am lord Aldric and i rule the north from Stonewick", set(), "nobody's name and no town"),
    ("i look at Marco and smile", set(), "a name that is not said to be the author's"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_what_is_said_outright_is_replaced_though_it_may_be_the_story(
    text: str, expected: set[str], reason: str
) -> None:
    review = Guard(rules_only=True).session(CARD).review(Message(text, setting=CARD))
    told = {one.span.of(text) for one in (*review.findings, *review.doubtful)}
    assert expected <= told, reason
    if not expected:
        assert told == set(), reason


def test_what_is_doubtful_is_no_finding_and_counts_for_nothing() -> None:
    guard = Guard()
    for text, *_ in ROWS:
        review = guard.session(CARD).review(Message(text, setting=CARD))
        for one in review.doubtful:
            assert not any(f.start < one.end and one.start < f.end for f in review.findings)


def test_a_character_of_the_card_is_nobody_in_doubt() -> None:
    setting = Setting(card="Marta is the cook of the Meridian. Marta trusts nobody.")
    review = Guard(rules_only=True).session(setting).review(Message("i'm Marta", setting=setting))
    assert review.doubtful == ()
