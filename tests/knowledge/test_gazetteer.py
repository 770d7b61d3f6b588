"""The lists that the guard looks words up in: sources named, keys folded, loaded fast enough to be lazy."""

from __future__ import annotations

from importlib.resources import files

import pytest

from discretion.knowledge import gazetteer, is_region


@pytest.mark.parametrize(
    ("listed", "word", "reason"),
    [
        (gazetteer.given_names, "jess", "a short form in the American table"),
        (gazetteer.given_names, "priya", "an Indian name"),
        (gazetteer.given_names, "oluwaseun", "a Nigerian name"),
        (gazetteer.familiar_names, "maria", "frequent everywhere"),
        (gazetteer.family_names, "okafor", "a Nigerian surname"),
        (gazetteer.places, "leeds", "a British city"),
        (gazetteer.places, "sao paulo", "two words, no diacritics"),
        (gazetteer.places, "ohio", "a state of our own list"),
        (gazetteer.ordinary_words, "reading", "a town that is first of all a word"),
        (gazetteer.common_words, "will", "a name that is first of all a word"),
    ],
)
def test_a_word_is_listed(listed: object, word: str, reason: str) -> None:
    assert callable(listed)
    assert word in listed(), reason


@pytest.mark.parametrize("listed", [gazetteer.given_names, gazetteer.family_names, gazetteer.places])
def test_keys_are_folded(listed: object) -> None:
    assert callable(listed)
    assert all(gazetteer.plain(key) == key for key in listed())


def test_plain_drops_case_marks_and_apostrophes() -> None:
    assert gazetteer.plain("O’Síoráin") == "osiorain"


def test_packaged_lists_stay_small() -> None:
    data = files("discretion.knowledge") / "data"
    names = ("given_names.txt", "family_names.txt", "places.txt", "ordinary_words.txt")
    assert sum(len(data.joinpath(name).read_bytes()) for name in names) < 1_500_000


def test_an_unknown_cue_list_is_an_error() -> None:
    with pytest.raises(KeyError):
        gazetteer.cues("age", "no such list")


@pytest.mark.parametrize(
    ("words", "expected", "reason"),
    [
        ("Oklahoma", True, "a state"),
        ("the midwest", True, "wider than a state"),
        ("Germany", True, "a country"),
        ("UK", True, "a country by its letters"),
        ("kerala", True, "a state of India"),
        ("tulsa", False, "a city"),
        ("lagos", False, "a state and a city: the narrower counts"),
        ("kothrud", False, "a neighbourhood"),
        ("", False, "nothing"),
    ],
)
def test_regions_are_told_from_what_lies_in_them(words: str, expected: bool, reason: str) -> None:
    assert is_region(words) is expected, reason
