"""How old somebody is, in whole years: exact, or between bounds."""

from __future__ import annotations

import re
from datetime import date

from discretion.knowledge._values._keys import MONTH, spelled
from discretion.knowledge._values._markers import marker
from discretion.knowledge.gazetteer import cues
from discretion.records import Value
from discretion.text import fold, unleet

OLDEST = 120
"""Years; a higher number is no age."""

_TENS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_BIG = re.compile(
    rf"\b(?:big\s+({'|'.join(_TENS)}|[1-9])[\s-]{{0,3}}(?:oh|o|0)|({'|'.join(_TENS)})[\s-]{{1,3}}(?:oh|o))\b"
)
_TEENS = re.compile(r"\b(?:in|my|mid|late|early)\s(?:my\s)?teens\b")
_MINOR = re.compile(r"\b(?:a )?minor\b|\bunderage\b")
_SCORES = {
    re.compile(r"\bthree ?score (?:years )?and (?:10|ten)\b"): 70,
    re.compile(r"\bhalf a century\b"): 50,
    re.compile(r"\b(?:a )?quarter(?: of a)? century\b"): 25,
}
_BORN = re.compile(r"\b(?:born|birth year|yob|b\.)\W{0,3}(?:(?:back )?in|:)?\s{0,3}'?(\d{4}|\d\d)(?![\d'])")
_YEAR = re.compile(r"(?<![\d.,$£€])(19\d\d|20\d\d)(?![\d,])|(?<![\w\d])'(\d\d)(?![\d'\w])")
_BORN_DECADE = re.compile(
    r"(?:\bborn in the (?:late |early |mid )?|')(?:19)?([4-9]0)s"
    r"|\b(?:19)?([4-9]0)s[\s-](?:kid|baby|child|born)"
)
_DECADE = re.compile(r"\b(?:(in|my|early|mid|late|hit)\W{1,2})*([1-9])0(?:'?s|[\s-](?:something|odd))\b")
_SURE_DECADES = 60
"""A bare "50s" is an age; a bare "80s" may be a decade of the calendar."""
_BETWEEN = re.compile(r"\b(?:between\s)?(\d{1,3})\s{0,2}(?:-|to|or|and|/)\s{0,2}(\d{1,3})\b")
_WIDEST = 15
_OVER = re.compile(
    r"\b(?:over|past|above|older than)\s(?:the age of\s)?(\d{1,3})\b|\b(\d{1,3})\s?(?:\+|plus\b)"
)
_LEAST = re.compile(r"\bat least\s(\d{1,3})\b")
_UNDER = re.compile(
    r"\b(?:under|below|younger than|not yet|not even)\s(?:the age of\s)?(\d{1,3})\b|\bnot (\d{1,3}) yet\b"
)
_PART_OF_DECADE = re.compile(r"\b(early|mid|middle|late)\b")
_PARTS = {"early": (0, 4), "mid": (3, 7), "middle": (3, 7), "late": (6, 9)}
"""Years of a decade that its part means, wide enough for an exact age told later; our own reading."""
_NEAR = re.compile(r"\b(\d{1,3})\s?-?ish\b|\b(?:about|around|roughly|circa|approx\w*|like)\s(\d{1,3})\b")
NEAR_YEARS = 2
"""Years around a number that "about" means; our own reading."""
_VAGUE = re.compile(r"\d\s?-?ish\b|\b(?:about|around|roughly|circa|approx\w*|pushing|approaching|like)\s\d")
_SOON = re.compile(
    r"\b(?:turning|turns?|about to (?:be|turn|hit)|almost|nearly|ill be|will be|gonna be|be)"
    r"\s(\d{1,3})\b(?!\s?(?:ago|last))"
)
_JUST = re.compile(r"\b(?:just|already|recently)\sturn\w*\s(\d{1,3})\b")
_NEXT = re.compile(
    r"\b(\d{1,3})\s(?:next|this coming|in (?:a|2|3) (?:day|week|month)s?|tomorrow|soon"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_IN_MONTH = re.compile(rf"\b(\d{{1,3}})\s(?:in|this)\s{MONTH}")
_HEIGHT = re.compile(r"\d\s?['\"]\s?\d|\d\s?(?:ft|foot|feet)\b")
_BIRTHDAY = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b")
_MONTHS = re.compile(r"\b(\d{1,3})\s?(?:months?|mos?|weeks?|days?)\b")
_NUMBER = re.compile(
    r"(?<![\d.,$£€#])(\d{1,3})(?![\d%°]|[.,]\d{2})(?:\.\d)?([^\W\d_]{1,10})?\s{0,2}([^\W\d_]*)"
)


def age_value(words: str, reference: date | None) -> Value | None:
    """The age that ``words`` tell; a year of birth counts only where ``reference`` says when it was told."""
    text = fold(words).text
    if _HEIGHT.search(text):
        return None
    if _TEENS.search(text):
        return _between(13, 19)
    if _MINOR.search(text):
        return _between(None, 17)
    big = _BIG.search(text)
    if big:
        said = big[1] or big[2]
        return _exactly(10 * (int(said) if said.isdigit() else _TENS.index(said) + 1))
    for pattern, years in _SCORES.items():
        if pattern.search(text):
            return _exactly(years)
    born = _BORN_DECADE.search(text)
    if born:
        first = 1900 + int(born[1] or born[2])
        return _born_between(first, first + 9, reference)
    born = _BORN.search(text) or _YEAR.search(text)
    if born:
        year = _year(born[1] or born[2], reference)
        return _born_between(year, year, reference) if year else None
    return _told(spelled(words)) or _told(spelled(unleet(fold(words)).text))


def _told(text: str) -> Value | None:
    """The age in a text whose number words are digits."""
    if _VAGUE.search(text):
        return _near(text)
    decades = [
        int(found[2]) * 10
        for found in _DECADE.finditer(text)
        if found[1] or int(found[2]) * 10 <= _SURE_DECADES
    ]
    if decades:
        part = _PART_OF_DECADE.findall(text)
        first, last = _PARTS[part[0]] if len(part) == len(decades) == 1 else (0, 9)
        return _between(min(decades) + first, max(decades) + last)
    if found := _OVER.search(text):
        return _between(int(found[1] or found[2]) + bool(found[1]), None)
    if found := _LEAST.search(text):
        return _between(int(found[1]), None)
    if found := _UNDER.search(text):
        return _between(None, int(found[1] or found[2]) - 1)
    if found := _BETWEEN.search(text):
        low, high = int(found[1]), int(found[2])
        return _between(low, high) if low < high <= low + _WIDEST else None
    if found := _JUST.search(text):
        return _exactly(int(found[1]))
    if found := _SOON.search(text):
        return _exactly(int(found[1]) - 1)
    if found := _NEXT.search(text):
        return _exactly(int(found[1]) - 1)
    if found := _IN_MONTH.search(text) or _BIRTHDAY.search(text):
        return _between(int(found[1]) - 1, int(found[1]))
    return _number(text)


def _near(text: str) -> Value | None:
    """The years around a number that was said loosely; what somebody is only on the way to is no age."""
    found = _NEAR.findall(text)
    if len(found) != 1 or _number(" ".join(found[0])) is None:
        return None
    years = int(found[0][0] or found[0][1])
    return _between(years - NEAR_YEARS, years + NEAR_YEARS) if years > NEAR_YEARS else None


def _number(text: str) -> Value | None:
    """The one number that can be an age; ``None`` where it counts something else or there are two."""
    units = cues("age", "units")
    ages = []
    for found in _NUMBER.finditer(text):
        glued, after = found[2] or "", found[3]
        if glued and glued not in marker("after_own_age"):
            return None
        if not glued and after in units and after not in marker("after_own_age") | marker("joins_ages"):
            return None
        ages.append(int(found[1]))
    if len(set(ages)) > 1 and "going on" not in text:
        return None
    return _exactly(ages[0]) if ages else None


def _exactly(years: int) -> Value | None:
    return _between(years, years)


def _between(low: int | None, high: int | None) -> Value | None:
    if not all(bound is None or 0 < bound <= OLDEST for bound in (low, high)):
        return None
    return Value("age", (), low, high, "years")


def _born_between(first: int, last: int, reference: date | None) -> Value | None:
    if reference is None:
        return None
    low, high = reference.year - last - 1, reference.year - first
    return _between(max(low, 0) or 1, high) if high > 0 else None


def _year(digits: str, reference: date | None) -> int | None:
    """A year of birth from two or four digits; ``None`` where two would fit a child and a centenarian."""
    if len(digits) == 4:
        return int(digits)
    return full_year(int(digits), reference)


def full_year(digits: int, reference: date | None) -> int | None:
    """The only year ending in two ``digits`` in which somebody who writes then can have been born.

    Without ``reference`` it must be the only one for every year of ``WRITTEN``.
    """
    writing = (reference.year,) if reference else WRITTEN
    alive = {
        year
        for now in writing
        for year in (1900 + digits, 2000 + digits)
        if YOUNGEST <= now - year <= EASILY_OLDEST
    }
    return alive.pop() if len(alive) == 1 else None


WRITTEN = (2020, 2040)
"""The years between which a message without a date was written."""
YOUNGEST = 5
EASILY_OLDEST = 100
"""Years that somebody who types a message is old, at least and at most, when the century is not said."""
