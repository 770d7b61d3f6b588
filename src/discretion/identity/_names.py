"""Names that many people bear and nobody owns: drawn from the tables of first and family names.

The rule. A first name was given to at least `BIRTHS` children in the persona's five years of birth, and
these years are no less than `DECADE` of its best five: it fits the age. A family name is borne by `FAMILY`
people. Both together are expected `TOGETHER` times among Americans (bearers of the one times bearers of the
other, divided by everybody): enough that the name singles out nobody, too few to be a byword. Everyday words,
names that are both first and last name, and spellings that need a capital inside (McCoy, O'Neal) are left
out. Our own choices; a famous namesake cannot be ruled out, since no list of famous people is kept here.
Source: SOURCES.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.identity._persona import MAN, NEUTRAL, WOMAN
from discretion.knowledge.gazetteer import common_words
from discretion.knowledge.population import Region, people, read

BIRTHS = 300
DECADE = 0.35
FAMILY = (4_000, 60_000)
TOGETHER = (3.0, 400.0)
ALSO_FIRST = 5_000
"""Bearers as a first name from which a family name is left out."""
ANSWER_FAMILY = (2_000, 60_000)
"""Bearers of family names in security answers: a wider choice, since nobody signs with them."""
GENDERED = {WOMAN: (95.0, 100.0), MAN: (0.0, 5.0), NEUTRAL: (20.0, 80.0)}
"""Per cent women among the bearers. Our own choice."""
SPAN = 5
"""Years of birth that one cohort of the table joins."""

_CAPITAL_INSIDE = re.compile(
    r"ma?c[a-z]|olear|o[bcdfghkmnrs][aeiouy]|van|d[aei]l|de[ns]?[aeo]?[bcgjlmprst]|dand|la[fr]|fitz|st"
)


@cache
def _first() -> tuple[tuple[str, int, float, dict[int, int]], ...]:
    """Name, bearers, per cent women, births by the first year of a cohort."""
    found = []
    for name, bearers, women, births in read("us_first_names"):
        by_year = {}
        for cohort in births.split(","):
            parts = cohort.split(":")
            if len(parts) == 3:
                by_year[int(parts[0])] = int(parts[1]) + int(parts[2])
        if by_year and name not in common_words() and len(name) > 2:
            found.append((name, int(float(bearers)), float(women), by_year))
    return tuple(found)


@cache
def _family() -> tuple[tuple[str, int], ...]:
    also_first = {name for name, bearers, *_ in read("us_first_names") if float(bearers) >= ALSO_FIRST}
    low, high = ANSWER_FAMILY
    return tuple(
        (name, int(float(bearers)))
        for name, bearers in read("us_surnames")
        if low <= float(bearers) <= high
        and name not in also_first
        and name not in common_words()
        and len(name) > 3
        and name.isalpha()
        and not _CAPITAL_INSIDE.match(name)
    )


@cache
def given_names(gender: str, year: int) -> tuple[tuple[str, int], ...]:
    """First names, with their bearers, that fit a persona of that gender born in ``year``."""
    low, high = GENDERED[gender]
    cohort = year - year % SPAN
    return tuple(
        (name, bearers)
        for name, bearers, women, births in _first()
        if low <= women <= high and births.get(cohort, 0) >= max(BIRTHS, DECADE * max(births.values()))
    )


@cache
def family_names() -> tuple[tuple[str, int], ...]:
    """Family names, with their bearers, that a persona may have."""
    low, high = FAMILY
    return tuple(row for row in _family() if low <= row[1] <= high)


@cache
def answer_names() -> tuple[str, ...]:
    """Family names of which security answers are made."""
    return tuple(name.capitalize() for name, _ in _family())


def fitting(first: tuple[str, int], families: tuple[tuple[str, int], ...]) -> Iterator[str]:
    """The family names that make a name with ``first`` that is neither rare nor everywhere."""
    low, high = TOGETHER
    for name, bearers in families:
        if low <= first[1] * bearers / everybody() <= high and name[:2] != first[0][:2]:
            yield name


@cache
def everybody() -> float:
    """Americans, of whom the tables of names count the bearers."""
    return float(people(Region("US")).sum())
