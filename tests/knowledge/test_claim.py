"""A fact without address, words and date of its source is not a fact that may be stated."""

import pytest

from discretion.knowledge import Claim, Confidence, help_lines

SOURCE = "https://lines.example/us"


@pytest.mark.parametrize(
    ("value", "source", "quote", "as_of", "why"),
    [
        ("", SOURCE, "call 1", "2026", "no value"),
        ("call 1", "", "call 1", "2026", "no source"),
        ("call 1", "a colleague", "call 1", "2026", "a source without an address"),
        ("call 1", SOURCE, " ", "2026", "no quote"),
        ("call 1", SOURCE, "call 1", "", "no date"),
        ("call 1", SOURCE, "call 1", "last year", "a date in words"),
        ("call 1", SOURCE, "call 1", "2026-13", "a month that is none"),
        ("call 1", SOURCE, "call 1", "2026-06-02\n", "a line end behind the date"),
    ],
)
def test_a_claim_without_its_evidence_is_rejected(
    value: str, source: str, quote: str, as_of: str, why: str
) -> None:
    with pytest.raises(ValueError, match="claim"):
        Claim(value, source, quote, as_of, Confidence.A)
    assert why


def test_every_help_line_is_a_whole_claim() -> None:
    lines = help_lines()
    assert len(lines) > 30
    for line in lines:
        assert line.reach.quote
        assert line.reach.as_of >= "2008"
        assert line.reach.confidence in {Confidence.A, Confidence.B}


def test_lines_of_one_country_put_the_crisis_line_before_the_emergency_number() -> None:
    lines = help_lines("us")
    assert lines[0].reach.value.startswith("call 988")
    assert lines[-1].is_emergency
    assert help_lines("AQ") == ()
