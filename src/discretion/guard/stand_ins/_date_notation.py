"""A date and its notation: where its parts stand and how others are written in their places."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from discretion.guard.stand_ins._number_words import ordinal_sign

LONG_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
OLDEST = 120
"""Years; nobody is older."""
Told = tuple[int | None, int | None, int | None]
"""Year, month and day, as far as they are said."""
Write = Callable[[int], str]
Part = tuple[int, int, int, Write]
"""Where a part stands, which of year, month and day it is, and how another is written there."""


@dataclass(frozen=True, slots=True)
class Written:
    """A date and its notation: ``told``, what else it may mean, the place and writing of each part."""

    words: str = field(repr=False)
    told: Told = field(repr=False)
    others: tuple[Told, ...] = field(repr=False, default=())
    parts: tuple[Part, ...] = field(repr=False, default=())
    is_in_figures: bool = False

    def put(self, told: Told) -> str:
        """Another date in this notation. Parts that are not written are left out."""
        made, at = "", 0
        for start, end, which, write in sorted(self.parts, key=lambda part: part[0]):
            value = told[which]
            made += self.words[at:start] + (self.words[start:end] if value is None else write(value))
            at = end
        return made + self.words[at:]

    @property
    def readings(self) -> tuple[Told, ...]:
        """All that it may be read as, the likeliest first."""
        return (self.told, *self.others)


def year_in(width: int) -> Write:
    """A writer of years in so many figures."""
    return lambda value: f"{value % 10**width:0{width}d}"


def ordinal(value: int) -> str:
    """An English ordinal in figures."""
    return f"{value}{ordinal_sign(value)}"


def full_years(figures: str, today: date) -> tuple[int, ...]:
    """The years that two or four figures mean, the latest first."""
    if len(figures) == 4:
        return (int(figures),)
    years = (2000 + int(figures), 1900 + int(figures))
    return tuple(year for year in years if 0 <= today.year - year <= OLDEST)
