"""Stand-ins for places: a small town for a town, a quiet region for a region; countries stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from random import Random

from discretion.guard.stand_ins._alike import cased, sections
from discretion.guard.stand_ins._invented import numbers
from discretion.guard.stand_ins._pieces import Piece, Role, new_name, written
from discretion.guard.stand_ins._place_words import country_in, is_of, pieces
from discretion.guard.stand_ins._places import (
    about_as_long,
    country_of,
    region_id,
    region_name,
    region_named,
    regions,
    short_name,
    town_named,
    towns,
)
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.guard.stand_ins._spelling import words_of
from discretion.records import Kind, Pair

MOST = 400
"""Candidates for one value."""
_DIRECTIONS = ("north", "south", "east", "west")
_STATE = re.compile(r"[A-Za-z]{2}")


@offers(Kind.LOCATION)
def location(asked: Asked) -> Iterator[str]:
    """Places of the same kind in the same country, in the notation that the user wrote; small words stay.

    Nothing where the words name no place of their own ("downtown") or only a country.
    """
    found = pieces(asked.words, asked.after)
    if all(one.role is Role.KEPT for one in found):
        yield from _quarters(asked)
        return
    known = _Known(asked.known)
    seen: set[str] = set()
    for made in islice(_made(found, asked, known), MOST):
        if made and made not in seen:
            seen.add(made)
            yield made


class _Known:
    """What this persona's earlier pairs say of single places: town for town, region for region."""

    def __init__(self, pairs: tuple[Pair, ...]) -> None:
        self.names: dict[tuple[str, ...], str] = {}
        self.regions: dict[str, str] = {}
        for pair in pairs:
            if pair.is_active:
                self._learn(pieces(pair.real), pair.stand_in)

    def _learn(self, found: tuple[Piece, ...], stand_in: str) -> None:
        pattern = "".join(re.escape(one.text) if one.role is Role.KEPT else "(.+?)" for one in found)
        match = re.fullmatch(pattern, stand_in, re.IGNORECASE)
        if match is None:
            return
        new = iter(match.groups())
        for one in found:
            if one.role is Role.KEPT:
                continue
            name = next(new)
            if len(name) == len("OK"):
                continue  # a state's code, which stands behind a town only
            self.names.setdefault(_name_key(one), name)
            if one.place and one.role in (Role.TOWN, Role.REGION):
                self._learn_region(one, name)

    def _learn_region(self, one: Piece, name: str) -> None:
        if one.place is None:
            return
        own, country = region_id(one.place.id), country_of(one.place.id)
        town = town_named(name) if one.role is Role.TOWN else None
        new = town.region if town else region_named(name, country) if one.role is Role.REGION else ""
        if own and "." in new:
            self.regions.setdefault(own, new)

    def name_of(self, one: Piece) -> str | None:
        """The stand-in that the piece has in an earlier pair, or that follows from one."""
        if name := self.names.get(_name_key(one)):
            return name
        if one.role is Role.REGION and one.place:
            return region_name(self.regions.get(one.place.id, "")) or None
        return None


def _name_key(one: Piece) -> tuple[str, ...]:
    is_listed = one.place is not None and one.role in (Role.TOWN, Role.REGION)
    return (one.place.id,) if one.place and is_listed else words_of(one.text)


