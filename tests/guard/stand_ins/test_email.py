"""Stand-ins of e-mail addresses: the user's writing, another address, under .example."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guard.stand_ins.asking import first, offered

from discretion.guard import View
from discretion.guard.detectors.email import email as detector
from discretion.guard.stand_ins.kinds.email import read
from discretion.records import Kind

SHAPES = [
    ("jess.k@gmail.com", r"[a-z]{3,5}\.[a-z]@[a-z]+\.example", "plain"),
    ("Jess.Kowalski91@gmail.com", r"[A-Z][a-z]+\.[A-Z][a-z]+\d\d@[a-z]+\.example", "capitals, figures"),
    ("JESS.K@GMAIL.COM", r"[A-Z]{3,5}\.[A-Z]@[A-Z]+\.EXAMPLE", "all in capitals"),
    ("jkowalski@gmail.com", r"[a-z]{6,11}@[a-z]+\.example", "initial and family name run together"),
    ("j.kowalski+shop@kowalski.family", r"[a-z]\.[a-z]+\+[a-z]+@[a-z]+\.example", "a tag, one's own domain"),
    ("jess dot k at gmail dot com", r"[a-z]+ dot [a-z] at [a-z]+ dot example", "in words"),
    ("jess underscore k at hotmail dot com", r"[a-z]+ underscore [a-z] at [a-z]+ dot example", "in words"),
    ("jess(at)gmail(dot)com", r"[a-z]+\(at\)[a-z]+\(dot\)example", "brackets"),
    ("jess [at] proton [dot] me", r"[a-z]+ \[at\] [a-z]+ \[dot\] example", "brackets and spaces"),
    ("jess.k at gmail", r"[a-z]+\.[a-z] at [a-z]+\.example", "it gets the ending that it lacks"),
    ("jess_k@outlook", r"[a-z]+_[a-z]@[a-z]+\.example", "the same with the sign"),
    ("j e s s @ g m a i l . c o m", r"(?:[a-z] )+@ (?:[a-z] )+\. e x a m p l e", "letter by letter"),
    ("j e s s at gmail dot com", r"[a-z](?: [a-z]){2,4} at [a-z]+ dot example", "half by letter"),
    ("moc.liamg@ssej", r"elpmaxe\.[a-z]+@[a-z]+", "backwards"),
    ("jess⭐at⭐gmail⭐dot⭐com", r"[a-z]+⭐at⭐[a-z]+⭐dot⭐example", "signs instead of spaces"),
    ("jess punto k arroba gmail punto com", r"[a-z]+ punto [a-z] arroba [a-z]+ punto example", "Spanish"),
    ("dot com", r"dot example", "the end, sent alone"),
    (".com", r"\.example", "the same with its sign"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "shape", "why"), SHAPES)
def test_shape_stays(words: str, shape: str, why: str) -> None:
    for made in offered(Kind.EMAIL, words):
        assert re.fullmatch(shape, made), (made, why)


@pytest.mark.parametrize("words", [row[0] for row in SHAPES if row[0] not in {"dot com", ".com"}])
def test_nothing_of_the_users_is_left_in_it(words: str) -> None:
    real = read(words)
    assert real
    for made in offered(Kind.EMAIL, words, count=60):
        stand_in = read(made)
        assert stand_in
        assert stand_in.host.endswith(".example")
        for piece in re.findall(r"[a-z]{3,}|\d{2,}", real.local + " " + real.host.rpartition(".")[0]):
            assert piece not in stand_in.local + "@" + stand_in.host.removesuffix(".example")
        assert stand_in.local[0] != real.local[0]


@pytest.mark.parametrize(
    "words", [row[0] for row in SHAPES if row[0] not in {"dot com", ".com", "JESS.K@GMAIL.COM"}]
)
def test_it_is_an_address_to_our_own_reading(words: str) -> None:
    made = first(Kind.EMAIL, words)
    assert any(hit.start == 0 and hit.end == len(made) for hit in detector.find(View(made))), made


NOTATIONS = [
    ("jess.k@gmail.com", "jess dot k at gmail dot com", "mara dot t at post dot example"),
    ("jess.k@gmail.com", "jess.k(at)gmail(dot)com", "mara.t(at)post(dot)example"),
    ("jess.k@gmail.com", "JESS.K@GMAIL.COM", "MARA.T@POST.EXAMPLE"),
    ("jess.k@gmail.com", "jess.k@gmail", "mara.t@post.example"),
    ("jess dot k at gmail dot com", "Jess.K@gmail.com", "Mara.T@post.example"),
]


@pytest.mark.parametrize(("real", "words", "wanted"), NOTATIONS)
def test_another_notation_of_a_known_address(real: str, words: str, wanted: str) -> None:
    stand_in = "mara.t@post.example" if "@" in real else "mara dot t at post dot example"
    assert first(Kind.EMAIL, words, known=((real, stand_in),)) == wanted


def test_another_address_of_the_same_host_is_no_notation_of_it() -> None:
    known = (("jess.k@gmail.com", "mara.t@post.example"),)
    assert "mara.t@post.example" not in offered(Kind.EMAIL, "jess.m@gmail.com", known=known, count=3)


def test_what_is_no_end_of_an_address_is_offered_nothing() -> None:
    for words in ("kssej.moc", "jess dot k", "jess com"):
        assert offered(Kind.EMAIL, words) == []


HOSTILE = [
    "",
    "@",
    "at",
    "a@",
    "@b",
    " at ",
    "@@@@",
    "\x00@\x00",
    "at at at",
    "a" * 5000 + "@b.c",
    "🦊@🦊",
    ". . . . . . . @",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_no_harm(words: str) -> None:
    assert words.strip() not in offered(Kind.EMAIL, words, count=3) or not words.strip()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.integers(0, 99))
def test_anything_is_answered_the_same_way_twice(words: str, seed: int) -> None:
    assert offered(Kind.EMAIL, words, seed=seed) == offered(Kind.EMAIL, words, seed=seed)
