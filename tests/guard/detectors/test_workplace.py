"""Employers of the author."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.workplace import workplace

FOUND = [
    ("i work at Mercy General", ("Mercy General",), "two capitals"),
    ("i stock shelves at walmart", ("walmart",), "a large employer"),
    ("nurse at st brendans hospital", ("st brendans hospital",), "a trade and its place"),
    ("i do nails at lotus lounge on 5th", ("lotus lounge",), "a trade verb and its place"),
    ("my shop is called Thimble and Thread", ("Thimble",), "one's own shop"),
    ("I am a carer at Fernlea House", ("Fernlea House",), "capitals"),
    ("i count pills all day at walgreens", ("walgreens",), "a few words after what is done"),
    ("i nursed at the old Dudley Road Hospital", ("Dudley Road Hospital",), "an article and old before it"),
    ("my manager at Halvorsen Freight", ("Halvorsen Freight",), "one's manager there"),
    ("my boss Greg at the library", ("library",), "one's boss, with a name between"),
    ("i own Pettibone Plumbing", ("Pettibone Plumbing",), "one's own firm"),
    ("got laid off from Intel on tuesday", ("Intel",), "left"),
    ("i run a bakery called Flour & Fig in Elmore", ("Flour & Fig",), "one's own, called"),
    (
        "harrow & finch, the animal hospital off the ring road. ive been there nine years",
        ("harrow & finch",),
        "explained, and the author is there",
    ),
    ("im a plumber. Tide & Sons, since june", ("Tide & Sons",), "beside a trade"),
    ("i work for google", ("google",), "a large employer in lower case"),
]

NOT = [
    ("i work at home", "home"),
    ("ten years:at", "nothing follows"),
    ("i work at night", "a time"),
    ("he works at Tesco", "somebody else"),
    ("i'm good at chess", "no work"),
    ("i work in a hospital", "not singled out"),
    ("i wish i worked at Google", "a wish"),
    ("i am a teacher, I've had enough", "what follows is a clause"),
    ("i am a player for fun", "nothing named"),
    ("party at Amnesia Ibiza", "a venue"),
    ("i study law, second year at Egerton", "a school"),
    ("i play piano for ballet class", "a thing, no firm"),
    ("every tuesday i bowl at Lakeway Lanes", "where one plays"),
    ("AA on mondays at St Anselm's", "where one meets"),
    ("filed for divorce in Maricopa county", "a court's county"),
    ("my boss is mad at me", "not a place"),
    ("my boss at the time was fine", "a time"),
    ("she got fired from Intel", "somebody else"),
    ("i run Windows", "a program"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in workplace.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
