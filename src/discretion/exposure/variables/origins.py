"""Race, ethnic group, ancestry and country of birth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from discretion.exposure.variables._published import ask, is_published, published
from discretion.exposure.variables._variable import PART, PART_SPREAD, Ask, Share, Variable
from discretion.exposure.variables.couples import british_totals
from discretion.knowledge.population import Region, keyed, local_race, people, read
from discretion.records import Value

_RACES = {
    "White alone": "white",
    "Black or African American alone": "black",
    "American Indian and Alaska Native alone": "native",
    "Asian alone": "asian",
    "Native Hawaiian and Other Pacific Islander alone": "pacific",
    "Some other race alone": "other",
    "Two or more races": "mixed",
}
_GROUPS: dict[str, tuple[str, ...]] = {
    "black": ("black", "h-black"),
    "white": ("white", "h-white"),
    "asian": ("asian", "h-asian"),
    "hispanic": tuple(f"h-{race}" for race in _RACES.values()),
    "mixed": ("mixed", "h-mixed"),
    "native_american": ("native", "h-native"),
    "indigenous": ("native", "h-native"),
    "pacific_islander": ("pacific", "h-pacific"),
    "arab": ("arab",),
}
_CENSUS_2020: Mapping[str, tuple[str, ...]] = {
    "white": ("white",),
    "black": ("black",),
    "native": ("native",),
    "asian": ("asian", "pacific"),
    "multiple": ("mixed", "other"),
    "hispanic": _GROUPS["hispanic"],
}
_BRITISH = {"black": "Black", "white": "White", "asian": "Asian", "mixed": "Mixed", "arab": "Other ethnic"}
_ANCESTRY = {
    "place/CZ": "Czech", "place/DK": "Danish", "place/NL": "Dutch", "place/GB.ENG": "English",
    "place/FR": "French (except Basque)", "place/DE": "German", "place/GR": "Greek", "place/HU": "Hungarian",
    "place/IE": "Irish", "place/IT": "Italian", "place/LT": "Lithuanian", "place/NO": "Norwegian",
    "place/PL": "Polish", "place/PT": "Portuguese", "place/RU": "Russian", "place/GB.SCT": "Scottish",
    "place/SK": "Slovak", "place/SE": "Swedish", "place/CH": "Swiss", "place/UA": "Ukrainian",
    "place/GB.WLS": "Welsh",
}  # fmt: skip
_OTHER_WHITE = "White: Gypsy"
_BRITISH_GROUPS = {
    "Asian": ("PK", "IN", "BD", "CN", "LK", "NP", "PH", "HK", "MY", "SG", "JP", "KR", "TH", "VN", "ID"),
    "Black": ("NG", "GH", "JM", "KE", "UG", "ZW", "SO", "BB", "TT", "GM", "SL", "CM", "CD", "ET", "ER"),
    "White: Irish": ("IE",),
}
"""The ethnic group of the British census that most people of an origin are in; our own reading. Others count
with the other white."""
_AMERICAN_GROUPS: Mapping[str, tuple[str, ...]] = {
    country: _CENSUS_2020[group]
    for group, countries in {
        "asian": "CN TW HK IN PK BD LK NP PH VN KR JP TH KH LA MM ID MY SG",
        "hispanic": "MX PR CU DO SV GT HN NI CO EC PE VE AR ES BO CL PA CR PY UY",
        "black": "NG GH JM HT ET KE SO TT BB SL LR CM CD ER",
    }.items()
    for country in countries.split()
}
"""The group of the American census that most people of an origin are in; our own reading."""
DESCENDED = 2.0
"""People who call themselves by a country for each one who was born there; our own round figure, for want of
a table, and not used where the words say "born"."""
_BORN = re.compile(r"\b(?:born|from|immigra\w+|national|citizen\w*|expat\w*)\b", re.IGNORECASE)
ORIGIN_SPREAD = 0.6
"""Whether somebody was born there, holds its passport or had a grandmother from there, words do not tell."""


def ethnicity(value: Value, words: str) -> tuple[Ask, ...] | str:
    """Groups and origins; of "Irish-American" the first part."""
    asks = []
    codes = [code for code in value.codes if code != "place/US" or len(value.codes) == 1]
    for code in codes:
        head = code.partition("/")[0]
        if head == "place":
            is_born = bool(_BORN.search(words))
            wider = 0.2 if is_born else ORIGIN_SPREAD
            asks.append(Ask(f"origin {code}", frozenset({code, "born"} if is_born else {code}), wider))
        elif code not in _GROUPS and is_published("ethnicity", code):
            asks.append(ask("people", code, 0.1))
        elif head in _GROUPS:
            is_finer = "/" in code and code != "black/african_american"
            wider, scale = (PART_SPREAD, PART) if is_finer else (0.1, 1.0)
            asks.append(Ask("race", frozenset(_GROUPS[head]), wider, scale))
    return tuple(asks) or "no table counts this people"


def ancestries(geo: str) -> Mapping[str, float] | None:
    """The state's profile, ``None`` where its copy is empty."""
    found = keyed("us_profile", 1).get((geo,))
    return found if found and found["ancestry: Total population"] else None


