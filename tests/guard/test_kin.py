"""The user's own kin named inside a message of a story."""

from __future__ import annotations

import pytest

from discretion.guard import Guard
from discretion.guard._frame import FrameJudgement
from discretion.guard._kin import DOUBT, own_kin
from discretion.records import Frame
from discretion.text import Message, Setting

SURE, OPEN = -2 * DOUBT, -0.5 * DOUBT

ROWS = [
    ("*I hug you* My brother Tim is asking about you.", SURE, "Tim", "unmarked words beside an action"),
    ("My mom Ruth is visiting. *I sit down by the fire*", SURE, "Ruth", "the same, before it"),
    ("(OOC: my brother Bob just came in, brb)", SURE, "Bob", "an aside"),
    ("((my roommate Kevin is home))", SURE, "Kevin", "an aside by its brackets"),
    ("*nods* Ruth, my mom, says hi", SURE, "Ruth", "kin behind the name"),
    ("mike danvers, my ex, called again", OPEN, "mike", "unmarked words, a story by little"),
    ("my sister is called Paula", OPEN, "Paula", "called so"),
    ("my sister Ana-Maria lives in Barcelona", OPEN, "Ana", "a given name of two"),
    ("my brother Tim drowned in the mill race", SURE, "", "unmarked words of what is surely a story"),
    ("*my brother Tim draws his sword*", SURE, "", "an action"),
    ('*she nods* "My brother Tim will come."', SURE, "", "speech"),
    ("*Tim laughs* My brother Tim is asking about you.", SURE, "", "kin who acts in the scene"),
    ("*she smiles* My brother Aldric will never let us marry.", SURE, "", "no name of today"),
    ("(ooc: make my brother Tim jealous of the captain)", SURE, "", "directs the story"),
    ("(ooc: in this scene my brother Tim is the king)", SURE, "", "says what the scene is"),
    ("*waves* my brother's Tim costume is torn", SURE, "", "something of a brother's"),
    ("*waves* her brother Tim is here", SURE, "", "somebody else's kin"),
]


@pytest.mark.parametrize(("text", "margin", "name", "reason"), ROWS)
def test_own_kin(text: str, margin: float, name: str, reason: str) -> None:
    frames = FrameJudgement(Frame.FICTION, ((0, len(text), Frame.FICTION),), margin)
    found = [text[start:end] for start, end in own_kin(text, frames)]
    assert found[0].startswith(name) if name and found else not name and not found, reason


CARD = Setting("c", card="Captain Elara Voss, smuggler of the outer rim. Her brother Tim flies with her.")
TOLD = "*I hug you* My brother Tim is asking about you."


def test_kin_counts_in_the_story_and_from_then_on() -> None:
    session = Guard(rules_only=True).session(Setting("c", card="Elara Voss, smuggler of the outer rim"))
    first = session.review(Message(TOLD))
    assert [TOLD[one.start : one.end] for one in first.findings] == ["Tim"]
    later = "*I lean on the rail* Tim would love this."
    again = session.review(Message(later, turn=1))
    assert [later[one.start : one.end] for one in again.findings] == ["Tim"]


def test_kin_of_the_card_is_the_storys() -> None:
    assert not Guard(rules_only=True).session(CARD).review(Message(TOLD)).findings
