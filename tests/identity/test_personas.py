"""Personas: what they are made of, that nothing overlaps, changing them, and keeping them."""

from __future__ import annotations

import multiprocessing
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields as fields_of
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.identity.conftest import FACTS

from discretion.identity import (
    GENDERS,
    IdentityError,
    NoSuchPersona,
    NothingLeft,
    Overlap,
    PersonaExists,
    ValueNotValid,
    change,
    new_persona,
    persona_named,
    personas,
    remove_persona,
    set_platform,
    settable,
)
from discretion.identity._cities import towns
from discretion.identity._data import table
from discretion.identity._draw import Wish, answer_bits, draw
from discretion.identity._names import TOGETHER, answer_names, everybody, family_names, given_names
from discretion.identity._overlap import Taken
from discretion.identity._persona import ADULT, OLDEST, Persona
from discretion.identity._words import words_of
from discretion.knowledge import place
from discretion.knowledge.population import read
from discretion.records import DiscretionError, Kind
from discretion.vault import Asker, OwnFact, Vault, add_facts, check_trail

TODAY = date(2026, 11, 25)
NAMES = st.sampled_from(
    [
        "Ashwin",
        "Ash",
        "Maria",
        "Jean-Luc",
        "José",
        "Kathleen",
        "Wu",
        "Smith",
        "Olsen",
        "Tavarez",
        "Nguyen",
        "Grace",
        "Jordan",
        "Lee",
        "Casey",
        "Danvers",
    ]
)
OWN_FACTS = st.lists(
    st.one_of(
        st.builds(lambda a, b: OwnFact(Kind.NAME, f"{a} {b}", (a,)), NAMES, NAMES),
        st.builds(lambda year: OwnFact(Kind.DATE_OF_BIRTH, f"9 May {year}"), st.integers(1950, 2004)),
        st.builds(lambda age: OwnFact(Kind.AGE, str(age)), st.integers(19, 75)),
        st.sampled_from(
            [
                OwnFact(Kind.LOCATION, "Tulsa, Oklahoma"),
                OwnFact(Kind.LOCATION, "Leeds, England"),
                OwnFact(Kind.STREET_ADDRESS, "5 Rosewood Lane, Austin, Texas"),
                OwnFact(Kind.LOCATION, "zip code 94110"),
                OwnFact(Kind.PET, "Copper"),
                OwnFact(Kind.USERNAME, "brassotter42"),
                OwnFact(Kind.EMAIL, "amber.finch77@mailbox.example"),
                OwnFact(Kind.WORKPLACE, "Glacier Harbor Clinic"),
            ]
        ),
    ),
    max_size=7,
)


def wish(locale: str = "US", gender: str = "neutral", *, has_birthday: bool = True) -> Wish:
    return Wish("P", "", False, locale, gender, has_birthday)


def values(persona: Persona) -> str:
    """Everything that a site may be told."""
    return " ".join(
        [persona.full_name, persona.handle, persona.city, persona.email_local, *persona.answers.values()]
    )


def region_of(city_id: str) -> str:
    """The first-level region, walked to by another way than the code's."""
    while "." not in city_id:
        found = place(city_id)
        assert found is not None
        city_id = found.within
    return city_id


@settings(max_examples=25)
@given(OWN_FACTS, st.sampled_from(["US", "GB", "CA", "AU"]), st.sampled_from(GENDERS))
def test_nothing_overlaps_with_the_users_facts(facts: list[OwnFact], locale: str, gender: str) -> None:
    made = draw(wish(locale, gender), Taken(facts, (), today=TODAY), TODAY)
    own = {word for fact in facts for text in (fact.value, *fact.aliases) for word in words_of(text)}
    assert not own & set(words_of(values(made).replace(".", " ")))
    own_names = [fact for fact in facts if fact.kind is Kind.NAME]
    for fact in own_names:
        first, *_, last = words_of(fact.value)
        assert {first[0], last[0]} != {made.given_name[0].lower(), made.family_name[0].lower()}
        for shown in (made.handle, made.email_local):
            assert not any(len(word) > 2 and word in shown for word in words_of(fact.value))
    born = {
        int(year)
        for fact in facts
        if fact.kind is Kind.DATE_OF_BIRTH
        for year in re.findall(r"\d{4}", fact.value)
    }
    born |= {TODAY.year - int(fact.value) - one for fact in facts if fact.kind is Kind.AGE for one in (0, 1)}
    assert made.birth_year not in born
    assert region_of(made.city_id) != "US.OK" or not any("Tulsa" in fact.value for fact in facts)
    assert region_of(made.city_id) != "US.TX" or not any("Texas" in fact.value for fact in facts)
    assert region_of(made.city_id) != "US.CA" or not any("94110" in fact.value for fact in facts)
    assert region_of(made.city_id) != "GB.ENG" or not any("Leeds" in fact.value for fact in facts)


