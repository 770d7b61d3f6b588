"""What once made the number wrong: old ages, names of the world, continents, empty words, contradictions."""

from __future__ import annotations

from datetime import date

import pytest

from discretion.cli._estimate import show
from discretion.exposure._facts import SHAPES
from discretion.exposure.identifiability import StatedFact, estimate
from discretion.records import Estimate, Kind, Value

TODAY = date(2026, 11, 25)


def of(*facts: tuple[str, str]) -> Estimate:
    return estimate([StatedFact(kind, words) for kind, words in facts], today=TODAY)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ((("name", "Rajesh Kumar"),), "most bearers live where no table counts names"),
        ((("name", "Rajesh Kumar"), ("ethnicity", "Indian")), "an origin is no country of residence"),
        ((("name", "Wei Zhang"), ("age", "34")), "China has no table"),
        ((("name", "Mohammed Ali"),), "nor have most countries where this is common"),
        ((("name", "Zebulon Quackenbush"),), "rare in America says nothing of the world"),
        ((("name", "Rajesh Kumar"), ("location", "India")), "a country without a table"),
    ],
)
def test_a_full_name_needs_a_country_whose_names_are_counted(
    facts: tuple[tuple[str, str], ...], why: str
) -> None:
    found = of(*facts)
    assert found.status != "singled_out", why
    assert "no table counts" in (found.facts[0].not_checked or ""), why
    assert found.k is None or found.k > 1_000_000, why


def test_a_place_has_its_own_share_where_a_name_is_counted_with_it_only() -> None:
    found = of(("name", "John Smith"), ("location", "USA"))
    assert found.facts[1].share == pytest.approx(0.042, abs=0.005), "of the world, not of one name"
    assert not any(one.fact == "location" and one.say_instead is None for one in found.advice)


@pytest.mark.parametrize("kind", sorted(SHAPES))
@pytest.mark.parametrize("words", ["none", "n/a", "no", "unknown", "-", "null", "???", "see above"])
def test_words_without_the_form_of_their_kind_single_nobody_out(kind: Kind, words: str) -> None:
    found = of((kind, words), ("age", "34"), ("location", "Tulsa, Oklahoma"))
    assert found.status == "estimated"
    assert found.facts[0].not_checked


@pytest.mark.parametrize(
    ("words", "is_counted", "why"),
    [
        ("Asia", False, "a continent, no town in the Philippines"),
        ("Africa", False, "nor one in Tunisia"),
        ("southeast asia", False, "a region of the United Nations"),
        ("West Africa", False, "another"),
        ("Europe", False, "a continent"),
        ("the north", False, "of anywhere"),
        ("the west", False, "no region of Cameroon"),
        ("the west coast", False, "no region of New Zealand"),
        ("abroad", False, "anywhere else"),
        ("downtown", False, "in every town"),
        ("South Africa", True, "a country"),
        ("America", True, "what Americans call theirs"),
        ("Australia", True, "a country too"),
        ("the midwest", True, "a Census region with a table"),
        ("Central African Republic", True, "a country"),
        ("North Carolina", True, "a state"),
    ],
)
def test_wide_and_vague_places_are_no_towns(words: str, is_counted: bool, why: str) -> None:
    found = of(("location", words))
    assert (found.facts[0].not_checked == "this place is in no table") is not is_counted, why
    assert (found.k is not None) is is_counted, why
    assert found.k is None or found.k > 1_000_000, why


