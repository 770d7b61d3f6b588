"""Names: the author's own, people they know, and what only looks like a name."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.name import name

FOUND = [
    ("im jess btw", ("jess",), "lower case, as typed"),
    ("My name is Oluwaseun Adeyemi and I'm tired", ("Oluwaseun Adeyemi",), "full name after the cue"),
    ("my name's tom", ("tom",), "the 's is no part of it"),
    ("call me Biscuit", ("Biscuit",), "a nickname that is a word, after a strong cue"),
    ("Hana here, back again", ("Hana",), "signs at the start"),
    ("my boss Tom Brandt is away", ("Tom Brandt",), "beside somebody known"),
    ("my ex mike danvers texted", ("mike danvers",), "given and family name in lower case"),
    ("my sister lindani says hi", ("lindani",), "no listed name, but beside kin"),
    ("told karen about it today", ("karen",), "after a verb of telling"),
    ("Mr Okonkwo from upstairs knocked", ("Okonkwo",), "the title stays outside"),
    ("dr mehta called", ("mehta",), "a title in lower case"),
    ("that is priya's coat", ("priya",), "the owner's mark stays outside"),
    ("Grace from my office rang", ("Grace",), "an everyday word, but she rings"),
    ("my brothers are Ivo, Petr and Luka", ("Ivo", "Petr", "Luka"), "a row of names"),
    ("i met Siobhán at the gym", ("Siobhán",), "diacritics"),
]

NOT = [
    ("i will call you in may", "months and helping verbs"),
    ("hello Rosalind, how are you", "called out to the character"),
    ("thanks Rosalind", "thanked by name, the listener"),
    ("im so tired and im hungry", "what the author feels"),
    ("im from Austin", "a place that is also a name"),
    ("i am grace under fire, honestly", "the word, not the name"),
    ("im Polish", "a people"),
    ("my mum is nice", "kin without a name"),
    ("we drove down Leslie street", "a street"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in name.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert tuple(sorted(spans(text))) == tuple(sorted(expected)), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
