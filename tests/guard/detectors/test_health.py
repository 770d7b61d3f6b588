"""Body and mind of the author."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.health import health

FOUND = [
    ("im diabetic", ("diabetic",), "said plainly"),
    ("i have type 1 diabetes", ("type 1 diabetes",), "the whole condition"),
    ("im on sertraline now", ("sertraline",), "medication"),
    ("my therapist says rest", ("therapist",), "treatment"),
    ("got diagnosed with adhd", ("adhd",), "a diagnosis"),
    ("i'm 6 months sober", ("6 months sober", "sober"), "sobriety"),
    ("they put a stent in me", ("put a stent in me",), "an operation"),
    ("i have a bad knee", ("bad knee",), "a worn joint"),
    ("i broke two fingers", ("broke two fingers",), "a break"),
    ("typing one handed since the stroke", ("stroke",), "since the illness"),
    (
        "im allergic to penicillin",
        (
            "allergic to penicillin",
            "penicillin",
        ),
        "an allergy",
    ),
    (
        "i see my therapist on fridays",
        (
            "my therapist",
            "therapist",
        ),
        "the author's own",
    ),
    (
        "i took my meds",
        (
            "my meds",
            "meds",
        ),
        "medication",
    ),
    ("i had an abortion when i was 19", ("abortion",), "a treatment"),
    ("I relapsed on friday", ("relapsed",), "a relapse"),
]

NOT = [
    ("my mum has dementia", "that is family"),
    ("you make me sick", "an idiom"),
    ("im not diabetic", "denied"),
    ("he has asthma", "somebody else"),
    ("if i had cancer", "hypothetical"),
    ("it fits me well", "a verb"),
    ("i was expecting more", "a verb"),
    ("cancer research week", "a campaign"),
    ("#depression", "a hashtag"),
    ("I'm a cancer, you're a leo", "a sign of the zodiac"),
    ("im a cancer sun", "a sign of the zodiac alone"),
    ("i'm allergic to boredom", "a jest"),
    ("you're my therapist now lol", "the listener"),
]


def spans(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in health.find(View(text))]


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND)
def test_found(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert set(spans(text)) & set(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_not_found(text: str, reason: str) -> None:
    assert not spans(text), reason
