"""People by sex and age in countries, American states, British nations and authorities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from discretion.knowledge._values._keys import key
from discretion.knowledge.population._arrays import AGES, SEXES, Cells, fitted
from discretion.knowledge.population._tables import keyed

AS_OF = 2025
"""The year that counts are brought to: the medium projection of World Population Prospects 2019."""
AGEING = 35
"""Median age in years from which a country counts as ageing; our own cut."""
NATIONS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}
LONDON = "ons:E09"
"""Greater London: its boroughs' codes begin so."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where tables count: a country (ISO 3166), a state or nation in it (``US.OK``), and in that a British
    authority, or the American ZIP area, county or town whose races are counted, or a town with a published
    share of its own, or the region itself where nobody but the whole of it is meant (``IN.23``)."""

    country: str
    part: str = ""
    area: str = ""

    @property
    def geo(self) -> str:
        """The state as the American tables name it."""
        return self.part.removeprefix("US.") or "US"


@cache
def world_countries() -> tuple[str, ...]:
    """Every country with a table by age and sex."""
    return tuple(dict.fromkeys(country for country, _ in keyed("world_age_sex", 2)))


@cache
def people(region: Region) -> Cells:
    """People by sex and age in the finest part of ``region`` that a table counts.

    Raises ``KeyError`` for a country without a table.
    """
    if region.country == "GB" and region.part:
        return _british_area(region.area) if region.area else _nation(region.part)
    whole = _country(region.country)
    if region.country != "US" or not region.part:
        return whole
    return np.stack([_of_state(region.geo, at, sex, whole) for at, sex in enumerate(SEXES)])


@cache
def _country(country: str) -> Cells:
    found = []
    for sex in SEXES:
        bands = keyed("world_age_sex", 2)[country, sex]
        found.append(fitted(bands, _falling(bands)))
    return np.stack(found)


FALLING = 70
"""From this age on deaths make each year of age smaller than the one before."""


def _falling(bands: Mapping[str, float]) -> Cells:
    """How people are spread over the single years of a band: evenly, and of the old as the bands fall."""
    shape = np.ones(AGES)
    firsts = sorted(map(int, bands))
    for first, after in pairwise(firsts):
        if first >= FALLING and 0 < bands[str(after)] < bands[str(first)]:
            yearly = (bands[str(after)] / bands[str(first)]) ** (1 / (after - first))
            shape[first:after] = yearly ** np.arange(after - first)
    return shape


def _of_state(geo: str, at: int, sex: str, whole: Cells) -> Cells:
    """The state's part of each band of 2018, of the nation's people today."""
    table = keyed("us_age_sex", 2)
    state, nation = table[geo, sex], table["US", sex]
    firsts = sorted(map(int, state))
    bands = {
        str(first): state[str(first)] / nation[str(first)] * whole[at, first:after].sum()
        for first, after in zip(firsts, [*firsts[1:], AGES], strict=True)
    }
    return fitted(bands, whole[at])


@cache
def _nation(part: str) -> Cells:
    name = NATIONS[part.partition(".")[2]]
    shape = _country("GB")
    table = keyed("uk_nations", 2)
    return np.stack([fitted(table[name, sex], shape[at]) for at, sex in enumerate(SEXES)])


@cache
def _british_area(area: str) -> Cells:
    office, _, code = area.partition(":")
    if office == "ons":
        return _english_or_welsh(code)
    table, nation = ("uk_scotland_religion", "GB.SCT") if office == "nrs" else ("uk_ni_religion", "GB.NIR")
    bands = [_by_age(table, code, sex) for sex in SEXES]
    total = sum(sum(one.values()) for one in _all_bands(table))
    shape = _nation(nation)
    grown = float(shape.sum()) / total
    return np.stack([fitted(one, shape[at]) * grown for at, one in enumerate(bands)])


@cache
def _by_age(table: str, code: str, sex: str) -> Mapping[str, float]:
    return {
        age: sum(line.values())
        for (area, of, age), line in keyed(table, 3).items()
        if of == sex and code in (area, key(area).replace(" ", "-"))
    }


@cache
def _all_bands(table: str) -> tuple[Mapping[str, float], ...]:
    return tuple(keyed(table, 3).values())


@cache
def _english_or_welsh(code: str) -> Cells:
    """The authority's part of each band of 2021, of the two nations' people today.

    Those under 16 are not counted by area: they are taken to live where those of 35 to 44 do.
    """
    nations = _nation("GB.ENG") + _nation("GB.WLS")
    found = np.zeros((len(SEXES), AGES))
    for at, sex in enumerate(SEXES):
        here, both = _bands(code, sex), _bands("", sex)
        part = {first: here[first] / both[first] for first in both}
        firsts = sorted(map(int, part))
        for first, after in zip(firsts, [*firsts[1:], AGES], strict=True):
            found[at, first:after] = nations[at, first:after] * part[str(first)]
        found[at, : firsts[0]] = nations[at, : firsts[0]] * part["35"]
    return found


@cache
def _bands(code: str, sex: str) -> Mapping[str, float]:
    """Sums over the authorities whose code begins with ``code``."""
    total: dict[str, float] = {}
    for (area, _, of), line in keyed("uk_ew_age_sex", 3).items():
        if of == sex and area.startswith(code):
            for first, count in line.items():
                total[first] = total.get(first, 0) + count
    return total


@cache
def is_ageing(country: str) -> bool:
    """Whether half of the people are ``AGEING`` or older: American tables are less far off there."""
    years = _country(country).sum(axis=0).cumsum()
    return bool(np.searchsorted(years, years[-1] / 2) >= AGEING)
