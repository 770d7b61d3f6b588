"""Places as a stand-in needs them: what a name means, and the small towns and quiet regions of a country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

from discretion.guard.stand_ins._alike import sections
from discretion.knowledge import Place, place, places_named
from discretion.knowledge._values._place_tables import areas, chain, record, region_of
from discretion.knowledge.gazetteer import plain

NEAR = 2
"""Letters that a stand-in may be longer or shorter by while there are others to choose from."""
ENOUGH = 240
"""Towns of a country, from which none of another country is offered."""
_NATIONS = frozenset(("GB.ENG", "GB.SCT", "GB.WLS", "GB.NIR"))
_ADDED = re.compile(
    r"^(?:state of|republic of|province of|canton of) | (?:state|province|region|department|governorate"
    r"|prefecture|canton|district|municipality|voivodeship|oblast)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Town:
    """A small town and the region (or country, where that is all that is known) that it lies in."""

    name: str
    region: str


@cache
def _rows() -> dict[str, tuple[tuple[Town, ...], tuple[Town, ...]]]:
    """By country: the towns of both lists."""
    found: dict[str, tuple[list[Town], list[Town]]] = {}
    for line in _lines("small_towns.tsv"):
        where, first, more = line.split("\t")
        lists = found.setdefault(where[:2], ([], []))
        for kept, names in zip(lists, (first, more), strict=True):
            kept += [Town(name, where) for name in names.split(" ") if name]
    return {country: (tuple(a), tuple(b)) for country, (a, b) in found.items()}


def _lines(name: str) -> list[str]:
    lines = files(__package__).joinpath("data", name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@cache
def _quiet() -> dict[str, tuple[str, ...]]:
    rows = (line.split("\t") for line in _lines("quiet_regions.tsv"))
    return {country: tuple(names.split("|")) for country, names in rows}


@cache
def _town_by_name() -> dict[str, Town]:
    return {town.name.lower(): town for lists in _rows().values() for towns in lists for town in towns}


def town_named(name: str) -> Town | None:
    """The town of our lists that is called so."""
    return _town_by_name().get(name.lower())


@cache
def states_of_america() -> tuple[str, ...]:
    """The ids of the states that our lists have small towns of."""
    return tuple(sorted({town.region for towns in _rows()["US"] for town in towns if "." in town.region}))


def country_of(one: str) -> str:
    """The country (ISO 3166) that the id lies in, empty where the tables do not say."""
    wide = chain(one)
    return wide[-1] if wide and len(wide[-1]) == len("US") else ""


def is_kept(one: Place) -> bool:
    """Whether the place is so wide that its name stays: a country, a British nation, a group of regions.

    Language, law, money and seasons hang on it, and so many people live there that it tells of nobody.
    """
    if len(one.id) == len("US") or one.id in _NATIONS:
        return True
    inner = areas().get(one.id, ("", (), ""))[1]
    return any("." in part for part in inner) or country_of(one.id) == ""


def is_region(one: Place) -> bool:
    """Whether the place is a first-level region, or a British or Irish county."""
    if ":" in one.id:
        return country_of(one.id) in ("GB", "IE") and not one.id.startswith("nrs:")
    return "." in one.id


MOST_OF_A_REGION = 0.25
"""The share of a region's people from which its town of the same name is meant ("new york", "são paulo")."""


def meant(name: str, behind: str = "") -> Place | None:
    """The place that most bearers of ``name`` are, in the light of the words ``behind``."""
    wider = places_named(behind) if behind else ()
    found = [one for one in places_named(f"{name}, {behind}") if one not in wider] if behind else []
    return next((one for one in found if one.id.isdigit()), None) or next(iter(found), None) or _most(name)


def _most(name: str) -> Place | None:
    found = places_named(name)
    if not found:
        return None
    town = next((one for one in found if one.id.isdigit()), None)
    people = (town.people or 0) if town else 0
    if "." in found[0].id and people >= MOST_OF_A_REGION * (_people(found[0].id)):
        return town
    return found[0]


def _people(one: str) -> int:
    found = record(one)
    return (found.people or 0) if found else 0


def about_as_long(names: Iterable[str], words: str, random: Random) -> list[str]:
    """``names`` of another initial, drawn by ``random``, those about as long as ``words`` first."""
    first = plain(words)[:1]
    drawn = [name for name in names if name[:1].lower() != first and not _share(name, words)]
    random.shuffle(drawn)
    return sorted(drawn, key=lambda name: max(0, abs(len(name) - len(words)) - NEAR))


def _share(name: str, words: str) -> bool:
    low, real = name.lower(), plain(words)
    return low in real or any(part in low for part in real.split() if len(part) > NEAR)


def towns(country: str, words: str, random: Random, *, inside: str = "", not_in: str = "") -> Iterator[str]:
    """Small towns of ``country``: those ``inside`` a region first, none ``not_in`` the user's own.

    A country of few names is lent more by one of its language.
    """
    seen = 0
    lists = _rows().get(country, ((), ()))
    if inside:
        yield from about_as_long(_names([*lists[0], *lists[1]], inside=inside), words, random)
    for towns_ in lists:
        names = about_as_long(_names(towns_, not_in=not_in, but=inside), words, random)
        seen += len(names)
        yield from names
    for lender in (*sections("town_lenders.txt").get(country, ()), "US"):
        if seen >= ENOUGH or lender == country:
            return
        names = about_as_long(_names(_rows()[lender][0]), words, random)
        seen += len(names)
        yield from names


def _names(found: Iterable[Town], *, inside: str = "", not_in: str = "", but: str = "") -> list[str]:
    """The names of the towns; none in a region of the initial of ``not_in``, which then could not follow."""
    initial = _initial(not_in)
    kept = (town for town in found if not inside or town.region == inside)
    return [
        town.name
        for town in kept
        if town.region not in {not_in, but} - {""} and not (initial and _initial(town.region) == initial)
    ]


@cache
def _initial(region: str) -> str:
    return region_name(region)[:1]


def regions(like: Place, words: str, random: Random) -> Iterator[str]:
    """Regions of the country (or British nation) of ``like``: of those the ones of few people first."""
    names = _quiet().get(_nation(like.id)) or _quiet().get(country_of(like.id), ())
    first = plain(words)[:1]
    fit = [name for name in names if name[:1].lower() != first and not _share(name, words)]
    few, many = fit[: max(12, len(fit) // 2)], fit[max(12, len(fit) // 2) :]
    for part in (few, many):
        random.shuffle(part)
        yield from part


def _nation(one: str) -> str:
    return next((wide for wide in chain(one) if wide in _NATIONS), "")


def region_named(name: str, country: str) -> str:
    """The id of the first-level region of ``country`` that is called so, empty where there is none."""
    found = (named.id for named in places_named(name) if "." in named.id)
    return next((one for one in found if country_of(one) == country), "")


def region_name(one: str) -> str:
    """The everyday name of the first-level region with this id, empty where the tables have none."""
    found = place(one) if "." in one else None
    return short_name(found.name) if found and found.name.isascii() else ""


def short_name(name: str) -> str:
    """The name of a region without "State of" before it or "Province" behind it."""
    return _ADDED.sub("", name)


def region_id(one: str) -> str:
    """The first-level region that the id is or lies in, empty where there is none."""
    return region_of(one)
