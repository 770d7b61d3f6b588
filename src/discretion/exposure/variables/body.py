"""Height and weight of adults, what somebody earns, and debts, rent and benefits."""

from __future__ import annotations

from functools import cache
from math import erf, sqrt

import numpy as np

from discretion.exposure.variables._published import ask, is_published, published_variable
from discretion.exposure.variables._variable import PART, PART_SPREAD, Ask, Share, Variable, borrowed
from discretion.exposure.variables.work import working_share
from discretion.knowledge.population import AGES, SEXES, Cells, Region, keyed, read
from discretion.records import Value

WITHIN = {"height": 1.27, "weight": 2.5}
"""How near a height (cm) or weight (kg) has to be to fit: as people round them, to an inch and ten pounds."""
_COLUMN = {"height": 2, "weight": 4}
HOURS = 2080
"""A year of full-time work, 52 weeks of 40 hours."""


_DOLLARS = frozenset({"$/year", "$/hour", "USD/year", "$", ""})
"""Units of earnings; a bare number counts as dollars, and only Americans are counted."""
LEAST_YEARLY = 5_000
"""A smaller bare number is more likely paid by the week or month."""
HIGH = 150_000
"""Dollars a year, well inside the table's open last band (100,000 and more): a part of it."""


def appearance(value: Value) -> tuple[Ask, ...] | str:
    """Measures; hair and tattoos are in no table."""
    if value.code in WITHIN and value.low is not None:
        return (Ask(value.code, frozenset({str(value.low)})),)
    return "no table counts this"


@cache
def _measures(code: str) -> tuple[Cells, Cells]:
    """Mean and standard deviation by sex and age; under 18 as at 18."""
    column = _COLUMN[code]
    mean, deviation = np.zeros((2, AGES)), np.ones((2, AGES))
    for line in read("us_body"):
        at, first = SEXES.index(line[0]), int(line[1])
        start = 0 if first <= 18 else first
        mean[at, start:], deviation[at, start:] = float(line[column]), float(line[column + 1])
    return mean, deviation


@cache
def _measured_by_cell(code: str, states: frozenset[str]) -> Cells:
    mean, deviation = _measures(code)
    found = np.zeros((2, AGES))
    normal = np.vectorize(lambda z: (1 + erf(z / sqrt(2))) / 2)
    for state in sorted(states):
        low, high = float(state) - WITHIN[code], float(state) + WITHIN[code]
        found += normal((high - mean) / deviation) - normal((low - mean) / deviation)
    found[:, :16] = 0.0
    return found


def _measured(code: str, states: frozenset[str], region: Region) -> Share:
    share = Share(_measured_by_cell(code, states), 0.3, "NHANES 2009-2012, normal by sex and age")
    return share if region.country == "US" else borrowed(share, region)


def finances(value: Value) -> tuple[Ask, ...] | str:
    """What somebody earns in dollars, by the band of the American tables; debts, rent, benefits as published.

    The sum that somebody owes is in no table: whoever owes any is counted.
    """
    counted = [code for code in value.codes if is_published("finances", code)]
    if counted:
        return tuple(ask("money", code, 0.1) for code in counted)
    if value.code != "income" or value.low is None or value.unit not in _DOLLARS:
        return "no table counts this"
    dollars = value.low * (HOURS if value.unit.endswith("/hour") else 1)
    if not value.unit and dollars < LEAST_YEARLY:
        return "no table counts this"
    wider, scale = (PART_SPREAD, PART) if dollars >= HIGH else (0.2, 1.0)
    return (Ask("earnings", frozenset({str(int(dollars))}), wider, scale),)


def money_variable(name: str) -> Variable:
    """The variable of one debt or benefit, or of renting."""
    return published_variable("finances", name)


def _earned(states: frozenset[str], region: Region) -> Share | None:
    if region.country != "US":
        return None
    table = keyed("us_earnings", 2)
    firsts = sorted(map(int, table["US", "male"]))
    found = working_share(region.geo).copy()
    for at, sex in enumerate(SEXES):
        line = table[region.geo, sex]
        bands = {max((first for first in firsts if first <= int(state)), default=1) for state in states}
        found[at] *= sum(line[str(band)] for band in bands) / sum(line.values())
    return Share(found, 0.4, "American Community Survey 2018, B20001 (its band)")


VARIABLES = (
    Variable("height", lambda states, region: _measured("height", states, region)),
    Variable("weight", lambda states, region: _measured("weight", states, region)),
    Variable("earnings", _earned),
)
