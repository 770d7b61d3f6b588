"""Where the names stand in a place, an employer and a school."""

from __future__ import annotations

import pytest

from discretion.guard.stand_ins._own_names import own_names
from discretion.records import Kind

ROWS = [
    (Kind.LOCATION, "Tulsa, Oklahoma", ["Tulsa", "Oklahoma"], "two places"),
    (Kind.LOCATION, "the north side of Tulsa", ["Tulsa"], "small words are outside"),
    (Kind.LOCATION, "near the Walmart in Owasso", ["Walmart", "Owasso"], "a shop and a town"),
    (Kind.LOCATION, "Pawnee County", ["Pawnee County"], "the kind is inside"),
    (Kind.LOCATION, "leeds, uk", ["leeds"], "a country is nobody's"),
    (Kind.LOCATION, "the Heights", ["Heights"], "a quarter that is called by a word"),
    (Kind.LOCATION, "the lake", [], "a word that is no quarter's"),
    (Kind.LOCATION, "downtown", [], "no name"),
    (Kind.WORKPLACE, "St. Luke's hospital", ["St. Luke's hospital"], "one with its noun"),
    (Kind.WORKPLACE, "tulsa fire dept", ["tulsa"], "a town, which may be known as where one lives"),
    (Kind.WORKPLACE, "Butler & Tanner", ["Butler & Tanner"], "two families are one firm"),
    (Kind.WORKPLACE, "dollar general on route 23", ["dollar general"], "a number alone is no name"),
    (Kind.WORKPLACE, "asda hessle road", ["asda hessle road"], "a firm and its street"),
    (Kind.WORKPLACE, "water treatment plant", [], "what anybody may work at"),
    (Kind.EDUCATION, "HND from Accra Polytechnic", ["Accra"], "the degree is outside"),
    (Kind.EDUCATION, "second year nursing", [], "no school"),
    (Kind.EDUCATION, "cert iv at granville tafe", ["granville"], "an Australian certificate"),
    (Kind.EDUCATION, "the year covid hit", [], "what a year was like"),
    (Kind.WORKPLACE, "engine 3", [], "a fire house's number"),
    (Kind.PET, "Mrs Tibbs", ["Mrs Tibbs"], "other kinds are one name"),
    (Kind.PET, " ", [], "nothing"),
]


@pytest.mark.parametrize(("kind", "words", "names", "why"), ROWS)
def test_names(kind: Kind, words: str, names: list[str], why: str) -> None:
    assert [words[start:end] for start, end in own_names(kind, words)] == names, why


@pytest.mark.parametrize("kind", [Kind.LOCATION, Kind.WORKPLACE, Kind.EDUCATION])
def test_what_is_too_long_to_be_read_is_one_name(kind: Kind) -> None:
    words = "of the tulsa " * 2000
    assert own_names(kind, words) == ((0, len(words)),)
