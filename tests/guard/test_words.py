"""Words of a message: keys, runs, sentence starts, phrases, numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.strategies import texts

from discretion.guard import View
from discretion.guard._words import number_at


@given(texts)
def test_words_lie_in_order_in_the_folded_text(text: str) -> None:
    words = View(text).words
    at = 0
    for word in words.words:
        assert at <= word.start < word.end <= len(words.text)
        assert word.key == word.key.lower()
        at = word.end


@pytest.mark.parametrize(
    ("text", "keys", "reason"),
    [
        ("I'm Jess", ("im", "jess"), "an apostrophe is no part of a key"),
        ("my mum's car", ("my", "mum", "car"), "an owner's 's stays outside"),
        ("it's late", ("its", "late"), "a verb's 's stays inside"),
        ("they/them", ("they", "them"), "a slash parts words"),
        ("São Paulo", ("sao", "paulo"), "no diacritics"),
        ("forty-three", ("forty-three",), "a hyphen joins"),
    ],
)
def test_keys(text: str, keys: tuple[str, ...], reason: str) -> None:
    assert View(text).words.keys == keys, reason


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("34", 34, "figures"),
        ("forty-three", 43, "one word"),
        ("twenty five", 25, "two words"),
        ("seventy", 70, "tens alone"),
        ("1984", None, "a year is no count"),
        ("once", None, "no number"),
        ("٣٤", 34, "figures of another script, folded"),
    ],
)
def test_numbers(text: str, value: int | None, reason: str) -> None:
    found = number_at(View(text).words, 0)
    assert (found[0] if found else None) == value, reason


def test_the_longest_phrase_of_a_kind_counts() -> None:
    words = View("i have type 1 diabetes").words
    assert words.runs("condition") == [(2, 5)]


def test_a_sentence_begins_after_its_end_only() -> None:
    words = View("One. two, three\nfour").words
    assert [word.opens for word in words.words] == [True, True, False, True]


def test_a_shout_has_no_capitals() -> None:
    assert not any(word.capital for word in View("MY NAME IS ON THE DOOR").words.words)
