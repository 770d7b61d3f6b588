"""Wordings that show a life by themselves, which the frame judge reads in ``self_evidence``."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard._detector import discovered
from discretion.records import Kind

SHOWN = 0.6
CASES = [
    ("my mom has cancer", Kind.FAMILY, "an illness of one's kin"),
    ("im jewish", Kind.RELIGION, "a faith of one's own"),
    ("i work for google", Kind.WORKPLACE, "an employer of one's own"),
    ("my manager at Halvorsen Freight", Kind.WORKPLACE, "one's manager"),
    ("i took my meds", Kind.HEALTH, "one's own medication"),
    ("I relapsed on friday", Kind.HEALTH, "one's own relapse"),
    ("29F providence", Kind.AGE, "a sign"),
    ("i was born in 88", Kind.AGE, "one's own birth"),
    ("house will be empty a week from the 14th", Kind.ROUTINE, "nobody at home"),
    ("i run a bakery", Kind.OCCUPATION, "one's own business"),
]


@pytest.mark.parametrize(("text", "kind", "reason"), CASES)
def test_the_wording_shows_a_life(text: str, kind: Kind, reason: str) -> None:
    shown = [h.self_evidence for one in discovered() for h in one.find(View(text)) if h.kind is kind]
    assert max(shown, default=0.0) >= SHOWN, reason