@cache
def _american(geo: str) -> dict[str, float]:
    line = keyed("us_race", 1)[(geo,)]
    found = {}
    for name, race in _RACES.items():
        found[race] = line[f"Not Hispanic or Latino > {name}"] / line["all"]
        found[f"h-{race}"] = line[f"Hispanic or Latino > {name}"] / line["all"]
    profile = ancestries(geo)
    if profile:
        found["arab"] = profile["ancestry: Arab"] / profile["ancestry: Total population"]
    return found


@cache
def _here(region: Region) -> dict[str, float]:
    """The state's races, moved to the shares of the groups that the Census of 2020 counted in the place."""
    table = dict(_american(region.geo))
    counted = local_race(region.area)
    if counted is None:
        return table
    for group, share in counted.items():
        states = _CENSUS_2020[group]
        before = sum(table[state] for state in states)
        for state in states:
            table[state] = table[state] / before * share if before else share / len(states)
    return table


def _race(states: frozenset[str], region: Region) -> Share | None:
    if region.country == "US" and region.area and "arab" not in states:
        part = sum(_here(region).get(one, 0.0) for one in sorted(states))
        return Share(part, 0.15, "Census 2020 by place, adults", is_local=True)
    if region.country == "US":
        table = _american(region.geo)
        if not states & table.keys():
            return None
        return Share(
            sum(table.get(one, 0.0) for one in sorted(states)), 0.1, "American Community Survey 2018, B03002"
        )
    if region.country != "GB":
        group = next((code for code, races in _GROUPS.items() if states == frozenset(races)), "")
        return None if region.country.startswith("*") else published("ethnicity", group, region)
    name = next((of for head, of in _BRITISH.items() if states & set(_GROUPS[head])), None)
    is_counted = region.country == "GB" and (region.area.startswith("ons:") or region.part != "GB.NIR")
    if not is_counted or name is None or states >= set(_GROUPS["hispanic"]):
        return None
    totals = british_totals(region.area, "ethnic")
    part = sum(count for category, count in totals.items() if category.startswith(name))
    spread = 0.12 if region.area or region.part in ("", "GB.ENG") else 0.8
    return Share(part / sum(totals.values()), spread, "Census 2021 of England and Wales, ethnic group")


@cache
def _born() -> dict[tuple[str, str], float]:
    return {(country, born): float(count) for country, born, count in read("born_abroad")}


@cache
def abroad(country: str) -> dict[str, float]:
    """Country → people born in ``country`` who live there."""
    return {where: count for (where, born), count in _born().items() if born == country}


