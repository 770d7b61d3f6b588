"""Sex, age and birthday: the axes of every count; genders that are counted beside the two."""

from __future__ import annotations

from calendar import isleap
from datetime import date

import numpy as np

from discretion.exposure.variables._published import ask, is_published, published_variable
from discretion.exposure.variables._variable import Ask, Share, Variable
from discretion.knowledge.population import AGES, SEXES, Cells, Region
from discretion.records import Value

DAYS = 365.2425
_PRONOUNS = {"pronouns/she": "female", "pronouns/he": "male"}
_AMONG = {"trans/woman": "female", "trans/man": "male"}
_OTHERS = ("trans", "nonbinary", "intersex", "third_gender")
BASE = "the tables of people by sex and age"


def sex(value: Value) -> tuple[Ask, ...] | str:
    """Women and men by the axis; trans and nonbinary people by published shares of the women and men.

    Where a share by gender is published, trans women are among the women and trans men among the men.
    """
    found = {_PRONOUNS.get(code, code) for code in value.codes} & set(SEXES)
    genders = [code for code in value.codes if is_published("gender", code)]
    found |= {_AMONG[code] for code in genders if code in _AMONG}
    asks = [ask("gender", code, 0.1) for code in genders]
    is_other = any(code.startswith(_OTHERS) for code in value.codes)
    if len(found) == 1 and (not is_other or any(code in _AMONG for code in genders)):
        asks.append(Ask("sex", frozenset(found), 0.0))
    return tuple(asks) or "no table counts these genders"


def gender_variable(name: str) -> Variable:
    """The variable of one gender beside women and men."""
    return published_variable("gender", name)


def age(value: Value) -> tuple[Ask, ...] | str:
    """Every year between the bounds."""
    low, high = int(value.low or 0), int(min(value.high if value.high is not None else AGES - 1, AGES - 1))
    if not 0 <= min(low, AGES - 1) <= high:
        return "no age"
    return (Ask("age", frozenset(map(str, range(min(low, AGES - 1), high + 1)))),)


def birth(value: Value) -> tuple[Ask, ...] | str:
    """The date as ISO 8601 or XML Schema write it, as far as it is known."""
    return (Ask("birth", frozenset({value.code})),)


def _sex(states: frozenset[str], region: Region) -> Share:
    found = np.array([[1.0 if one in states else 0.0] for one in SEXES]) * np.ones(AGES)
    return Share(found, 0.02, BASE)


def _age(states: frozenset[str], region: Region) -> Share:
    found = np.zeros((len(SEXES), AGES))
    found[:, [int(one) for one in states]] = 1.0
    return Share(found, 0.05, BASE)


def born_in(code: str, today: date) -> Cells:
    """The share of each age that was born on the date ``code``, births taken as even over the year."""
    if code.startswith("--"):
        days = 1.0 if code.count("-") == 3 else DAYS / 12
        return np.full(AGES, days / DAYS)
    year, *rest = map(int, code.split("-"))
    found = np.zeros(AGES)
    older = today.year - year
    if rest:
        born = (rest[0], rest[1] if len(rest) > 1 else 1)
        at = older - ((today.month, today.day) < born)
        if at < 0:
            return found
        found[min(at, AGES - 1)] = 1 / DAYS if len(rest) > 1 else 1 / 12
        return found
    had = today.timetuple().tm_yday / (366 if isleap(today.year) else 365)
    if older >= 0:
        found[min(older, AGES - 1)] += had
    if older >= 1:
        found[min(older - 1, AGES - 1)] += 1 - had
    return found


def birthday(today: date) -> Variable:
    """Dates of birth, as they fit on the day ``today``."""

    def share(states: frozenset[str], region: Region) -> Share:
        found = np.ones(AGES)
        for code in states:
            found = found * born_in(code, today)
        return Share(np.stack([found] * len(SEXES)), 0.1, "births taken as even over the days of a year")

    return Variable("birth", share)


VARIABLES = (Variable("sex", _sex), Variable("age", _age))
