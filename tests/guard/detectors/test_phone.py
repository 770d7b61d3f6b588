"""Telephone numbers in figures and words, and the many numbers that are none."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.phone import phone

FOUND = [
    ("call (312) 555-0148 after six", "(312) 555-0148", "North America with brackets"),
    ("312-555-0148", "312-555-0148", "North America with hyphens needs no cue"),
    ("1-312-555-0148 works", "1-312-555-0148", "with the country's digit"),
    ("text me 3125550148", "3125550148", "run together, with a cue"),
    ("its 555-0148", "555-0148", "seven figures of the fictional exchange"),
    ("ring +44 7700 900123 please", "+44 7700 900123", "international"),
    ("mobile 07700 900123", "07700 900123", "United Kingdom"),
    ("im on 01632 960 123", "01632 960 123", "three groups"),
    ("0161 496 0123 is the shop", "0161 496 0123", "national form without a cue"),
    ("je t'appelle au 06 39 98 17 23", "06 39 98 17 23", "France, five pairs"),
    ("0491 570 006", "0491 570 006", "Australia"),
    ("meine nummer 030 23125 123", "030 23125 123", "Germany"),
    ("whatsapp 98765 43210", "98765 43210", "India, five and five"),
    ("pix é (11) 95550-0123", "(11) 95550-0123", "Brazil"),
    ("0803 555 0123 ask for me", "0803 555 0123", "Nigeria"),
    ("my number is 4 1 9 5 5 5 0 1 2 3", "4 1 9 5 5 5 0 1 2 3", "figure by figure"),
    ("call me five five five, zero one two three", "five five five, zero one two three", "in words"),
    ("double five five, oh one two three, ring it", "double five five, oh one two three", "double and oh"),
    ("oh seven seven double oh, nine hundred, one two three, ring me",
     "oh seven seven double oh, nine hundred, one two three", "hundreds"),
    ("cinco cinco cinco, cero uno dos tres, llámame a mi celular",
     "cinco cinco cinco, cero uno dos tres", "Spanish"),
    ("my cell: ３１２－５５５－０１４８", "３１２－５５５－０１４８", "full width"),
    ("he rang KLondike 5-0163", "KLondike 5-0163", "named exchange"),
    ("saved: (918) 555-0187", "(918) 555-0187", "an area code in brackets, beside a word of banks"),
    ("last four digits of my number are 0148", "0148", "a piece, named as such"),
    ("call 555-0148 4 times", "555-0148", "a count after it stays outside"),
    ("312-555-0148 ext 204", "312-555-0148 ext 204", "an extension belongs to it"),
    ("number is in my locker. 555-0148", "555-0148", "a place for locks does not make it a code"),
]  # fmt: skip

NOT = [
    ("order 406-5550142-0199", "an order"),
    ("isbn 978-3-16-148410-0", "a book"),
    ("won 6-4 3-6 7-6", "a score"),
    ("since 2019-2023", "a span of years"),
    ("on 2024-01-15 at 10", "a date"),
    ("it costs 1,250,000 dollars", "a price"),
    ("$5550148", "a price"),
    ("988 or 911", "public lines are nobody's"),
    ("booking number 5550148", "a booking"),
    ("case 24-550199", "a case"),
    ("build 5.55.0199", "a version"),
    ("i counted it five five five times", "a count"),
    ("the gauge reads 020-7946", "a reading"),
    ("4111 1111 1111 1111", "a card"),
    ("one two three four, and turn", "counting aloud"),
    ("ran 10.5 km in 55:30", "distance and time"),
    ("51.5074, -0.1278", "coordinates"),
    ("SSN 987-65-4320", "an identity number"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in phone.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason


def test_two_numbers_are_two_spans() -> None:
    assert found("me on 07700 900123, him on 07700 900456") == ["07700 900123", "07700 900456"]


def test_ones_own_number_speaks_for_life() -> None:
    own = next(iter(phone.find(View("my number is 312-555-0148"))))
    bare = next(iter(phone.find(View("312-555-0148"))))
    assert own.self_evidence > 0.5 > bare.self_evidence
