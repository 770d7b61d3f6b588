"""Conditions: disabilities by state, some by survey, many by published shares. All else is not checked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from discretion.exposure.variables._published import is_published, published
from discretion.exposure.variables._variable import PART, PART_SPREAD, Ask, Share, Variable, borrowed
from discretion.exposure.variables.children import birth_rates
from discretion.exposure.variables.surveys import by_age
from discretion.knowledge.population import SEXES, Cells, Region, fitted, keyed, people
from discretion.records import Value

_DIFFICULTIES = {
    "hearing": "hearing",
    "vision": "vision",
    "cognitive": "cognitive",
    "mobility": "ambulatory",
    "disability": "any",
}
_SURVEYED = {
    "diabetes": ("Diabetes", ("Yes",), 0.25),
    "depression": ("Depressed", ("Several", "Most"), 0.7),
    "sleep": ("SleepTrouble", ("Yes",), 0.3),
}
UNEVEN = {"hiv": 2.0, "hepatitis": 1.0, "sickle_cell": 1.5, "infection": 1.0}
"""Conditions that some countries have many times as often as others: how much less sure a borrowed share of
them is. Our own choice."""
_WHOLE = frozenset({"diabetes/type_2"})
"""Finer conditions that nearly all of the wider one have."""
_NOT_ONE_IN_TEN = frozenset(
    {
        "diabetes/prediabetes",
        "diabetes/gestational",
        "sleep/narcolepsy",
        "kidney/stones",
        "addiction/gambling",
    }
)
"""Finer conditions that are no part of what is counted under the wider one, or a tiny one."""
MENTAL = frozenset(
    f"health {code}"
    for code in (
        "addiction", "addiction/alcohol", "addiction/opioids", "adhd", "antidepressant", "anxiety",
        "anxiety/panic", "autism", "bipolar", "depression", "eating_disorder", "eating_disorder/anorexia",
        "eating_disorder/binge", "eating_disorder/bulimia", "mental_health_care", "ocd", "psychosis",
        "psychosis/schizophrenia", "ptsd",
    )
)  # fmt: skip
"""Conditions that go together: "Many people suffer from more than one mental disorder at a given time" (NIMH,
https://hopkinsmedicine.org/health/wellness-and-prevention/mental-health-disorder-statistics, read on
2026-11-25)."""
PREGNANT = 0.75
"""Years that a pregnancy lasts, for the women who gave birth within a year."""


def health(value: Value) -> tuple[Ask, ...] | str:
    """Each condition is a variable of its own."""
    asks = []
    for code in value.codes:
        head = code.partition("/")[0]
        counted = next((one for one in (code, head) if is_published("health", one)), "")
        if counted and code not in _NOT_ONE_IN_TEN:
            asks.append(_ask(counted, is_whole=counted == code))
            continue
        if code == "pregnancy":
            asks += [_ask(code, is_whole=True), Ask("sex", frozenset({"female"}), 0.0)]
            continue
        if code in _NOT_ONE_IN_TEN or (head not in _DIFFICULTIES and head not in _SURVEYED):
            continue
        asks.append(_ask(head, is_whole="/" not in code or code in _WHOLE))
    return tuple(asks) or "no table counts this condition"


def _ask(condition: str, *, is_whole: bool) -> Ask:
    """The condition itself, or a finer one that is a part of it."""
    wider, scale = (0.1, 1.0) if is_whole else (PART_SPREAD, PART)
    return Ask(f"health {condition}", frozenset({"yes"}), wider, scale)


@cache
def _by_state(name: str, geo: str, condition: str) -> Cells:
    table = keyed(name, 3)
    shape = people(Region("US", "" if geo == "US" else f"US.{geo}"))
    us = keyed("us_age_sex", 2)
    found = []
    for at, sex in enumerate(SEXES):
        has = fitted(table[geo, sex, condition], shape[at])
        everybody = fitted(us[geo, sex], shape[at])
        found.append(np.divide(has, everybody, out=np.zeros_like(has), where=everybody > 0))
    return np.asarray(np.minimum(np.stack(found), 0.95), dtype=np.float64)


def _share(condition: str, region: Region) -> Share | None:
    geo = region.geo if region.country == "US" else "US"
    counted = published("health", condition, region)
    if counted and not region.country.startswith("*"):
        return counted
    american = published("health", condition, Region("US"))
    if american:
        share = american
    elif condition == "pregnancy":
        share = Share(birth_rates() * PREGNANT, 0.2, "American Community Survey 2018, B13016")
    elif condition in _DIFFICULTIES:
        source = "American Community Survey 2018, B18101-B18105"
        share = Share(_by_state("us_conditions", geo, _DIFFICULTIES[condition]), 0.15, source)
    elif condition not in _SURVEYED:
        return _part_of_wider(condition, region)
    else:
        variable, categories, spread = _SURVEYED[condition]
        share = Share(by_age(variable, categories), spread, "NHANES 2009-2012")
    if region.country == "US":
        return share
    more = UNEVEN.get(condition.partition("/")[0], 0.0)
    return borrowed(replace(share, spread=(share.spread**2 + more**2) ** 0.5), region)


def _part_of_wider(condition: str, region: Region) -> Share | None:
    """A finer condition that is published elsewhere alone, as a part of the wider one."""
    head, _, finer = condition.partition("/")
    wider = _share(head, region) if finer else None
    if wider is None:
        return None
    return replace(wider, by_cell=wider.by_cell * PART, spread=(wider.spread**2 + PART_SPREAD**2) ** 0.5)


def condition_variable(name: str) -> Variable:
    """The variable of one condition."""
    condition = name.partition(" ")[2]
    return Variable(name, lambda states, region: _share(condition, region))


def _veteran(states: frozenset[str], region: Region) -> Share | None:
    if region.country != "US":
        return published("occupation", "military/veteran", region)
    return Share(
        _by_state("us_veterans", region.geo, "veteran"), 0.1, "American Community Survey 2018, B21001"
    )


VARIABLES = (Variable("veteran", _veteran),)