@settings(max_examples=15)
@given(st.sampled_from(["US", "GB", "CA", "AU", "IE", "NZ"]), st.sampled_from(GENDERS))
def test_a_persona_is_an_adult_and_its_name_fits(locale: str, gender: str) -> None:
    made = draw(wish(locale, gender), Taken((), ()), TODAY)
    assert ADULT <= made.age_on(TODAY) <= OLDEST
    assert made.age_on(TODAY) >= ADULT
    assert made.given_name.lower() in dict(given_names(gender, made.birth_year))
    bearers = {name: float(people) for name, people in read("us_surnames")}
    firsts = dict(given_names(gender, made.birth_year))
    low, high = TOGETHER
    expected = firsts[made.given_name.lower()] * bearers[made.family_name.lower()] / everybody()
    assert low <= expected <= high
    assert made.city_id in {one.id for one in towns(locale)}
    shown = made.handle + made.email_local
    for told in (made.given_name, made.family_name, *words_of(made.city), str(made.birth_year)):
        assert len(told) < 3 or told.lower() not in shown
    assert str(made.birth_year)[-2:] != made.handle[-2:]
    date.fromisoformat(made.birth_date)
    assert set(made.answers) == set(table("answers"))


def test_no_two_personas_share_a_value() -> None:
    made: list[Persona] = []
    for number in range(25):
        made.append(draw(wish(gender=GENDERS[number % 3]), Taken(FACTS, made, today=TODAY), TODAY))
    for field in ("given_name", "family_name", "handle", "birth_year", "birthday", "city_id", "email_local"):
        assert len({getattr(one, field) for one in made}) == len(made), field
    words = [words_of(" ".join(one.answers.values())) for one in made]
    assert len({word for some in words for word in some}) == sum(len(set(some)) for some in words)


def test_when_nothing_is_left_it_is_said() -> None:
    every_year = [OwnFact(Kind.DATE_OF_BIRTH, f"9 May {year}") for year in range(1950, 2010, 2)]
    with pytest.raises(NothingLeft, match="birth year"):
        draw(wish(), Taken(every_year, (), today=TODAY), TODAY)


@pytest.mark.parametrize("question", list(table("answers")))
def test_an_answer_is_hard_to_guess(question: str) -> None:
    assert answer_bits(question) >= 26


def test_lists_say_nothing_of_youth() -> None:
    made = {*table("handles")["first"].split(), *table("handles")["second"].split()}
    young = [
        "boy",
        "girl",
        "kid",
        "baby",
        "teen",
        "young",
        "child",
        "school",
        "student",
        "daddy",
        "minor",
        "little",
        "junior",
        "lolita",
    ]
    assert not made & set(young)
    assert len(table("handles")["first"].split()) * len(table("handles")["second"].split()) * 90 > 3_000_000


