"""The telephone numbers that are kept for fiction, by country, with the source of each range."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import phonenumbers

EXCHANGE = "555"
FIRST_LINE, LAST_LINE = 100, 199
"""In North America, in every area code: 555-0100 to 555-0199."""
NORTH_AMERICA = "1"
_EVERYDAY = phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of ``country`` (ISO 3166-1): ``prefix``, then figures from ``first`` to ``last``."""

    country: str
    use: str
    prefix: str
    first: str
    last: str
    source: str

    @property
    def length(self) -> int:
        """How many figures follow the country's code."""
        return len(self.prefix) + len(self.last)

    def one(self, random: Random) -> str:
        """A number of the range, as it follows the country's code."""
        return self.prefix + f"{random.randint(int(self.first), int(self.last)):0{len(self.last)}d}"


@cache
def _data() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("data", "fiction_numbers.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def ranges(country: str) -> tuple[Range, ...]:
    """The ranges of ``country``; none where no source was opened."""
    return tuple(Range(country, **row) for row in _data()["range"].get(country, ()))


def source(name: str) -> dict[str, Any]:
    """What was opened for a range: ``address``, the day it was ``opened``, ``quote``, what it ``covers``."""
    return dict(_data()["source"][name])


def countries() -> tuple[str, ...]:
    """The countries outside North America that have a range."""
    return tuple(_data()["range"])


@cache
def is_area_code(code: str, country: str) -> bool:
    """Whether everyday numbers of ``country`` (US, CA) begin with these figures, by the library's tables."""
    number = phonenumbers.parse(f"+{NORTH_AMERICA}{code}{EXCHANGE}0{FIRST_LINE}")
    is_everyday = phonenumbers.number_type(number) == _EVERYDAY
    return bool(is_everyday and phonenumbers.region_code_for_number(number) == country)


def area_code(country: str, random: Random) -> str:
    """An area code of ``country`` (US, CA)."""
    while not is_area_code(code := str(random.randint(201, 989)), country):
        pass
    return code


def line(random: Random) -> str:
    """Exchange and line kept for fiction in North America."""
    return f"{EXCHANGE}0{random.randint(FIRST_LINE, LAST_LINE)}"


def groups(country: str, national: str) -> tuple[int, ...]:
    """How many figures ``country`` writes together when such a number is dialled inside it."""
    code = phonenumbers.country_code_for_region(country)
    number = phonenumbers.parse(f"+{code}{national}")
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return tuple(len(group) for group in re.findall(r"\d+", written))


def _shapes(country: str, national: str) -> tuple[tuple[int, ...], ...]:
    """The groups inside the country and those after its code, where the 0 before the area is left out."""
    inside = groups(country, national)
    code = len(str(phonenumbers.country_code_for_region(country)))
    return inside, (code, inside[0] - 1, *inside[1:])


def of_country(country: str, use: str, avoid: str, shape: tuple[int, ...], random: Random) -> Iterator[str]:
    """Numbers of ``country``, at most 400: first those of the same ``use`` and length, grouped in ``shape``.

    ``avoid`` is the user's own number; its area and its last two figures do not come again.
    """
    rows = ranges(country)
    of_use = [row for row in rows if row.use == use] or list(rows)
    as_long = [row for row in of_use if row.length == len(avoid)] or of_use
    alike = [row for row in as_long if shape in _shapes(country, row.prefix + row.first)] or as_long
    best = [row for row in alike if not avoid.startswith(row.prefix[:3])] or alike
    for tries in range(400):
        made = random.choice(best if tries < 200 else rows).one(random)
        if made[-2:] != avoid[-2:] or tries > 100:
            yield made
