"""The cheap checks before the patterns: they let through whatever a pattern could match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.guard.limits._at_words import at_words, first_letters
from discretion.guard.limits._gate import may_be_looks, may_be_number, may_be_school, may_be_term, tokens_of

SCHOOL = [
    ("in 10th grade", "an ordinal"),
    ("she is in p5", "a letter with a digit"),
    ("in der 8b", "a class by letter"),
    ("he is in secondary", "no word for school"),
    ("plays for the under 14s", "a team by age"),
    ("plays for the under fourteens", "the same in words"),
    ("a grundschule is there", "another country's word"),
]
TERMS = [
    ("underage", "a term"),
    ("one year short of being an adult", "a distance"),
    ("make her younger", "a change"),
    ("retired", "an adult's word"),
]
LOOKS = [("looks like a child", "a framing"), ("childlike", "an adjective"), ("seems too young", "a verb")]
NUMBERS = [
    ("f15", "glued to a tag"),
    ("sixteen", "a word"),
    ("s1xteen", "mixed"),
    ("fifteeen", "drawn out"),
    ("two years old", "a small number with years"),
]


@pytest.mark.parametrize(("text", "why"), SCHOOL, ids=[r[0] for r in SCHOOL])
def test_school(text: str, why: str) -> None:
    assert may_be_school(text, tokens_of(text)), why


@pytest.mark.parametrize(("text", "why"), TERMS, ids=[r[0] for r in TERMS])
def test_terms(text: str, why: str) -> None:
    assert may_be_term(tokens_of(text)), why


@pytest.mark.parametrize(("text", "why"), LOOKS, ids=[r[0] for r in LOOKS])
def test_looks(text: str, why: str) -> None:
    assert may_be_looks(tokens_of(text)), why


@pytest.mark.parametrize(("text", "why"), NUMBERS, ids=[r[0] for r in NUMBERS])
def test_numbers(text: str, why: str) -> None:
    assert may_be_number(text, tokens_of(text)), why


def test_an_ordinary_line_passes_no_gate() -> None:
    text = "i made soup and watched the rain for an hour"
    tokens = tokens_of(text)
    passed = [gate(text, tokens) for gate in (may_be_number, may_be_school)]
    assert not any([*passed, may_be_term(tokens), may_be_looks(tokens)])


FIRST = [
    (r"cat\b", "c", "a letter"),
    (r"(?:in|at) school", "ia", "alternatives"),
    (r"(?:the )?boat", "tb", "what may be left out"),
    (r"s?he", "sh", "an optional letter"),
    (r"[cb]at", "cb", "a set"),
    (r"(?!x)go", "g", "a look ahead"),
    (r"(?:a(?:b|c)|d)e", "ad", "brackets in brackets"),
]


@pytest.mark.parametrize(("pattern", "letters", "why"), FIRST, ids=[r[0] for r in FIRST])
def test_first_letters(pattern: str, letters: str, why: str) -> None:
    assert first_letters(pattern) == set(letters), why


PATTERNS = [r"\bin (?:a|the) box", r"\b(?:the )?boxes?", r"x", r"\b\w+ing\b", r"\bbo+k|\bbin", r"\b[bt]in"]


@given(st.text(alphabet="abehiknotwx gs'", max_size=40))
def test_sorted_by_letter_they_find_what_they_find_plainly(text: str) -> None:
    plain = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS))
    quick = re.compile(at_words(PATTERNS))
    assert [m.span() for m in quick.finditer(text)] == [m.span() for m in plain.finditer(text)]