@pytest.mark.parametrize(
    ("facts", "says", "why"),
    [
        ((("age", "34"), ("age", "60")), "age", "nobody has two ages"),
        ((("age", "60"), ("age", "34")), "age", "whichever is first"),
        (
            (("location", "Ohio"), ("location", "London"), ("age", "34"), ("age", "9")),
            "age and location",
            "two",
        ),
        ((("age", "34"), ("age", "in my 30s")), None, "no contradiction"),
        ((("age", "34"), ("pet", "Rex")), None, "what has no table contradicts nothing"),
    ],
)
def test_a_contradiction_is_said_with_the_number(
    facts: tuple[tuple[str, str], ...], says: str | None, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = of(*facts)
    assert (found.reason or "").partition(":")[0] == (says or ""), why
    assert found.status == "estimated"
    show(found)
    printed = " ".join(capsys.readouterr().out.split())
    assert ("that was counted" in printed.partition(" fact value ")[0]) is (says is not None), why


@pytest.mark.parametrize(
    ("facts", "place", "why"),
    [
        ((("ethnicity", "Polish"), ("age", "34")), "India", "no Poles are counted there"),
        ((("ethnicity", "Polish"), ("occupation", "nurse")), "India", "beside a job"),
        ((("ethnicity", "Polish"), ("religion", "Baptist")), "Chad", "two tables missing"),
        ((("name", "John Smith"), ("location", "USA")), "Ohio", "no table is missing"),
        ((("name", "John Smith"), ("age", "34")), "France", "no names there, nor worldwide"),
        ((("ethnicity", "Black"), ("age", "34")), "Leeds", "nor races worldwide"),
        ((("health", "type 1 diabetes"), ("relationship", "divorced")), "Malta", "borrowed in both"),
    ],
)
def test_a_place_never_lets_more_people_fit(facts: tuple[tuple[str, str], ...], place: str, why: str) -> None:
    without, found = of(*facts), of(*facts, ("location", place))
    assert without.k is not None
    assert found.k is not None
    assert found.k <= without.k, why
    assert (found.k_low or 0) <= found.k <= (found.k_high or 0)


@pytest.mark.parametrize("age", range(151))
def test_every_age_is_answered(age: int) -> None:
    words = of(("age", str(age)))
    kept = estimate([StatedFact("age", "", Value("age", (), age, age, "years"))], today=TODAY)
    for found in (words, kept):
        assert found.k is None or 1 <= found.k < 150_000_000
        assert (found.facts[0].not_checked is None) == (found.k is not None)


@pytest.mark.parametrize(
    ("facts", "low", "high", "why"),
    [
        ((("relationship", "single mom"),), 6_500_000, 10_000_000, "B11003 of 2018: 7,778,779"),
        ((("relationship", "single dad"),), 2_200_000, 3_500_000, "B11003 of 2018: 2,740,506"),
        ((("relationship", "single mom"), ("relationship", "divorced")), 1_000_000, 4_000_000, "a part"),
        ((("education", "GED"),), 5_000_000, 30_000_000, "a part of those who finished high school"),
        ((("finances", "make 200k"),), 1_000_000, 13_000_000, "within the open last band"),
        ((("age", "mid 30s"),), 15_000_000, 30_000_000, "five years of ten"),
    ],
)
def test_what_is_a_part_of_a_group(facts: tuple[tuple[str, str], ...], low: int, high: int, why: str) -> None:
    found = of(*facts, ("location", "USA"))
    assert low <= (found.k or 0) <= high, why


def test_a_small_church_is_not_taken_for_all_protestants() -> None:
    assert of(("religion", "quaker"), ("location", "USA")).facts[0].not_checked


def test_a_place_that_contradicts_takes_no_part_in_the_number() -> None:
    told = (("location", "Paris"), ("age", "56"), ("religion", "Baptist"))
    without, found = of(*told), of(*told, ("location", "Lubbock, Texas"))
    assert (found.k, found.k_low, found.k_high) == (without.k, without.k_low, without.k_high)


@pytest.mark.parametrize("condition", ["deaf", "blind", "wheelchair user", "disabled"])
@pytest.mark.parametrize("age", [36, 54, 55, 60, 64, 65, 74])
def test_a_difficulty_is_had_at_every_age_of_its_band(condition: str, age: int) -> None:
    """The source's bands are 35 to 64 and 65 to 74; veterans have others, and once lent them theirs."""
    found = of(("location", "USA"), ("age", str(age)), ("health", condition))
    assert found.reason is None
    assert (found.k or 0) > 1_000
