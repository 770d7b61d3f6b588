"""Marriage and living together: one variable for both, so that "my husband" and "married" count once."""

from __future__ import annotations

from functools import cache

import numpy as np

from discretion.exposure.variables._variable import Ask, Share, Variable, borrowed
from discretion.knowledge.population import SEXES, Cells, Region, fitted, keyed, people, raked, stepped
from discretion.records import Value

MARRIED = ("present", "absent")
UNMARRIED = ("never", "divorced", "widowed")
_TABLE = {
    "never married": "never",
    "married, spouse present": "present",
    "separated": "separated",
    "other": "absent",
    "widowed": "widowed",
    "divorced": "divorced",
}
ATTACHMENTS = ("cohabiting", "dating", "alone")
"""How the unmarried live. Nobody counts who is dating: with those who live together they are taken as the
geometric mean of these and of all unmarried."""


def _states(statuses: tuple[str, ...], attachments: tuple[str, ...] = ATTACHMENTS) -> frozenset[str]:
    return frozenset(
        f"{status}+{how}" if status in UNMARRIED else status
        for status in statuses
        for how in (attachments if status in UNMARRIED else ("",))
    )


PARTNERED = _states(UNMARRIED, ("cohabiting", "dating"))
_RELATIONSHIPS: dict[str, tuple[frozenset[str], float]] = {
    "never_married": (_states(("never",)), 0.0),
    "not_married": (_states(UNMARRIED), 0.0),
    "married": (_states((*MARRIED, "separated")), 0.05),
    "separated": (_states(("separated",)), 0.2),
    "divorced": (_states(("divorced",)), 0.05),
    "widowed": (_states(("widowed",)), 0.05),
    "engaged": (_states(UNMARRIED, ("cohabiting",)), 0.8),
    "cohabiting": (_states(UNMARRIED, ("cohabiting",)), 0.1),
    "partnered": (PARTNERED, 0.4),
    "single": (_states(UNMARRIED, ("alone",)), 0.3),
}
_PARTNERS = {
    "partner": (PARTNERED | _states(MARRIED), 0.3),
    "partner/husband": (_states(MARRIED), 0.05),
    "partner/wife": (_states(MARRIED), 0.05),
    "partner/boyfriend": (PARTNERED, 0.4),
    "partner/girlfriend": (PARTNERED, 0.4),
    "partner/fiance": (_states(UNMARRIED, ("cohabiting",)), 0.8),
    "former_partner/spouse": (_states(("divorced",)), 0.3),
    "late_partner": (_states(("widowed",)), 0.3),
}
DURATION_SPREAD = 0.9
"""Durations are in no table: the status is counted, and the count is at most that."""


def relationship(value: Value) -> tuple[Ask, ...] | str:
    """Status; a duration only makes the count less sure."""
    asks: list[Ask] = []
    for code in value.codes:
        if code.startswith("single/parent"):
            asks += _lone_parent(code)
            continue
        known = _RELATIONSHIPS.get(code) or _RELATIONSHIPS.get(code.partition("/")[0])
        if known:
            wider = known[1] + (0.8 if "/" in code else 0) + (DURATION_SPREAD if value.low is not None else 0)
            asks.append(Ask("couple", known[0], wider))
    return tuple(asks) or "no table counts this"


def _lone_parent(code: str) -> tuple[Ask, ...]:
    """Who is unmarried and brings children up; ``lone parent`` is a share of the unmarried."""
    sex = {"mother": "female", "father": "male"}.get(code.rpartition("/")[2])
    asks = (Ask("couple", _states(UNMARRIED), 0.1), Ask("lone parent", frozenset({"yes"}), 0.1))
    return (*asks, Ask("sex", frozenset({sex}))) if sex else asks


def unmarried(geo: str) -> Cells:
    """The share of people who never married, are divorced or widowed, by sex and age (B12002)."""
    table = _american(geo)
    return sum((table[one] for one in _states(UNMARRIED)), np.zeros((2, 101)))


def partner(code: str) -> tuple[Ask, ...]:
    """What a partner in the family tells of oneself."""
    known = _PARTNERS.get(code)
    return (Ask("couple", *known),) if known else ()


