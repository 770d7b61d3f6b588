"""Values are filled in at the end of a review, for what the author tells of themself and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.guard.rules import rules

from discretion.guard import Fact
from discretion.guard._valued import valued
from discretion.knowledge import normalise
from discretion.records import Finding, Frame, Kind, Severity, Value
from discretion.text import Message

SENT = datetime(2026, 3, 1, 9, tzinfo=UTC)
TEXT = "34f born 1991"


def finding(kind: Kind, start: int, end: int, frame: Frame = Frame.SELF, detector: str = "any") -> Finding:
    return Finding(kind, start, end, frame, Severity.LOW, 0.9, detector, "a reason")


@pytest.mark.parametrize(
    ("kind", "start", "end", "frame", "expected", "reason"),
    [
        (Kind.AGE, 0, 3, Frame.SELF, Value("age", (), 34, 34, "years"), "a disclosure"),
        (
            Kind.AGE,
            4,
            13,
            Frame.SELF,
            Value("age", (), 34, 35, "years"),
            "a year, with the day of the message",
        ),
        (Kind.DATE_OF_BIRTH, 4, 13, Frame.SELF, Value("date", ("1991",)), "the one identifier with a value"),
        (Kind.AGE, 0, 3, Frame.FICTION, None, "a character's"),
        (Kind.NAME, 0, 3, Frame.SELF, None, "an identifier"),
        (Kind.SECRET, 0, 3, Frame.SELF, None, "an identifier"),
        (Kind.ROUTINE, 0, 3, Frame.SELF, None, "a kind without values"),
    ],
)
def test_values_of_findings(
    kind: Kind, start: int, end: int, frame: Frame, expected: Value | None, reason: str
) -> None:
    (one,) = valued([finding(kind, start, end, frame)], Message(TEXT, sent_at=SENT))
    assert one.value == expected, reason


def test_a_value_does_not_depend_on_who_found_it() -> None:
    found = valued(
        [finding(Kind.AGE, 0, 3, detector=name) for name in ("age", "model", "third party")],
        Message(TEXT, sent_at=SENT),
    )
    assert {one.value for one in found} == {Value("age", (), 34, 34, "years")}


def test_a_review_has_values_for_kind_words_and_day() -> None:
    text = "im 34, i live in tulsa, married 16 years and got two kids"
    review = rules().review(Message(text, sent_at=SENT))
    assert {one.kind for one in review.findings} >= {Kind.AGE, Kind.LOCATION, Kind.FAMILY}
    for one in review.findings:
        assert one.value == normalise(one.kind, one.span.of(text), reference=date(2026, 3, 1))
        assert one.value is not None


def test_no_value_in_the_story() -> None:
    review = rules().review("*Captain Elara, 34, leans on the rail* I was born in Tulsa")
    assert all(one.value is None for one in review.findings)


def test_an_own_fact_in_another_language_has_its_value_too() -> None:
    review = rules(facts=[Fact(Kind.LOCATION, "Tulsa")]).review(
        "Ich wohne schon lange in Tulsa und mag die Stadt sehr"
    )
    assert [one.value for one in review.findings if one.kind is Kind.LOCATION] == [
        Value("place", ("4553433",))
    ]


def test_printing_a_review_shows_no_value() -> None:
    review = rules().review("im a type 1 diabetic, im 34")
    assert any(one.value for one in review.findings)
    assert "diabetes" not in repr(review)
