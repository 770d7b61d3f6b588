"""Dates of birth, as far as they are said: ISO 8601, and the forms of XML Schema where the year is missing.

``1990-05-09`` · ``1990-05`` · ``1990`` · ``--05-09`` (day and month) · ``--05`` (month).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from discretion.knowledge._values._age import OLDEST, full_year
from discretion.knowledge._values._keys import MONTH, spelled
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
_FEASTS = (
    (re.compile(r"\bchristmas eve\b|\bxmas eve\b"), 12, 24),
    (re.compile(r"\bboxing day\b|\bst stephens day\b"), 12, 26),
    (re.compile(r"\bchristmas\b|\bxmas\b"), 12, 25),
    (re.compile(r"\bnew years eve\b|\bhogmanay\b"), 12, 31),
    (re.compile(r"\bnew years?(?: day)?\b"), 1, 1),
    (re.compile(r"\bhalloween\b"), 10, 31),
    (re.compile(r"\bvalentines?(?: day)?\b"), 2, 14),
    (re.compile(r"\bst patricks?\b|\bpaddys day\b"), 3, 17),
    (re.compile(r"\bleap day\b|\bleap year baby\b"), 2, 29),
    (re.compile(r"\b4th of july\b|\bjuly 4th\b"), 7, 4),
    (re.compile(r"\bbonfire night\b|\bguy fawkes\b"), 11, 5),
    (re.compile(r"\bapril fools?\b"), 4, 1),
)
"""Feasts that fall on one day every year, by which people name their birthday."""
_LEAP = 2000


def birth_date_value(words: str, reference: date | None) -> Value | None:
    """The date of birth in ``words``; which of two numbers is the month is told only where it must be."""
    text = spelled(words)
    told = _named(text, reference) or _numeric(text, reference) or _partial(text, fold(words).text)
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


def _partial(text: str, folded: str) -> _Told | None:
    year = _JUST_YEAR.search(text)
    born = int(year[1]) if year else None
    for feast, month, day in _FEASTS:
        if feast.search(text):
            return born, month, day
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