def _made(found: tuple[Piece, ...], asked: Asked, known: _Known) -> Iterator[str]:
    """Whole candidates: what earlier pairs say, then a name drawn for each piece that they leave open."""
    country = country_in(found, asked.locale)
    open_ = [i for i, one in enumerate(found) if one.role is not Role.KEPT]
    fixed = {i: name for i in open_ if (name := known.name_of(found[i]))}
    if found[0].role is Role.REGION and (name := _of_town_before(asked, found[0])):
        fixed[0] = name
    if len(fixed) == len(open_):
        yield from _written(found, fixed)
        fixed = {}
    else:
        around = {i: name for i in open_ if i not in fixed and (name := _region_around(i, found, fixed))}
        if len(fixed) + len(around) == len(open_):
            yield from _written(found, fixed | around)
    drawn = {
        i: _regions(found, i, asked.random)
        if _is_wide(found[i])
        else _drawn(found[i], country, asked.random, known.regions)
        for i in open_
        if i not in fixed
    }
    while True:
        new = dict(fixed)
        for i, names in drawn.items():
            around_it = _region_around(i, found, {j: new[j] for j in new if j in drawn})
            name = around_it or next(names, None)
            if name is None:
                return
            new[i] = name
        yield from _written(found, new)


def _regions(found: tuple[Piece, ...], i: int, random: Random) -> Iterator[str]:
    """Regions for the piece ``i``; none with a direction in its name behind another ("southern …")."""
    before = "".join(one.text for one in found[:i] if one.role is Role.KEPT).split()[-1:]
    is_turned = bool(before) and before[0].lower().startswith(_DIRECTIONS)
    place = found[i].place
    for name in regions(place, found[i].text, random) if place else ():
        if not (is_turned and name.lower().startswith(_DIRECTIONS)):
            yield name
    if place:
        yield from towns(country_of(place.id), found[i].text, random, not_in=region_id(place.id))


def _of_town_before(asked: Asked, one: Piece) -> str:
    """The region of the stand-in of the town right before the region: "Paris, Texas" as two values."""
    before = asked.before.rstrip(" ,(").casefold()
    for pair in asked.known:
        town = town_named(pair.stand_in) if pair.is_active and before.endswith(pair.real.casefold()) else None
        if town and one.place and country_of(town.region) == country_of(one.place.id):
            return region_name(town.region)
    return ""


def _is_wide(one: Piece) -> bool:
    return one.role is Role.REGION and one.place is not None


def _region_around(i: int, found: tuple[Piece, ...], new: Mapping[int, str]) -> str:
    """The region that the stand-in of the town before the region ``i`` lies in, empty for what is none."""
    if not _is_wide(found[i]):
        return ""
    for j in range(i - 1, -1, -1):
        one = found[j]
        if one.role is Role.TOWN and j in new:
            town = town_named(new[j])
            return region_name(town.region) if town else ""
    return ""


def _drawn(one: Piece, country: str, random: Random, known: Mapping[str, str]) -> Iterator[str]:
    if one.role is Role.NUMBER:
        return numbers(one.text, random)
    own = region_id(one.place.id) if one.place and one.role is Role.TOWN else ""
    if country == "GB":
        return towns(country, one.text, random, inside=own)
    return towns(country, one.text, random, inside=known.get(own, ""), not_in=own)


def _written(found: tuple[Piece, ...], new: Mapping[int, str]) -> Iterator[str]:
    return written(found, {i: _as(found[i], name) for i, name in new.items()})


def _as(one: Piece, name: str) -> str:
    """The name in the notation of the old one: a state's code for a code, the same case."""
    if one.role is Role.REGION and _STATE.fullmatch(one.text) and one.place:
        code = region_named(name, country_of(one.place.id))
        if code.startswith("US."):
            name = code.removeprefix("US.")
            return name.lower() if one.text.islower() else name
    return new_name(one, short_name(name))


def _quarters(asked: Asked) -> Iterator[str]:
    """For "the Heights" another quarter that nobody lives in: "the Saltridges"."""
    match = re.fullmatch(r"(the\s+)?([^\W\d_]+)", asked.words, re.IGNORECASE)
    if match is None or not is_of("quarter", match[2]):
        return
    head = match[1] or ""
    parts = sections("quarters.txt")
    names = [a.capitalize() + b for a in parts["first"] for b in parts["last"]]
    for name in about_as_long(names, match[2], asked.random):
        shown = name.lower() if match[2].islower() else cased(name, match[2])
        yield head + shown
        if head:
            yield shown
