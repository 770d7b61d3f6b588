"""Dates of birth read so that another date can be written in their place in the same notation."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from discretion.guard.detectors._data import sections
from discretion.guard.stand_ins._alike import cased
from discretion.guard.stand_ins._date_notation import (
    LONG_YEAR,
    Part,
    Told,
    Written,
    full_years,
    ordinal,
    year_in,
)
from discretion.guard.stand_ins._named_dates import named_date
from discretion.guard.stand_ins._number_words import calendar
from discretion.knowledge import normalise
from discretion.records import Kind
from discretion.text import fold

_LEAP = 2000
_MONTH_FIRST = frozenset({"US", "PH"})
"""Countries that write the month before the day where both are figures."""
_SEP = r"\s?[/.-]\s?|\s"
_FULL = re.compile(rf"(?P<a>\d{{1,2}})(?:{_SEP})(?P<b>\d{{1,2}})(?:{_SEP})(?P<y>(?:18|19|20)\d\d|\d\d)")
_ISO = re.compile(r"(?P<y>(?:18|19|20)\d\d)[/. -](?P<m>\d{1,2})[/. -](?P<d>\d{1,2})")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])")
_RUN = re.compile(r"(?P<a>\d\d)(?P<b>\d\d)(?P<y>\d{4}|\d\d)")
_SHORT = re.compile(r"(?P<a>\d{1,2})\s?[/.-]\s?(?P<b>\d{1,2})\.?")
_MONTH_YEAR = re.compile(r"(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:18|19|20)\d\d)")
_OF_THE = re.compile(
    r"(?:the )?(?P<d>\d{1,2})(?P<ds>st|nd|rd|th) of the (?P<m>\d{1,2})(?P<ms>st|nd|rd|th)"
    r"(?:,? (?:of |in )?'?(?P<y>(?:18|19|20)?\d\d))?"
)


def read(words: str, locale: str, today: date) -> Written | None:
    """The date in ``words``; ``None`` where none is told, or one that no calendar has."""
    folded = fold(words)
    if len(folded.text) != len(words) or folded.starts is not None:
        return None
    for reader in (_numeric, _compact, _short, _of_the, named_date, _feast):
        for found in reader(words, folded.text, locale, today):
            if all(_is_date(told) for told in found.readings):
                return found
    return None


def ages_told(words: str, today: date) -> tuple[int, ...]:
    """The ages in years that a date of birth may mean, in any order of day and month; none without a year."""
    ages: set[int] = set()
    for locale in ("US", "GB"):
        found = read(words, locale, today)
        for told in found.readings if found else ():
            ages |= set(ages_of(told, today))
    return tuple(sorted(ages))


def ages_of(told: Told, today: date) -> tuple[int, ...]:
    """The ages of somebody born then: one, or two where the day is not told; none without a year."""
    year, month, day = told
    if year is None:
        return ()
    age = today.year - year
    if month is None or (day is None and month == today.month):
        return (age - 1, age)
    return (age - ((month, day or 1) > (today.month, today.day)),)


def _is_date(told: Told) -> bool:
    year, month, day = told
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or month is None or 1 <= day <= monthrange(year or _LEAP, month)[1]


def _figures(match: re.Match[str], part: str, which: int, *, is_padded: bool) -> Part:
    width = match.end(part) - match.start(part)
    if which == 0:
        return *match.span(part), 0, year_in(width)
    return *match.span(part), which, lambda value: f"{value:02d}" if is_padded else str(value)


def _both_orders(words: str, match: re.Match[str], locale: str, today: date) -> Iterator[Written]:
    """A date whose day and month are figures, in the order that the locale, the signs or the figures tell."""
    first, second = int(match["a"]), int(match["b"])
    groups = match.groupdict()
    years: tuple[int | None, ...] = full_years(groups["y"], today) if groups.get("y") else (None,)
    month_first = locale in _MONTH_FIRST and "." not in match.group()
    if max(first, second) > 12:
        month_first = second > 12
    order = ("a", "b") if month_first else ("b", "a")
    is_padded = "0" in {match["a"][0], match["b"][0]} or match.group().isdigit()
    parts = [_figures(match, part, which, is_padded=is_padded) for which, part in enumerate(order, 1)]
    if groups.get("y"):
        parts.append(_figures(match, "y", 0, is_padded=True))
    is_ambiguous = first <= 12 and second <= 12 and first != second
    told: list[Told] = [(year, int(match[order[0]]), int(match[order[1]])) for year in years]
    if is_ambiguous:
        told += [(year, day, month) for year, month, day in told]
    if told:
        yield Written(words, told[0], tuple(told[1:]), tuple(parts), is_in_figures=True)


def _numeric(words: str, text: str, locale: str, today: date) -> Iterator[Written]:
    if match := _ISO.fullmatch(text):
        padded = "0" in (match["m"][0], match["d"][0]) or len(match["m"]) == len(match["d"]) == 2
        parts = tuple(_figures(match, part, which, is_padded=padded) for which, part in enumerate("ymd"))
        yield Written(words, (int(match["y"]), int(match["m"]), int(match["d"])), (), parts)
    if match := _FULL.fullmatch(text):
        yield from _both_orders(words, match, locale, today)


def _compact(words: str, text: str, locale: str, today: date) -> Iterator[Written]:
    if match := _COMPACT.fullmatch(text):
        parts = tuple(_figures(match, part, which, is_padded=True) for which, part in enumerate("ymd"))
        yield Written(words, (int(match["y"]), int(match["m"]), int(match["d"])), (), parts)
    if match := _RUN.fullmatch(text):
        yield from _both_orders(words, match, locale, today)


def _short(words: str, text: str, locale: str, today: date) -> Iterator[Written]:
    if match := _MONTH_YEAR.fullmatch(text):
        padded = len(match["m"]) == 2
        parts = (_figures(match, "m", 1, is_padded=padded), _figures(match, "y", 0, is_padded=True))
        yield Written(words, (int(match["y"]), int(match["m"]), None), (), parts)
    if match := _SHORT.fullmatch(text):
        yield from _both_orders(words, match, locale, today)


def _of_the(words: str, text: str, locale: str, today: date) -> Iterator[Written]:
    match = _OF_THE.fullmatch(text)
    if not match:
        return
    parts: list[Part] = [
        (match.start(p), match.end(p + "s"), which, ordinal) for p, which in (("d", 2), ("m", 1))
    ]
    years: tuple[int | None, ...] = (None,)
    if match["y"]:
        years = full_years(match["y"], today)
        parts.append(_figures(match, "y", 0, is_padded=True))
    told: list[Told] = [(year, int(match["m"]), int(match["d"])) for year in years]
    if told:
        yield Written(words, told[0], tuple(told[1:]), tuple(parts))


@cache
def _feasts() -> frozenset[str]:
    """Feasts by which people tell their birthday, on whatever day they fall."""
    return frozenset(sections("birth_words.txt")["feast"])


def _feast(words: str, text: str, locale: str, today: date) -> Iterator[Written]:
    """A feast by its name becomes a day and a month; its year stays where it stands."""
    value = normalise(Kind.DATE_OF_BIRTH, words, reference=today)
    year = LONG_YEAR.search(text)
    end = year.start() if year else len(text)
    name = text[:end].rstrip(" ,")
    code = value.codes[0] if value else ""
    known = re.fullmatch(r"(?:\d{4}|-)-(\d\d)-(\d\d)", code)
    month, day = (int(known[1]), int(known[2])) if known else (None, None)
    if known is None and name not in _feasts():
        return
    told: Told = (int(year.group()) if year else None, month, day)
    yield Feast(words, told, end=len(name), is_american=locale in _MONTH_FIRST)


@dataclass(frozen=True, slots=True)
class Feast(Written):
    """A birthday told by the name of its feast; it is written as a day and a month instead."""

    end: int = 0
    is_american: bool = False

    def put(self, told: Told) -> str:
        """The date in words, with the year where one was told."""
        year, month, day = told
        rest = self.words[self.end :]
        if self.told[0] is not None and year is not None:
            rest = rest.replace(str(self.told[0]), str(year))
        name = cased(calendar()["months"]["en"][(month or 1) - 1], self.words)
        written = f"{name} {ordinal(day or 1)}" if self.is_american else f"{ordinal(day or 1)} {name}"
        return written + rest