@cache
def _american(geo: str) -> dict[str, Cells]:
    """Shares of the 12 states by sex and age: B12002 with the unmarried partners of B09021."""
    table, living = keyed("us_marital", 3), keyed("us_living", 2)
    region = Region("US", "" if geo == "US" else f"US.{geo}")
    shape = people(region)
    counts = {
        state: np.stack([fitted(table[geo, sex, status], shape[at]) for at, sex in enumerate(SEXES)])
        for status, state in _TABLE.items()
    }
    total = sum(counts.values(), np.zeros_like(shape))
    shares = {s: np.divide(c, total, out=np.zeros_like(c), where=total > 0) for s, c in counts.items()}
    shares["never"][:, :15] = 1.0
    adults = stepped(_sums(geo))
    partners = stepped(dict(living[geo, _UNMARRIED_PARTNER]))
    cohabiting = np.divide(partners, adults, out=np.zeros_like(partners), where=adults > 0)
    unmarried = sum((shares[one] for one in UNMARRIED), np.zeros_like(shape))
    rate = np.minimum(
        np.divide(cohabiting, unmarried, out=np.zeros_like(unmarried), where=unmarried > 0), 0.8
    )
    both = np.sqrt(rate)
    found = {one: shares[one] for one in (*MARRIED, "separated")}
    for one in UNMARRIED:
        found[f"{one}+cohabiting"] = shares[one] * rate
        found[f"{one}+dating"] = shares[one] * (both - rate)
        found[f"{one}+alone"] = shares[one] * (1 - both)
    return found


_UNMARRIED_PARTNER = "Householder living with unmarried partner or unmarried partner of householder"


def _sums(geo: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for (where, _), line in keyed("us_living", 2).items():
        if where == geo:
            for first, count in line.items():
                found[first] = found.get(first, 0) + count
    return found


_BRITISH = (
    (("never+cohabiting", "never+dating", "never+alone"), ("Never married",)),
    (("present", "absent"), ("Married", "In a registered")),
    (("separated",), ("Separated",)),
    (("divorced+cohabiting", "divorced+dating", "divorced+alone"), ("Divorced",)),
    (("widowed+cohabiting", "widowed+dating", "widowed+alone"), ("Widowed",)),
)


@cache
def _british(area: str) -> dict[str, Cells]:
    """The American pattern by age, with the totals that the census of 2021 counted in the authority."""
    table = british_totals(area, "marital")
    everyone = sum(table.values())
    margins = [
        (states, sum(count for name, count in table.items() if name.startswith(starts)) / everyone)
        for states, starts in _BRITISH
    ]
    shape = people(Region("GB", "GB.ENG", area)) if area else people(Region("GB"))
    adults = shape.copy()
    adults[:, :16] = 0
    return raked(_american("US"), adults, margins)


@cache
def british_totals(area: str, subject: str) -> dict[str, float]:
    """Category → people of 16 and over in the authority (all of England and Wales without one)."""
    code = area.partition(":")[2] if area.startswith("ons:") else ""
    lines = [line for (where,), line in keyed("uk_ew_areas", 1).items() if where.startswith(code)]
    found: dict[str, float] = {}
    for name in lines[0] if lines else ():
        of, _, category = name.partition(": ")
        if of.startswith(subject):
            found[category] = found.get(category, 0) + sum(line[name] for line in lines)
    return found


def _share(states: frozenset[str], region: Region) -> Share:
    if region.country == "GB":
        table = _british(region.area if region.area.startswith("ons:") else "")
        return Share(sum((table[one] for one in sorted(states)), np.zeros((2, 101))), 0.2, _GB)
    table = _american(region.geo if region.country == "US" else "US")
    share = Share(sum((table[one] for one in sorted(states)), np.zeros((2, 101))), 0.1, _US)
    return share if region.country == "US" else borrowed(share, region)


_US = "American Community Survey 2018, B12002, B09021"
_GB = "Census 2021 of England and Wales by area; pattern by age of ACS 2018, B12002"
VARIABLES = (Variable("couple", _share),)
