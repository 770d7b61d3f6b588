"""Religion by published share, British census, American survey and country; American parties."""

from __future__ import annotations

from functools import cache

import numpy as np

from discretion.exposure.variables._published import published
from discretion.exposure.variables._variable import PART, PART_SPREAD, Ask, Share, Variable, lumps
from discretion.exposure.variables.couples import british_totals
from discretion.knowledge._values._keys import key
from discretion.knowledge.population import SEXES, Cells, Region, keyed, people, read, stepped
from discretion.records import Value

_US = {
    "christian": ("Protestant", "Catholic", "Christian", "Inter-nondenominational", "Orthodox-christian"),
    "christian/catholic": ("Catholic",),
    "christian/protestant": ("Protestant",),
    "christian/orthodox": ("Orthodox-christian",),
    "muslim": ("Moslem/islam",),
    "hindu": ("Hinduism",),
    "jewish": ("Jewish",),
    "buddhist": ("Buddhism",),
    "none": ("None",),
}
_DENOMINATIONS = {
    "christian/protestant/baptist": ("bapt",),
    "christian/protestant/methodist": ("meth",),
    "christian/protestant/lutheran": ("luth",),
    "christian/protestant/presbyterian": ("presb", "united pres"),
    "christian/protestant/anglican": ("episcopal",),
}
_PARTIES = {
    "politics/us_democrat": ("Strong democrat", "Not str democrat"),
    "politics/us_republican": ("Strong republican", "Not str republican"),
    "politics/independent": ("Independent", "Ind,near dem", "Ind,near rep"),
}
_ENGLISH = {
    "christian": "Christian", "muslim": "Muslim", "hindu": "Hindu", "sikh": "Sikh", "jewish": "Jewish",
    "buddhist": "Buddhist", "none": "No religion", "other": "Other religion",
}  # fmt: skip
_SCOTTISH = {
    **{code: (name,) for code, name in _ENGLISH.items()},
    "christian": ("Church of Scotland", "Roman Catholic", "Other Christian"),
    "christian/catholic": ("Roman Catholic",),
    "christian/protestant/presbyterian": ("Church of Scotland",),
    "other/pagan": ("Pagan",),
}
_IRISH = {
    "christian": ("Catholic", "Presbyterian Church in Ireland", "Church of Ireland",
                  "Methodist Church in Ireland", "Other Christian (including Christian related)"),
    "christian/catholic": ("Catholic",),
    "christian/protestant": ("Presbyterian Church in Ireland", "Church of Ireland",
                             "Methodist Church in Ireland"),
    "christian/protestant/presbyterian": ("Presbyterian Church in Ireland",),
    "christian/protestant/anglican": ("Church of Ireland",),
    "christian/protestant/methodist": ("Methodist Church in Ireland",),
    "none": ("No religion",),
}  # fmt: skip
_ORIGINS = {
    "muslim": "PK BD SO TR ID EG AF IQ IR SY MA DZ TN SA JO LB NG SN MY UZ AL",
    "hindu": "IN NP LK MU FJ",
    "sikh": "IN",
    "buddhist": "TH LK MM KH LA VN CN",
    "christian/catholic": "PL IE IT MX PH ES PT BR CO AR FR PE EC DO SV GT CU",
    "christian": "PL IE IT MX PH NG GH JM KE ZA ET RO GR ES PT BR",
}
FAITHS_OF = {
    country: frozenset(faith for faith, of in _ORIGINS.items() if country in of.split())
    for country in " ".join(_ORIGINS.values()).split()
}
"""Faiths that go with an origin, for want of a table that joins both; our own reading."""
FAITHS_OF_PEOPLE = {
    "people people/punjabi": frozenset({"sikh"}),
    "people people/hausa": frozenset({"muslim"}),
    "people people/fulani": frozenset({"muslim"}),
    "people people/igbo": frozenset({"christian", "christian/catholic"}),
}
"""The same of peoples; our own reading."""
_PEW = "Pew Research Center 2012, religious composition by country, 2010"
RARE = 0.02
"""A share that a sample of 2,538 people tells badly."""
_SMALL_CHURCHES = frozenset(
    {
        "christian/latter_day_saint",
        "christian/jehovahs_witness",
        "christian/iglesia_ni_cristo",
        "christian/protestant/small_church",
    }
)
_GSS_AGES = {
    "18-29": "18",
    "30-39": "30",
    "40-49": "40",
    "50-59": "50",
    "60-69": "60",
    "60+": "60",
    "70+": "70",
}


def religion(value: Value) -> tuple[Ask, ...] | str:
    """Faith and party, each on its own."""
    asks = []
    for code in value.codes:
        name = "party" if code.startswith("politics/") else "faith"
        asks.append(Ask(name, frozenset({code})))
    return tuple(asks) or "no table counts this"