@pytest.mark.parametrize(
    ("own", "field", "value", "why"),
    [
        (Kind.NAME, "given_name", "Ashley", "begins like the user's own"),
        (Kind.NAME, "given_name", "Ａｓｈｗｉｎ", "the user's own in wide letters"),
        (Kind.NAME, "family_name", "Tavárez", "the user's own with an accent"),
        (Kind.NAME, "handle", "xx.tavarez.xx", "holds the user's own name"),
        (Kind.USERNAME, "handle", "velvet_otter91", "the user's own handle, written otherwise"),
        (Kind.DATE_OF_BIRTH, "handle", "quietfox91", "ends in the user's birth year"),
        (Kind.DATE_OF_BIRTH, "birth_year", "1991", "the user's own"),
        (Kind.DATE_OF_BIRTH, "birthday", "04-09", "the day is the user's"),
        (Kind.LOCATION, "city", "Norman, Oklahoma", "the same state"),
        (Kind.LOCATION, "city", "Tulsa, Oklahoma", "the same town"),
        (Kind.LOCATION, "city", "Waukesha, Wisconsin", "in the wider area that they told"),
        (Kind.EMAIL, "email", "ash.tavarez+fox@mailbox.example", "the real address with a plus"),
        (Kind.EMAIL, "email", "tavarez@other.example", "the user's name elsewhere"),
        (Kind.PET, "first_pet", "Biscuit", "a true answer"),
        (Kind.STREET_ADDRESS, "first_street", "Oakfield", "a true answer"),
    ],
)
def test_what_is_the_users_own_is_refused(
    vault: Vault, asker: Asker, own: Kind, field: str, value: str, why: str
) -> None:
    before = new_persona(vault, asker, "Harbor", today=TODAY)
    with pytest.raises(Overlap) as caught:
        change(vault, asker, "harbor", field, value, today=TODAY)
    assert value not in str(caught.value)
    assert persona_named(vault, asker, "Harbor") == before, why


def _taken(kind: Kind, value: str, *others: str) -> Taken:
    return Taken([OwnFact(kind, one) for one in (value, *others)], (), today=TODAY)


@pytest.mark.parametrize(
    ("own", "given_name", "family_name", "why"),
    [
        (_taken(Kind.NAME, "Catherine Bell"), "Katherine", "Olmos", "the same name, spelt otherwise"),
        (_taken(Kind.NAME, "Sean Bell"), "Shaun", "Olmos", "sounds the same"),
        (_taken(Kind.NAME, "Jon Bell"), "John", "Olmos", "a letter that nobody hears"),
        (_taken(Kind.NAME, "Filip Bell"), "Philip", "Olmos", "two letters for one sound"),
        (_taken(Kind.NAME, "Anna", "Whitfield"), "Alma", "Webster", "initials of a name kept in two facts"),
        (
            _taken(Kind.EMAIL, "kwhitfield@mail.example"),
            "Mara",
            "Whitfield",
            "the name stands in the address",
        ),
        (_taken(Kind.USERNAME, "marathon_mara88"), "Mara", "Holt", "the name stands in the handle"),
    ],
)
def test_names_that_come_near_the_users_are_refused(
    own: Taken, given_name: str, family_name: str, why: str
) -> None:
    assert own.why_not_name(given_name, family_name), why
    assert own.why_not_name("Denise", "Ortega") is None


@pytest.mark.parametrize(
    ("own", "handle", "why"),
    [
        (_taken(Kind.USERNAME, "mossyotter77"), "brassotter31", "half of the user's handle"),
        (_taken(Kind.USERNAME, "Jade_1999_fox"), "jadeheron22", "a word of the user's handle"),
        (_taken(Kind.USERNAME, "0tterqueen"), "queenofmoss31", "five letters in a row"),
        (_taken(Kind.EMAIL, "silver.fox@mail.example"), "stonefox31", "a word of the user's address"),
    ],
)
def test_handles_that_share_a_part_with_the_users_are_refused(own: Taken, handle: str, why: str) -> None:
    assert own.why_not_handle(handle), why
    assert own.why_not_handle("plumdahlia43") is None


@pytest.mark.parametrize(
    ("own", "why"),
    [
        (_taken(Kind.USERNAME, "kim85"), "a handle may end in the year of birth"),
        (_taken(Kind.EMAIL, "kim.85@mail.example"), "an address too"),
        (_taken(Kind.DATE_OF_BIRTH, "May '85"), "a date that is not understood"),
    ],
)
def test_birth_years_in_two_digits_count(own: Taken, why: str) -> None:
    assert own.why_not_year(1985), why
    assert own.why_not_year(1975) is None


