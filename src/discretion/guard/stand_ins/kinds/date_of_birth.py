"""Stand-ins for dates of birth: another day and month, on this day the same age in years.

The year stays where the same side of today has another month, so that a year said elsewhere agrees; else the
date lies in the year beside. Somebody under 18 only gets a later date, so that the stand-in is of age
no sooner than the person. A date whose readings lie on both sides of 18 is offered none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from discretion.guard.stand_ins._ages import ADULT
from discretion.guard.stand_ins._birth_dates import Feast, ages_of, read
from discretion.guard.stand_ins._date_notation import Told, Written
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.records import Kind

_LEAP = 2000
_UNTOLD_FROM = 10
"""A feast that moves, without a year, becomes a day from this month on: nobody is of age sooner by it."""


@offers(Kind.DATE_OF_BIRTH)
def date_of_birth(asked: Asked) -> Iterator[str]:
    """Dates in the user's notation; none where what is told cannot be read."""
    written = read(asked.words, asked.locale, asked.today)
    if written is None or _is_on_both_sides(written, asked.today):
        return
    yield from _known(written, asked)
    dates = [*_dates(written, asked.today)]
    asked.random.shuffle(dates)
    dates.sort(key=lambda told: _rank(told, written))
    for told in dates:
        made = written.put(told)
        if _says(made, told, written, asked):
            yield made


def _is_on_both_sides(written: Written, today: date) -> bool:
    """Whether somebody may be under 18 and may be of age, by the order or the day that is not told."""
    year = written.told[0]
    ages = {age for told in written.readings if told[0] == year for age in ages_of(told, today)}
    return bool(ages) and min(ages) < ADULT <= max(ages)


def _known(written: Written, asked: Asked) -> Iterator[str]:
    """The stand-in that the same date in another notation has."""
    for pair in asked.known:
        real = read(pair.real, asked.locale, asked.today)
        stand_in = read(pair.stand_in, asked.locale, asked.today)
        if not pair.is_active or real is None or stand_in is None or real.told[1:] != written.told[1:]:
            continue
        if None not in (real.told[0], written.told[0]) and real.told[0] != written.told[0]:
            continue
        year = written.told[0] if stand_in.told[0] is None or real.told[0] is None else stand_in.told[0]
        told: Told = (year if written.told[0] is not None else None, *stand_in.told[1:])
        if ages_of(told, asked.today) == ages_of(written.told, asked.today):
            yield written.put(told)


def _dates(written: Written, today: date) -> Iterator[Told]:
    year, month, day = written.told
    if month is None:
        yield from _any_day(written, today)
    elif day is None:
        if year is not None:
            yield from _months(written, year, month, today)
    elif year is None:
        is_passed = (month, day) <= (today.month, today.day)
        for other in _days(_LEAP):
            if ((other.month, other.day) <= (today.month, today.day)) is is_passed and other.day != day:
                yield None, other.month, other.day
    else:
        yield from _whole(written, year, month, day, today)


def _days(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    for count in range(366):
        day = first + timedelta(days=count)
        if day.year == year and (day.month, day.day) != (2, 29):
            yield day


def _whole(written: Written, year: int, month: int, day: int, today: date) -> Iterator[Told]:
    """Dates of the same age, of the same year and of those beside it."""
    age = ages_of(written.told, today)[0]
    same_year = [told for told in written.readings if told[0] == year]
    latest = max(date(year, told[1] or 1, told[2] or 1) for told in same_year)
    for other in _born(age, today):
        told: Told = (other.year, other.month, other.day)
        is_other = other.month != month and (other.month, other.day) != (day, month)
        if (is_other if age >= ADULT else other > latest) and other.day != day:
            yield told


def _born(age: int, today: date) -> Iterator[date]:
    """The days on which somebody was born who is of this ``age`` today; no leap day."""
    last = date(today.year - age, 12, 31)
    for count in range(731):
        day = last - timedelta(days=count)
        if (
            day <= today
            and (day.month, day.day) != (2, 29)
            and ages_of((day.year, day.month, day.day), today) == (age,)
        ):
            yield day


def _months(written: Written, year: int, month: int, today: date) -> Iterator[Told]:
    ages = ages_of(written.told, today)
    for other in [(near, m) for near in (year - 1, year, year + 1) for m in range(1, 13)]:
        told: Told = (*other, None)
        is_allowed = other[1] != month and (min(ages) >= ADULT or other > (year, month))
        is_allowed = is_allowed and other[1] != today.month and other <= (today.year, today.month)
        if is_allowed and ages_of(told, today)[0] in ages:
            yield told


def _any_day(written: Written, today: date) -> Iterator[Told]:
    """For a feast that moves: some day of its year; late ones, where an age is not known to be an adult's."""
    year = written.told[0]
    for other in _days(year or _LEAP):
        told: Told = (year, other.month, other.day)
        is_adult = min(ages_of((year, None, None), today), default=0) >= ADULT
        if (year is None or other <= today) and (other.month >= _UNTOLD_FROM or is_adult):
            yield told


def _rank(told: Told, written: Written) -> tuple[bool, ...]:
    """Best first: the same year, another month, a day that is no month, late enough."""
    year, month, day = told
    real = written.told
    is_clear = not written.is_in_figures or (day or 13) > 12
    is_later = year is not None or real[1] is None or (month, day) > (real[1], real[2])
    return not is_clear, month == real[1], year != real[0], not is_later


def _says(made: str, told: Told, written: Written, asked: Asked) -> bool:
    """Whether what was written reads as what was meant, and not as the user's own."""
    if isinstance(written, Feast):
        again = read(made, asked.locale, asked.today)
        return again is not None and again.told == told
    again = read(made, asked.locale, asked.today)
    if again is None or again.told[1:] != told[1:] or made.lower() == written.words.lower():
        return False
    mine = {ages_of(one, asked.today) for one in written.readings}
    return {ages_of(one, asked.today) for one in again.readings} <= mine
