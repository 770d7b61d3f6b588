"""What all identifier detectors share: groups of figures, number words, cue words."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.strategies import texts

from discretion.guard import View
from discretion.guard.detectors._reading import read
from discretion.guard.detectors.phone import phone

RUNS = [
    ("five five five, zero one two three", ["5550123"], "figure by figure"),
    ("twenty-one forty two", ["2142"], "tens and units make one group"),
    ("nine hundred and six", ["900", "6"], "and parts them"),
    ("double-seven o o", ["7700"], "a repeated figure, hyphened"),
    ("oh four treble one", ["04111"], "a repeated figure"),
    ("quatre-vingt-dix-huit, trente-neuf, zéro", ["98390"], "French scores"),
    ("pięćset pięćdziesiąt pięć, zero jeden", ["55501"], "Polish hundreds"),
    ("55014, 20199, 06655", ["55014", "20199", "06655"], "commas part groups of several figures"),
    ("5-0-4, 5-5-5, oh 1 8 8", ["5045550188"], "commas join what is read figure by figure"),
    (
        "415-555-0100 415-555-0101",
        ["4155550100", "4155550101"],
        "white space parts numbers that have other joints",
    ),
    ("4111-1111-1111-1111 12/25 1234", ["41111111111111111225" + "1234"], "but not a card's parts"),
    ("1\ufe0f\u20e32\ufe0f\u20e3", ["12"], "keycaps"),
    ("no figures here", [], "nothing"),
]


@pytest.mark.parametrize(("text", "digits", "reason"), RUNS)
def test_runs(text: str, digits: list[str], reason: str) -> None:
    assert [run.digits for run in read(View(text)).runs] == digits, reason


LISTS = [
    (" and ", "words between"),
    ("\n", "one a line"),
    (", ", "commas"),
    ("; ", "semicolons"),
    (" ", "white space only"),
]


@pytest.mark.parametrize(("between", "reason"), LISTS)
def test_no_number_of_a_long_list_is_left_out(between: str, reason: str) -> None:
    numbers = [f"415-555-01{index % 100:02}" for index in range(500)]
    text = between.join(numbers)
    found = [text[hit.start : hit.end] for hit in phone.find(View(text))]
    assert found == numbers, reason


def test_the_nearest_cue_wins_and_phrases_are_cues() -> None:
    reading = read(View("my card is old but the sort code is 08-99-99"))
    cues = reading.cues(*next((run.start, run.end) for run in reading.runs))
    assert cues["account"] < cues["card"]


def test_a_reading_is_shared() -> None:
    view = View("text")
    assert read(view) is read(view)


@given(texts)
def test_runs_lie_in_the_text_in_order(text: str) -> None:
    view = View(text)
    end = 0
    for run in read(view).runs:
        for atom in run.atoms:
            assert end <= atom.start < atom.end <= len(view.folded.text)
            assert atom.digits.isdecimal()
            end = atom.end
