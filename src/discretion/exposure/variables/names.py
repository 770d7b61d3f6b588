"""First and last names: their bearers by sex and age.

First names have tables for the United States, Canada, Great Britain, France and Brazil; family names for the
United States alone. Where English is spoken American counts stand in for what is missing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from discretion.exposure.variables._variable import ENGLISH_SPEAKING, Ask, Share, Variable, borrowed
from discretion.knowledge.population import AGES, SEXES, Cells, Region, people, read
from discretion.records import Value
from discretion.text import unaccented

NAMED_OTHERWISE = 0.8
"""How much less sure a borrowed name is than other borrowed shares."""
RARE = 30.0
"""Americans who bear a name that is below the cut of the table: between none and 100."""
RARE_ELSEWHERE = 300.0
"""Bearers of a first name that is in no cohort of another country's table: between none and some thousand."""
COHORTS = {"FR": "fr_first_names", "GB": "uk_first_names", "BR": "br_first_names"}
OF_A_STATE = 0.4
"""How much commoner or rarer a name may be in one state, whose names no table has. Our own choice."""
COHORT_SPREAD = 0.35
"""Births are counted by five years, in which a name may double or halve. Our own choice."""
_SOURCES = {
    "FR": "INSEE, births by first name 1930-2018",
    "GB": "ONS, NRS and NISRA, births by first name 1975-2020",
    "BR": "IBGE, Census 2010 first names",
}
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "my", "name", "is", "im", "i", "am", "called"}
)


def name(value: Value, said: str) -> tuple[Ask, ...] | str:
    """The first word as first name, the last one as family name; what ``said`` joins by a hyphen is one."""
    parts = value.code.split(" ")
    words = [word for part in parts if part not in _TITLES and (word := _letters(part))]
    joined = [_letters(part) for part in said.split() if "-" in part.strip("-")]
    for at in range(len(words) - 1, 0, -1):
        if words[at - 1] + words[at] in joined:
            words[at - 1 : at + 1] = [words[at - 1] + words[at]]
    if not words or not words[0]:
        return "no name"
    is_family = (
        len(words) == 1
        and _surnames().get(words[0], 0.0) > _first_names().get(words[0], (0.0,))[0]
        and words[0] not in _cohorts("FR")
    )
    if is_family:
        return (Ask("family name", frozenset({words[0]}), 0.0),)
    asks = [Ask("first name", frozenset({words[0]}), 0.0)]
    if len(words) > 1:
        asks.append(Ask("family name", frozenset({words[-1]}), 0.0))
    return tuple(asks)


def _letters(word: str) -> str:
    """A name as tables write it: lower case, no accents, no hyphens."""
    return "".join(char for char in unaccented(word.lower()) if char.isalpha())


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
        return np.full(whole.shape, RARE / float(whole.sum())), 1.0
    count, women, births = known
    found = np.zeros_like(whole)
    for at, sex in enumerate(SEXES):
        bearers = count * grown * (women if sex == "female" else 1 - women)
        weight = whole[at].copy()
        by_year = _births(births, at)
        if by_year.sum() > 0:
            weight = by_year * np.divide(whole[at], whole[at].max())
        found[at] = bearers * weight / weight.sum()
    return np.minimum(np.divide(found, whole, out=np.zeros_like(found), where=whole > 0), 0.2), COHORT_SPREAD


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


@cache
def _cohorts(country: str) -> dict[str, str]:
    return {_letters(one): shares for one, shares in read(COHORTS[country])}


@cache
def _by_cohort(one: str, country: str) -> tuple[Cells, float]:
    """The share of each sex and age from bearers per million of each cohort; ages outside as the next one."""
    whole = people(Region(country))
    shares = _cohorts(country).get(one)
    if shares is None:
        return np.full(whole.shape, RARE_ELSEWHERE / float(whole.sum())), 1.0
    cohorts = {year: (women, men) for year, women, men in _spans(shares)}
    width = 10 if country == "BR" else 5
    first, last = _ends(country)
    found = np.zeros(whole.shape)
    for age in range(AGES):
        year = min(max((2025 - age) // width * width, first), last)
        found[:, age] = cohorts.get(year, (0.0, 0.0))
    found /= 1e6
    if country == "GB":  # who was born before the table begins bears the name as often as Americans do
        before = 2025 - first + 1
        found[:, before:] = _first(one)[0][:, before:]
    return found, COHORT_SPREAD


@cache
def _ends(country: str) -> tuple[int, int]:
    years = [year for shares in _cohorts(country).values() for year, _, _ in _spans(shares)]
    return min(years), max(years)


def _spans(written: str) -> list[tuple[int, float, float]]:
    spans = (span.split(":") for span in written.split(","))
    return [(int(year), float(women), float(men)) for year, women, men in spans]


@cache
def _canadians() -> dict[str, tuple[float, float]]:
    return {_letters(one): (float(women), float(men)) for one, women, men in read("ca_first_names")}


@cache
def _canadian(one: str) -> tuple[Cells, float]:
    """The bearers of the census of 2021, spread over the ages as Americans of the name are."""
    whole = people(Region("CA"))
    known = _canadians().get(one)
    if known is None:
        return np.full(whole.shape, RARE_ELSEWHERE / float(whole.sum())), 1.0
    pattern = whole * np.maximum(_first(one)[0], 1e-9)
    sums = pattern.sum(axis=1, keepdims=True)
    return np.minimum(_first(one)[0].clip(1e-9) / sums * np.array(known)[:, None], 0.2), 0.35


def _given(states: frozenset[str], region: Region) -> Share | None:
    (one,) = states if len(states) == 1 else ("",)
    if region.country in COHORTS:
        return Share(*_by_cohort(one, region.country), _SOURCES[region.country])
    if region.country == "CA":
        return Share(*_canadian(one), "Statistics Canada, Census 2021 first names")
    if region.country not in ENGLISH_SPEAKING and region.country != "*english":
        return None
    cells, spread = _first(one)
    if region.part:
        spread = (spread**2 + OF_A_STATE**2) ** 0.5
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
    if region.part:
        spread = (spread**2 + OF_A_STATE**2) ** 0.5
    part = (bearers or RARE) * float(total) / 331_449_281 / float(total)
    share = Share(part, spread, "Census 2020 surnames")
    if region.country == "US":
        return share
    return borrowed(replace(share, spread=share.spread + NAMED_OTHERWISE), region)


VARIABLES = (Variable("first name", _given), Variable("family name", _family))
