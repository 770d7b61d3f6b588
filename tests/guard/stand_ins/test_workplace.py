"""Stand-ins of employers: what it is stays, whose it is changes, and nobody's firm comes out."""

from __future__ import annotations

import re

import pytest
from tests.guard.stand_ins.asking import first, offered

from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words, places, tagged_words
from discretion.records import Kind

NAME = "[A-Z][a-z]+"
SHAPES = [
    ("mercy general", "[a-z]+ general", "the noun stays, in small letters"),
    ("Mercy General", f"{NAME} General", "and in capitals"),
    ("St. Luke's hospital", r"St\. [A-Z][a-z]+'s hospital", "a saint for a saint"),
    ("st vincents", "st [a-z]+s", "without the apostrophe"),
    ("tulsa fire dept", "[a-z]+ fire dept", "a town's department becomes another town's"),
    ("walmart", "[a-z]+", "a chain"),
    ("The Home Depot", f"The {NAME}", "a chain of two words"),
    ("TCS", "[A-Z]{3}", "initials"),
    ("Danvers & Sons", f"{NAME} & Sons", "a family's firm stays in a family"),
    ("Butler & Tanner", f"{NAME} & {NAME}", "two families that are words, too"),
    ("jimmy's", "[a-z]+'s", "an owner"),
    ("the mad donkey", "the [a-z]+ [a-z]+", "a pub's sign"),
    ("the travelodge by the bullring", "the [a-z]+ by the [a-z]+", "where it is changes, too"),
    ("dollar general on route 23", r"[a-z]+ on route \d+", "so does the number of a road"),
    ("asda hessle road", "[a-z]+ [a-z]+ road", "a branch named by its street"),
    ("the UMCG, IT department", "the [A-Z]{4}, IT department", "a department stays"),
    ("the port of Antwerp, left bank", f"the port of {NAME}, left bank", "a town behind its noun"),
    ("Tidwell Tire and Lube", f"{NAME} Tire and Lube", "everyday words behind the name stay"),
]
KEPT = [
    "water treatment plant",
    "Ministry of Pensions",
    "the council",
    "oil and gas law firm",
    "",
    "&",
    "...",
]


@pytest.mark.parametrize(("words", "shape", "why"), SHAPES)
def test_pattern_stays(words: str, shape: str, why: str) -> None:
    assert re.fullmatch(shape, first(Kind.WORKPLACE, words)), why


@pytest.mark.parametrize("words", KEPT)
def test_nobodys_name_has_no_stand_in(words: str) -> None:
    assert offered(Kind.WORKPLACE, words) == []


@pytest.mark.parametrize(
    "words", ["mercy general", "walmart", "Danvers & Sons", "St. Luke's", "the mad donkey"]
)
def test_enough_candidates_and_none_twice(words: str) -> None:
    made = offered(Kind.WORKPLACE, words, count=400)
    assert len(made) == len(set(made)) >= 200
    assert not {name.lower() for name in made} & tagged_words("brand")


def test_an_invented_name_is_nobodys_in_our_lists() -> None:
    known = given_names() | family_names() | ordinary_words() | places() | tagged_words("brand")
    made = {
        name.lower() for seed in range(20) for name in offered(Kind.WORKPLACE, "walmart", seed=seed, count=99)
    }
    assert len(made) > 500
    assert not made & known


def test_earlier_pairs_hold() -> None:
    assert first(Kind.WORKPLACE, "kelso & sons", known=(("Kelso", "Pruitt"),)) == "pruitt & sons"


@pytest.mark.parametrize(
    "words", ["x" * 3000, "Tulsa " * 2000, "St.", "İ & İ", "\x00", "&&&", "大阪銀行", "the the the", "a-b-c"]
)
def test_hostile_words_do_no_harm(words: str) -> None:
    assert len(offered(Kind.WORKPLACE, words, count=3)) <= 3


def test_the_same_draw_gives_the_same() -> None:
    assert offered(Kind.WORKPLACE, "walmart", seed=3) == offered(Kind.WORKPLACE, "walmart", seed=3)
