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
def areas() -> dict[str, tuple[str, tuple[str, ...], str]]:
    """Id → name with its article, the ids of what lies in it, the id of what it lies in."""
    return {
        f"area:{code}": (name, tuple(ids.split()), within) for code, name, within, ids in _own("areas.tsv")
    }


@cache
def aliases() -> dict[str, str]:
    """Short name → the name or id it stands for, ``-``, or ``+`` and an id that the name stands for, too."""
    return dict(_own("aliases.tsv"))


@cache
def lenders() -> dict[str, str]:
    """Country that no table has the ages of → the one whose ages it is given."""
    return dict(_own("lenders.tsv"))


@cache
def published() -> dict[str, tuple[float, float]]:
    """Id of a region that an office published the people of → those, and the people of its country then."""
    return {one: (float(here), float(all_)) for one, _, _, here, all_ in _own("published.tsv")}


@cache
def _area_names() -> dict[str, str]:
    return {code.removeprefix("area:").replace("_", " "): code for code in areas()}


def ids_of(name: str) -> tuple[str, ...]:
    """The ids of what bears ``name`` (a key), most people first; ``BLOCKED`` where it has none by rule."""
    meant = aliases().get(name, "")
    if meant == "-":
        return BLOCKED
    if meant and not meant.startswith("+"):
        return _stands_for(meant)
    more = tuple(filter(None, (_area_names().get(name), meant.removeprefix("+"))))
    found = _listed(name)
    return tuple(sorted({*found, *more}, key=_fewest_last)) if more else found


def _stands_for(meant: str) -> tuple[str, ...]:
    wanted, _, inside = meant.partition(", ")
    for one in (wanted, wanted.upper()):
        if record(one) is not None:
            return (one,)
    found = _listed(wanted)
    return tuple(one for one in found if not inside or lies_in(one, inside.upper()))[:1]


def _fewest_last(one: str) -> tuple[int, str]:
    found = record(one)
    return -(found.people or 0) if found else 0, one


def _listed(name: str) -> tuple[str, ...]:
    row = _names().find(name)
    return tuple(row.split(" ")) if row else ()


def record(one: str) -> Place | None:
    """What the tables say of an id; its ``people`` are a rough sum of the listed places for most regions."""
    if one in areas():
        return _area(one)
    row = _records().find(one)
    if row is None:
        return None
    name, within, people = row.split("\t")
    return Place(one, name, within, int(people))


@cache
def _area(one: str) -> Place:
    name, inner, within = areas()[one]
    return Place(
        one,
        name.removeprefix("the "),
        within,
        sum(place.people or 0 for place in map(record, inner) if place),
    )


def chain(one: str) -> tuple[str, ...]:
    """The place and what it lies in, narrowest first; empty where the tables have no such id."""
    found: list[str] = []
    here = record(one)
    while here:
        found.append(here.id)
        here = record(here.within)
    return tuple(found)


def region_of(one: str) -> str:
    """The first-level region (``US.OK``) that the place is or lies in, empty where there is none."""
    return next((wide for wide in chain(one) if "." in wide), "")


def lies_in(one: str, wider: str) -> bool:
    """Whether the place ``one`` is ``wider`` or lies in it, as far as the tables say."""
    if wider in chain(one):
        return True
    return wider in areas() and any(lies_in(one, inner) for inner in areas()[wider][1])


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
        if one.isdigit() and _country(within) == country and low <= int(people) <= high:
            found.append(Place(one, name, within, int(people)))
    return tuple(found)


@cache
def _country(one: str) -> str:
    return chain(one)[-1] if chain(one) else ""