@cache
def _gss(variable: str, categories: tuple[str, ...], starts: bool = False) -> Cells:
    """The share by age in the survey; ages that were asked nothing have the share of all."""
    bands: dict[str, float] = {}
    overall = 0.0
    for name, category, age, _, share in read("us_gss"):
        is_one = any(part in category.lower() for part in categories) if starts else category in categories
        if name == variable and is_one:
            overall += float(share) if age == "all" else 0.0
            if age in _GSS_AGES:
                bands[_GSS_AGES[age]] = bands.get(_GSS_AGES[age], 0.0) + float(share)
    if not bands:
        return np.full((2, 101), overall)
    line = stepped(bands)
    line[:18] = line[18] or overall
    return np.stack([line, line])


def _wider(code: str, known: object) -> tuple[str, float]:
    """The nearest wider code that a table has, and how much less sure that is."""
    more = 0.0
    if code in _SMALL_CHURCHES:
        return "", more
    while code and code not in known:  # type: ignore[operator]
        code, more = code.rpartition("/")[0], PART_SPREAD
    return code, more


def _faith(states: frozenset[str], region: Region) -> Share | None:
    (code,) = states if len(states) == 1 else ("",)
    counted = None if region.country.startswith("*") else published("religion", code, region)
    if counted:
        return counted
    if region.country == "US":
        denominations = _DENOMINATIONS.get(code)
        if denominations:
            cells = _gss("denom", denominations, True) * _gss("relig", ("Protestant",))
            return Share(cells, 0.35, "General Social Survey 2014 (denomination)")
        code, more = _wider(code, _US)
        source = "General Social Survey 2014 (2,538 people)"
        if not code:
            return None
        cells = _gss("relig", _US[code])
        return Share(cells * (PART if more else 1.0), more + (0.3 if cells.mean() > RARE else 0.6), source)
    if region.country != "GB":
        return _elsewhere(code, region.country)
    if region.part in ("GB.SCT", "GB.NIR"):
        return _northern(code, region)
    code, more = _wider(code, _ENGLISH)
    totals = british_totals(region.area, "religion")
    if not code:
        return None
    part = totals[_ENGLISH[code]] / sum(totals.values()) * (PART if more else 1.0)
    return Share(part, 0.1 + more, "Census 2021 of England and Wales")


def _elsewhere(code: str, country: str) -> Share | None:
    """The share in a whole country; a denomination or a faith among "other" is a part of its group."""
    if country.startswith("*"):
        return _lumped(code, country)
    if counted := published("religion", code, Region(country)):
        return counted
    line = keyed("world_religion", 1).get((country,))
    if line is None:
        return None
    if code == "sikh":
        code = "other/sikh"
    if code in FAITHS_OF.get(country, ()):
        return Share(line[code.partition("/")[0]] / 100, 0.3, _PEW)  # most of its Christians are Catholics
    code, more = _wider(code, line)
    if not code:
        return None
    part = line[code] / 100 * (PART if more else 1.0)
    spread = (0.15 if line[code] > 100 * RARE else 0.5) + more
    return Share(part, spread, _PEW)


def _lumped(code: str, name: str) -> Share | None:
    """The share in all countries of a lump that have one, by their people."""
    total = fits = 0.0
    for country in lumps()[name]:
        share = _elsewhere(code, country)
        if share:
            size = float(people(Region(country)).sum())
            total += size
            fits += size * float(np.mean(share.by_cell))
    return Share(fits / total, 0.25, _PEW) if total and fits else None


def _northern(code: str, region: Region) -> Share | None:
    known, table = (
        (_SCOTTISH, "uk_scotland_religion") if region.part == "GB.SCT" else (_IRISH, "uk_ni_religion")
    )
    code, more = _wider(code, known)
    if not code:
        return None
    wanted = region.area.partition(":")[2]
    found = []
    for sex in SEXES:
        has: dict[str, float] = {}
        all_: dict[str, float] = {}
        for (area, of, age), line in keyed(table, 3).items():
            if of == sex and (not wanted or wanted in (area, key(area).replace(" ", "-"))):
                has[age] = has.get(age, 0) + sum(line[name] for name in known[code])
                all_[age] = all_.get(age, 0) + sum(line.values())
        found.append(stepped({age: has[age] / all_[age] if all_[age] else 0.0 for age in has}))
    cells = np.stack(found) * (PART if more else 1.0)
    return Share(cells, 0.1 + more, "Scotland's Census 2022; NISRA Census 2021")


def _party(states: frozenset[str], region: Region) -> Share | None:
    (code,) = states if len(states) == 1 else ("",)
    if region.country != "US" or code not in _PARTIES:
        return None
    return Share(_gss("partyid", _PARTIES[code]), 0.3, "General Social Survey 2014 (2,538 people)")


VARIABLES = (Variable("faith", cache(_faith)), Variable("party", _party))
