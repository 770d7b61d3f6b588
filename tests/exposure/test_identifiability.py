"""How many people fit: against published totals, joint facts, contradictions, and what names one person."""

from __future__ import annotations

from datetime import date
from math import log2

import pytest

from discretion.exposure.identifiability import StatedFact, estimate, not_estimated
from discretion.exposure.variables.persons import born_in
from discretion.records import Estimate, Value

TODAY = date(2026, 11, 25)


def of(*facts: tuple[str, str]) -> Estimate:
    return estimate([StatedFact(kind, words) for kind, words in facts], today=TODAY)


@pytest.mark.parametrize(
    ("facts", "published", "why"),
    [
        ((("location", "USA"),), 340_000_000, "the whole of a country"),
        ((("location", "Texas"),), 30_000_000, "a state"),
        ((("location", "Tulsa, Oklahoma"),), 413_000, "a town"),
        ((("location", "Leeds"),), 812_000, "a British authority, Census 2021"),
        ((("location", "the Midwest"),), 69_000_000, "a Census region, sum of its states"),
        ((("location", "USA"), ("occupation", "registered nurse")), 3_100_000, "ACS 2018: all nurses"),
        ((("location", "USA"), ("occupation", "chief executive")), 1_236_000, "B24114, first row"),
        ((("location", "USA"), ("gender", "male"), ("occupation", "veteran")), 16_300_000, "B21001, men"),
        ((("location", "USA"), ("relationship", "widowed")), 15_000_000, "B12002"),
        ((("location", "Scotland"), ("religion", "Catholic")), 723_000, "Scotland's Census 2022"),
        ((("location", "India"), ("religion", "Hindu")), 1_120_000_000, "Pew: 79.5%"),
        ((("religion", "Muslim"),), 1_900_000_000, "Pew: 23.2% of all people in 2010"),
        ((("location", "London"), ("religion", "Muslim")), 1_319_000, "Census 2021, 15.0% of London"),
        ((("location", "USA"), ("health", "type 1 diabetes")), 1_800_000, "CDC for 2021, as quoted"),
        ((("name", "Michael"), ("location", "USA")), 3_480_000, "Census 2020 first names"),
    ],
)
def test_single_tables_give_their_own_totals(
    facts: tuple[tuple[str, str], ...], published: int, why: str
) -> None:
    found = of(*facts)
    assert found.k is not None
    assert published / 1.35 < found.k < published * 1.35, why
    assert found.k_low is not None
    assert found.k_high is not None
    assert found.k_low <= published <= found.k_high, why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ((("family", "my husband"),), (("relationship", "married"), ("family", "my husband")), "one fact"),
        ((("age", "34"),), (("age", "34"), ("age", "in my 30s")), "the narrower age counts"),
        ((("location", "Tulsa, Oklahoma"),), (("location", "USA"), ("location", "Tulsa, Oklahoma")), "in"),
        ((("religion", "Catholic"), ("location", "Ohio")),
         (("religion", "Catholic"), ("location", "Ohio"), ("location", "the Midwest")), "nested wider"),
    ],
)  # fmt: skip
def test_facts_on_one_thing_count_once(
    one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...], why: str
) -> None:
    assert of(*one).k == of(*other).k, why


@pytest.mark.parametrize(
    ("more", "says", "why"),
    [
        (("age", "52"), "contradicts", "nobody has two ages"),
        (("age", "34"), "twice", "a fact repeated adds nothing"),
        (("location", "London"), "contradicts", "nobody lives in both"),
        (("relationship", "never married"), "contradicts", "beside a husband"),
        (("date_of_birth", "1 May 1950"), "contradicts", "not born then and 34"),
        (("pet", "Rex"), "no table", "pets are in no table"),
        (("health", "prediabetes"), "no table", "the survey asks for diabetes only"),
        (("age", "70s"), "contradicts", "a decade said as an age is one"),
        (("location", "Xyzzyville"), "no table", "no such town"),
        (("colour", "blue"), "not known", "no such kind"),
        (("age", "-5"), "negative", "a minus is no dash"),
        (("age", "\N{PILE OF POO}"), "no value", "an emoji is no age"),
        (("gender", "intersex"), "no table", "nobody counts it in the tables opened"),
        (("occupation", ""), "empty", "nothing said"),
    ],
)
def test_what_cannot_be_counted_is_named_and_changes_nothing(
    more: tuple[str, str], says: str, why: str
) -> None:
    base = (("age", "34"), ("location", "Tulsa, Oklahoma"), ("family", "my husband"))
    found = of(*base, more)
    assert says in (found.facts[-1].not_checked or ""), why
    assert (found.facts[-1].share, found.facts[-1].bits, found.facts[-1].source) == (None, None, None)
    assert found.k == of(*base).k


