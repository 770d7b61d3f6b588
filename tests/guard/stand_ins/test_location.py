"""Stand-ins of places: of the same kind and country, in the user's notation, small and rare."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from random import Random

import pytest
from tests.guard.stand_ins.asking import first, offered

from discretion.guard.stand_ins._place_words import pieces
from discretion.guard.stand_ins._places import country_of, meant, town_named
from discretion.guard.stand_ins._seam import Asked
from discretion.guard.stand_ins.kinds.location import location
from discretion.knowledge import places_named
from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words
from discretion.records import Kind, Pair

TOWN = "[A-Z][a-z]{3,12}"
SHAPES = [
    ("Tulsa", TOWN, "a town"),
    ("tulsa", "[a-z]{4,13}", "small letters stay"),
    ("TULSA", "[A-Z]{4,13}", "capitals stay"),
    ("Tulsa, Oklahoma", rf"{TOWN}, [A-Z][A-Za-z ]+", "the region that the town lies in"),
    ("Tulsa, OK", rf"{TOWN}, [A-Z]{{2}}", "the code of that region"),
    ("Tulsa, Ok", rf"{TOWN}, [A-Z]{{2}}", "a code with one capital is a code"),
    ("tulsa ok", "[a-z]+ [a-z]{2}", "without a comma"),
    ("New York, NY", rf"{TOWN}, [A-Z]{{2}}", "a town that is called as its region"),
    ("Hell, Michigan", rf"{TOWN}, [A-Z][A-Za-z ]+", "an everyday word before a region is a name"),
    ("Oklahoma", r"[A-Z][A-Za-z ]+", "a region"),
    ("upstate new york", "upstate [a-z ]+", "the word that makes it a region stays"),
    ("Pawnee County", f"{TOWN} County", "the kind stays"),
    ("Oklahoma City", f"{TOWN} City", "the kind stays behind a listed name"),
    ("the bay area", "the [a-z]+ area", "an area is named by a town"),
    ("Broken Arrow", TOWN, "a name of two words is one name"),
    ("Bad Wilhelmshöhe", TOWN, "so is one that no table has"),
    ("the north side of Tulsa", f"the north side of {TOWN}", "small words stay"),
    ("The North Side Of Tulsa", f"The North Side Of {TOWN}", "in capitals that say nothing, too"),
    ("near the Walmart in Owasso", f"near the {TOWN} in {TOWN}", "a shop and a town"),
    ("elm street", "[a-z]+ street", "a street without a number"),
    ("Kimberly Avenue", f"{TOWN} Avenue", "a name before the word for a street"),
    ("rua das flores", "rua das [a-z]+", "the word for a street first"),
    ("friedrichsplatz", "[a-z]+platz", "and at the end of the word"),
    ("5th st", r"\d+(?:st|nd|rd|th) st", "a numbered street"),
    ("the Heights", r"the [A-Z][a-z]+", "a quarter that is called by a word"),
    ("st werburghs", "[a-z]+", "saint and name are one name"),
    ("Leeds, UK", f"{TOWN}, UK", "the country stays"),
    ("Oak Cliff", TOWN, "in capitals, too"),
    ("oak cliff", "[a-z]+", "everyday words in a row are a name"),
    ("century village", "[a-z]+ village", "with the kind behind it"),
]
KEPT = [
    ("Canada", "a country alone is kept"),
    ("England", "so is a British nation"),
    ("the midwest", "and what holds several regions"),
    ("downtown", "no place of its own"),
    ("behind the cathedral", "everyday words alone"),
    ("the east side", "a direction"),
    ("by the high school", "a thing that every town has"),
    ("Hostel Near The Zoo", "in capitals that say nothing"),
    ("", "nothing"),
    ("  ,,", "signs alone"),
]


@pytest.mark.parametrize(("words", "shape", "why"), SHAPES)
def test_pattern_stays(words: str, shape: str, why: str) -> None:
    assert re.fullmatch(shape, first(Kind.LOCATION, words)), why


@pytest.mark.parametrize(("words", "why"), KEPT)
def test_nothing_is_offered(words: str, why: str) -> None:
    assert offered(Kind.LOCATION, words) == [], why


@pytest.mark.parametrize(
    "words", ["Tulsa", "leeds", "Kimberly Avenue", "thrissur", "Halifax", "Pawnee County"]
)
def test_enough_candidates_and_none_twice(words: str) -> None:
    made = offered(Kind.LOCATION, words, count=400)
    assert len(made) == len(set(made)) >= 200


@pytest.mark.parametrize("words", ["Tulsa", "Leeds", "Perth", "Ennis", "Halifax", "Pune", "Recife", "Kassel"])
def test_a_town_is_small_rare_and_of_the_same_country(words: str) -> None:
    real = meant(words)
    for made in offered(Kind.LOCATION, words, count=60):
        town = town_named(made)
        place = meant(made)
        assert real
        assert town
        assert place
        assert made[0] != words[0]
        assert made.isascii()
        assert made.lower() not in given_names() | family_names() | ordinary_words()
        assert len(places_named(made)) == 1, made
        assert country_of(place.id) == country_of(real.id), made
        assert (place.people or 0) <= 60_000


def test_the_region_is_another_one_and_the_town_lies_in_it() -> None:
    for made in offered(Kind.LOCATION, "Tulsa, Oklahoma", count=50):
        town, region = made.split(", ")
        assert region != "Oklahoma"
        lies_in = town_named(town)
        assert lies_in
        assert places_named(region)[0].id == lies_in.region


CONSISTENT = [
    ((("Tulsa, Oklahoma", "Waukee, Iowa"),), "Tulsa", "Waukee", "the town alone"),
    ((("Tulsa, Oklahoma", "Waukee, Iowa"),), "Tulsa, OK", "Waukee, IA", "with the code"),
    ((("Tulsa, Oklahoma", "Waukee, Iowa"),), "Oklahoma", "Iowa", "the region alone"),
    ((("Tulsa", "Waukee"),), "Tulsa, Oklahoma", "Waukee, Iowa", "the region that the town lies in"),
    ((("Tulsa", "Waukee"),), "Oklahoma", "Iowa", "the region by the town"),
    ((("Tulsa", "Waukee"),), "the north side of tulsa", "the north side of waukee", "inside a phrase"),
    ((("Oakfield", "Lihue"),), "oakfield", "lihue", "a name that no table has once"),
]


@pytest.mark.parametrize(("known", "words", "wanted", "why"), CONSISTENT)
def test_earlier_pairs_hold(known: tuple[tuple[str, str], ...], words: str, wanted: str, why: str) -> None:
    assert first(Kind.LOCATION, words, known=known) == wanted, why


def test_two_towns_of_a_region_stay_in_one_region() -> None:
    made = town_named(first(Kind.LOCATION, "Owasso", known=(("Tulsa", "Waukee"),)))
    assert made
    assert made.region == "US.IA"


def test_a_region_behind_its_town_is_that_of_the_towns_stand_in() -> None:
    made = datetime(2026, 11, 25, tzinfo=UTC)
    known = (Pair("", Kind.LOCATION, "Paris", "Waukee", made),)
    asked = Asked(
        Kind.LOCATION,
        "Texas",
        Random(1),
        made.date(),
        before="born in Paris, ",
        after=", in 1990",
        known=known,
    )
    assert next(location(asked)) == "Iowa"
    alone = Asked(Kind.LOCATION, "Paris", Random(1), made.date(), after=", Texas, in 1990")
    town = town_named(next(location(alone)))
    assert town
    assert town.region.startswith("US."), "the words behind say which Paris"


def test_the_words_behind_say_which_is_meant() -> None:
    assert country_of_first("Paris, Texas") == "US"
    assert country_of_first("Paris") == "FR"


def country_of_first(words: str) -> str:
    return next(country_of(one.place.id) for one in pieces(words) if one.place)


def test_the_same_draw_gives_the_same() -> None:
    assert offered(Kind.LOCATION, "Tulsa", seed=7) == offered(Kind.LOCATION, "Tulsa", seed=7)
    assert offered(Kind.LOCATION, "Tulsa", seed=7) != offered(Kind.LOCATION, "Tulsa", seed=8)


@pytest.mark.parametrize(
    "words",
    [
        "a" * 5000,
        "Tulsa " * 2000,
        "İİİ",
        "St. St. St.",
        "\x00",
        "大阪市",
        "1",
        "of the in",
        "𝕋𝕦𝕝𝕤𝕒",
        "-" * 99,
    ],
)
def test_hostile_words_do_no_harm(words: str) -> None:
    assert len(offered(Kind.LOCATION, words, count=3)) <= 3
