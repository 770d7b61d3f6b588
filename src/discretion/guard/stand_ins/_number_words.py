"""English words for the numbers and days of a life, read and written."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_HUNDRED, _MOST = 100, 121


@cache
def calendar() -> dict[str, dict[str, list[str]]]:
    """Months by language, ordinals of days, number words."""
    return tomllib.loads(files(__package__).joinpath("data", "calendar_words.toml").read_text("utf-8"))


def in_words(number: int, joint: str = "-") -> str:
    """A number under 121 in words, ``joint`` between tens and units."""
    units, tens = calendar()["numbers"]["units"], calendar()["numbers"]["tens"]
    if number >= _HUNDRED:
        rest = number - _HUNDRED
        return "a hundred" + (f" and {in_words(rest, joint)}" if rest else "")
    if number < len(units):
        return units[number]
    return tens[number // 10] + (joint + units[number % 10] if number % 10 else "")


@cache
def _values() -> dict[str, int]:
    found = {in_words(number, joint): number for number in range(_MOST) for joint in ("-", " ", "")}
    for text, number in [*found.items()]:
        if text.startswith("a hundred"):
            found["one" + text[1:]] = number
            found["one" + text[1:].replace(" and ", " ")] = number
            found[text.replace(" and ", " ")] = number
    return found


def value_of(words: str) -> int | None:
    """The number that English words tell, under 121; ``None`` for anything else."""
    return _values().get(re.sub(r"\s+", " ", words.strip().lower()))


def ordinal_sign(number: int) -> str:
    """What follows the figures of an English ordinal: st, nd, rd or th."""
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
