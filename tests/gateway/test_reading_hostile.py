"""Prompts and quotes that nobody would write by hand: read in bounded time, never an error."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discretion.gateway._about_user import names_of_user, sentences
from discretion.gateway._described import described
from discretion.gateway._digest import Digests
from discretion.gateway._quoted import Quotable
from discretion.gateway._reading import told_apart
from discretion.records import Review, Verdict

HOSTILE = [
    ("User persona: " + "Jessica, Amanda, " * 8_000, "a block of names"),
    ("user " * 60_000, "a word of headings"),
    ("{{user}} " * 40_000, "a macro"),
    ("[" * 200_000, "brackets"),
    ("." * 200_000, "ends of sentences"),
    ("\n" * 200_000, "empty lines"),
    ("Name: " * 40_000, "keys"),
    ("User persona:\n" + "Name: Jessica\n" * 20_000, "a sheet without end"),
    ("between " * 30_000 + "Elara and Jessica", "half a pattern"),
    ("The user lives in in in in in in " * 8_000, "phrases"),
    ("He said Mr. " * 20_000, "titles"),
    ("\ud800{{user}}\x00 is Jessica\u2028", "half a surrogate and a null"),
]


@pytest.mark.parametrize(("text", "reason"), HOSTILE, ids=[row[1] for row in HOSTILE])
def test_hostile_prompts_are_read_in_bounded_time(text: str, reason: str) -> None:
    began = time.perf_counter()
    names = names_of_user(text)[:20]
    found = described(text, names, ())
    list(told_apart(text, names))
    quotable = Quotable(Digests(bytes(32)))
    quotable.add(text, Review(Verdict.ALLOW, None))
    quotable.read(text)
    assert time.perf_counter() - began < 8, reason
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["{{user}}", "User persona:", "Jessica", "\n", "\n\n", "[", "]", ". ", " is ", "Mr."])
    )
)
def test_no_character_is_lost_between_the_sentences(parts: list[str]) -> None:
    text = "".join(parts)
    said = list(sentences(text, ["Jessica"]))
    for one in said:
        assert text[one.start : one.start + len(one.text)] == one.text
    assert "".join(one.text for one in said) == text.replace("\n", "")
    told = "".join(line for line, _ in told_apart(text, ["Jessica"]))
    assert sorted(told.replace(" ", "")) == sorted(text.replace("\n", "").replace(" ", ""))
