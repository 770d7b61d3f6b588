"""First and last names: their American bearers by sex and age."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from discretion.exposure.variables._variable import ENGLISH_SPEAKING, Ask, Share, Variable, borrowed
from discretion.knowledge.population import SEXES, Cells, Region, people, read
from discretion.records import Value

NAMED_OTHERWISE = 0.8
"""How much less sure a borrowed name is than other borrowed shares."""
RARE_FIRST, RARE_LAST = 300.0, 200.0
"""Bearers of a name that is below the cut of the table: between none and 1,000, or 500."""
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "my", "name", "is", "im", "i", "am", "called"}
)


def name(value: Value) -> tuple[Ask, ...] | str:
    """The first word as first name, the last one as family name."""
    words = [word for word in value.code.split(" ") if word not in _TITLES and word.isalpha()]
    if not words or not words[0]:
        return "no name"
    is_family = len(words) == 1 and _surnames().get(words[0], 0.0) > _first_names().get(words[0], (0.0,))[0]
    if is_family:
        return (Ask("family name", frozenset({words[0]}), 0.0),)
    asks = [Ask("first name", frozenset({words[0]}), 0.0)]
    if len(words) > 1:
        asks.append(Ask("family name", frozenset({words[-1]}), 0.0))
    return tuple(asks)


@cache
def _first_names() -> dict[str, tuple[float, float, str]]:
    return {
        one: (float(count), float(women) / 100, births)
        for one, count, women, births in read("us_first_names")
    }


@cache
def _surnames() -> dict[str, float]:
    return {one: float(count) for one, count in read("us_surnames")}


@cache
def _first(one: str) -> tuple[Cells, float]:
    """The share of each sex and age that bears the name, and how unsure that is.

    The bearers of the census, spread over the ages as the births of the name are over the years.
    """
    whole = people(Region("US"))
    grown = float(whole.sum()) / 331_449_281
    known = _first_names().get(one)
    if known is None:
        return np.full(whole.shape, RARE_FIRST / float(whole.sum())), 1.0
    count, women, births = known
    found = np.zeros_like(whole)
    for at, sex in enumerate(SEXES):
        bearers = count * grown * (women if sex == "female" else 1 - women)
        weight = whole[at].copy()
        by_year = _births(births, at)
        if by_year.sum() > 0:
            weight = by_year * np.divide(whole[at], whole[at].max())
        found[at] = bearers * weight / weight.sum()
    return np.minimum(np.divide(found, whole, out=np.zeros_like(found), where=whole > 0), 0.2), 0.25


def _births(births: str, at: int) -> Cells:
    """Births of the name by age in 2025: five-year spans, evenly within each."""
    found = np.zeros(101)
    if births == "-":
        return found
    for span in births.split(","):
        first, women, men = map(int, span.split(":"))
        for year in range(first, first + 5):
            found[min(max(2025 - year, 0), 100)] += (women, men)[at] / 5
    return found


def _given(states: frozenset[str], region: Region) -> Share | None:
    if region.country not in ENGLISH_SPEAKING and region.country != "*english":
        return None
    (one,) = states if len(states) == 1 else ("",)
    cells, spread = _first(one)
    share = Share(cells, spread, "Census 2020 first names; Social Security births by name")
    if region.country == "US":
        return share
    return borrowed(replace(share, spread=share.spread + NAMED_OTHERWISE), region)


def _family(states: frozenset[str], region: Region) -> Share | None:
    if region.country not in ENGLISH_SPEAKING and region.country != "*english":
        return None
    (one,) = states if len(states) == 1 else ("",)
    bearers = _surnames().get(one)
    total = sum(people(Region("US")).sum(axis=0))
    spread = 0.35 if bearers else 1.0
    part = (bearers or RARE_LAST) * float(total) / 331_449_281 / float(total)
    share = Share(part, spread, "Census 2020 surnames")
    if region.country == "US":
        return share
    return borrowed(replace(share, spread=share.spread + NAMED_OTHERWISE), region)


VARIABLES = (Variable("first name", _given), Variable("family name", _family))
