"""The word families of the limits: read on first need, handed out as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_GAP = r"[\s-]{1,3}"


@cache
def table(name: str) -> dict[str, Any]:
    """One data file of word families, as a table."""
    return tomllib.loads(files(__package__).joinpath("words", f"{name}.toml").read_text(encoding="utf-8"))


def words(path: str) -> list[str]:
    """The list at ``path`` (``file.section.key``); a section without key gives all its lists in one."""
    file, *keys = path.split(".")
    found: Any = table(file)
    for key in keys:
        found = found[key]
    if isinstance(found, dict):
        return [word for part in found.values() for word in part]
    return list(found)


def either(*paths: str) -> str:
    """A pattern for any literal word of the lists; a space matches a gap or a hyphen."""
    ordered = sorted({word for path in paths for word in words(path)}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", _GAP) for word in ordered) + ")"


def any_of(*paths: str) -> str:
    """A pattern for any of the regular expressions in the lists."""
    return "(?:" + "|".join(pattern for path in paths for pattern in words(path)) + ")"


@cache
def has(path: str) -> re.Pattern[str]:
    """A search for any literal word of a list, as a whole word."""
    return re.compile(rf"\b{either(path)}(?!\w)")


@cache
def matches(path: str) -> re.Pattern[str]:
    """A search for any regular expression of a list, as a whole word."""
    return re.compile(rf"(?<!\w){any_of(path)}(?!\w)")


@cache
def entries(path: str) -> frozenset[str]:
    """The words of a list as a set."""
    return frozenset(words(path))


@cache
def last_words(*paths: str) -> frozenset[str]:
    """The last word of each entry of the lists: one of them stands wherever an entry does."""
    return frozenset(_WORD.findall(entry)[-1] for path in paths for entry in words(path))


_WORD = re.compile(r"\w+")
_PLACE = re.compile(r"<<(?P<what>any|either)? ?(?P<names>[\w. ]+)>>")


@cache
def grammar(name: str) -> re.Pattern[str]:
    """The pattern ``section.entry`` of the grammar file, its word lists filled in; compiled on first use."""
    section, entry = name.split(".")
    return re.compile(filled(table("grammar")[section][entry]))


def filled(pattern: str) -> str:
    """A pattern with its ``<<...>>`` places filled from the data files."""

    def fill(place: re.Match[str]) -> str:
        paths = place.group("names").split()
        if place.group("what") == "any":
            return any_of(*paths)
        if place.group("what") == "either":
            return either(*paths)
        return filled(table("grammar")["parts"][paths[0]])

    return _PLACE.sub(fill, pattern)
