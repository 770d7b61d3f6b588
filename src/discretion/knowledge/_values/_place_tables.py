"""The tables of places: names to ids, ids to what is known of them.

Ids say themselves whose they are: ``US`` (ISO 3166 country), ``US.OK`` (first-level region as GeoNames codes
it), ``4553433`` (GeoNames), ``fips:40143`` (American county), ``ons:``, ``nrs:``, ``nisra:`` (British
authorities), ``area:midwest`` (our file ``areas.tsv``).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

BLOCKED = ("-",)
"""What a name that must not be read by its parts stands for."""


def _folder() -> Traversable:
    return files("discretion.knowledge") / "data" / "place_ids"


@dataclass(frozen=True, slots=True)
class Place:
    """A country, region, populated place, county, authority or wider area.

    ``within`` is the id of what it lies in, empty for countries and areas; ``people`` is ``None`` where no
    table counts them, and of the year of its source (docs/reference/values.md).
    """

    id: str
    name: str
    within: str
    people: int | None


class _Sorted:
    """Lines of a table sorted by their first field, kept as bytes: quick to load, small to hold."""

    def __init__(self, name: str) -> None:
        self._lines = _folder().joinpath(name).read_bytes().splitlines()

    def find(self, name: str) -> str | None:
        wanted = name.encode("utf-8", "replace") + b"\t"
        at = bisect_left(self._lines, wanted)
        if at < len(self._lines) and self._lines[at].startswith(wanted):
            return self._lines[at][len(wanted) :].decode("utf-8")
        return None


@cache
def _names() -> _Sorted:
    return _Sorted("names.tsv")


@cache
def _records() -> _Sorted:
    return _Sorted("records.tsv")


def _own(name: str) -> list[list[str]]:
    lines = _folder().joinpath(name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def areas() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Id → name and the ids of the regions in it."""
    return {f"area:{code}": (name, tuple(ids.split())) for code, name, ids in _own("areas.tsv")}


@cache
def aliases() -> dict[str, str]:
    """Short name → the name or id it stands for, or ``-``."""
    return dict(_own("aliases.tsv"))


@cache
def _area_names() -> dict[str, str]:
    return {code.removeprefix("area:").replace("_", " "): code for code in areas()}


def ids_of(name: str) -> tuple[str, ...]:
    """The ids of what bears ``name`` (a key), most people first; ``BLOCKED`` where it has none by rule."""
    if name in _area_names():
        return (_area_names()[name],)
    meant = aliases().get(name)
    if meant == "-":
        return BLOCKED
    if meant is not None:
        wanted, _, inside = meant.partition(", ")
        if record(wanted.upper()) is not None:
            return (wanted.upper(),)
        found = _listed(wanted)
        return tuple(one for one in found if not inside or lies_in(one, inside.upper()))[:1]
    return _listed(name)


def _listed(name: str) -> tuple[str, ...]:
    row = _names().find(name)
    return tuple(row.split(" ")) if row else ()


def record(one: str) -> Place | None:
    """What the tables say of an id; its ``people`` are a rough sum of the listed places for most regions."""
    if one in areas():
        name, regions = areas()[one]
        return Place(one, name, "", sum(place.people or 0 for place in map(record, regions) if place))
    row = _records().find(one)
    if row is None:
        return None
    name, within, people = row.split("\t")
    return Place(one, name, within, int(people))


def lies_in(one: str, wider: str) -> bool:
    """Whether the place ``one`` is ``wider`` or lies in it, as far as the tables say."""
    if wider in areas():
        return any(lies_in(one, region) for region in areas()[wider][1])
    while one and one != wider:
        place = record(one)
        one = place.within if place else ""
    return bool(one)


def place(one: str) -> Place | None:
    """The place with this id, ``None`` where the tables have none."""
    found = record(one)
    if found and "." in one and not one.startswith("US."):
        return Place(found.id, found.name, found.within, None)
    return found


def towns_in(country: str, low: int, high: int) -> tuple[Place, ...]:
    """The populated places of a country (ISO 3166) with ``low`` to ``high`` people, by GeoNames id."""
    found = []
    for line in _records()._lines:
        one, name, within, people = line.decode().split("\t")
        if one.isdigit() and within.partition(".")[0] == country and low <= int(people) <= high:
            found.append(Place(one, name, within, int(people)))
    return tuple(found)