def _origin(code: str, region: Region, *, is_born: bool) -> Share | None:
    country = code.partition("/")[2]
    counted = None if is_born or region.country.startswith("*") else published("ethnicity", code, region)
    if counted:
        return replace(counted, by_cell=counted.by_cell * _near(region, country))
    if region.country == "US" and code in _ANCESTRY and not is_born:
        line = ancestries(region.geo)
        if line:
            part = line[f"ancestry: {_ANCESTRY[code]}"] / line["ancestry: Total population"]
            return Share(part, 0.1, "American Community Survey 2018, DP02 (ancestry)")
    if region.country.startswith("*"):
        return None
    whole = float(people(Region(region.country)).sum())
    if region.country == country:
        foreign = sum(count for (where, _), count in _born().items() if where == country)
        return Share(max(1 - foreign / whole, 0.05), 0.1, "UN International Migrant Stock 2024")
    if (region.country, country) not in _born():
        return None
    part = _born()[region.country, country] / whole
    part *= _foreign_here(region, country) * (1.0 if is_born else DESCENDED)
    return Share(min(part, 1.0), 0.3, "UN International Migrant Stock 2024, country of birth")


@cache
def _foreign_here(region: Region, country: str) -> float:
    """How many more people born abroad a state, or of such an origin an authority, has than the nation."""
    if region.area.startswith("ons:"):
        group = next((of for of, countries in _BRITISH_GROUPS.items() if country in countries), _OTHER_WHITE)
        shares = [
            sum(count for name, count in totals.items() if name.startswith(group)) / sum(totals.values())
            for totals in (british_totals(region.area, "ethnic"), british_totals("", "ethnic"))
        ]
        return shares[0] / shares[1]
    if region.country != "US" or not region.part:
        return 1.0
    near = _near(region, country)
    parts = [
        line["place of birth: Foreign born"] / line["place of birth: Total population"]
        for geo in (region.geo, "US")
        if (line := keyed("us_profile", 1).get((geo,))) and line["place of birth: Total population"]
    ]
    return near * (parts[0] / parts[1] if len(parts) == 2 else 1.0)


def _near(region: Region, country: str) -> float:
    """How much more of an origin's race an American town has than the state."""
    races = _AMERICAN_GROUPS.get(country)
    if not races or not region.area or region.country != "US":
        return 1.0
    here, around = _here(region), _american(region.geo)
    return sum(here[one] for one in races) / max(sum(around[one] for one in races), 1e-9)


def lies_in_race(name: str, races: frozenset[str]) -> bool:
    """Whether nearly all of a people, or of an origin, are of the asked races where these are counted."""
    head, _, code = name.partition(" ")
    if head == "people":
        return True
    return bool(races & frozenset(_AMERICAN_GROUPS.get(code.partition("/")[2], ())))


AT_HOME = frozenset(
    f"people {code}"
    for code in (
        "maori", "indigenous_australian", "people/coloured", "people/zulu", "people/xhosa", "people/pedi",
        "native_american/metis", "native_american/first_nations", "people/jewish",
    )
)  # fmt: skip
"""Peoples of whom most live where a share is published: counted there where no place is known."""


def _people(code: str, region: Region) -> Share | None:
    """A published people; a finer one of a race that is not published here is a part of the race."""
    if region.country.startswith("*") and f"people {code}" not in AT_HOME:
        return None
    counted = published("ethnicity", code, region)
    races = _GROUPS.get(code.partition("/")[0])
    if counted and races and region.country == "US" and region.area and not counted.is_local:
        here, around = _here(region), _american(region.geo)
        near = sum(here[one] for one in races) / max(sum(around[one] for one in races), 1e-9)
        return replace(counted, by_cell=np.minimum(counted.by_cell * near, 1.0))
    if counted or races is None:
        return counted
    wider = _race(frozenset(races), region)
    if wider is None:
        return None
    spread = (wider.spread**2 + PART_SPREAD**2) ** 0.5
    return replace(wider, by_cell=wider.by_cell * PART, spread=spread)


def people_variable(name: str) -> Variable:
    """The variable of one people; somebody may belong to several."""
    code = name.partition(" ")[2]
    return Variable(name, lambda states, region: _people(code, region))


def origin_variable(name: str) -> Variable:
    """The variable of one country of origin; a person may have several."""
    code = name.partition(" ")[2]
    return Variable(name, lambda states, region: _origin(code, region, is_born="born" in states))


VARIABLES = (Variable("race", _race),)
