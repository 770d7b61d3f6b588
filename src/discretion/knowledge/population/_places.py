"""From the id of a place to the people who live there."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from math import log

from discretion.knowledge._values._keys import key
from discretion.knowledge._values._place_tables import (
    _records,
    areas,
    chain,
    lenders,
    published,
    record,
    region_of,
)
from discretion.knowledge.population._arrays import Cells
from discretion.knowledge.population._people import LONDON, Region, people, world_countries
from discretion.knowledge.population._tables import keyed, read

GEONAMES_SPREAD = 0.15
"""Standard deviation of the logarithm of a town's people: the years and the limits of towns differ."""
ROUGH_SPREAD = 0.35
"""The same of regions outside the US and the UK: the sum of their listed places, scaled to the country."""
LENT_SPREAD = 0.3
"""The same of countries that are given the ages of another."""
PUBLISHED_SPREAD = 0.08
"""The same of regions whose people an office published: some years went by since."""
LONDON_ID = "2643743"


@dataclass(frozen=True, slots=True)
class Stratum:
    """People of one region or, where ``is_part``, of a place in it, taken to be as those of the region.

    ``spread`` is the standard deviation of the count's logarithm.
    """

    region: Region
    people: Cells
    spread: float
    source: str
    is_part: bool = False


@lru_cache(maxsize=4096)
def strata_of(one: str) -> tuple[Stratum, ...]:
    """Those who live in the place with the id ``one``; empty where no table counts them."""
    if one in areas():
        return tuple(stratum for part in areas()[one][1] for stratum in strata_of(part))
    if one.startswith("zip:"):
        found = zip_stratum(one.partition(":")[2])
        return (found,) if found else ()
    around = chain(one)
    if not around:
        return ()
    if around[-1] in lenders():
        stratum = _lent(one, lenders()[around[-1]])
    elif around[-1] in world_countries():
        stratum = _stratum(one, around)
    else:
        stratum = None
    return (stratum,) if stratum else ()


def _lent(one: str, lender: str) -> Stratum | None:
    """A country without ages, or a place in it: its people, with the ages and sexes of another country."""
    row = record(one)
    if row is None or not row.people or lender not in world_countries():
        return None
    whole = people(Region(lender))
    size = row.people / float(whole.sum())
    return Stratum(Region(lender), whole * size, LENT_SPREAD, "GeoNames; ages of a country beside it", True)


def _published(one: str, country: str) -> Stratum:
    """A region whose people an office published, brought to the country's people today."""
    here, everybody = published()[one]
    part = region_of(one)
    region = Region(country, part, one if one == part else "")
    size = here / everybody
    return Stratum(
        region, people(region) * size, PUBLISHED_SPREAD, "published by the statistical office", True
    )


@cache
def _stratum_of_region(region: Region, spread: float, source: str) -> Stratum:
    return Stratum(region, people(region), spread, source)


def _stratum(one: str, around: Sequence[str]) -> Stratum | None:
    country = around[-1]
    if one == country:
        return _stratum_of_region(Region(one), 0.03, "UN World Population Prospects 2019, medium, 2025")
    if one in published():
        return _published(one, country)
    part = region_of(one)
    if country == "US":
        region = Region("US", part)
        if one == part:
            return _stratum_of_region(region, 0.05, "American Community Survey 2018, B01001")
        return _scaled(region, one, "2018" if one.startswith("fips:") else "")
    if country == "GB" and part:
        return _british(one, part)
    if one == part:
        return _rough(one, country)
    return _scaled(Region(country, part), one, "")


def _rough(one: str, country: str) -> Stratum | None:
    """A region without a count: its part of the country by the people of its listed places.

    A region that is mostly one city has nearly all of its people listed: there they are taken as they are.
    """
    listed = _listed_people().get(country, {})
    if not listed.get(one):
        return None
    region = Region(country, one, one)
    whole = people(region)
    scaled = listed[one] / sum(listed.values()) * float(whole.sum())
    size = listed[one] if _biggest().get(one, 0.0) > listed[one] / 2 else scaled
    spread = max(ROUGH_SPREAD, abs(log(scaled / listed[one])) / 2)
    return Stratum(region, whole * (size / whole.sum()), spread, "GeoNames, from the listed places", True)


@cache
def _biggest() -> Mapping[str, float]:
    """Region → people of its biggest place."""
    found: dict[bytes, float] = {}
    lines = _records()._lines
    for line in lines[bisect_left(lines, b"0") : bisect_left(lines, b":")]:
        _, within, count = line.rsplit(b"\t", 2)
        people = float(count)
        if people > found.get(within, 0.0):
            found[within] = people
    return {within.decode(): people for within, people in found.items()}


