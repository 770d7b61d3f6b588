"""Dates with a month by its name: day and year in figures or in words, before or behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from discretion.guard.stand_ins._alike import cased
from discretion.guard.stand_ins._date_notation import (
    LONG_YEAR,
    OLDEST,
    Part,
    Told,
    Write,
    Written,
    full_years,
    year_in,
)
from discretion.guard.stand_ins._number_words import calendar, in_words, ordinal_sign, value_of

_SHORT_YEAR = re.compile(r"(?<=')\d\d(?!\d)")
_DAY = re.compile(r"(?<![\d'])(\d{1,2})(st|nd|rd|th)?(?!\d)")
_SAID_YEAR = re.compile(
    r"\b(?P<century>nineteen|eighteen|twenty|two thousand(?: and)?)(?P<joint>[ -])"
    r"(?P<rest>(?:oh[ -])?[a-z]+(?:[ -][a-z]+)?)$|\b(?P<alone>(?:oh [a-z]+|[a-z]+ty(?:[ -][a-z]+)?))$"
)
_SMALL = re.compile(r"(?:(?:of|de|di|the|in|on|d[oe]l?)[ ,]*){1,4}")
_CENTURIES = {"nineteen": 1900, "eighteen": 1800, "twenty": 2000}


@cache
def _months() -> re.Pattern[str]:
    names = {name for table in calendar()["months"].values() for name in table}
    either = "|".join(sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![^\W\d_])(?:{either})(?![^\W\d_])")


def named_date(words: str, text: str, locale: str, today: date) -> Iterator[Written]:
    """A month by its name, the day and the year in figures or in words before or behind it."""
    match = _months().search(text)
    if not match:
        return
    name = match.group()
    table = next(table for table in calendar()["months"].values() if name in table)
    month = table.index(name) + 1
    like = words[match.start() : match.end()]
    longer = calendar()["months"]["en"] if name == "may" and len(text) > 8 else table
    parts: list[Part] = [(match.start(), match.end(), 1, lambda value: cased(longer[value - 1], like))]
    rest = text[: match.start()] + " " * len(name) + text[match.end() :]
    rest_before = rest
    years, rest, year_part = _year_of(words, rest, today)
    day, day_part = _day_of(words, rest)
    if day is None and years and (last := _day_of(words, rest_before))[0]:
        # "march twenty" is a day, not a year.
        years, rest, year_part, (day, day_part) = (), rest_before, None, last
    if day_part:
        rest = rest[: day_part[0]] + " " * (day_part[1] - day_part[0]) + rest[day_part[1] :]
    if not year_part:
        years, rest, year_part = _bare_year(rest, today)
    if rest.strip(" ,.'’") and not _SMALL.fullmatch(rest.strip(" ,.'’")):
        return
    parts += [part for part in (day_part, year_part) if part]
    told: list[Told] = [(year, month, day) for year in years or (None,)]
    if day is not None or years:
        yield Written(words, told[0], tuple(told[1:]), tuple(parts))


_Year = tuple[tuple[int, ...], str, Part | None]


def _year_of(words: str, rest: str, today: date) -> _Year:
    for pattern in (LONG_YEAR, _SHORT_YEAR):
        if match := pattern.search(rest):
            blank = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
            return full_years(match.group(), today), blank, (*match.span(), 0, year_in(len(match.group())))
    stripped = rest.rstrip()
    if (match := _SAID_YEAR.search(stripped)) and (years := _said_years(match, today)):
        blank = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
        like, century, joint = words[match.start() : match.end()], match["century"], match["joint"] or ""
        return years, blank, (*match.span(), 0, lambda value: cased(_say_year(value, century, joint), like))
    return (), rest, None


def _bare_year(rest: str, today: date) -> _Year:
    match = re.search(r"(?<!\d)\d\d(?!\d|st|nd|rd|th)", rest)
    if not match:
        return (), rest, None
    blank = rest[: match.start()] + "  " + rest[match.end() :]
    return full_years(match.group(), today), blank, (*match.span(), 0, year_in(2))


def _said_years(match: re.Match[str], today: date) -> tuple[int, ...]:
    said = (match["rest"] or match["alone"]).replace("oh ", "").replace("oh-", "")
    number = value_of(said)
    if number is None or number > 99:
        return ()
    if not match["century"]:
        return full_years(f"{number:02d}", today)
    century = _CENTURIES.get(match["century"], 2000)
    year = century + number
    return (year,) if 0 <= today.year - year <= OLDEST else ()


def _say_year(year: int, century: str | None, joint: str) -> str:
    rest = f"oh {in_words(year % 100)}" if year % 100 < 10 else in_words(year % 100)
    if century is None:
        return rest
    if century.startswith("two thousand") and year >= 2000:
        return f"{century}{joint}{in_words(year % 100)}"
    said = {18: "eighteen", 19: "nineteen", 20: "twenty"}[year // 100]
    return f"{said}{joint or ' '}{rest}"


def _day_of(words: str, rest: str) -> tuple[int | None, Part | None]:
    match = next((found for found in _DAY.finditer(rest) if 1 <= int(found[1]) <= 31), None)
    if match:
        width, sign = len(match[1]), match[2]
        is_padded = width == 2 and match[1][0] == "0"
        if sign:
            upper = words[match.start(2) : match.end(2)]
            write: Write = lambda value: f"{value}{cased(ordinal_sign(value), upper)}"  # noqa: E731
            return int(match[1]), (*match.span(), 2, write)
        return int(match[1]), (*match.span(), 2, lambda value: f"{value:02d}" if is_padded else str(value))
    ordinals = calendar()["days"]["ordinal"]
    for day in range(31, 0, -1):
        for joint in ("-", " "):
            for said, table in ((ordinals[day - 1], ordinals), (in_words(day), None)):
                match = re.search(rf"\b{said.replace('-', joint)}\b", rest)
                if match:
                    return day, _said_day(words, match, table, joint)
    return None, None


def _said_day(words: str, match: re.Match[str], table: list[str] | None, joint: str) -> Part:
    like = words[match.start() : match.end()]

    def write(value: int) -> str:
        said = table[value - 1] if table else in_words(value)
        return cased(said.replace("-", joint), like)

    return *match.span(), 2, write
