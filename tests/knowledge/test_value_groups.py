"""The groups that words fall into: tables with a reason, and what holds for every row of the files."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from discretion.knowledge import normalise, place
from discretion.knowledge._values._groups import GROUP_FILES
from discretion.knowledge._values._markers import read
from discretion.knowledge._values._place_tables import aliases, areas
from discretion.knowledge._values._work import titles
from discretion.records import Kind

CASES = [
    ("gender", "f", "female", "a letter"),
    ("gender", "trans guy", "trans/man", "not a cis man"),
    ("gender", "male to female", "trans/woman", "not both"),
    ("gender", "they/them", "pronouns/they", "pronouns tell pronouns"),
    ("gender", "man or woman", None, "both is none"),
    ("orientation", "bi", "bisexual", "short"),
    ("orientation", "not straight", "not_straight", "a group of its own"),
    ("orientation", "not gay", None, "what is left is not known"),
    ("orientation", "gаy", "gay_or_lesbian", "with a Cyrillic letter"),
    ("religion", "southern baptist", "christian/protestant/baptist", "the finest group"),
    ("religion", "mass on sunday", "christian", "several churches have it"),
    ("religion", "taraweeh", "muslim", "a practice of one faith"),
    ("religion", "raised catholic", "former/christian/catholic", "the past is marked"),
    ("religion", "no longer muslim", "former/muslim", "the past is marked"),
    ("religion", "not catholic", None, "what is left is not known"),
    ("religion", "not religious", "none", "a group"),
    ("religion", "tory", "politics/uk_conservative", "politics are told apart from faith"),
    ("ethnicity", "igbo", "people/igbo", "a people that no table counts"),
    ("ethnicity", "Polish", "place/PL", "an origin, by country"),
    ("ethnicity", "scottish", "place/GB.SCT", "an origin, by region"),
    ("ethnicity", "from Kenya", "place/KE", "the country itself"),
    ("ethnicity", "native american", "native_american", "not the United States"),
    ("education", "BSc in biology", "bachelor", "a degree"),
    ("education", "second year bsc", "student/undergraduate", "not attained yet"),
    ("education", "phd candidate", "student/graduate", "not attained yet"),
    ("education", "quit my masters", None, "what came before is not said"),
    ("education", "dropped out of college", "some_college", "a level of the census"),
    ("education", "second year nursing", "student", "of what level is not said"),
    ("education", "stanford", None, "a school is no level"),
    ("health", "type 1 diabetic", "diabetes/type_1", "the finest group"),
    ("health", "T1D", "diabetes/type_1", "short"),
    ("health", "no diabetes", None, "denied"),
    ("health", "hearing aids", "hearing", "not AIDS"),
    ("health", "AIDS", "hiv", "not aids to hearing"),
    ("health", "zoloft", "antidepressant", "a medicine by its class"),
    ("health", "150", None, "a dose of what"),
    ("finances", "broke", "poor", "all that was said"),
    ("finances", "fixed deposit that I broke", None, "another word of the same letters"),
    ("finances", "student loans", "debt/student_loan", "the finest group"),
    ("appearance", "butterfly tattoo", "tattoo", "of what is not kept"),
    (
        "occupation",
        "icu nurse at mercy",
        "healthcare_practitioners/registered_nurses",
        "counted by the census",
    ),
    ("occupation", "nurse", "healthcare_practitioners", "of which sort is not said"),
    ("occupation", "nurse manager", "management_business_financial", "the last word is the job"),
    ("occupation", "nurse shark keeper", None, "a job that is not listed, whatever its first word"),
    ("occupation", "billing for a dentist", None, "the employer's job"),
    ("occupation", "retired teacher", "former/education_legal_community_arts_media", "the past is marked"),
    ("occupation", "wannabe actor", None, "a wish"),
    ("occupation", "not a doctor", None, "denied"),
    ("occupation", "teach seven-year-olds", "education_legal_community_arts_media", "by its verb"),
    ("occupation", "drove a school bus", "former/transportation", "by its verb, in the past"),
    ("occupation", "Waiters and waitresses", "food_service/waiters_and_waitresses", "the survey's own title"),
    ("occupation", "director", None, "of films or of firms"),
    ("occupation", "n\u200burse", "healthcare_practitioners", "with an invisible character"),
]


@pytest.mark.parametrize(("kind", "words", "code", "reason"), CASES)
def test_group(kind: str, words: str, code: str | None, reason: str) -> None:
    value = normalise(Kind(kind), words)
    assert (value and value.codes) == (code and (code,)), reason


@pytest.mark.parametrize(
    ("kind", "words", "codes", "reason"),
    [
        ("health", "adhd and anxiety", ("adhd", "anxiety"), "two conditions"),
        ("health", "diabetes, type 2 diabetes", ("diabetes/type_2",), "the finer holds the wider"),
        ("ethnicity", "mexican american", ("place/MX", "place/US"), "two origins"),
        ("occupation", "barista and nursing student", ("food_service", "student"), "two occupations"),
    ],
)
def test_all_that_hold_are_told(kind: str, words: str, codes: tuple[str, ...], reason: str) -> None:
    value = normalise(Kind(kind), words)
    assert (value and value.codes) == codes, reason


WORD_FILES = (*GROUP_FILES, "occupation_verbs")
CODE = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)*\Z|place/[A-Z]{2}(?:\.[A-Z0-9]+)?\Z")


@pytest.mark.parametrize("name", WORD_FILES)
def test_codes_are_well_formed_and_no_phrase_stands_under_two(name: str) -> None:
    rows = list(read(name))
    assert rows
    assert [code for code, _ in rows if not CODE.match(code)] == []
    seen: dict[str, str] = {}
    assert [phrase for code, phrase in rows if seen.setdefault(phrase, code) != code] == []


@pytest.mark.parametrize("name", [name for name in GROUP_FILES if name != "family"])
def test_every_phrase_has_the_value_that_its_row_says(name: str) -> None:
    for code, phrase in read(name):
        value = normalise(Kind(name), phrase.lstrip("!"))
        if name == "education" and value and value.code.startswith("student"):
            continue  # "med student" may stand under a degree's name
        codes = value.codes if value else ("several",)
        assert code in codes, (code, phrase)


def test_origins_are_places_and_occupations_are_those_of_the_survey() -> None:
    origins = {code.removeprefix("place/") for code, _ in read("ethnicity") if code.startswith("place/")}
    assert [one for one in origins if place(one) is None] == []
    ours = ("several", "military", "student", "not_employed", "self_employed")
    groups = {code.partition("/")[0] for code in titles()}
    assert len(groups) == 17
    for name in ("occupation", "occupation_verbs"):
        codes = {code.removeprefix("former/") for code, _ in read(name)}
        unknown = {code for code in codes if code not in titles() and code not in groups}
        assert [code for code in unknown if code.partition("/")[0] not in ours] == []


def test_tables_of_places_are_sorted_and_point_at_each_other() -> None:
    folder = files("discretion.knowledge") / "data" / "place_ids"
    names = folder.joinpath("names.tsv").read_bytes().splitlines()
    records = folder.joinpath("records.tsv").read_bytes().splitlines()
    for lines in (names, records):
        keys = [line.split(b"\t")[0] for line in lines]
        assert keys == sorted(set(keys))
    ids = {line.split(b"\t")[0] for line in records} | set(map(str.encode, areas()))
    assert {one for line in names for one in line.split(b"\t")[1].split(b" ")} <= ids
    assert {line.split(b"\t")[2] for line in records} - {b""} <= ids
    assert {one.encode() for _, regions, _ in areas().values() for one in regions} <= ids
    assert {within.encode() for _, _, within in areas().values()} - {b""} <= ids


@pytest.mark.parametrize("short", [short for short, meant in aliases().items() if meant[0] not in "-+"])
def test_every_short_name_has_a_place(short: str) -> None:
    value = normalise(Kind.LOCATION, short)
    assert value is not None
    assert value.system == "place"
    assert place(value.code) is not None