@pytest.mark.parametrize(
    ("own", "why"),
    [
        (_taken(Kind.LOCATION, "74104"), "a ZIP code and nothing else"),
        (_taken(Kind.STREET_ADDRESS, "12 Elm St 74104"), "a ZIP code behind a street"),
        (_taken(Kind.WORKPLACE, "Tulsa General Hospital"), "a town in the name of a workplace"),
        (_taken(Kind.EDUCATION, "Oklahoma State University"), "a state in the name of a school"),
        (_taken(Kind.EVENT, "moved to Tulsa in 2019"), "a town in an event"),
    ],
)
def test_towns_in_a_region_that_a_fact_names_are_refused(own: Taken, why: str) -> None:
    assert own.why_not_city("4543762", "Norman"), why
    assert own.why_not_city("4509884", "Dayton") is None


def test_an_address_at_a_domain_of_the_users_name_is_refused(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Harbor", today=TODAY)
    with pytest.raises(Overlap):
        change(vault, asker, "Harbor", "email", "reed.kite@tavarez-family.example", today=TODAY)


@pytest.mark.parametrize(
    ("own", "address", "is_refused", "why"),
    [
        ("me@bluebarn.example", "x@bluebarn.example", True, "the user's own domain"),
        ("me@bluebarn.example", "x@BlueBarn.EXAMPLE", True, "in any case"),
        ("me@bluebarn.example", "x@mail.bluebarn.example", True, "a part of it"),
        ("me@mail.bluebarn.example", "x@bluebarn.example", True, "it is a part of that"),
        ("me@bluebarn.example", "x@otherbarn.example", False, "another domain"),
        ("me@bluebarn.example", "x@notbluebarn.example", False, "a domain that only ends alike"),
        ("me@gmail.com", "x@gmail.com", False, "many people share it"),
        ("me@gmail.com", "x@kim.gmail.com", False, "a subdomain of a shared one"),
        ("me@kim.anonaddy.com", "x@kim.anonaddy.com", True, "the user's own subdomain of a shared one"),
        ("me@kim.anonaddy.com", "x@anonaddy.com", False, "the shared one itself"),
        ("no address", "x@bluebarn.example", False, "a fact without a domain"),
    ],
)
def test_a_mail_domain_of_the_users_own_is_refused(
    own: str, address: str, is_refused: bool, why: str
) -> None:
    reason = _taken(Kind.EMAIL, own).why_not_domain(address.partition("@")[2])
    assert bool(reason) is is_refused, why
    assert "barn" not in (reason or "")


@pytest.mark.parametrize(
    ("own", "why"),
    [
        ("9 May 1985", "in digits"),
        ("19850509", "without a sign between"),
        ("090585", "two digits each, the day first"),
        ("850509", "two digits each, the year first"),
        ("the ninth of May 1985", "the day in words"),
        ("May the ninth, nineteen eighty-five", "all in words"),
        ("May ninth", "no year"),
        ("9th of May", "an ending"),
        ("1985-05-09", "as the standard has it"),
        ("05/09/1985", "either may be the day"),
    ],
)
def test_a_day_of_birth_is_refused_however_it_is_written(own: str, why: str) -> None:
    taken = _taken(Kind.DATE_OF_BIRTH, own)
    assert taken.why_not_birthday("03-09"), why
    assert taken.why_not_birthday("03-27") is None, why


def test_a_leap_day_stays_a_day(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Harbor", today=TODAY)
    change(vault, asker, "Harbor", "birth_year", "1976", today=TODAY)
    change(vault, asker, "Harbor", "birthday", "02-29", today=TODAY)
    with pytest.raises(ValueNotValid, match="29 February"):
        change(vault, asker, "Harbor", "birth_year", "1975", today=TODAY)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("birth_year", "2006", "under 21 for a part of this year"),
        ("birth_year", "2010", "a minor"),
        ("birth_year", "1900", "older than people get"),
        ("birth_year", "19 90", "no number"),
        ("birth_year", "١٩٨٠", "digits that look otherwise"),
        ("birthday", "02-30", "no such day"),
        ("birthday", "1-1", "another form"),
        ("handle", "a", "too short"),
        ("handle", "spaced out", "a space"),
        ("handle", "x" * 41, "too long"),
        ("email", "nobody", "no address"),
        ("email", "a@b@c.example", "two signs"),
        ("city", "Nowhereville Xyz", "not a place"),
        ("city", "Springfield", "many towns"),
        ("city", "Texas", "no town"),
        ("gender", "robot", "not one of the three"),
        ("given_name", "   ", "nothing"),
        ("given_name", "Mara\x1b[2J", "an escape"),
        ("given_name", "x" * 81, "too long"),
        ("maiden_name", "…", "no letter"),
        ("everyday", "yes", "fixed when it was made"),
        ("document", "{}", "no such value"),
        ("name", "Other", "no such value"),
    ],
)
def test_what_no_persona_can_be_is_refused(
    vault: Vault, asker: Asker, field: str, value: str, why: str
) -> None:
    before = new_persona(vault, asker, "Harbor", today=TODAY)
    with pytest.raises(ValueNotValid):
        change(vault, asker, "Harbor", field, value, today=TODAY)
    assert persona_named(vault, asker, "Harbor") == before, why


