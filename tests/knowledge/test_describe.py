"""Labels of values: readable, and made from the value alone."""

from __future__ import annotations

from datetime import date

import pytest

from discretion.knowledge import describe, normalise
from discretion.knowledge._values._groups import GROUP_FILES
from discretion.knowledge._values._markers import folder, read
from discretion.knowledge._values._work import titles
from discretion.records import Kind, Value

LABELS = [
    ("age", "34", "34", "a number"),
    ("age", "in my 30s", "30 to 39", "bounds"),
    ("age", "over 40", "41 or more", "open above"),
    ("age", "under 18", "at most 17", "open below"),
    ("location", "Tulsa, Oklahoma", "Tulsa, Oklahoma", "an American town has its state"),
    ("location", "tulsa ok", "Tulsa, Oklahoma", "however it was said"),
    ("location", "Lyon", "Lyon, France", "any other its country"),
    ("location", "Oklahoma", "Oklahoma", "a state alone"),
    ("location", "France", "France", "a country"),
    ("location", "the midwest", "the Midwest", "an area"),
    ("location", "springfield", "Springfield", "a name that many bear"),
    ("location", "zip 74104", "ZIP code 74104", "a code"),
    ("occupation", "registered nurse", "registered nurse", "a title, of one person"),
    ("occupation", "retired", "retired", "no work"),
    ("occupation", "ex soldier", "formerly in the military", "the past"),
    ("health", "type 1 diabetic", "type 1 diabetes", "a path in words"),
    ("health", "adhd and migraines", "ADHD, migraine", "several"),
    ("family", "two kids", "2 children", "how many"),
    ("family", "a daughter", "daughter", "who"),
    ("family", "childless", "no children", "none"),
    ("relationship", "married 16 years", "married for 16 years", "how long"),
    ("finances", "i make $40k a year", "income: $40,000 per year", "money"),
    ("appearance", "5'11", "height: 180.3 cm", "a measure"),
    ("date_of_birth", "9 May 1990", "9 May 1990", "a day"),
    ("date_of_birth", "9th of may", "9 May", "without the year"),
    ("ethnicity", "mexican", "from Mexico", "an origin"),
    ("ethnicity", "Yoruba", "Yoruba", "a people"),
    ("religion", "ex catholic", "formerly Catholic", "the past of a faith"),
    ("pet", "Zqmarker", "pet", "never the words themselves"),
    ("name", "Zqmarker", "name", "never the words themselves"),
]


@pytest.mark.parametrize(("kind", "words", "label", "why"), LABELS)
def test_labels(kind: str, words: str, label: str, why: str) -> None:
    assert describe(kind, normalise(Kind(kind), words, reference=date(2024, 1, 1))) == label, why


def test_several_titles_are_what_they_share() -> None:
    nurses = tuple(code for code in titles() if "nurse" in code and code.startswith("healthcare_pract"))
    assert describe("occupation", Value("occupation", nurses)) == "nurse"


@pytest.mark.parametrize("kind", GROUP_FILES)
def test_every_code_has_a_label_without_marks(kind: str) -> None:
    for code in {code for code, _ in read(kind)} - {"several", "twins", "triplets", "only_child"}:
        label = describe(kind, Value(kind, (code,)))
        assert label, code
        assert "_" not in label, (code, label)


def test_every_label_is_of_a_code_that_is_there() -> None:
    rows = [line.split("\t") for line in folder().joinpath("labels.tsv").read_text("utf-8").splitlines()[1:]]
    codes = {kind: {code for code, _ in read(kind)} for kind in GROUP_FILES}
    heads = {kind: {code.partition("/")[0] for code in known} for kind, known in codes.items()}
    unknown = [row[:2] for row in rows if row[1] not in codes[row[0]] | heads[row[0]]]
    assert unknown == []


ODD = [
    Value("nobody_knows", ("a/b_c",), 1, 2, "years"),
    Value("place", ("999999999999",)),
    Value("place", ()),
    Value("date", ("--05",)),
    Value("date", ("1990",)),
    Value("age"),
    Value("occupation", ("", "")),
    Value("family", (), 2, 2, "people"),
    Value("name_form", ("full",)),
]


@pytest.mark.parametrize("value", ODD)
def test_odd_values_have_a_label(value: Value) -> None:
    assert describe("health", value)
