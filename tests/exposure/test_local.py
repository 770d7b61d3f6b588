"""Places whose own shares are counted, and groups that live near each other."""

from __future__ import annotations

from datetime import date

import pytest

from discretion.exposure.identifiability import StatedFact, estimate
from discretion.records import Estimate


def of(*facts: tuple[str, str]) -> Estimate:
    return estimate([StatedFact(*fact) for fact in facts], today=date(2026, 11, 25))


@pytest.mark.parametrize(
    ("place", "group", "low", "high", "why"),
    [
        ("Detroit", "black", 0.7, 0.85, "a town: Census 2020 says 78 of a hundred adults"),
        ("Cook County, Illinois", "black", 0.18, 0.28, "a county"),
        ("El Paso", "hispanic", 0.7, 0.9, "Hispanics are of any race"),
        ("Vermont", "black", 0.005, 0.03, "a state has its own table"),
    ],
)
def test_race_is_that_of_the_place(place: str, group: str, low: float, high: float, why: str) -> None:
    everyone, some = of(("location", place)), of(("location", place), ("ethnicity", group))
    assert everyone.k
    assert low <= (some.k or 0) / everyone.k <= high, why


def test_a_small_faith_is_likelier_and_less_sure_in_a_town_than_in_its_country() -> None:
    faith = ("religion", "hindu")
    town, everyone = of(("location", "Munich"), faith), of(("location", "Munich"))
    country, nation = of(("location", "Germany"), faith), of(("location", "Germany"))
    ours, theirs = (town.k or 0) / (everyone.k or 1), (country.k or 0) / (nation.k or 1)
    assert ours > 1.5 * theirs
    assert (town.k_high or 0) / (town.k or 1) > 5