def test_another_personas_values_are_refused(vault: Vault, asker: Asker) -> None:
    first = new_persona(vault, asker, "One", today=TODAY)
    new_persona(vault, asker, "Two", today=TODAY)
    for field in ("given_name", "family_name", "handle", "maiden_name"):
        value = first.answers[field] if field in first.answers else getattr(first, field)
        with pytest.raises(Overlap):
            change(vault, asker, "Two", field, value, today=TODAY)
    with pytest.raises(Overlap):
        change(vault, asker, "Two", "birth_year", str(first.birth_year), today=TODAY)


def test_what_may_be_changed_is_changed(vault: Vault, asker: Asker) -> None:
    made = new_persona(vault, asker, "Harbor", today=TODAY)
    for field, value in (
        ("handle", "mossywhistle"),
        ("email", "reed.kite@Own.Example"),
        ("birthday", "04-17"),
    ):
        change(vault, asker, "Harbor", field, value, today=TODAY)
    changed = change(vault, asker, "Harbor", "city", "Dunedin, New Zealand", today=TODAY)
    assert (changed.handle, changed.email, changed.birthday) == (
        "mossywhistle",
        "reed.kite@own.example",
        "04-17",
    )
    assert changed.location == "Dunedin, Otago"
    assert changed.given_name == made.given_name
    assert set_platform(vault, asker, "Harbor", "https://www.Character.ai/chat").platform == "character.ai"


@pytest.mark.parametrize("field", ["handle", "city", "birthday", "email_local", "first_pet"])
def test_a_value_can_be_drawn_anew(vault: Vault, asker: Asker, field: str) -> None:
    before = new_persona(vault, asker, "Harbor", has_birthday=True, today=TODAY)
    after = change(vault, asker, "Harbor", field, None, today=TODAY)
    same = {one.name for one in fields_of(Persona)} - {field, "city_id", "region", "answers"}
    assert all(getattr(before, one) == getattr(after, one) for one in same)
    assert after != before


def test_a_name_goes_with_its_birth_year_and_is_not_drawn_alone(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Harbor")
    with pytest.raises(ValueNotValid):
        change(vault, asker, "Harbor", "given_name", None)


def test_the_context_is_fixed_from_the_beginning(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Work", is_everyday=True)
    new_persona(vault, asker, "Night")
    assert [one.is_everyday for one in personas(vault, asker)] == [True, False]
    assert "everyday" not in settable()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "nothing"),
        ("-x", "an option"),
        ("a\nb\x07", "a bell"),
        ("x" * 41, "too long"),
        ("../vault", "a path"),
        ("\ud800", "half a character"),
        ("=1+1", "a formula"),
        ("\u202eevil", "turns the line round"),
    ],
)
def test_names_that_are_refused(vault: Vault, asker: Asker, name: str, why: str) -> None:
    with pytest.raises(ValueNotValid):
        new_persona(vault, asker, name)
    assert personas(vault, asker) == (), why


