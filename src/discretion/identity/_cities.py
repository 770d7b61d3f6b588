"""Towns of middling size, where a persona may live: real ones, from the place tables."""

from __future__ import annotations

from functools import cache

from discretion.identity._data import table
from discretion.identity._errors import ValueNotValid
from discretion.knowledge import Place, place
from discretion.knowledge._values._place_tables import towns_in

SIZE = (30_000, 250_000)
"""People of a town that is known and not small. Our own choice."""
DEFAULT = "US"


@cache
def towns(country: str) -> tuple[Place, ...]:
    """The towns of ``country`` that are neither small nor large."""
    return towns_in(country, *SIZE)


def region_name(town: Place) -> str:
    """The first-level region that ``town`` lies in."""
    found = place(town.within)
    return found.name if found else ""


def locale_named(code: str) -> str:
    """The country code of a locale for which there are names. Raises ``ValueNotValid``."""
    wanted = {"UK": "GB"}.get(code.strip().upper(), code.strip().upper())
    known = table("locales")
    if wanted not in known:
        raise ValueNotValid(
            "names are known for English-speaking countries alone: "
            + ", ".join(f"{one} ({name})" for one, name in known.items())
        )
    return wanted


def default_locale(own_countries: list[str]) -> str:
    """The user's own country where there are names for it, else the first one that is."""
    return next((one for one in own_countries if one in table("locales")), DEFAULT)
