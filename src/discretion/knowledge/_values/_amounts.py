"""Money and measures: what somebody earns or owes, how tall and heavy they are."""

from __future__ import annotations

import re

from discretion.knowledge._values._groups import group_value
from discretion.knowledge._values._keys import spelled
from discretion.records import Value
from discretion.text import fold, respell

_SIGNS = {"£": "GBP", "€": "EUR", "₹": "INR", "¥": "¥", "$": "$"}
_WORDS = {
    "usd": "USD", "gbp": "GBP", "eur": "EUR", "inr": "INR", "cad": "CAD", "aud": "AUD", "quid": "GBP", "euro": "EUR",
    "euros": "EUR", "rupees": "INR", "rupee": "INR", "dollars": "$", "dollar": "$", "bucks": "$", "naira": "NGN",
    "reais": "BRL", "zar": "ZAR", "php": "PHP", "ngn": "NGN",
}  # fmt: skip
_TIMES = {
    "k": 1e3, "grand": 1e3, "thousand": 1e3, "mil": 1e6, "m": 1e6, "million": 1e6, "lakh": 1e5, "lakhs": 1e5,
    "lac": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_PERIODS = {
    "hour": "hour", "hr": "hour", "hourly": "hour", "day": "day", "week": "week", "weekly": "week", "wk": "week",
    "month": "month", "monthly": "month", "mo": "month", "year": "year", "yr": "year", "yearly": "year",
    "annum": "year", "annually": "year", "pa": "year", "salary": "year",
}  # fmt: skip
_AMOUNT = re.compile(
    rf"(?P<sign>[$£€₹¥])?\s{{0,2}}(?<![\d.,\w])(?P<number>\d{{1,3}}(?:,\d{{2,3}}){{1,4}}|\d{{1,9}})(?P<part>\.\d{{1,2}})?"
    rf"\s{{0,2}}(?:(?P<times>{'|'.join(_TIMES)})\b)?\s{{0,2}}(?:(?P<word>{'|'.join(_WORDS)})\b)?(?![\d%(])"
)
_PERIOD = re.compile(rf"(?:\b(?:an?|per|each|every)\s{{1,2}}|/\s{{0,2}}|\b)({'|'.join(_PERIODS)})\b")
MOST_MONEY = 1e12

_FEET = re.compile(
    r"(?<![\d.])([3-8])\s{0,2}(?:'|(?:ft|foot|feet)(?![a-z]))\s{0,2}(?:(1[01]|\d)(?:\.\d)?(?!\d)\s{0,2}(?:\"|''|in\b|inch(?:es)?\b)?)?"
)
_CENTIMETRES = re.compile(r"(?<![\d.])(\d{3})(?:\.\d)?\s?(?:cms?|centimet\w+)\b")
_METRES = re.compile(r"(?<![\d.])([12])(?:[.,]\s?(\d\d)\s?m(?:et\w+)?\b|\s?m\s?(\d\d)\b)")
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
    found = [
        one for one in _AMOUNT.finditer(text) if one["sign"] or one["word"] or one["times"] or "," in one["number"]
    ]
    if len(found) != 1 or text[found[0].start() :].startswith("401k"):
        return None
    one = found[0]
    number = float(one["number"].replace(",", "") + (one["part"] or "")) * _TIMES.get(one["times"] or "", 1)
    currency = _SIGNS.get(one["sign"] or "") or _WORDS.get(one["word"] or "") or ""
    period = _PERIOD.search(text, one.end())
    return (number, currency, _PERIODS[period[1]] if period else "") if 0 <= number <= MOST_MONEY else None


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
    return None


def _weight(text: str) -> float | None:
    if found := _POUNDS.search(text):
        return int(found[1]) * KG_PER_POUND
    if found := _KILOS.search(text):
        return float(found[1])
    if found := _STONE.search(text):
        return (int(found[1]) * 14 + int(found[2] or 0)) * KG_PER_POUND
    return None
