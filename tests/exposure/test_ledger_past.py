"""Facts of an earlier time: kept, and not counted as of today."""

from __future__ import annotations

import pytest

from discretion.exposure._ledger_values import fact_value
from discretion.knowledge import normalise
from discretion.records import Finding, Frame, Kind, Severity
from discretion.text import Message


@pytest.mark.parametrize(
    ("before", "kind", "words", "value", "why"),
    [
        ("i live in ", "location", "Tulsa, Oklahoma", "place", "where one lives"),
        ("im from ", "location", "Tulsa, Oklahoma", "place", "most who say it live there"),
        ("i grew up in ", "location", "Tulsa, Oklahoma", None, "where one no longer lives"),
        ("i used to live in ", "location", "Tulsa, Oklahoma", None, "the same, said"),
        ("moved here from ", "location", "Tulsa, Oklahoma", None, "left"),
        ("moved from Boise to ", "location", "Tulsa, Oklahoma", "place", "come to"),
        ("i've always lived in ", "location", "Tulsa, Oklahoma", "place", "goes on"),
        ("i\u2019ve lived in ", "location", "Tulsa, Oklahoma", "place", "goes on, with a typed apostrophe"),
        ("i was born in Boise but live in ", "location", "Tulsa, Oklahoma", "place", "another clause"),
        ("i was born in Boise. home is ", "location", "Tulsa, Oklahoma", "place", "another sentence"),
        ("i used to be a ", "occupation", "plumber", None, "another job by now"),
        ("i was told i work as a fine and steady ", "occupation", "plumber", "occupation", "too far off"),
        ("i was raised ", "religion", "Catholic", "former/", "a faith that was left"),
        ("we were ", "relationship", "married", "relationship", "an event that holds"),
        ("we used to be ", "relationship", "married", None, "ended"),
    ],
)
def test_what_was_of_an_earlier_time_is_not_counted_as_of_today(
    before: str, kind: str, words: str, value: str | None, why: str
) -> None:
    message = Message(f"{before}{words}")
    start = len(before)
    guarded = normalise(Kind(kind), words)
    finding = Finding(
        Kind(kind), start, start + len(words), Frame.SELF, Severity.LOW, 0.9, "test", "a test", guarded
    )
    found = fact_value(message, finding, is_own=False)
    assert guarded is not None
    assert (found is not None) is (value is not None), why
    if found is not None and value is not None:
        assert value in f"{found.system}|{found.code}", why
