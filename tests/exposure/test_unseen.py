"""Facts that no table has here: the number stays, the interval opens below."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from discretion.exposure._joined import UNSEEN
from discretion.exposure.identifiability import StatedFact, estimate
from discretion.exposure.variables._published import published, rows
from discretion.knowledge.population import Region, people, read
from discretion.records import Estimate, Kind


def of(*facts: tuple[str, str]) -> Estimate:
    return estimate([StatedFact(*fact) for fact in facts], today=date(2026, 11, 25))


@pytest.mark.parametrize(
    ("fact", "opens", "why"),
    [
        (("religion", "quaker"), True, "a faith that no table has"),
        (("health", "gallstones and whatnot"), True, "words that give no condition"),
        (("location", "Upper Nowhere"), True, "a place in no table"),
        (("pet", "Biscuit"), False, "no table counts pets anywhere: the number never speaks of them"),
        (("routine", "home alone till 6"), False, "nor routines"),
        (("age", "34"), False, "said twice adds nothing"),
        (("gender", ""), False, "nothing was said"),
    ],
)
def test_an_uncounted_fact_opens_the_interval_below(fact: tuple[str, str], opens: bool, why: str) -> None:
    known = (("age", "34"), ("location", "Ohio"))
    without, found = of(*known), of(*known, fact)
    assert found.facts[-1].not_checked
    assert (found.k, found.k_high) == (without.k, without.k_high)
    assert ((found.k_low or 0) < (without.k_low or 0)) is opens, why


def _twentieth(kind: str) -> float:
    """The rarest twentieth of the groups of a kind that are published for a whole country."""
    shares = []
    for code, region in {(row.code, row.region) for row in rows() if row.kind == kind}:
        share = published(kind, code, Region(region)) if len(region) == 2 else None
        if share:
            whole = people(Region(region))
            shares.append(float((share.by_cell * whole).sum() / whole.sum()))
    return sorted(shares)[len(shares) // 20]


def test_what_is_allowed_for_is_the_rarest_twentieth_or_less() -> None:
    for kind in (Kind.HEALTH, Kind.RELIGION, Kind.ETHNICITY, Kind.GENDER, Kind.ORIENTATION):
        assert UNSEEN[kind] <= _twentieth(kind) < 20 * UNSEEN[kind], kind
    jobs: defaultdict[str, float] = defaultdict(float)
    for code, men, women in read("us_occupations"):
        jobs[code] += float(men) + float(women)
    rarest = sorted(jobs.values())[len(jobs) // 20] / float(people(Region("US")).sum())
    assert UNSEEN[Kind.OCCUPATION] <= rarest < 5 * UNSEEN[Kind.OCCUPATION]


@pytest.mark.parametrize(
    ("words", "is_direct", "why"),
    [
        ("Lewistown MT 59457", False, "a town, a state and its ZIP code"),
        ("St. Louis, MO 63101", False, "a saint, no street"),
        ("59457", False, "the code alone"),
        ("Rose Cottage, Lewistown MT 59457", True, "a house by its name"),
        ("12 Main St, Lewistown MT 59457", True, "a house by its number"),
        ("Main Street, Lewistown MT 59457", True, "a street"),
    ],
)
def test_a_town_with_its_zip_code_is_no_address(words: str, is_direct: bool, why: str) -> None:
    assert (of(("street_address", words)).status == "singled_out") is is_direct, why
