"""From the name of a place to its id, or to the name where it is nobody's alone."""

from __future__ import annotations

import pytest

from discretion.knowledge import normalise, place, places_named
from discretion.records import Kind, Value

ONE = [
    ("Tulsa, Oklahoma", "4553433", "with its state"),
    ("tulsa ok", "4553433", "with the state's letters, which are also a word"),
    ("Tulsa", "4553433", "the only one in the table"),
    ("ｔｕｌｓａ", "4553433", "full width"),
    ("t\u200bulsa", "4553433", "with an invisible character"),
    ("london", "2643743", "nine in ten who live in a London live in this one"),
    ("south london", "2643743", "a part of it"),
    ("London, Ontario", "6058560", "the other one, by its region"),
    ("paris texas", "4717560", "the other one, by its state"),
    ("Springfield, IL", "4250542", "one of many, by its state"),
    ("nyc", "5128581", "a short name"),
    ("harlem nyc", "5120034", "a district, by its city"),
    ("headingley, leeds", "2644688", "too small for the table: the city it lies in"),
    ("a small town in ohio", "US.OH", "too small for a name: the state it lies in"),
    ("south buffalo", "5110629", "an everyday word, and a city"),
    ("New York", "US.NY", "the city lies in the state: the wider place is certain"),
    ("texas", "US.TX", "a state"),
    ("tx", "US.TX", "letters that are nothing else"),
    ("uk", "GB", "a country"),
    ("mexico", "MX", "not the town in the Philippines"),
    ("the midwest", "area:midwest", "wider than a state"),
    ("long island", "area:long_island", "two counties, not an island named Long"),
    ("tulsa county", "fips:40143", "a county"),
    ("orange county, california", "fips:06059", "one of many, by its state"),
    ("kirklees", "ons:E08000034", "a British authority"),
    ("münchen", "2867714", "in its own language"),
    ("St. Louis", "4407066", "with a stop"),
    ("zip 02138", "zip:02138", "a ZIP code with its cue"),
    ("OK 74104", "zip:74104", "a ZIP code with its state"),
]
SEVERAL = [
    ("springfield", 12, "a dozen in the table"),
    ("georgia", 2, "a country and a state"),
    ("portland", 8, "Oregon's is not nine in ten"),
    ("Orange County", 8, "counties"),
]
NONE = [
    ("", "nothing"),
    ("nowhere", "no place"),
    ("near leeds", "outside it"),
    ("south america", "a continent, not a part of America"),
    ("little india", "a quarter, not a part of India"),
    ("the east side", "not the town Side"),
    ("ok", "a word"),
    ("or", "a word"),
    ("paris, london", "two cities"),
    ("02138", "five digits are a postal code in many countries"),
    ("ZZ 74104", "no state"),
    (",,,", "no name"),
    ("a " * 59, "many words"),
    ("," * 119, "many parts"),
]


@pytest.mark.parametrize(("words", "code", "reason"), ONE)
def test_one_place(words: str, code: str, reason: str) -> None:
    assert normalise(Kind.LOCATION, words) == Value("place", (code,)), reason


@pytest.mark.parametrize(("words", "number", "reason"), SEVERAL)
def test_a_name_of_several_places_stays_a_name(words: str, number: int, reason: str) -> None:
    value = normalise(Kind.LOCATION, words)
    assert value is not None
    assert value.system == "place_name", reason
    found = places_named(value.code)
    assert len(found) == number, reason
    assert found == places_named(words), "the code names the same places as the words"


@pytest.mark.parametrize(("words", "reason"), NONE)
def test_no_place(words: str, reason: str) -> None:
    assert normalise(Kind.LOCATION, words) is None, reason


def test_a_place_knows_what_it_lies_in_and_how_many_live_there() -> None:
    tulsa = place("4553433")
    assert tulsa is not None
    assert (tulsa.name, tulsa.within) == ("Tulsa", "US.OK")
    assert 300_000 < (tulsa.people or 0) < 500_000
    oklahoma, bavaria = place("US.OK"), place("DE.02")
    assert oklahoma is not None
    assert (oklahoma.within, oklahoma.people is None) == ("US", False)
    assert bavaria is not None
    assert bavaria.people is None, "no table counts it"
    assert place("no such id") is None
    assert place("") is None


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("St. Paul, Minnesota", "US.MN"),
        ("St Cloud, MN", "US.MN"),
        ("Ft. Worth, Texas", "US.TX"),
        ("Fort Worth, Texas", "US.TX"),
        ("Ft Lauderdale, Florida", "US.FL"),
        ("Mt. Vernon, NY", "US.NY"),
        ("St. Petersburg, Florida", "US.FL"),
    ],
)
def test_saints_forts_and_mounts_are_found_in_either_spelling(words: str, state: str) -> None:
    value = normalise(Kind.LOCATION, words)
    assert value is not None
    assert value.code.isdigit(), "the town, not its state"
    found = place(value.code)
    assert found is not None
    assert found.within == state
