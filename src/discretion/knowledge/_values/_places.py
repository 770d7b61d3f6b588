"""Where someone lives: from the name of a place to its id.

A name that several places bear has the id of one of them only where nearly everybody who lives in a place of
that name lives in this one, or where it is the wider place that the others lie in; else the name itself is
the value, and whoever counts adds up all that bear it (``places_named``).
"""

from __future__ import annotations

import re

from discretion.knowledge._values._keys import key
from discretion.knowledge._values._markers import marker
from discretion.knowledge._values._place_tables import (
    BLOCKED,
    Place,
    aliases,
    ids_of,
    lies_in,
    place,
    record,
    region_of,
)
from discretion.knowledge.gazetteer import ordinary_words
from discretion.records import Value
from discretion.text import fold

MOST_OF_A_NAME = 0.9
"""The share of the people of all places of one name from which the biggest is meant. Our own choice."""
MOST_OF_MIXED = 0.95
"""The same where a region shares its name with places elsewhere ("georgia", "victoria")."""
MOST_OF_A_COUNTRY = 0.8
"""The same for a country: everybody knows that Jamaica is one, few the towns of that name."""

_PARTS = re.compile(r"[,;()|/]|\s[-–—]\s|\bin\b")
_ZIP = re.compile(
    r"\bzip(?:\s?code)?\W{0,3}(\d{5})\b|\b([a-z]{2})[\s,]{1,3}(\d{5})(?:-\d{4})?\s*\Z|\b(\d{5})-\d{4}\b"
)
_SHORT = {"st": "saint", "ft": "fort", "mt": "mount"}
_SHORT |= {full: short for short, full in _SHORT.items()}
"""What a place's first word is shortened to, and back."""
SHORTEST = 3
"""Letters of a place's name; shorter ones are words or codes."""
WELL_KNOWN = 100_000
"""People of a town whose name counts behind "south", even where it is an everyday word."""
_DIRECTIONS = 3
"""Words before or after a name that are taken off it at most."""


def place_value(words: str) -> Value | None:
    """The id of the place that ``words`` name."""
    text = fold(words).text
    code = zip_code(text)
    if code:
        return Value("place", (code,))
    parts = _parts(text)
    ids = _resolved(parts)
    if not ids:
        return None
    one = _meant(ids)
    return Value("place", (one,)) if one else Value("place_name", (", ".join(parts),))


def places_named(words: str) -> tuple[Place, ...]:
    """Every place that ``words`` (the code of a ``place_name``, too) may name, most people first."""
    found = (place(one) for one in _resolved(_parts(fold(words).text)))
    return tuple(one for one in found if one)


def zip_code(text: str) -> str | None:
    """The American ZIP code in a folded text, where a cue, a state or four further digits show it."""
    found = _ZIP.search(text)
    if not found or (found[2] and record(f"US.{found[2].upper()}") is None):
        return None
    return f"zip:{found[1] or found[3] or found[4]}"


def _parts(text: str) -> list[str]:
    return [part for part in map(key, _PARTS.split(text)) if part]


def _resolved(parts: list[str]) -> tuple[str, ...]:
    """The ids that the first part may mean in the light of those behind it."""
    if not parts:
        return ()
    name, *behind = parts
    found = _looked_up(name)
    if found == BLOCKED:
        return _resolved(behind)
    if not behind:
        return found or _with_wider_place(name)
    is_code = len(behind) == 1 and bool(_state(behind[0]))
    around = _state(behind[0]) if is_code else _resolved(behind)
    if not around:
        return found if len(found) == 1 else ()
    narrowed = _narrowed_by_name(name, found or _with_wider_place(name), around)
    if narrowed or (found and is_code):
        return narrowed
    # A village is not in the table, so its name is somebody else's: what is certain is the wider place.
    return around if not found or all(map(_is_wide, around)) else ()


def _narrowed_by_name(name: str, found: tuple[str, ...], around: tuple[str, ...]) -> tuple[str, ...]:
    """As ``_narrowed``; where nothing is left, of the other spelling: one Saint Paul is written in full."""
    return _narrowed(found, around) or _narrowed(_spelled_otherwise(name), around)


