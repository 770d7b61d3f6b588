"""A wife makes a husband likely and no more; and what a partner's sex says of an orientation."""

from __future__ import annotations

from datetime import date

import pytest

from discretion.exposure.identifiability import StatedFact, estimate
from discretion.records import Estimate


def of(*facts: tuple[str, str]) -> Estimate:
    return estimate([StatedFact(*fact) for fact in facts], today=date(2026, 11, 25))


@pytest.mark.parametrize(
    ("facts", "low", "high", "why"),
    [
        ((("gender", "woman"), ("family", "my wife")), 400_000, 1_500_000, "half of 710,000 couples, twice"),
        ((("gender", "man"), ("family", "my husband")), 400_000, 1_500_000, "the same of men"),
        ((("gender", "woman"), ("family", "my husband")), 50_000_000, 75_000_000, "nearly all wives"),
        ((("family", "my wife"),), 50_000_000, 75_000_000, "of both sexes"),
        ((("gender", "woman"), ("family", "my girlfriend")), 200_000, 3_500_000, "one couple in twenty"),
        (
            (("gender", "woman"), ("family", "my wife"), ("orientation", "lesbian")),
            200_000,
            1_200_000,
            "most",
        ),
    ],
)
def test_partners(facts: tuple[tuple[str, str], ...], low: int, high: int, why: str) -> None:
    found = of(*facts, ("location", "USA"))
    assert found.reason is None, "no contradiction"
    assert all(one.not_checked is None for one in found.facts)
    assert low <= (found.k or 0) <= high, why
