"""Money and measures: what somebody earns or owes, how tall and heavy they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from discretion.knowledge._values._groups import group_value
from discretion.knowledge._values._markers import folder
from discretion.records import Value
from discretion.text import fold, respell


def _money(part: str) -> dict[str, str]:
    lines = folder().joinpath("money.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {typed: meant for what, typed, meant in rows if what == part}


@dataclass(frozen=True, slots=True)
class _Money:
    """The words around an amount, and the patterns made of them."""

    signs: dict[str, str]
    currencies: dict[str, str]
    times: dict[str, str]
    periods: dict[str, str]
    amount: re.Pattern[str]
    period: re.Pattern[str]


@cache
def _words() -> _Money:
    signs, currencies, times, periods = map(_money, ("sign", "currency", "times", "period"))
    amount = re.compile(
        rf"(?P<sign>[{''.join(signs)}])?\s{{0,2}}(?<![\d.,\w])"
        r"(?P<number>\d{1,3}(?:,\d{2,3}){1,4}|\d{1,9})(?P<part>\.\d{1,2})?"
        rf"\s{{0,2}}(?:(?P<times>{'|'.join(times)})\b)?\s{{0,2}}(?:(?P<word>{'|'.join(currencies)})\b)?(?![\d%(])"
    )
    period = re.compile(rf"(?:\b(?:an?|per|each|every)\s{{1,2}}|/\s{{0,2}}|\b)({'|'.join(periods)})\b")
    return _Money(signs, currencies, times, periods, amount, period)


MOST_MONEY = 1e12

_FEET = re.compile(
    r"(?<![\d.])([3-8])\s{0,2}(?:'|(?:ft|foot|feet)(?![a-z]))\s{0,2}"
    r"(?:(1[01]|\d)(?:\.\d)?(?!\d)\s{0,2}(?:\"|''|in\b|inch(?:es)?\b)?)?"
)
_CENTIMETRES = re.compile(r"(?<![\d.])(\d{3})(?:\.\d)?\s?(?:cms?|centimet\w+)\b")
_METRES = re.compile(
    r"(?<![\d.])([12])(?:[.,]\s?(\d\d)\s?m(?:et\w+)?\b|\s?m(?:et(?:er|re)s?)?\s?(?:and\s)?(\d\d?)\b)"
)
_BARE_HEIGHT = re.compile(
    r"\s*(?:([4-6])\s(1[01]|\d)|1[.,\s]\s?([4-9]\d)|2[.,]([0-2]\d))(?!\s?\w*\d)(?:\s*\Z|[\s,]+[^\d\s])"
)
_POUNDS = re.compile(r"(?<![\d.])(\d{2,3})(?:\.\d)?\s?(?:lbs?|pounds)\b")
_KILOS = re.compile(r"(?<![\d.])(\d{2,3})(?:\.\d)?\s?(?:kgs?|kilos?)\b")
_STONE = re.compile(r"(?<![\d.])(\d{1,2})\s?(?:stone|st)\b(?:\s(?:and\s)?(\d{1,2})\b)?")
CM_PER_INCH = 2.54
KG_PER_POUND = 0.45359237
"""The international inch and pound, by definition."""
_HEIGHTS = (100.0, 250.0)
_WEIGHTS = (25.0, 350.0)


def finances_value(words: str) -> Value | None:
    """What the money is (income, debt …) and how much; the unit is the currency as said, with the period."""
    group = group_value("finances", words)
    amount = _amount(words)
    if amount is None:
        return group
    number, currency, period = amount
    codes = group.codes if group else ("income",) if period in ("hour", "year") else ()
    if not codes:
        return None
    unit = "/".join(part for part in (currency, period if codes[0] == "income" else "") if part)
    return Value("finances", codes, number, number, unit)


def _amount(words: str) -> tuple[float, str, str] | None:
    """The one amount of money in ``words`` with its currency and period (either may be empty)."""
    text = respell(fold(words)).text
    money = _words()
    found = [
        one
        for one in money.amount.finditer(text)
        if (one["sign"] or one["word"] or one["times"] or "," in one["number"]) and one[0].strip() != "401k"
    ]
    if len(found) != 1:
        return None
    one = found[0]
    number = float(one["number"].replace(",", "") + (one["part"] or ""))
    number *= float(money.times.get(one["times"] or "", 1))
    currency = money.signs.get(one["sign"] or "") or money.currencies.get(one["word"] or "") or ""
    period = money.period.search(text, one.end())
    return (number, currency, money.periods[period[1]] if period else "") if number <= MOST_MONEY else None


def appearance_value(words: str) -> Value | None:
    """Height in cm, weight in kg, or what is told of a body."""
    text = respell(fold(words)).text
    height = _height(text)
    if height is not None:
        return _measured("height", height, _HEIGHTS, "cm")
    weight = _weight(text)
    if weight is not None:
        return _measured("weight", weight, _WEIGHTS, "kg")
    return group_value("appearance", words)


def _measured(code: str, number: float, bounds: tuple[float, float], unit: str) -> Value | None:
    number = round(number, 1)
    return Value("appearance", (code,), number, number, unit) if bounds[0] <= number <= bounds[1] else None


def _height(text: str) -> float | None:
    if found := _FEET.search(text):
        return (int(found[1]) * 12 + int(found[2] or 0)) * CM_PER_INCH
    if found := _CENTIMETRES.search(text):
        return float(found[1])
    if found := _METRES.search(text):
        return int(found[1]) * 100.0 + int(found[2] or found[3])
    if found := _BARE_HEIGHT.match(text):
        if found[1]:
            return (int(found[1]) * 12 + int(found[2])) * CM_PER_INCH
        return 100.0 + int(found[3]) if found[3] else 200.0 + int(found[4])
    return None


def _weight(text: str) -> float | None:
    if found := _POUNDS.search(text):
        return int(found[1]) * KG_PER_POUND
    if found := _KILOS.search(text):
        return float(found[1])
    if found := _STONE.search(text):
        return (int(found[1]) * 14 + int(found[2] or 0)) * KG_PER_POUND
    return None