def _narrowed(found: tuple[str, ...], around: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``found`` in the wider place ``around``, or in one region with it where it is a town."""
    within = tuple(one for one in found if any(lies_in(one, wide) for wide in around))
    if within or any(map(_is_wide, around)):
        return within
    other = _meant(around)
    return tuple(one for one in found if other and _same_region(one, other))


def _with_wider_place(name: str) -> tuple[str, ...]:
    """Read "tulsa oklahoma", "tulsa ok", "harlem nyc": the last one to three words narrow the ones before."""
    words = name.split(" ")
    for cut in range(len(words) - 1, max(0, len(words) - 4), -1):
        last = " ".join(words[cut:])
        wider = _state(last) or ids_of(last)
        if wider and wider != BLOCKED:
            first = " ".join(words[:cut])
            narrowed = _narrowed_by_name(first, _looked_up(first), wider)
            if narrowed:
                return narrowed
    return ()


def _looked_up(name: str) -> tuple[str, ...]:
    """The ids of a name, also without "the", "south", "area" and the like around it."""
    words = name.split(" ")
    if words[0] in marker("around_a_place") or (words[:2] == ["close", "to"]):
        return ()
    for _ in range(_DIRECTIONS):
        found = _spelled(" ".join(words))
        if found or len(words) == 1:
            break
        if words[0] in marker("before_a_place"):
            words = words[1:]
        elif words[-1] in marker("after_a_place"):
            words = words[:-1]
        else:
            return ()
    is_word = len(words) == 1 and name != words[0] and words[0] in ordinary_words()
    if is_word and not any(_people(one) >= WELL_KNOWN for one in found):
        return ()  # "the east side" lies in no town named Side, "south buffalo" does in Buffalo
    if found or len(words) > 1:
        return found
    code = words[0]
    is_code = len(code) == 2 and code not in ordinary_words() and record(code.upper()) is None
    return _state(code) if is_code else ()


def _spelled(name: str) -> tuple[str, ...]:
    if len(name) < SHORTEST and name not in aliases():
        return ()
    found = ids_of(name)
    if not found:
        found = _spelled_otherwise(name)
    if not found and name.startswith("co "):
        found = ids_of("county " + name.removeprefix("co "))
    return found


def _spelled_otherwise(name: str) -> tuple[str, ...]:
    """The ids of "saint paul" for "st paul", and back."""
    first, _, rest = name.partition(" ")
    found = ids_of(f"{_SHORT[first]} {rest}") if rest and first in _SHORT else ()
    return () if found == BLOCKED else found


def _state(code: str) -> tuple[str, ...]:
    """The American state of a postal code, which GeoNames uses for its regions too."""
    one = f"US.{code.upper()}"
    return (one,) if len(code) == 2 and code.isalpha() and record(one) else ()


def _people(one: str) -> int:
    found = record(one)
    return (found.people or 0) if found else 0


def _is_wide(one: str) -> bool:
    return not one[0].isdigit()


def _same_region(one: str, other: str) -> bool:
    first, second = record(one), record(other)
    if not first or not second:
        return False
    return first.within == second.within or region_of(one) == region_of(other) != ""


def _meant(ids: tuple[str, ...]) -> str | None:
    """The one place among ``ids`` that is meant, if that is beyond reasonable doubt."""
    if len(ids) == 1:
        return ids[0]
    for one in ids:
        if _is_wide(one) and all(lies_in(other, one) for other in ids):
            return one
    if any(map(_is_wide, ids)):
        ids = tuple(one for one in ids if not any(one != other and lies_in(one, other) for other in ids))
    people = {one: _people(one) for one in ids}
    most = max(people, key=lambda one: people[one])
    return most if people[most] >= _enough(most, ids) * sum(people.values()) > 0 else None


def _enough(most: str, ids: tuple[str, ...]) -> float:
    if len(most) == len("US"):
        return MOST_OF_A_COUNTRY
    regions = [one for one in ids if _is_wide(one) and not one.startswith("area:")]
    return MOST_OF_MIXED if regions else MOST_OF_A_NAME
