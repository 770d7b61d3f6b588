"""Sexual orientation by age and sex."""

from __future__ import annotations

from functools import cache

import numpy as np

from discretion.exposure.variables._published import LEAST_AGE, published
from discretion.exposure.variables._variable import Ask, Share, Variable, borrowed
from discretion.exposure.variables.couples import british_totals
from discretion.exposure.variables.surveys import by_age
from discretion.knowledge.population import SEXES, Cells, Region, keyed, people, stepped
from discretion.records import Value

_STATES = {
    "gay_or_lesbian": ("gay",), "bisexual": ("bisexual",), "straight": ("straight",),
    "other": ("other",), "not_straight": ("gay", "bisexual", "other"),
}  # fmt: skip
_NHANES = {"gay": ("Homosexual",), "bisexual": ("Bisexual",), "straight": ("Heterosexual",)}
_PUBLISHED = {"gay": "gay_or_lesbian", "bisexual": "bisexual", "other": "other"}
_CENSUS = {"gay": "Gay or Lesbian", "bisexual": "Bisexual", "other": "All other sexual orientations"}


def orientation(value: Value) -> tuple[Ask, ...] | str:
    """Groups of the census; what it puts together is less sure."""
    asks = []
    for code in value.codes:
        states = _STATES.get(code) or _STATES.get(code.partition("/")[0])
        if states:
            asks.append(Ask("orientation", frozenset(states), 0.6 if code.startswith("other/") else 0.0))
        if code == "gay_or_lesbian/lesbian":
            asks.append(Ask("sex", frozenset({"female"})))
    return tuple(asks) or "no table counts this orientation"


@cache
def _british(area: str) -> dict[str, Cells]:
    """The nations' pattern by age and sex, with the area's part of each group."""
    table = keyed("uk_orientation", 2)
    lgb = next(name for name, _ in table if name.startswith("Lesbian"))
    found = []
    for sex in SEXES:
        line = {age: sum(table[name, sex][age] for name in {n for n, _ in table}) for age in table[lgb, sex]}
        found.append(stepped({age: table[lgb, sex][age] / line[age] for age in line}))
    pattern = np.stack(found)
    pattern[:, :16] = pattern[:, 16:17]
    pattern[:, : LEAST_AGE["orientation"]] = 0.0
    here, both = british_totals(area, "orientation"), british_totals("", "orientation")
    not_straight = sum(both[name] for name in _CENSUS.values())
    shares = {}
    for state, name in _CENSUS.items():
        local = (here[name] / sum(here.values())) / (both[name] / sum(both.values()))
        shares[state] = np.minimum(pattern * (both[name] / not_straight) * local, 0.5)
    shares["straight"] = 1 - sum(shares.values(), np.zeros_like(pattern))
    return shares


def _counted(states: frozenset[str], region: Region) -> Share | None:
    """The nation's published shares of all, over the sexes and ages as in Britain."""
    if region.country.startswith("*"):
        return None
    whole = people(Region(region.country))
    shares: dict[str, Cells] = {}
    source = ""
    for state, code in _PUBLISHED.items():
        found = published("orientation", code, Region(region.country))
        if found is None:
            return None
        pattern = _british("")[state]
        adults = whole[:, 16:]
        usual = float((pattern[:, 16:] * adults).sum() / adults.sum())
        shares[state] = np.minimum(pattern * float(np.max(found.by_cell)) / usual, 0.5)
        source = found.source
    shares["straight"] = 1 - sum(shares.values(), np.zeros_like(whole))
    cells = sum((shares[one] for one in sorted(states)), np.zeros_like(whole))
    return Share(cells, 0.3, f"{source}; by age and sex as in England and Wales")


def _share(states: frozenset[str], region: Region) -> Share | None:
    zero = np.zeros((2, 101))
    if region.country == "GB":
        table = _british(region.area if region.area.startswith("ons:") else "")
        source = "Census 2021 of England and Wales, orientation by age, sex and area"
        return Share(sum((table[one] for one in sorted(states)), zero), 0.25, source)
    if published_here := _counted(states, region):
        return published_here
    asked = [_NHANES[one] for one in states if one in _NHANES]
    if not asked:
        return borrowed(Share(_british("")["other"], 0.3, "Census 2021 of England and Wales"), region)
    # The survey asked few people of each sex and age, the British census all of them: the mean of both.
    surveyed = by_age("SexOrientation", tuple(name for names in asked for name in names))
    counted = sum((_british("")[one] for one in sorted(states)), zero)
    source = "NHANES 2009-2012 and Census 2021 of England and Wales, mean"
    share = Share((surveyed + counted) / 2, 0.4, source)
    return share if region.country == "US" else borrowed(share, region)


VARIABLES = (Variable("orientation", _share),)
