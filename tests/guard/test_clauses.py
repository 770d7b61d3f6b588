"""Clauses: where a message is cut, and that nothing is lost by cutting."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.guard._clauses import split_clauses

CUTS = [
    (
        "*bows* sorry brb my kid is crying",
        ["*bows*", "sorry", "brb my kid is crying"],
        "action, then a slip",
    ),
    ('i draw my blade. "stand back"', ["i draw my blade. ", '"stand back"'], "a quotation is its own clause"),
    ("(ooc: slower please) *nods*", ["(ooc: slower please)", " ", "*nods*"], "an aside in one bracket"),
    ("((brb door)) he waits", ["((brb door))", " ", "he waits"], "an aside in two brackets"),
    (
        "she fell. ok gotta stop there, i open at 6",
        ["she fell. ", "ok ", "gotta stop there, i open at 6"],
        "slip",
    ),
    ("version 2.0 costs 3.50", ["version 2.0 costs 3.50"], "a full stop inside a number ends nothing"),
    ("*unclosed and on", ["*unclosed and on"], "an unclosed mark marks nothing"),
    (
        "snake_case_name is one word",
        ["snake_case_name is one word"],
        "underscores inside a word mark nothing",
    ),
    ("", [], "an empty message has no clause"),
]


@pytest.mark.parametrize(("text", "clauses", "reason"), CUTS)
def test_cuts(text: str, clauses: list[str], reason: str) -> None:
    merged = [text[start:end] for start, end, _ in split_clauses(text)]
    assert [c.strip() for c in merged if c.strip()] == [c.strip() for c in clauses if c.strip()], reason


MARKED = st.text(alphabet='ab .,*_"“”«»()[]oc:!?\n…', max_size=80)


@given(st.one_of(st.text(max_size=200), MARKED))
def test_clauses_cover_the_text_without_gap_or_overlap(text: str) -> None:
    at = 0
    for start, end, mark in split_clauses(text):
        assert start == at
        assert end > start
        assert mark in {"plain", "action", "quote", "ooc"}
        at = end
    assert at == len(text)


@pytest.mark.parametrize(
    "piece", ["*", "_", '"', "“", "«", "((", "(ooc ", "[ooc ", ". ", "\n", "brb ", "a.b", "( "]
)
def test_a_huge_text_is_cut_in_bounded_time_into_few_clauses(piece: str) -> None:
    text = piece * (5_000_000 // len(piece))
    begun = time.perf_counter()
    count = sum(1 for _ in split_clauses(text))
    assert count < 30_000
    assert time.perf_counter() - begun < 5
