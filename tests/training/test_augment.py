"""Augmented conversations keep what they say: labels in place, kinds and frames, digits, contact data."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import texts
from training.augment import augmented, spelled
from training.corpus import Chat, Label, Turn, read
from training.edits import FIXED, Edit, edited
from training.swaps import swapped

from training import augment

KINDS = ("name", "location", "age", "pet", "family", "street_address", "phone", "email", "secret", "health")
DIGITS = re.compile(r"\d+")


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    """A message with ordered labels that are not blank at an end, as the corpus has them."""
    text = draw(texts).replace("\ud800", "")
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    labels = []
    for start, end in zip(borders[::2], borders[1::2], strict=False):
        words = text[start:end]
        if words == words.strip():
            kind = draw(st.sampled_from(KINDS))
            labels.append(Label(kind, start, end, draw(st.sampled_from(("self", "fiction")))))
    frame = draw(st.sampled_from(("self", "fiction", "neutral", None)))
    return Turn(text, frame, frozenset(), tuple(labels) if frame else ())


chats = st.builds(
    Chat, st.just("t1-1"), st.sampled_from(("", "Emma Thornton, a nurse", "Kapitan Omar")),
    st.lists(turns(), min_size=1, max_size=4).map(tuple),
)  # fmt: skip


@cache
def corpus() -> tuple[Chat, ...]:
    return tuple(read())


def check(before: Turn, after: Turn) -> None:
    """The labels of ``after`` are those of ``before``, in place."""
    assert (after.frame, after.flags) == (before.frame, before.flags)
    assert [(x.kind, x.frame) for x in after.labels] == [(x.kind, x.frame) for x in before.labels]
    at = 0
    for old, new in zip(before.labels, after.labels, strict=True):
        assert at <= new.start < new.end <= len(after.text)
        at = new.end
        was, words = before.text[old.start : old.end], after.text[new.start : new.end]
        assert words == words.strip()
        if old.kind in FIXED:
            assert re.sub(r"[^\W\d_]", "", words) == re.sub(r"[^\W\d_]", "", was)
            assert words == was or old.kind in ("email", "username")
        if old.kind not in ("age", "name", "location"):
            assert DIGITS.findall(words) == DIGITS.findall(was)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(chats, st.integers(0, 2**32))
def test_any_conversation_keeps_its_labels(chat: Chat, seed: int) -> None:
    """Also with emoji, zero-width and combining characters, letters that grow in upper case, broken marks."""
    told = augmented(chat, random.Random(seed))
    assert len(told.turns) == len(chat.turns)
    for before, after in zip(chat.turns, told.turns, strict=True):
        check(before, after)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_corpus_keeps_its_labels(data: st.DataObject) -> None:
    chat = data.draw(st.sampled_from(corpus()))
    seed = data.draw(st.integers(0, 2**32))
    told = augmented(chat, random.Random(seed))
    for before, after in zip(chat.turns, told.turns, strict=True):
        check(before, after)
    assert told == augmented(chat, random.Random(seed)), "the seed decides everything"


@settings(max_examples=200, deadline=None)
@given(turns(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), st.sampled_from(("", "x", " y")))))
def test_edits_never_cross_a_label(turn: Turn, drawn: list[tuple[int, int, str]]) -> None:
    edits = [Edit(a, a + n, new) for a, n, new in drawn if a + n <= len(turn.text)]
    for before, after in zip(turn.labels, edited(turn, edits).labels, strict=True):
        assert after.start < after.end
        assert before.kind == after.kind


def marked(text: str, **labels: str) -> Turn:
    rows = sorted((text.index(words), kind, words) for kind, words in labels.items())
    return Turn(text, "self", frozenset(), tuple(Label(k, a, a + len(w), "self") for a, k, w in rows))


def words_of(turn: Turn) -> list[str]:
    return [turn.text[x.start : x.end] for x in turn.labels]


@pytest.mark.parametrize(
    ("style", "turn", "labels", "reason"),
    [
        (augment.lower, marked("I live in Stoke", location="Stoke"), ["stoke"], "case is no part of a fact"),
        (augment.lower, marked("pw is Ab3xQ", secret="Ab3xQ"), ["Ab3xQ"], "a password's case is"),
        (augment.no_capitals, marked("ER nurse in Hull", location="Hull"), ["hull"], "a name's capital goes"),
        (augment.title, marked("my ma's dog is bo", pet="bo"), ["Bo"], "as a keyboard capitalises"),
        (augment.no_apostrophes, marked("it's O'Neill", name="O'Neill"), ["ONeill"], "inside a label too"),
        (augment.dictated, marked("im 34, ok.", age="34"), ["thirty four"], "an age is spoken in words"),
        (augment.dictated, marked("im 34f ok", age="34f"), ["34f"], "an abbreviation is not"),
        (
            augment.dictated,
            marked("bus at 5.15.", routine="bus at 5.15"),
            ["bus at 5.15"],
            "a time keeps it",
        ),
        (
            augment.dictated,
            marked("call 555-0142.", phone="555-0142"),
            ["555-0142"],
            "a number stays",
        ),
    ],
)
def test_styles(
    style: Callable[[Turn, random.Random], Turn], turn: Turn, labels: list[str], reason: str
) -> None:
    assert words_of(style(turn, random.Random(0))) == labels, reason


def test_a_name_becomes_the_same_name_everywhere() -> None:
    chat = Chat(
        "x-1",
        "Kasia, a friend",
        (
            marked("im megan, write megan@mail.example", name="megan", email="megan@mail.example"),
            Turn("Hello Megan! MEGAN'S tea is ready.", None, frozenset(), ()),
            Turn("kasia pours megans tea", "fiction", frozenset(), ()),
        ),
    )
    told = swapped(chat, random.Random(3), places=False)
    new = told.turns[0].text.split(",")[0].removeprefix("im ")
    card = told.persona.partition(",")[0]
    assert new not in ("megan", card.lower())
    assert card != "Kasia"
    assert told.turns[0].text == f"im {new}, write {new}@mail.example"
    assert told.turns[1].text == f"Hello {new.title()}! {new.upper()}'S tea is ready."
    assert told.turns[2].text == f"{card.lower()} pours {new}s tea"


def test_a_public_figure_is_nobody_else() -> None:
    said = Turn("taylor sheridan writes like megan fox acts", "self", frozenset(), ())
    chat = Chat("x-1", "", (said,))
    assert swapped(chat, random.Random(0)) == chat, "an unmarked name in the user's words may be famous"


def test_a_town_stays_in_its_state() -> None:
    from training.swaps import towns

    chat = Chat("x-1", "", (marked("from toledo, ohio", location="toledo, ohio"),))
    told = swapped(chat, random.Random(1), names=False)
    town = told.turns[0].text.removeprefix("from ").removesuffix(", ohio")
    assert town != "toledo"
    assert town in towns()[1]["US.OH"]
    assert words_of(told.turns[0]) == [f"{town}, ohio"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (19, "nineteen"), (20, "twenty"), (42, "forty two"), (99, "ninety nine")],
)
def test_spelled(number: int, words: str) -> None:
    assert spelled(number) == words
