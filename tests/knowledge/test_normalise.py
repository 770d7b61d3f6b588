"""From words to values: tables of what is known, and of what must stay unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.knowledge import normalise
from discretion.records import Kind, Value

DAY = date(2026, 3, 1)

AGES: list[tuple[str, float | None, float | None, str]] = [
    ("34", 34, 34, "a number"),
    ("34f", 34, 34, "with a letter for the gender"),
    ("f34", 34, 34, "the other way round"),
    ("34/f", 34, 34, "with a slash"),
    ("34 y/o", 34, 34, "with its unit"),
    ("thirty-four", 34, 34, "in words"),
    ("a hundred and five", 105, 105, "in many words"),
    ("turned the big four-oh", 40, 40, "an idiom"),
    ("the big 5-0", 50, 50, "an idiom with digits"),
    ("three score and ten", 70, 70, "a biblical one"),
    ("34 and a half", 34, 34, "whole years"),
    ("39 going on 40", 39, 39, "the first number is the age"),
    ("turning 40", 39, 39, "not yet"),
    ("just turned 40", 40, 40, "already"),
    ("55 next week", 54, 54, "not yet"),
    ("40th birthday", 39, 40, "before or after it"),
    ("16 in october", 15, 16, "before or after it"),
    ("not 16 yet", None, 15, "below"),
    ("in my 30s", 30, 39, "a decade"),
    ("mid thirties", 33, 37, "a part of the decade, with a year to spare at each end"),
    ("late forties", 46, 49, "up to the decade's end"),
    ("early twenties", 20, 24, "from its beginning"),
    ("35ish", 33, 37, "two years around"),
    ("around thirty", 28, 32, "in words"),
    ("thirty-something", 30, 39, "a decade by another name"),
    ("in my teens", 13, 19, "thirteen to nineteen"),
    ("over 50", 51, None, "open above"),
    ("under 30", None, 29, "open below"),
    ("33-34", 33, 34, "a range"),
    ("born in 91", 34, 35, "a year of birth leaves two ages"),
    ("'91", 34, 35, "a year by its apostrophe"),
    ("90s kid", 26, 36, "a decade of birth"),
    ("٣٤", 34, 34, "digits of another script"),
    ("３\u200b４", 34, 34, "full width, with an invisible character"),
    ("s1xteen", 16, 16, "a digit posing as a letter"),
]
NO_AGES = [
    ("34, 36", "two ages: whose is whose"),
    ("80s", "years of life or of the calendar"),
    ("pushing 40", "how far from it nobody knows"),
    ("pushing fifty", "on the way to it"),
    ("34kg", "a weight"),
    ("34 kids", "a count"),
    ("5'4", "a height"),
    ("200", "nobody is so old"),
    ("0", "no age"),
    ("1.34", "a decimal"),
    ("$34", "money"),
    ("9" * 100, "no number that anything is counted in"),
    ("old enough", "no number"),
]


@pytest.mark.parametrize(("words", "low", "high", "reason"), AGES)
def test_age(words: str, low: float | None, high: float | None, reason: str) -> None:
    value = normalise(Kind.AGE, words, reference=DAY)
    assert value == Value("age", (), low, high, "years"), reason


@pytest.mark.parametrize(("words", "reason"), NO_AGES)
def test_no_age(words: str, reason: str) -> None:
    assert normalise(Kind.AGE, words, reference=DAY) is None, reason


@pytest.mark.parametrize("words", ["born in 1991", "'91", "1991", "90s kid"])
def test_a_year_of_birth_without_the_day_it_was_told_on_is_no_age(words: str) -> None:
    assert normalise(Kind.AGE, words) is None


@pytest.mark.parametrize(
    ("words", "expected", "reason"),
    [
        ("9 may 1991", "1991-05-09", "a full date"),
        ("May 9th, 1991", "1991-05-09", "the American order, in words"),
        ("the ninth of may nineteen ninety one", "1991-05-09", "all in words"),
        ("13/04/91", "1991-04-13", "no month has the number 13"),
        ("12/25/1985", "1985-12-25", "no month has the number 25"),
        ("4/4/91", "1991-04-04", "both readings are one"),
        ("03/04/1991", "1991", "two readings: only the year is certain"),
        ("05/06", None, "two readings and nothing else"),
        ("the 5th of the 5th, 48", "1948-05-05", "said in numbers"),
        ("1991-05-09", "1991-05-09", "ISO 8601"),
        ("19910509", "1991-05-09", "without its dashes"),
        ("may 1991", "1991-05", "month and year"),
        ("9th of may", "--05-09", "no year"),
        ("born in may", "--05", "a month"),
        ("christmas eve 1988", "1988-12-24", "a feast on a fixed day"),
        ("easter", None, "a feast that moves"),
        ("7 july 05", "2005-07-07", "who was born in 1905 does not write"),
        ("7 july 22", "--07-07", "1922 or a child: the year is unknown"),
        ("29 feb 1991", None, "no such day"),
        ("31 april", None, "no such day"),
        ("9 may 2031", None, "not born yet"),
        ("99/99/9999", None, "no date"),
        ("³¹/²/⁹", None, "digits that are none"),
    ],
)
def test_date_of_birth(words: str, expected: str | None, reason: str) -> None:
    value = normalise(Kind.DATE_OF_BIRTH, words, reference=DAY)
    assert (value and value.codes) == (expected and (expected,)), reason


@pytest.mark.parametrize(
    ("words", "codes", "number", "reason"),
    [
        ("two kids", ("child",), 2, "relation and number"),
        ("my two little girls", ("child/daughter",), 2, "words between"),
        ("two sons and a daughter", ("child",), 3, "one relation: added up"),
        ("two kids, a boy and a girl", ("child",), 2, "told which, not told of more"),
        ("three children: a son and two daughters", ("child",), 3, "the same with two finer words"),
        ("wife and 2 daughters", ("partner/wife", "child/daughter"), None, "two relations: no common number"),
        ("twins", ("child",), 2, "a number by its name"),
        ("no kids", ("child",), 0, "none is a number"),
        ("only child", ("sibling",), 0, "no siblings"),
        ("my sister", ("sibling/sister",), None, "one of how many is not said"),
        ("a son", ("child/son",), None, "there may be more"),
        ("one son", ("child/son",), 1, "said"),
        ("my 9 year old girl", ("child/daughter",), None, "an age is no number of children"),
        ("mother-in-law", ("parent_in_law",), None, "not a mother"),
        ("ex husband", ("former_partner/spouse",), None, "not a husband"),
        ("99 kids", ("child",), None, "a joke is no number"),
        ("his dad left", None, None, "somebody else's father"),
        ("dentist", None, None, "no relation"),
    ],
)
def test_family(words: str, codes: tuple[str, ...] | None, number: float | None, reason: str) -> None:
    value = normalise(Kind.FAMILY, words)
    assert (value and value.codes) == codes, reason
    assert (value and value.number) == number, reason


@pytest.mark.parametrize(
    ("words", "codes", "low", "high", "reason"),
    [
        ("married 16 years", ("married",), 16, 16, "status and duration"),
        ("married 8 months", ("married",), 0.67, 0.67, "in years"),
        ("married since 2009", ("married",), 16, 17, "from the day it was said on"),
        ("twenty-seven years", (), 27, 27, "of what is not said"),
        ("divorced", ("divorced",), None, None, "no duration"),
        ("never married", ("never_married",), None, None, "a group of its own"),
        ("not married", ("not_married",), None, None, "divorced, widowed or never married"),
        ("engaged twice, married never", ("formerly_engaged",), None, None, "neither"),
        (
            "together fourteen years and married for nine",
            ("partnered", "married"),
            None,
            None,
            "two durations",
        ),
        ("on my own since the twins were six weeks", ("single",), None, None, "another's age"),
        ("married for 300 years", ("married",), None, None, "a joke"),
    ],
)
def test_relationship(
    words: str, codes: tuple[str, ...], low: float | None, high: float | None, reason: str
) -> None:
    value = normalise(Kind.RELATIONSHIP, words, reference=DAY)
    assert value is not None, reason
    assert (value.codes, value.low, value.high) == (codes, low, high), reason


@pytest.mark.parametrize(
    ("kind", "words", "number", "unit", "reason"),
    [
        ("appearance", "5'11", 180.3, "cm", "feet and inches"),
        ("appearance", "six foot two", 188.0, "cm", "in words"),
        ("appearance", "six four with a broken nose", 193.0, "cm", "without units"),
        ("appearance", "1m82", 182.0, "cm", "metres"),
        ("appearance", "15 stone", 95.3, "kg", "a weight"),
        ("appearance", "9'11", None, "", "nobody is so tall"),
        ("finances", "52k a year", 52000, "year", "no currency said"),
        ("finances", "$18 an hour", 18, "$/hour", "a dollar of which country is not said"),
        ("finances", "£30,000 salary", 30000, "GBP/year", "currency and period"),
        ("finances", "3 lakhs per annum", 300000, "year", "Indian numbers"),
        ("finances", "40k in debt", 40000, "", "a debt"),
        ("finances", "401k", None, "", "an account, no amount"),
    ],
)
def test_measures_and_money(kind: str, words: str, number: float | None, unit: str, reason: str) -> None:
    value = normalise(Kind(kind), words)
    assert (value and value.number) == number, reason
    assert (value.unit if value else "") == unit, reason


NEVER_VALUED = (
    Kind.SECRET,
    Kind.GOVERNMENT_ID,
    Kind.PAYMENT_CARD,
    Kind.BANK_ACCOUNT,
    Kind.ROUTINE,
    Kind.EVENT,
)


@pytest.mark.parametrize("kind", NEVER_VALUED)
def test_what_has_no_value(kind: Kind) -> None:
    assert normalise(kind, "4111 1111 1111 1111") is None


@pytest.mark.parametrize("kind", [Kind.NAME, Kind.WORKPLACE, Kind.PET, Kind.USERNAME])
def test_names_are_folded_text(kind: Kind) -> None:
    assert normalise(kind, "José’s  Ｄiner!") == Value("text", ("joses diner",))
    assert normalise(kind, "!!!") is None


@given(st.sampled_from(list(Kind)), st.text(max_size=150), st.none() | st.dates())
def test_no_text_breaks_it(kind: Kind, words: str, day: date | None) -> None:
    value = normalise(kind, words, reference=day)
    if value is not None:
        assert value.low is None or value.high is None or value.low <= value.high
        assert value.codes or value.low is not None or value.high is not None


PARTS = [
    *(
        "34",
        "9",
        "0",
        "5",
        "/",
        "-",
        "'",
        ", ",
        "$",
        "k",
        " a year",
        "ft",
        " years",
        "ok",
        "in ",
        "tulsa",
        "nurse",
    ),
    *(
        " of the ",
        "may",
        "born in ",
        "two",
        " kids",
        "married ",
        "not ",
        "ex ",
        "\u200b",
        "\u202e",
        "é",
        "\ud800",
    ),
]


@given(st.sampled_from(list(Kind)), st.lists(st.sampled_from(PARTS), max_size=20).map("".join))
def test_no_mixture_of_likely_parts_breaks_it(kind: Kind, words: str) -> None:
    value = normalise(kind, words, reference=DAY)
    assert value is None or value == normalise(kind, words, reference=DAY)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_long_span_is_no_fact(kind: Kind) -> None:
    assert normalise(kind, "34 " * 100_000) is None
    assert normalise(kind, "") is None
