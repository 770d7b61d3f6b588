"""Stand-ins of birth dates: the same notation, another day and month, the same age on this day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guard.stand_ins.asking import TODAY, first, offered

from discretion.guard.stand_ins._ages import crosses_18
from discretion.guard.stand_ins._birth_dates import ages_told
from discretion.records import Kind

MONTH = r"(?:[JFMASOND][a-z]+|[jfmasond][a-zä]+)"
SHAPES = [
    ("march 3 1991", "US", rf"{MONTH} \d\d? 1991", "plain"),
    ("March 3rd, 1991", "US", rf"{MONTH} \d\d?(?:st|nd|rd|th), 1991", "ordinal and comma"),
    ("3rd of March '91", "GB", rf"\d\d?(?:st|nd|rd|th) of {MONTH} '91", "short year"),
    ("mar 91", "US", r"[a-z]{3} 9[01]", "no day"),
    ("MARCH 3 1991", "US", r"[A-Z]+ \d\d? 1991", "capitals"),
    ("3/3/91", "US", r"\d\d?/\d\d/91", "figures, the day known by its size"),
    ("3/3/91", "GB", r"\d\d/\d\d?/91", "the same, day first"),
    ("03.03.1991", "DE", r"\d\d\.0[1-9]\.1991|\d\d\.1[01]\.1991", "figures with a zero"),
    ("1991-03-03", "US", r"1991-\d\d-\d\d", "ISO 8601"),
    ("19910303", "US", r"1991\d{4}", "run together"),
    ("030391", "US", r"\d{4}91", "run together, short"),
    ("12 25 1988", "US", r"11 \d\d 1988", "blanks; after today only late November is of the same age"),
    ("third of march nineteen ninety-one", "US", r"[a-z-]+ of [a-z]+ nineteen ninety-one", "all in words"),
    ("twenty-first of June", "US", rf"[a-z-]+ of {MONTH}", "no year"),
    ("march 3rd", "US", r"[a-z]+ \d\d?(?:st|nd|rd|th)", "no year, figures"),
    ("3/14", "US", r"\d\d?/\d\d", "no year, all figures"),
    ("the 3rd of the 9th", "GB", r"the \d\d?[a-z]{2} of the \d\d?[a-z]{2}", "two ordinals"),
    ("halloween", "US", r"november \d\d?[a-z]{2}", "a feast"),
    ("Halloween", "GB", r"\d\d?[a-z]{2} November", "a feast, where the day comes first"),
    ("christmas day 1984", "US", r"[a-z]+ \d\d?[a-z]{2} 198[45]", "a feast with its year"),
    ("easter", "US", r"(?:october|november|december) \d\d?[a-z]{2}", "a feast that moves"),
    ("3. märz 1991", "DE", r"\d\d?\. [a-zä]+ 1991", "German"),
    ("3 de março de 1991", "BR", r"\d\d? de [a-zç]+ de 1991", "Portuguese"),
    ("29/02/1992", "GB", r"\d\d/\d\d/1992", "a leap day"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "locale", "shape", "why"), SHAPES)
def test_shape_stays(words: str, locale: str, shape: str, why: str) -> None:
    for made in offered(Kind.DATE_OF_BIRTH, words, locale=locale, count=4):
        assert re.fullmatch(shape, made), (made, why)
        assert made.lower() != words.lower()
        assert not crosses_18(Kind.DATE_OF_BIRTH, words, made, TODAY)


def test_what_cannot_be_read_is_offered_nothing() -> None:
    for words in (
        "the day the wall came down",
        "two thousand and four",
        "soon",
        "31/31/1991",
        "30 february 1990",
        "",
    ):
        assert offered(Kind.DATE_OF_BIRTH, words) == []


TODAYS = [
    TODAY,
    date(2028, 2, 29),
    date(2027, 2, 28),
    date(2027, 3, 1),
    date(2027, 1, 1),
    date(2026, 12, 31),
    date(2030, 6, 15),
]
WRITERS: dict[str, Callable[[date], str]] = {
    "iso": lambda d: d.isoformat(),
    "us": lambda d: f"{d.month}/{d.day}/{d.year}",
    "named": lambda d: f"{d:%B} {d.day}, {d.year}",
}


def age_on(today: date, born: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


@pytest.mark.parametrize(
    ("today", "writer"), [*((day, "us") for day in TODAYS), (TODAY, "iso"), (TODAY, "named")]
)
def test_birth_dates_of_110_years_keep_their_age(today: date, writer: str) -> None:
    """A day in thirteen months, and each of the days around the birthdays that count."""
    days = [today - timedelta(days=count) for count in range(3, 110 * 365, 401)]
    for years in (1, 12, 17, 18, 19, 21, 60):
        around = date(today.year - years, today.month, min(today.day, 28))
        days += [around + timedelta(days=shift) for shift in range(-5, 6)]
    days += [date(year, 2, 29) for year in range(1924, 2026, 8)]
    for day in (day for day in days if day <= today):
        check(day, today, writer)


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)])
@pytest.mark.parametrize("years", [17, 18, 36])
def test_every_day_of_a_year_keeps_its_age(today: date, years: int) -> None:
    """The rule knows of a year only its age and its leap day: a minor's, the one that decides, an adult's."""
    first = date(today.year - years, 1, 1)
    for count in range(365):
        check(first + timedelta(days=count), today, "iso")


def check(day: date, today: date, writer: str) -> None:
    words = WRITERS[writer](day)
    for made in offered(Kind.DATE_OF_BIRTH, words, today=today, seed=day.toordinal(), count=2):
        born = read_back(writer, made)
        assert born != day
        assert age_on(today, born) == age_on(today, day), (words, made)
        if age_on(today, day) < 18:
            assert born > day, "of age no sooner than the person"
        else:
            assert born.month != day.month


def read_back(writer: str, made: str) -> date:
    """Another reading of the notation than the one under test."""
    if writer == "iso":
        return date.fromisoformat(made)
    if writer == "us":
        month, day, year = map(int, made.split("/"))
        return date(year, month, day)
    names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    name, day_, year_ = made.replace(",", "").split()
    return date(int(year_), names.index(name) + 1, int(day_))


@pytest.mark.parametrize("today", TODAYS)
def test_without_a_year_it_stays_on_its_side_of_today(today: date) -> None:
    """So that whatever year was told elsewhere, the age is the same."""
    for count in range(366):
        day = date(2028, 1, 1) + timedelta(days=count)
        for made in offered(Kind.DATE_OF_BIRTH, f"{day:%m/%d}", today=today, count=2):
            month, number = map(int, made.split("/"))
            sides = [pair <= (today.month, today.day) for pair in ((month, number), (day.month, day.day))]
            assert sides[0] is sides[1], (day, made)


def test_an_order_that_decides_about_18_is_left() -> None:
    """12/3/2008 is 17 or 18 on this day, by the order of its figures."""
    assert {17, 18} == set(ages_told("12/3/2008", TODAY))
    assert offered(Kind.DATE_OF_BIRTH, "12/3/2008") == []


def test_a_minor_of_whom_no_later_date_is_as_old() -> None:
    assert offered(Kind.DATE_OF_BIRTH, "11/25/2009") == []
    assert offered(Kind.DATE_OF_BIRTH, "11/25/2008")


NOTATIONS = [
    ("march 3 1991", "july 19 1991", "3/3/91", "7/19/91"),
    ("march 3 1991", "july 19 1991", "March 3rd", "July 19th"),
    ("3/3/91", "7/19/91", "1991-03-03", "1991-07-19"),
    ("march 3rd", "july 19th", "03/03/1991", "07/19/1991"),
]


@pytest.mark.parametrize(("real", "stand_in", "words", "wanted"), NOTATIONS)
def test_another_notation_of_a_known_date(real: str, stand_in: str, words: str, wanted: str) -> None:
    assert first(Kind.DATE_OF_BIRTH, words, known=((real, stand_in),)) == wanted


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789/.-' marchjunefiybdto", max_size=24), st.sampled_from(TODAYS))
def test_nothing_crosses_18(words: str, today: date) -> None:
    for made in offered(Kind.DATE_OF_BIRTH, words, today=today, count=3):
        assert made != words
        assert {age < 18 for age in ages_told(made, today)} <= {age < 18 for age in ages_told(words, today)}
        assert offered(Kind.DATE_OF_BIRTH, words, today=today, count=1) == offered(
            Kind.DATE_OF_BIRTH, words, today=today, count=1
        )


HOSTILE = [
    "\x00",
    "0/0/0",
    "9" * 3000,
    "march " * 400,
    "1991 march 1991",
    "'",
    "the 3rd of the 40th",
    "ß march 3",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_no_harm(words: str) -> None:
    assert words not in offered(Kind.DATE_OF_BIRTH, words)
