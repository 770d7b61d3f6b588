"""Other ages for who wants theirs replaced: no output is on the other side of 18, whatever the notation."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guard.stand_ins.asking import TODAY

from discretion.guard.stand_ins._ages import age_stand_in, crosses_18
from discretion.guard.stand_ins._number_words import in_words, ordinal_sign
from discretion.knowledge import normalise
from discretion.records import Kind

SHAPES = [
    ("34", r"3[0-9]", "plain"),
    ("thirty-four", r"thirty(?:-[a-z]+)?", "in words"),
    ("thirty four", r"thirty(?: [a-z]+)?", "in words, apart"),
    ("Thirty-Four", r"Thirty(?:-[A-Z][a-z]+)?", "capitals"),
    ("34yo", r"3\dyo", "short"),
    ("34F", r"3\dF", "with the gender"),
    ("f34", r"f3\d", "the gender before"),
    ("34 years old", r"3\d years old", "long"),
    ("34-year-old", r"3\d-year-old", "as an adjective"),
    ("mid thirties", r"(?:early|late) thirties", "a part of a decade becomes another part"),
    ("late-40s", r"(?:early|mid)-40s", "the same in figures"),
    ("turned 40", r"turned 4\d", "a birthday"),
    ("40th", r"4\d(?:st|nd|rd|th)", "an ordinal"),
    ("34ish", r"3\dish", "loosely"),
    ("1991", r"(?:198[789]|199[0-6])", "a year of birth"),
    ("'91", r"'(?:8[789]|9[0-6])", "a short one"),
    ("born in 91", r"born in (?:8[789]|9[0-6])", "with its words"),
    ("104", r"10\d", "a high age"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "shape", "why"), SHAPES)
def test_notation_stays(words: str, shape: str, why: str) -> None:
    for seed in range(30):
        made = age_stand_in(words, TODAY, Random(seed))
        assert made
        assert re.fullmatch(shape, made), (made, why)
        assert made != words


LEFT = [
    ("17", "a minor's"),
    ("9", "a child's"),
    ("18", "18 to 20 stay"),
    ("20", "18 to 20 stay"),
    ("early 20s", "may be 20"),
    ("teens", "minors among them"),
    ("late teens", "minors among them"),
    ("thirties", "there is no other thirties"),
    ("under 30", "may be anything below"),
    ("9th grade", "a school year"),
    ("year 11", "a school year"),
    ("junior", "a school year"),
    ("sophomore", "a school year"),
    ("10th", "a school year or a child's birthday"),
    ("15 year old whisky", "a thing"),
    ("30 year old whisky", "a thing"),
    ("class of 2009", "a school year"),
    ("2008", "is 17 or 18 in 2026"),
    ("2005", "may be 20"),
    ("08", "a year of a young person"),
    ("21ish", "may be 19"),
    ("34, 35", "two numbers"),
    ("thirty-seventeen", "no number"),
    ("121", "nobody's"),
    ("21", "might be a year of birth, where nothing is known of what stands before"),
    ("0", "a newborn's"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("words", "why"), LEFT)
def test_left_as_it_is(words: str, why: str) -> None:
    assert age_stand_in(words, TODAY, Random(3)) is None, why


NOTATIONS: dict[str, Callable[[int], str]] = {
    "figures": str,
    "words": in_words,
    "words apart": lambda age: in_words(age, " "),
    "yo": lambda age: f"{age}yo",
    "F": lambda age: f"{age}F",
    "m before": lambda age: f"m{age}",
    "years old": lambda age: f"{age} years old",
    "turned": lambda age: f"turned {age}",
    "ordinal": lambda age: f"{age}{ordinal_sign(age)}",
    "ish": lambda age: f"{age}ish",
    "almost": lambda age: f"almost {age}",
    "about": lambda age: f"about {age}",
    "in may": lambda age: f"{age} in may",
    "year": lambda age: str(TODAY.year - age),
    "short year": lambda age: f"'{(TODAY.year - age) % 100:02d}",
    "decade": lambda age: f"mid {age // 10 * 10}s",
    "early decade": lambda age: f"early {age // 10 * 10}s",
}


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("age", range(121))
def test_no_age_crosses_18(age: int, notation: str) -> None:
    """By the reading of the facts, which is another than the one under test."""
    words = NOTATIONS[notation](age)
    for seed in range(6):
        made = age_stand_in(words, TODAY, Random(seed))
        assert made == age_stand_in(words, TODAY, Random(seed))
        if made is None:
            continue
        assert made != words
        assert notation_of(made) == notation_of(words)
        assert not crosses_18(Kind.AGE, words, made, TODAY)
        for text in (words, made):
            low = lowest(text, notation)
            assert low is not None
            assert low >= 18, (words, made)


def notation_of(text: str) -> str:
    """The figures as zeros and words run together as one, so that only the way of writing is left."""
    return re.sub(r"\d", "0", re.sub(r"[a-z]+(?:[- ][a-z]+)*", "a", text))


def lowest(text: str, notation: str) -> int | None:
    asked = f"born in {text}" if "year" in notation and notation != "years old" else text
    value = normalise(Kind.AGE, asked, reference=TODAY)
    return None if value is None or value.low is None else int(value.low)


@pytest.mark.parametrize(
    "today", [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29), date(2035, 6, 1), date(2049, 3, 3)]
)
def test_years_of_birth_on_other_days(today: date) -> None:
    for year in range(today.year - 121, today.year + 2):
        for words in (str(year), f"born in {year}", f"'{year % 100:02d}", f"{year % 100:02d}"):
            for seed in range(4):
                made = age_stand_in(words, today, Random(seed))
                assert made is None or not crosses_18(Kind.AGE, f"born in {words}", f"born in {made}", today)


def test_two_figures_after_born_in_are_a_year() -> None:
    years = {age_stand_in("91", TODAY, Random(seed), before="i was born in ") for seed in range(40)}
    assert years <= {f"{year}" for year in (87, 88, 89, 90, 92, 93, 94, 95, 96)}
    assert age_stand_in("05", TODAY, Random(1), before="born in ") is None


GRADES = [f"{n}{ordinal_sign(n)} grade{tail}" for n in range(1, 14) for tail in ("", "r")]
YEARS = [f"{kind} {n}" for kind in ("year", "grade", "class", "form") for n in range(1, 14)]


@pytest.mark.parametrize(
    "words", [*GRADES, *YEARS, "kindergarten", "freshman", "senior year", "high school", "sixth form"]
)
def test_school_years_are_left(words: str) -> None:
    assert age_stand_in(words, TODAY, Random(2)) is None


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789 -'thirtyfouerwninsad", max_size=14), st.integers(0, 50))
def test_anything_read_or_left(words: str, seed: int) -> None:
    made = age_stand_in(words, TODAY, Random(seed))
    assert made is None or (made != words and not crosses_18(Kind.AGE, words, made, TODAY))


CROSSING = [
    (Kind.AGE, "34", "17", True),
    (Kind.AGE, "17", "34", True),
    (Kind.AGE, "17", "16", False),
    (Kind.AGE, "34", "thirty-one", False),
    (Kind.AGE, "34", "old enough", True),
    (Kind.AGE, "15", "1991", True),
    (Kind.DATE_OF_BIRTH, "3/3/1991", "july 4 1991", False),
    (Kind.DATE_OF_BIRTH, "3/3/1991", "july 4 2010", True),
    (Kind.DATE_OF_BIRTH, "3/3/2012", "july 4 1991", True),
    (Kind.DATE_OF_BIRTH, "march 3", "july 4", False),
    (Kind.DATE_OF_BIRTH, "march 3", "july 4 2012", True),
    (Kind.NAME, "Jess", "Mara", False),
]


@pytest.mark.parametrize(("kind", "real", "stand_in", "crosses"), CROSSING)
def test_what_a_user_may_not_pin(kind: Kind, real: str, stand_in: str, crosses: bool) -> None:
    assert crosses_18(kind, real, stand_in, TODAY) is crosses


def test_what_stands_before_tells_an_age_from_a_year() -> None:
    assert {age_stand_in("21", TODAY, Random(seed), before="im ") for seed in range(60)} == {
        str(age) for age in range(22, 30)
    }
    assert age_stand_in("21", TODAY, Random(1), before="my niece was born in ") is None