@pytest.mark.parametrize(
    ("kind", "words", "why"),
    [
        ("email", "jess@mail.example", "an address is one person's"),
        ("phone", "555 0142", "a number too"),
        ("street_address", "22 Oakfield Road, Tulsa, OK 74104", "a house"),
        ("government_id", "078-05-1120", "a number of one person"),
        ("payment_card", "4111 1111 1111 1111", "a card"),
        ("username", "@jessk", "a handle"),
        ("username", "nora.k-77", "without its sign"),
        ("phone", "+44 (0)113 496 0123 ext. 5", "a foreign number"),
        ("phone", "(918) 555-0142", "brackets"),
        ("bank_account", "GB33BUKB20201555555555", "an account"),
        ("crypto_wallet", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "a wallet"),
        ("ip_address", "203.0.113.9", "four numbers"),
        ("ip_address", "2001:db8::7", "the longer form"),
        ("coordinates", "36.1540, -95.9928", "a point"),
        ("vehicle_plate", "AB12 CDE", "a plate"),
        ("name", "Zebulon Quackenbush", "so rare that nobody else bears it"),
    ],
)
def test_a_direct_identifier_ends_the_estimate(kind: str, words: str, why: str) -> None:
    found = of((kind, words), ("age", "34"), ("location", "Tulsa, Oklahoma"))
    assert (found.status, found.k) == ("singled_out", 1), why
    assert kind in (found.reason or "")
    assert found.advice[0].k_after > 1


@pytest.mark.parametrize(
    ("more", "k_at_least", "why"),
    [
        ((("occupation", "student"), ("education", "undergraduate")), 50_000, "both say student"),
        ((("occupation", "doctor"),), 40_000, "an everyday word for a physician"),
        ((("name", "Smith"),), 100_000, "a family name alone"),
        ((("religion", "Baptist"),), 1_000_000, "a denomination among the Protestants"),
        ((("health", "pregnant"),), 100_000, "a year's births, three quarters of a year"),
    ],
)
def test_everyday_words_find_their_table(
    more: tuple[tuple[str, str], ...], k_at_least: int, why: str
) -> None:
    found = of(("location", "Texas"), *more)
    assert not any(fact.not_checked for fact in found.facts), why
    assert k_at_least < (found.k or 0) < 10_000_000, why


def test_a_common_full_name_and_a_zip_code_do_not_single_out() -> None:
    assert of(("name", "John Smith"), ("location", "USA")).status == "estimated"
    assert of(("street_address", "Tulsa, OK 74104")).status == "estimated"
    assert of(("name", "Maria")).status == "not_checked"


def test_shares_are_given_the_others_and_bits_are_of_the_world() -> None:
    found = of(("age", "34"), ("gender", "woman"), ("location", "Tulsa, Oklahoma"), ("occupation", "nurse"))
    without = of(("age", "34"), ("gender", "woman"), ("location", "Tulsa, Oklahoma"))
    assert found.k is not None
    assert without.k is not None
    assert found.facts[3].share == pytest.approx(found.k / without.k, rel=0.02)
    assert found.facts[1].share == pytest.approx(0.87, abs=0.05), "nurses are mostly women: given the others"
    assert found.bits == pytest.approx(log2(8_183_098_642 / found.k), abs=0.01)
    assert (found.population.id, found.population.as_of) == ("US", 2025)


def test_harmless_facts_add_up_to_one_person() -> None:
    told = [
        ("location", "Oklahoma"), ("gender", "woman"), ("age", "34"), ("occupation", "nurse"),
        ("relationship", "divorced"), ("family", "two kids"), ("location", "Tulsa, Oklahoma"),
        ("ethnicity", "Black"), ("religion", "Catholic"), ("date_of_birth", "9 May 1992"),
    ]  # fmt: skip
    steps = [of(*told[:upto]).k or 0 for upto in range(1, len(told) + 1)]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] > 3_000_000
    assert steps[-1] == 1


def test_advice_is_coarser_and_best_first() -> None:
    found = of(("age", "34"), ("location", "Tulsa, Oklahoma"), ("occupation", "registered nurse"))
    said = {(one.fact, one.say_instead) for one in found.advice}
    assert {("location", "Oklahoma"), ("location", "the United States"), ("age", "in my 30s")} <= said
    assert ("age", None) in said
    after = [one.k_after for one in found.advice]
    assert after == sorted(after, reverse=True)
    assert min(after) > (found.k or 0)


def test_a_table_that_is_missing_widens_the_interval() -> None:
    def width(place: str) -> float:
        found = of(("location", place), ("occupation", "nurse"))
        assert found.k_low
        assert found.k_high
        return found.k_high / found.k_low

    assert width("USA") < width("Canada") < width("India")


def test_values_kept_without_words_are_counted_the_same() -> None:
    kept = estimate([StatedFact("age", "", Value("age", (), 34, 34, "years"))], today=TODAY)
    assert kept.k == of(("age", "34")).k


def test_nothing_kept_is_said() -> None:
    found = not_estimated("values not kept", [StatedFact("age", "x")])
    assert (found.status, found.reason, found.k) == ("not_checked", "values not kept", None)


@pytest.mark.parametrize(
    ("code", "ages", "total", "why"),
    [
        ("1990-05-09", {36}, 1 / 365.2425, "had the birthday"),
        ("1990-12-09", {35}, 1 / 365.2425, "not yet"),
        ("1990", {35, 36}, 1.0, "either age"),
        ("--05-09", set(range(101)), 101 / 365.2425, "a birthday of any age"),
        ("2030-01-01", set(), 0.0, "not born yet"),
    ],
)
def test_dates_of_birth(code: str, ages: set[int], total: float, why: str) -> None:
    found = born_in(code, TODAY)
    assert {age for age, share in enumerate(found) if share > 0} == ages, why
    assert found.sum() == pytest.approx(total), why


def test_values_hide_when_printed() -> None:
    marker = "Wintergreen"
    found = of(("name", marker), ("location", "Tulsa, Oklahoma"))
    assert marker not in repr(found)
    assert "Tulsa" not in repr(found)
    assert marker not in repr(StatedFact("name", marker))
