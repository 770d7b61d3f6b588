"""What the author does for a living."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.occupation import occupation

FOUND = [
    ("im a vet tech", ("vet tech",), "two words"),
    ("i'm a nurse", ("nurse",), "one word"),
    ("i work as a line cook", ("line cook",), "work as"),
    ("i drive a school bus", ("drive a school bus",), "a verb and what is driven"),
    ("i teach chemistry", ("teach chemistry",), "a verb and its subject"),
    ("plumber, thirty years", ("plumber",), "alone at the start"),
    ("i do nails", ("do nails",), "do and a line of work"),
    ("I was a signalman", ("signalman",), "past counts"),
    ("i sit with the dying for a living", ("sit with the dying",), "for a living"),
    ("im a retired quantity surveyor", ("quantity surveyor",), "retired"),
    ("i repair ski lifts", ("repair ski lifts",), "a bare plural"),
    ("I'm Keira, nurse, 29, Providence", ("nurse",), "in a row of facts"),
    ("accountant at Deloitte in Leeds, 41", ("accountant",), "in a row of facts, with the employer"),
    ("i run a bakery", ("run a bakery",), "a business of one's own"),
    ("i own my own little salon", ("own my own little salon",), "a business of one's own"),
]

NOT = [
    ("im not a doctor", "denied"),
    ("my boss is a lawyer", "somebody else"),
    ("im a night owl", "no trade"),
    ("im a lover not a fighter", "no trade"),
    ("if i was a pilot", "hypothetical"),
    ("the nurse came in", "somebody else"),
    ("im a huge player", "no trade"),
    ("i drive home", "no object"),
    ("im just figuring out your weakness", "no article, no trade"),
    ("Lecturer in Catering, Truro", "an advertisement"),
    ("one step closer", "no trade"),
    ("i pick the kids up at 3", "fetched, not for a living"),
    ("write me a bio for Sam, 28, accountant from Leeds", "asked to be written"),
    ("my character is a nurse in Boston", "told of an invented character"),
    ("im a lesbian", "ends like a trade, and is none"),
    ("i run a mile", "no business"),
    ("he runs a bakery", "somebody else"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in occupation.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
