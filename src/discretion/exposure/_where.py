"""Where the people live among whom is counted: from the facts on places to strata of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from discretion.exposure.variables._variable import lumps
from discretion.exposure.variables.origins import abroad
from discretion.knowledge import place, places_named
from discretion.knowledge._values._place_tables import lies_in
from discretion.knowledge.population import (
    Region,
    Stratum,
    people,
    strata_of,
    world_countries,
)
from discretion.records import Value

MOST_PLACES = 60
"""Places of one name that are added up."""
MOST_COUNTRIES = 25
"""Countries in which people of one origin are looked for: where most of them live."""
_WITH_ARTICLE = frozenset({"US", "GB", "NL", "PH", "AE", "CZ", "DO", "BS", "GM", "MV"})
_WORLD = "UN World Population Prospects 2019, medium, 2025"


@dataclass(frozen=True, slots=True)
class Where:
    """The ids of the places that a person may live in; none where nothing is known."""

    ids: tuple[str, ...] = ()

    @property
    def strata(self) -> tuple[Stratum, ...]:
        """The people of these places; of the world where none is known."""
        return _strata_of_all(self.ids) if self.ids else world()

    @property
    def country(self) -> str | None:
        """The one country that all of them lie in."""
        countries = {stratum.region.country for stratum in self.strata} if self.ids else set()
        return countries.pop() if len(countries) == 1 else None


@lru_cache(maxsize=4096)
def _strata_of_all(ids: tuple[str, ...]) -> tuple[Stratum, ...]:
    """One tuple for the same places, so that counters know it again."""
    return tuple(stratum for one in ids for stratum in strata_of(one))


def meant(value: Value) -> tuple[str, ...]:
    """The ids that a fact on a place may mean, as far as a table counts their people."""
    if value.system == "place":
        return value.codes[:1] if strata_of(value.code) else ()
    ids = [one.id for one in places_named(value.code)[:MOST_PLACES] if strata_of(one.id)]
    return tuple(one for one in ids if not any(one != other and lies_in(one, other) for other in ids))


@lru_cache(maxsize=4096)
def narrowed(where: Where, ids: tuple[str, ...]) -> Where | None:
    """Both facts on places together; ``None`` where nobody lives in both."""
    if not where.ids:
        return Where(tuple(ids))
    inner = [one for one in ids if any(_within(one, other) for other in where.ids)]
    if inner:
        return Where(tuple(inner))
    outer = [one for one in where.ids if any(_within(one, other) for other in ids)]
    return Where(tuple(outer)) if outer else None


def _within(one: str, wider: str) -> bool:
    if lies_in(one, wider):
        return True
    if not one.startswith("zip:"):
        return False
    (stratum,) = strata_of(one)
    around = strata_of(wider)
    return bool(around) and all(s.region.country == "US" for s in around) and (
        stratum.region.part in {s.region.part for s in around} | {""} or wider == "US"
    )  # fmt: skip


def wider_places(where: Where) -> tuple[tuple[str, Where], ...]:
    """What could be said instead of a place, narrowest first: name and where that is."""
    if len(where.ids) != 1:
        return ()
    found: list[tuple[str, Where]] = []
    (one,) = where.ids
    if one.startswith("zip:"):
        part = strata_of(one)[0].region.part
        chain = [part, "US"] if part else ["US"]
    else:
        chain = []
        here = place(one)
        while here and here.within:
            chain.append(here.within)
            here = place(here.within)
    for wider in chain:
        found.append((_name(wider), Where((wider,))))
        found += [
            (f"the {_name(area)}", Where((area,)))
            for area in ("area:midwest", "area:northeast", "area:south")
            if "." in wider and lies_in(wider, area)
        ]
    return tuple(pair for pair in found if pair[1].strata)


def _name(one: str) -> str:
    known = place(one)
    if known is None:
        return one
    return f"the {known.name}" if known.id in _WITH_ARTICLE else known.name


@cache
def world() -> tuple[Stratum, ...]:
    """All people, by what the tables that are there can say of them."""
    single = [Stratum(Region(one), people(Region(one)), 0.03, _WORLD) for one in ("US", "GB")]
    many = [
        Stratum(Region(name), np.sum([people(Region(one)) for one in countries], axis=0), 0.03, _WORLD)
        for name, countries in lumps().items()
    ]
    return (*single, *many)


@cache
def world_size() -> int:
    """All living people in the year of the tables."""
    return round(sum(float(stratum.people.sum()) for stratum in world()))


@cache
def of_origin(country: str) -> tuple[Stratum, ...]:
    """Where people with this country of origin live: there, and where most of its emigrants are."""
    away: Mapping[str, float] = abroad(country)
    first = sorted(away, key=lambda where: -away[where])[:MOST_COUNTRIES]
    known = [one for one in dict.fromkeys((country, "US", *first)) if one in world_countries()]
    return tuple(Stratum(Region(one), people(Region(one)), 0.05, _WORLD) for one in known)
