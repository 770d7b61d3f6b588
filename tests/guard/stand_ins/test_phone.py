"""Stand-ins of telephone numbers: kept for fiction in their country, grouped as the user's."""

from __future__ import annotations

import re

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.guard.stand_ins.asking import first, offered

from discretion.guard.stand_ins._fiction_numbers import countries, is_area_code, ranges, source
from discretion.guard.stand_ins._figures import Figures
from discretion.guard.stand_ins.kinds.phone import read
from discretion.records import Kind

SHAPES = [
    ("512-867-5309", "US", r"\d{3}-555-01\d\d", "hyphens"),
    ("(512) 867-5309", "US", r"\(\d{3}\) 555-01\d\d", "brackets"),
    ("5128675309", "US", r"\d{3}55501\d\d", "run together"),
    ("+1 512.867.5309", "US", r"\+1 \d{3}\.555\.01\d\d", "with the country, dots"),
    ("1-512-867-5309 x204", "US", r"1-\d{3}-555-01\d\d x\d{3}", "an extension"),
    ("867-5309", "US", r"555-01\d\d", "without an area"),
    ("five five five, 0142", "US", r"five five five, 01\d\d", "half in words"),
    ("five one two eight six seven five three oh nine", "US", r".+ five five five oh one .+", "in words"),
    ("5️⃣1️⃣2️⃣8️⃣6️⃣7️⃣5️⃣3️⃣0️⃣9️⃣", "US", "(?:\\d\ufe0f\u20e3){10}", "keycaps"),
    ("0148", "US", r"01\d\d", "the last four"),
    ("512", "US", r"\d{3}", "an area code"),
    ("PEnnsylvania 6-5000", "US", r"KLondike 5-01\d\d", "a named exchange"),
    ("07911 123456", "US", r"07700 900\d{3}", "a British mobile, whatever the locale"),
    ("+44 (0)7911 123456", "GB", r"\+44 \(0\)7700 900\d{3}", "British from abroad"),
    ("020 7946 0123", "GB", r"02[89] (?:9018|2018) 0\d{3}", "London becomes another city with its groups"),
    ("+44 20 7946 0123", "US", r"\+44 2[89] (?:9018|2018) 0\d{3}", "the same from abroad"),
    ("null eins sieben eins zwei drei vier fünf sechs sieben acht", "US", r"null eins sieben.+", "German"),
    ("06 12 34 56 78", "US", r"06 39 98 \d\d \d\d", "French, known by its groups"),
    ("030 / 1234567", "DE", r"0\d{2,3}[ /]+\d{7,8}|0\d{2,3} \d{7,8}", "Berlin"),
    ("070-123 45 67", "SE", r"070-174 06 \d\d", "Swedish"),
    ("087 123 4567", "IE", r"020 91\d \d{4}", "Irish"),
    ("0412 345 678", "AU", r"0491 57\d \d{3}", "Australian"),
    ("9123 4567", "AU", r"(?:5550|7010) \d{4}", "Australian without its area"),
    ("+91 98765 43210", "IN", r"\+1 \d{3} 555 01\d\d", "no range is known for India"),
    ("98765 43210", "IN", r"\+1 \d{3} 555 01\d\d", "nor without the code"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "locale", "shape", "why"), SHAPES)
def test_shape_stays(words: str, locale: str, shape: str, why: str) -> None:
    for made in offered(Kind.PHONE, words, locale=locale):
        assert re.fullmatch(shape, made), (made, why)
        assert made != words


@pytest.mark.parametrize(("words", "locale"), [row[:2] for row in SHAPES if len(row[0]) > 8])
def test_it_is_in_a_range_kept_for_fiction(words: str, locale: str) -> None:
    for made in offered(Kind.PHONE, re.sub(r" x\d+$", "", words), locale=locale):
        if made.startswith(("KLondike", "5550", "7010")):
            continue
        digits = Figures.read(made).digits
        american = re.search(r"(?:^1?[2-9]\d\d|^)55501\d\d$", digits)
        known = any(
            re.search(rf"(?:^|0){row.prefix}\d+$", digits) or row.prefix in digits
            for c in countries()
            for row in ranges(c)
        )
        assert american or known, made


def test_every_range_names_a_source_that_was_opened() -> None:
    for country in countries():
        for row in ranges(country):
            opened = source(row.source)
            assert all(opened[key] for key in ("address", "opened", "quote")), row
            assert country in opened["covers"]
            assert len(row.first) == len(row.last)
            assert int(row.first) <= int(row.last)


def test_every_range_is_of_a_length_that_its_country_has() -> None:
    for country in countries():
        code = phonenumbers.country_code_for_region(country)
        for row in ranges(country):
            assert phonenumbers.is_possible_number(phonenumbers.parse(f"+{code}{row.prefix}{row.first}")), row


@pytest.mark.parametrize("code", ["205", "212", "512", "713", "907"])
def test_no_area_of_the_users_comes_again(code: str) -> None:
    for made in offered(Kind.PHONE, f"{code}-555-0142", count=80):
        assert not made.startswith(code)
        assert made[-2:] != "42"


def test_only_everyday_area_codes() -> None:
    assert not any(is_area_code(code, "US") for code in ("800", "888", "900", "500", "200", "416"))
    assert is_area_code("212", "US")
    assert is_area_code("416", "CA")


NOTATIONS = [
    ("512-867-5309", "303-555-0142", "(512) 867-5309", "(303) 555-0142"),
    ("512-867-5309", "303-555-0142", "+1 512 867 5309", "+1 303 555 0142"),
    ("867-5309", "555-0142", "eight six seven five three oh nine", "five five five oh one four two"),
    ("512-867-5309", "303-555-0142", "867-5309", "555-0142"),
    ("512-867-5309", "303-555-0142", "5309", "0142"),
    ("512-867-5309", "303-555-0142", "512", "303"),
    ("07911 123456", "07700 900321", "+44 7911 123456", "+44 7700 900321"),
    ("+44 7911 123456", "+44 7700 900321", "07911123456", "07700900321"),
]  # fmt: skip


@pytest.mark.parametrize(("real", "stand_in", "words", "wanted"), NOTATIONS)
def test_another_notation_of_a_known_number(real: str, stand_in: str, words: str, wanted: str) -> None:
    assert first(Kind.PHONE, words, known=((real, stand_in),)) == wanted


@pytest.mark.parametrize(
    "words", ["", "x", "+", "()", "+999999999999999", "0" * 4000, "five", "1-1-1-1", "\x00", "-" * 900]
)
def test_hostile_words_do_no_harm(words: str) -> None:
    assert words not in offered(Kind.PHONE, words, count=3)


@settings(max_examples=60, deadline=None)
@given(st.from_regex(r"[2-9]\d\d[-. ][2-9]\d\d[-. ]\d{4}", fullmatch=True), st.integers(0, 99))
def test_any_american_number(words: str, seed: int) -> None:
    made = first(Kind.PHONE, words, seed=seed)
    assert made == first(Kind.PHONE, words, seed=seed)
    assert [c for c in made if not c.isdigit()] == [c for c in words if not c.isdigit()]
    assert made != words
    assert read(made, "US") or re.fullmatch(r"\+1.*55501\d\d", re.sub(r"\W", "", made))
