"""What a population table says of people: the share in some of its states, by sex and single year of age.

A variable's states exclude each other; a fact asks for a set of them, and facts on one variable are joined by
intersection. Between variables people are taken as independent within their region, sex and age, but for the
pairs in ``_estimate.TOGETHER``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from discretion.knowledge.population import Cells, Region, is_ageing, world_countries

PART, PART_SPREAD = 0.25, 0.9
"""A finer group than any table has is taken as a quarter of the wider one, between nearly none and all of it.
Our own choice."""
FAR = 0.5
"""Part of the American share of each job and degree in countries that do not age as America does. Our own
choice: fewer people there work for wages or have degrees."""
BORROWED_NEAR, BORROWED_FAR = 0.5, 1.1
"""What the logarithm's standard deviation grows by where an American table stands in for a country without
one: in a country that ages as the American does, and in any other. Our own choice, tried on the profiles."""


@dataclass(frozen=True, slots=True)
class Share:
    """The share of people in the asked states: a number or an array by sex and age; how unsure; from where.

    ``spread`` is the standard deviation of the share's logarithm. ``is_local`` says that it was counted in
    the place itself and not in the region around it.
    """

    by_cell: Cells | float
    spread: float
    source: str
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """What a fact asks of a variable: to be in one of ``states``.

    ``wider`` is what the fact's own spread adds, and ``scale`` the part that is taken of the asked states,
    where a table has only a wider group than the words say (``PART``).
    """

    variable: str
    states: frozenset[str]
    wider: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Variable:
    """A name and how to count: ``share(states, region)`` is ``None`` where no table counts them there."""

    name: str
    share: Callable[[frozenset[str], Region], Share | None]


ENGLISH_SPEAKING = frozenset({"US", "CA", "GB", "AU", "NZ"})
"""Where American counts of names stand in for missing ones; our own choice. Ireland's names are its own."""


@cache
def lumps() -> dict[str, tuple[str, ...]]:
    """The countries that are counted together where no place is known, by what tables can say of them."""
    found: dict[str, list[str]] = {"*english": [], "*near": [], "*far": []}
    for country in world_countries():
        if country not in ("US", "GB"):
            near = "*near" if is_ageing(country) else "*far"
            found["*english" if country in ENGLISH_SPEAKING else near].append(country)
    return {name: tuple(countries) for name, countries in found.items()}


def fewer(share: Share, region: Region) -> Share:
    """A share of jobs or degrees for a country far from America: taken as half of the American one."""
    return share if _ages(region) else replace(share, by_cell=share.by_cell * FAR)


def borrowed(share: Share, region: Region) -> Share:
    """An American share for another country, less sure."""
    more = BORROWED_NEAR if _ages(region) else BORROWED_FAR
    spread = (share.spread**2 + more**2) ** 0.5
    return replace(
        share, spread=spread, source=f"{share.source}; borrowed, {region.country} has no such table"
    )


def _ages(region: Region) -> bool:
    if region.country.startswith("*"):
        return region.country != "*far"
    return is_ageing(region.country)