def _lines_between(first: bytes, behind: bytes) -> Iterator[list[str]]:
    """The fields of the records whose ids lie from ``first`` up to ``behind``; they are sorted by id."""
    lines = _records()._lines
    for line in lines[bisect_left(lines, first) : bisect_left(lines, behind)]:
        yield line.decode().split("\t")


def _scaled(region: Region, one: str, year: str) -> Stratum | None:
    """A town or county: its number of people, with the ages and sexes of the region around it."""
    row = record(one)
    if row is None or row.people is None or row.people <= 0:
        return None
    whole = people(region)
    if year:  # counted when the state was
        state = record(region.part)
        total = float(state.people or 0) if state else 0
        size = row.people / total if total else 0
    else:
        size = row.people / float(whole.sum())
    source = "Census Bureau estimates 2018" if year else "GeoNames"
    if region.country == "US":
        region = replace(region, area=one if local_race(one) else "")
    elif one in _with_shares():
        region = replace(region, area=one)
    return Stratum(region, whole * size, 0.06 if year else GEONAMES_SPREAD, source, True)


@cache
def _with_shares() -> frozenset[str]:
    """The places for which a share of their own was published."""
    return frozenset(line[2] for line in read("published"))


def _british(one: str, part: str) -> Stratum | None:
    if one == part:
        return _stratum_of_region(Region("GB", part), 0.03, "ONS population projections 2022-based, 2025")
    if one.startswith(_OFFICES):
        return _stratum_of_region(Region("GB", part, one), 0.05, "UK censuses 2021 and 2022")
    row = record(one)
    area = LONDON if one == LONDON_ID else _authority(key(row.name), part) if row else ""
    if not area or not row:
        around = LONDON if LONDON_ID in chain(one) else _authority_around(one)
        return _scaled(Region("GB", part, around), one, "")
    region = Region("GB", part, area)
    size = float(people(region).sum())
    # Towns and authorities of one name have other limits; official tables count the authority.
    spread = max(0.08, abs(log(max(row.people or 1, 1) / size)) / 2)
    return Stratum(region, people(region), spread, "UK censuses 2021 and 2022, authority of that name")


@cache
def _authorities() -> Mapping[tuple[str, str], str]:
    found = {}
    for one, name, _, _ in _lines_between(b"n", b"p"):
        if one.startswith(_OFFICES):
            plain = key(name).removesuffix(" city of").removeprefix("city of ").removesuffix(" city")
            found[plain, region_of(one)] = one
    return found


_OFFICES = ("ons:", "nrs:", "nisra:")


def _authority_around(one: str) -> str:
    return next((wide for wide in chain(one) if wide.startswith(_OFFICES)), "")


def _authority(name: str, part: str) -> str:
    return _authorities().get((name, part), "")


@cache
def _listed_people() -> Mapping[str, Mapping[str, float]]:
    """Country → region → people of its listed places."""
    sums: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one, _, within, count in _lines_between(b"A", b"["):
        if "." in one and ":" not in one and within and "." not in within:
            sums[within][one] = float(count)
    return sums


@cache
def _zips() -> Mapping[str, tuple[str, float, float]]:
    return {code: (state, float(all_), float(adults)) for code, state, all_, adults in read("us_zcta")}


def zip_stratum(code: str) -> Stratum | None:
    """The people of an American ZIP code tabulation area; ``None`` where there is none of that code."""
    row = _zips().get(code)
    if row is None:
        return None
    state, everybody, adults = row
    part = f"US.{state}" if (state, "female") in keyed("us_age_sex", 2) and state != "PR" else ""
    region = Region("US", part)
    whole = people(region)
    size = adults / float(whole[:, 18:].sum()) if adults else everybody / float(whole.sum())
    region = replace(region, area=f"zip:{code}" if local_race(f"zip:{code}") else "")
    return Stratum(region, whole * size, 0.12, "Census 2020 by ZCTA (adults)", True) if size else None


@cache
def _races() -> list[bytes]:
    """The table's lines as they are, sorted by id: few of them are ever read."""
    path = files("discretion.knowledge") / "data" / "population" / "us_race_local.tsv"
    return path.read_bytes().splitlines()[1:]


RACES = ("white", "black", "native", "asian", "multiple", "hispanic")
"""The groups of the Census of 2020 by place: Hispanics of any race apart, Pacific Islanders with Asians."""


def local_race(one: str) -> Mapping[str, float] | None:
    """The share of each of ``RACES`` among adults of an American ZIP area, county or town, where counted."""
    lines, begins = _races(), f"{one}\t".encode()
    at = bisect_left(lines, begins)
    if at == len(lines) or not lines[at].startswith(begins):
        return None
    parts = lines[at].split(b"\t")[1:]
    return {name: int(part) / 10_000 for name, part in zip(RACES, parts, strict=True)}
