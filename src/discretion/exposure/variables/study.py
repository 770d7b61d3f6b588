"""Schooling: the highest attainment, and who studies now."""

from __future__ import annotations

from functools import cache

import numpy as np

from discretion.exposure.variables._variable import PART, PART_SPREAD, Ask, Share, Variable, borrowed, fewer
from discretion.exposure.variables.couples import british_totals
from discretion.knowledge.population import SEXES, Cells, Region, fitted, keyed, people, raked
from discretion.records import Value

_LEVELS = {
    "Less than 9th grade": "less_than_9th_grade",
    "9th to 12th grade, no diploma": "some_high_school",
    "High school graduate (includes equivalency)": "high_school",
    "Some college, no degree": "some_college",
    "Associate's degree": "associate",
    "Bachelor's degree": "bachelor",
    "Graduate or professional degree": "graduate",
}
COLLEGE = frozenset({"student/undergraduate", "student/graduate"})
DEGREES = frozenset({"bachelor", "graduate"})


def education(value: Value) -> tuple[Ask, ...] | str:
    """The level attained; of several the highest, since each holds the lower ones."""
    if any(code.startswith("student") for code in value.codes):
        code = next(code for code in value.codes if code.startswith("student"))
        states = COLLEGE if code == "student" else frozenset({code})
        return (Ask("student", states, 0.5 if "/" in code else 0.2),)
    levels = [level for level in _LEVELS.values() if level in {c.partition("/")[0] for c in value.codes}]
    if not levels:
        return "no table counts this certificate"
    is_finer = any("/" in code and code.startswith(levels[-1]) for code in value.codes)
    if is_finer and "graduate/master" not in value.codes:
        return (Ask("attainment", frozenset({levels[-1]}), PART_SPREAD, PART),)
    return (Ask("attainment", frozenset({levels[-1]}), 0.3 if is_finer else 0.15),)


@cache
def _american(geo: str) -> dict[str, Cells]:
    table = keyed("us_education", 3)
    shape = people(Region("US", "" if geo == "US" else f"US.{geo}"))
    counts = {
        level: np.stack([fitted(table[geo, sex, name], shape[at]) for at, sex in enumerate(SEXES)])
        for name, level in _LEVELS.items()
    }
    total = sum(counts.values(), np.zeros_like(shape))
    return {one: np.divide(c, total, out=np.zeros_like(c), where=total > 0) for one, c in counts.items()}


_BRITISH = (
    (("associate", "bachelor", "graduate"), ("Level 4",)),
    (("high_school", "some_college"), ("Level 2", "Level 3", "Apprenticeship", "Other")),
    (("less_than_9th_grade", "some_high_school"), ("No qualifications", "Level 1")),
)


@cache
def _british(area: str) -> dict[str, Cells]:
    table = british_totals(area, "highest")
    everyone = sum(table.values())
    margins = [
        (states, sum(count for name, count in table.items() if name.startswith(starts)) / everyone)
        for states, starts in _BRITISH
    ]
    adults = people(Region("GB", "GB.ENG", area) if area else Region("GB")).copy()
    adults[:, :18] = 0
    return raked(_american("US"), adults, margins)


def _attained(states: frozenset[str], region: Region) -> Share:
    zero = np.zeros((2, 101))
    if region.country == "GB":
        table = _british(region.area if region.area.startswith("ons:") else "")
        return Share(sum((table[one] for one in sorted(states)), zero), 0.35, _GB)
    table = _american(region.geo if region.country == "US" else "US")
    share = Share(
        sum((table[one] for one in sorted(states)), zero), 0.1, "American Community Survey 2018, B15001"
    )
    if region.country == "US":
        return share
    return borrowed(fewer(share, region) if states & DEGREES else share, region)


_GB = "Census 2021 of England and Wales by area; pattern by age of ACS 2018, B15001"


def _student(states: frozenset[str], region: Region) -> Share | None:
    """Who studies: enrolment is counted by state without ages, so its ages lie between two bounds.

    If all students were 18 to 24, and if they were spread evenly over 18 to 34: the geometric mean of both.
    """
    found = np.zeros((2, 101))
    if states & {"student/school"}:
        found[:, 6:18] = 1.0
    if states & COLLEGE:
        geo = region.geo if region.country == "US" else "US"
        enrolled = keyed("us_profile", 1).get((geo,), keyed("us_profile", 1)[("US",)])[
            "school enrollment: College or graduate school"
        ]
        whole = people(Region("US", "" if geo == "US" else f"US.{geo}"))
        young, all_ = float(whole[:, 18:25].sum()), float(whole[:, 18:35].sum())
        rate = min((enrolled / young * enrolled / all_) ** 0.5, 0.9)
        found[:, 18:25] = rate
        found[:, 25:35] = max(enrolled - rate * young, 0) / (all_ - young)
    if states == {"student/graduate"}:
        found[:, 18:22] = 0
        found *= 0.5
    share = Share(found, 0.4, "American Community Survey 2018, DP02 (enrolment, ages bounded)")
    return share if region.country == "US" else borrowed(share, region)


VARIABLES = (Variable("attainment", _attained), Variable("student", _student))
