"""Dates of birth, as far as they are said: ISO 8601, and the forms of XML Schema where the year is missing.

``1990-05-09`` · ``1990-05`` · ``1990`` · ``--05-09`` (day and month) · ``--05`` (month).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache

from discretion.knowledge._values._age import OLDEST, full_year
from discretion.knowledge._values._keys import MONTH, key, spelled
from discretion.knowledge._values._markers import folder
from discretion.records import Value
from discretion.text import fold

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?![\d:])"
_YEAR = r"(?:[\s,./-]{0,3}(?:of |in )?'?(\d{4}|\d\d)(?!\d|st|nd|rd|th))?"
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_DAY_MONTH = re.compile(rf"{_DAY}\s{{0,2}}(?:day )?(?:of )?[\s/.-]{{0,2}}{MONTH}{_YEAR}")
_MONTH_DAY = re.compile(rf"\b{MONTH}[\s/.-]{{0,2}}(?:the )?{_DAY}{_YEAR}")
_MONTH_YEAR = re.compile(rf"\b{MONTH}\s{{0,2}}(?:of |in )?[\s,/.-]{{0,2}}'?(\d{{4}})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}|\d\d))?(?![\d/])")
_JUST_MONTH = re.compile(rf"\b{MONTH}")
_JUST_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(19\d\d|20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_OF_THE = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th) of the (\d{1,2})(?:st|nd|rd|th)(?:[\s,]{1,3}'?(\d{4}|\d\d)\b)?"
)
_MONTH_SHORT_YEAR = re.compile(rf"\b{MONTH}\s{{0,2}}'(\d\d)(?!\d|'|st|nd|rd|th)")
_LEAP = 2000


@cache
def _feasts() -> tuple[tuple[str, int, int], ...]:
    """Feasts that fall on one day every year, by which people name their birthday."""
    lines = folder().joinpath("feasts.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple((name, int(month), int(day)) for name, month, day in rows)


def birth_date_value(words: str, reference: date | None) -> Value | None:
    """The date of birth in ``words``; which of two numbers is the month is told only where it must be."""
    text = spelled(words)
    told = _named(text, reference) or _numeric(text, reference) or _partial(text, fold(words).text, reference)
    if told is None:
        return None
    year, month, day = told
    if year is not None and not _may_be_born(year, reference):
        return None
    if month is not None and day is not None and not 1 <= day <= monthrange(year or _LEAP, month)[1]:
        return None
    return Value("date", (_written(year, month, day),))


_Told = tuple[int | None, int | None, int | None]


def _named(text: str, reference: date | None) -> _Told | None:
    if found := _COMPACT.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _OF_THE.search(text)) and 1 <= int(found[2]) <= 12:
        return _year(found[3], reference), int(found[2]), int(found[1])
    if found := _ISO.search(text):
        month = int(found[2])
        return (int(found[1]), month, int(found[3]) if found[3] else None) if 1 <= month <= 12 else None
    if found := _MONTH_YEAR.search(text):
        before = _DAY_MONTH.search(text)
        if not before or before.start(2) != found.start(1):
            return int(found[2]), _month(found[1]), None
    if found := _DAY_MONTH.search(text):
        return _year(found[3], reference), _month(found[2]), int(found[1])
    if found := _MONTH_DAY.search(text):
        return _year(found[3], reference), _month(found[1]), int(found[2])
    return None


def _numeric(text: str, reference: date | None) -> _Told | None:
    """Day and month as numbers: known apart where one is over twelve or both are the same."""
    found = _NUMERIC.search(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[2]), _year(found[3], reference)
    if first == second <= 12:
        return year, first, second
    if first > 12 >= second >= 1:
        return year, second, first
    if second > 12 >= first >= 1:
        return year, first, second
    return (year, None, None) if year and first <= 12 and second <= 12 else None


def _partial(text: str, folded: str, reference: date | None) -> _Told | None:
    year = _JUST_YEAR.search(text)
    born = int(year[1]) if year else None
    spoken = f" {key(text)} "
    for feast, month, day in _feasts():
        if f" {feast} " in spoken:
            return born, month, day
    if found := _MONTH_SHORT_YEAR.search(folded):
        return _year(found[2], reference), _month(found[1]), None
    if found := _JUST_MONTH.search(text):
        return born, _month(found[1]), None
    return (born, None, None) if born else None


def _month(name: str) -> int:
    return _NAMES.index(name[:3]) + 1


def _year(digits: str | None, reference: date | None) -> int | None:
    if digits is None:
        return None
    return int(digits) if len(digits) == 4 else full_year(int(digits), reference)


def _may_be_born(year: int, reference: date | None) -> bool:
    latest = reference.year if reference else date.max.year
    return 1880 <= year <= latest and (reference is None or year >= latest - OLDEST)


def _written(year: int | None, month: int | None, day: int | None) -> str:
    start = f"{year:04d}" if year is not None else "-"
    return start + "".join(f"-{part:02d}" for part in (month, day) if part is not None)
