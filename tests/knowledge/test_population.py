"""The population tables: totals as published, shares that add up, places that are counted."""

from __future__ import annotations

import numpy as np
import pytest

from discretion.knowledge.population import (
    Region,
    fitted,
    keyed,
    people,
    raked,
    stepped,
    strata_of,
    world_countries,
)


@pytest.mark.parametrize(
    ("place", "published", "why"),
    [
        ("US", 340_400_000, "WPP 2019, medium, 2025"),
        ("US.OK", 4_100_000, "3.94 million in 2018, grown as the nation"),
        ("GB", 69_300_000, "the nations together"),
        ("GB.SCT", 5_550_000, "ONS projection 2025"),
        ("ons:E09000012", 275_000, "Hackney: 259,200 in 2021, grown, with those under 16"),
        ("2643743", 9_300_000, "London by its boroughs"),
        ("zip:74104", 13_900, "a ZIP area"),
        ("fips:48453", 1_300_000, "Travis County"),
        ("NG.05", 21_000_000, "Lagos: a rough region, between its cities and its part of all"),
    ],
)
def test_places_have_their_people(place: str, published: int, why: str) -> None:
    counted = sum(float(stratum.people.sum()) for stratum in strata_of(place))
    assert counted == pytest.approx(published, rel=0.12), why


@pytest.mark.parametrize(
    "place", ["", "zip:00000", "zip:x", "XX", "fips:99999", "area:nowhere", "0", "US.ZZ"]
)
def test_what_is_no_place_has_nobody(place: str) -> None:
    assert strata_of(place) == ()


def test_states_add_up_to_the_nation_and_boroughs_to_both_nations() -> None:
    states = {geo for geo, _ in keyed("us_age_sex", 2)} - {"US", "PR"}
    total = sum(people(Region("US", f"US.{geo}")) for geo in states)
    assert np.allclose(total, people(Region("US")), rtol=0.01)
    areas = {area for area, _, _ in keyed("uk_ew_age_sex", 3)}
    counted = sum(float(people(Region("GB", "GB.ENG", f"ons:{area}"))[:, 16:].sum()) for area in areas)
    both = sum(float(people(Region("GB", nation))[:, 16:].sum()) for nation in ("GB.ENG", "GB.WLS"))
    assert counted == pytest.approx(both, rel=0.001)


def test_the_world_is_all_countries() -> None:
    assert sum(float(people(Region(one)).sum()) for one in world_countries()) == pytest.approx(
        8.18e9, rel=0.01
    )


def test_bands_keep_their_people_and_follow_the_shape() -> None:
    shape = np.linspace(2.0, 0.0, 101)
    found = fitted({"0": 10.0, "50": 4.0}, shape)
    assert found[:50].sum() == pytest.approx(10.0)
    assert found[50:].sum() == pytest.approx(4.0)
    assert found[0] > found[49] > found[60] > 0
    assert fitted({"0": 1.0}, np.zeros(101)).sum() == pytest.approx(1.0)


def test_steps_are_zero_before_the_first_band() -> None:
    found = stepped({"18": 0.5, "65": 0.1})
    assert (found[17], found[18], found[64], found[65], found[100]) == (0.0, 0.5, 0.5, 0.1, 0.1)


def test_raking_reaches_the_margins_and_keeps_the_pattern() -> None:
    whole = np.ones((2, 101))
    slope = np.linspace(0.1, 0.9, 101) * whole
    found = raked({"a": slope, "b": 1 - slope}, whole, [(("a",), 0.2), (("b",), 0.8)])
    assert float(found["a"].mean()) == pytest.approx(0.2, abs=0.01)
    assert np.allclose(found["a"] + found["b"], 1.0)
    assert (np.diff(found["a"][0]) > 0).all()
