"""First names where a country publishes them, and family names where it does not."""

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
        ((("name", "Jean"), ("location", "France")), 300_000, 900_000, "births of 1930 on, less the dead"),
        ((("name", "Camille"), ("location", "France"), ("gender", "woman")), 150_000, 260_000, "one sex"),
        ((("name", "Isla"), ("location", "Scotland")), 3_000, 8_000, "a name of the last twenty years"),
        ((("name", "Oliver"), ("location", "England"), ("age", "10")), 4_000, 8_000, "births of one year"),
        ((("name", "José"), ("location", "Brazil")), 4_000_000, 7_000_000, "the table has no accents"),
        ((("name", "Liam"), ("location", "Canada")), 30_000, 60_000, "Census 2021"),
        ((("name", "Jean-Pierre"), ("location", "France"), ("age", "75")), 1_500, 20_000, "with a hyphen"),
        ((("name", "Mary O'Brien"), ("location", "USA")), 300, 4_000, "with an apostrophe"),
        ((("name", "Xqzt"), ("location", "France")), 1, 3_000, "in no table: few"),
    ],
)
def test_bearers(facts: tuple[tuple[str, str], ...], low: int, high: int, why: str) -> None:
    found = of(*facts)
    assert low <= (found.k or 0) <= high, why


def test_a_family_name_without_a_table_is_named_and_singles_nobody_out() -> None:
    found = of(("name", "Camille Durand"), ("location", "Lyon"))
    assert found.status == "estimated"
    assert (found.facts[0].not_checked or "").startswith("family name: no table counts")
    assert found.facts[0].share


def test_older_britons_are_named_as_americans_are() -> None:
    old, young = of(("name", "Margaret"), ("location", "UK")), of(("name", "Isla"), ("location", "UK"))
    assert (old.k or 0) > 50_000
    assert (young.k or 0) > 30_000
