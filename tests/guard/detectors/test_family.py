"""Family of the author."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.family import family

FOUND = [
    ("my husband is asleep", ("husband is asleep", "husband"), "a bare partner counts"),
    ("the kids are in bed", ("kids are in bed", "kids"), "bare children count"),
    ("hubby made tea", ("hubby made tea", "hubby"), "without my"),
    ("i have two kids", ("two kids",), "with the number"),
    ("my dad drives the 31 bus", ("dad drives the 31 bus",), "a parent with a fact"),
    ("my mum died in march", ("mum died in march",), "a death"),
    ("my sister's in swansea", ("sister's in swansea",), "a sibling and a place"),
    ("my brother is a cop", ("brother is a cop",), "a sibling and a trade"),
    ("my wife Anna waved", ("wife",), "cut before the name"),
    ("my mother sells fish", ("mother sells fish",), "what she lives by"),
    ("my sister, she is a nurse, came", ("sister, she is a nurse",), "an aside on kin"),
    ("my nan's 79", ("nan's 79",), "an age after an 's"),
    ("my mom has cancer", ("mom has cancer",), "an illness of one's kin"),
]

NOT = [
    ("my mum says hi", "a parent without a fact"),
    ("my brother laughed", "a sibling without a fact"),
    ("kids these days", "nobody's"),
    ("he's like a father", "a likeness"),
    ("oh brother", "an outcry"),
    ("i was a kid once", "nobody's child"),
    ("love to see a child smile", "any child"),
    ("your wife/girlfriend", "the other person's"),
    ("two girls playing on a slide", "in sight only"),
    ("one of my girl pals", "a word before a noun"),
    ("compared to my girlfriends", "friends"),
    ("could i handle having five kids", "hypothetical"),
    ("Eight girls pull a prank", "a headline"),
    ("i live with my parents still at 26", "the author's own age narrows no parent"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in family.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