def test_a_name_is_taken_in_any_case_and_free_once_removed(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Mára Night")
    with pytest.raises(PersonaExists):
        new_persona(vault, asker, "mÁRA  night")
    remove_persona(vault, "MÁRA NIGHT")
    with pytest.raises(NoSuchPersona):
        persona_named(vault, asker, "Mára Night")
    new_persona(vault, asker, "Mára Night")


@pytest.mark.parametrize("platform", ["not a domain", "ai", "http://", "\x00.ai"])
def test_a_platform_must_be_one(vault: Vault, asker: Asker, platform: str) -> None:
    with pytest.raises(DiscretionError):
        new_persona(vault, asker, "Harbor", platform=platform)


@pytest.mark.parametrize("locale", ["DE", "XX", "USA", "", "u"])
def test_a_locale_without_names_is_refused_or_the_default(vault: Vault, asker: Asker, locale: str) -> None:
    if locale:
        with pytest.raises(ValueNotValid, match="English-speaking"):
            new_persona(vault, asker, "Harbor", locale=locale)
    else:
        assert new_persona(vault, asker, "Harbor", locale=locale).locale == "US"


def test_the_locale_is_the_users_own_by_default(vault: Vault, asker: Asker) -> None:
    vault.rows("DELETE FROM own_fact WHERE kind IN ('location', 'street_address')")
    add_facts(vault, [OwnFact(Kind.LOCATION, "Leeds, England")])
    made = new_persona(vault, asker, "Harbor")
    assert made.locale == "GB"
    assert region_of(made.city_id) in ("GB.SCT", "GB.WLS", "GB.NIR")


def test_every_reading_leaves_a_row_in_the_trail(vault: Vault, asker: Asker) -> None:
    new_persona(vault, asker, "Harbor")
    personas(vault, asker)
    rows = check_trail(vault).rows
    assert check_trail(vault).broken_at is None
    assert ("persona",) in [row.kinds for row in rows]
    assert any("name" in row.kinds for row in rows), "drawing one reads the user's facts"


def test_a_persona_hides_itself_when_printed(vault: Vault, asker: Asker) -> None:
    made = new_persona(vault, asker, "Harbor")
    for value in (made.given_name, made.family_name, made.handle, made.city, str(made.birth_year)):
        assert value not in repr(made)


def _make(folder: Path, key: bytes, name: str) -> None:
    with Vault.open_with_key(key, folder) as opened:
        for number in range(4):
            new_persona(opened, Asker("persona new", "test"), f"{name}{number}")


def test_two_at_once_make_different_personas(reopen: Callable[[], Vault], made: tuple[Path, bytes]) -> None:
    with reopen() as opened:
        folder = opened.folder
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_make, args=(folder, made[1], name)) for name in ("a", "b")]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
        assert one.exitcode == 0
    with Vault.open_with_key(made[1], folder) as opened:
        found = personas(opened, Asker("t", "test"))
    assert len(found) == 8
    for field in ("given_name", "family_name", "handle", "birth_year", "city_id"):
        assert len({getattr(one, field) for one in found}) == 8, field


def test_no_network_code_is_loaded_before_an_alias_is_asked_for() -> None:
    code = "import sys, discretion.identity as i; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "httpx2" not in done.stdout


def test_names_are_written_as_people_write_them() -> None:
    """A capital inside cannot be told from the tables, so such names are left out."""
    made = {name for name, _ in family_names()} | {name.lower() for name in answer_names()}
    assert not made & {"mccoy", "mcclay", "oneal", "oleary", "macdonald", "vandyke", "delacruz", "fitzgerald"}
    assert {"hughes", "mosley", "meadows"} & made
    assert len(made) > 8_000


def test_a_failed_draw_keeps_nothing(vault: Vault, asker: Asker) -> None:
    vault.rows("DELETE FROM own_fact")
    vault.run_many(
        "INSERT INTO own_fact (kind, value, aliases, added_at) VALUES ('date_of_birth', ?, '[]', '')",
        [(f"9 May {year}",) for year in range(1950, 2010, 2)],
    )
    with pytest.raises(IdentityError):
        new_persona(vault, asker, "Harbor")
    assert personas(vault, asker) == ()
