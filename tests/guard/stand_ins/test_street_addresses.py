"""Stand-ins of addresses: other numbers, invented names, the user's order and capitals."""

from __future__ import annotations

import re

import pytest
from tests.guard.stand_ins.asking import first, offered

from discretion.guard.stand_ins._alike import sections
from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words, places
from discretion.knowledge.population import keyed, zip_stratum
from discretion.records import Kind

W, S = r"[A-Z][a-z]+", r"[a-z]+"
SHAPES = [
    ("oakfield rd 22", rf"{S} rd \d\d", "as people type"),
    ("14 Mill Lane, Flat 2B, Tulsa, OK 74104", rf"\d\d {W} Lane, Flat \d\w, {W}, [A-Z]+ \d{{5}}", "whole"),
    ("14 mill lane tulsa ok 74104", rf"\d\d {S} lane {S} [a-z]{{2}} \d{{5}}", "the same in small letters"),
    ("14 MILL LANE, TULSA", r"\d\d [A-Z]+ LANE, [A-Z]+", "capitals"),
    ("Flat 3, 14 Mill Lane, London SW1A 2AA", rf"Flat \d, \d\d {W} Lane, {W} V[A-Z]\d\w \d\w\w", "British"),
    ("1600 Pennsylvania Ave NW", rf"\d{{4}} {W} Ave NW", "a street named after a state"),
    ("221B Baker Street", rf"\d{{3}}[A-H] {W} Street", "a letter after the number"),
    ("5th Avenue 350", r"\d(?:st|nd|rd|th) Avenue \d{3}", "a numbered street"),
    ("940 Mill Street, third floor", rf"\d{{3}} {W} Street, third floor", "a floor"),
    ("5 Green Street", rf"\d {W} Street", "a type that is a name"),
    ("Hauptstraße 12, 10117 Berlin", rf"{W}straße \d\d, \d{{5}} {W}", "German"),
    ("Kurt-Schumacher-Straße 7", rf"{W}-{W}-Straße \d", "German with hyphens"),
    ("Prinsengracht 263, 1016 GV Amsterdam", rf"{W}gracht \d{{3}}, \d{{4}} [A-Z]{{2}} {W}", "Dutch"),
    ("12 rue des Lilas, 75002 Paris", rf"\d\d rue des {W}, \d{{5}} {W}", "French"),
    ("calle Mayor 5, 3º izquierda", rf"calle {W} \d, 3º izquierda|calle {W} \d, \dº izquierda", "Spanish"),
    ("Rua Augusta 1500, 01305-100 São Paulo", rf"Rua {W} \d{{4}}, \d{{5}}-\d{{3}} {W} {W}", "Brazilian"),
    ("Blk 123 Ang Mo Kio #05-12", rf"Blk \d{{3}} {W} {W} {W} #\d\d-\d\d", "Singapore"),
    ("Flat 302, B wing, Amaltas Residency", rf"Flat \d{{3}}, [A-Z] wing, {W} Residency", "Indian"),
    ("PO Box 123", r"PO Box \d{3}", "a box"),
    ("74104", r"\d{5}", "a code alone"),
    ("OK 74104", r"[A-Z]{2} \d{5}", "with its state"),
    ("K1A 0B1", r"[WZ]\d[A-Z] \d[A-Z]\d", "Canadian"),
    ("sw1a 1aa", r"v[a-z]\d[a-z] \d[a-z]{2}", "a British code, small"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "shape", "why"), SHAPES)
def test_shape_stays(words: str, shape: str, why: str) -> None:
    found = offered(Kind.STREET_ADDRESS, words)
    assert found
    for made in found:
        assert re.fullmatch(shape, made), (made, why)
    assert found == offered(Kind.STREET_ADDRESS, words)


KEPT = {
    "third",
    "floor",
    "rd",
    "lane",
    "flat",
    "ave",
    "nw",
    "street",
    "avenue",
    "straße",
    "rue",
    "des",
    "calle",
    "izquierda",
    "rua",
}
KEPT |= {"blk", "wing", "residency", "po", "box"}


@pytest.mark.parametrize("words", [row[0] for row in SHAPES])
def test_no_name_and_no_number_of_the_users_is_left(words: str) -> None:
    for made in offered(Kind.STREET_ADDRESS, words, count=40):
        mine = set(re.findall(r"[^\W\d_]{3,}|\d{2,}", words.lower())) - KEPT
        its = set(re.findall(r"[^\W\d_]{3,}|\d{2,}", made.lower()))
        assert not {word for word in mine & its if not word.endswith(("straße", "gracht"))}, made


def test_invented_names_are_no_places_and_nobodys() -> None:
    known = places() | given_names() | family_names() | ordinary_words()
    for key in ("street_en", "street_de", "street_romance"):
        assert not known & set(sections("drawn_words.txt")[key])


def test_codes_belong_to_no_area() -> None:
    for made in offered(Kind.STREET_ADDRESS, "Tulsa, OK 74104", count=60):
        assert zip_stratum(made[-5:]) is None
    taken = {code[0][:3] for code in keyed("us_zcta", 2)}
    free = [f"{n:03d}" for n in range(10, 1000) if f"{n:03d}" not in taken]
    assert [*sections("drawn_words.txt")["free_zip"]] == [n for n in free if n[:2] not in {"09", "34", "96"}]


NOTATIONS = [
    ("oakfield rd 22", "larkmere rd 80", "22 Oakfield Road", "80 Larkmere Road"),
    ("22 Oakfield Road, Tulsa", "80 Larkmere Road, Corlby", "oakfield rd 22", "larkmere rd 80"),
    ("22 Oakfield Road, Tulsa, OK 74104", "80 Larkmere Road, Corlby, NM 21334", "74104", "21334"),
    ("oakfield rd 22", "larkmere rd 80", "OAKFIELD RD 22", "LARKMERE RD 80"),
]


@pytest.mark.parametrize(("real", "stand_in", "words", "wanted"), NOTATIONS)
def test_another_notation_of_a_known_address(real: str, stand_in: str, words: str, wanted: str) -> None:
    assert first(Kind.STREET_ADDRESS, words, known=((real, stand_in),)) == wanted


def test_another_street_is_no_notation_of_it() -> None:
    known = (("oakfield rd 22", "larkmere rd 80"),)
    assert "larkmere" not in first(Kind.STREET_ADDRESS, "22 elm rd", known=known)


@pytest.mark.parametrize(
    "words", ["", " ", ",,,", "\x00", "1" * 3000, "a " * 500, "straße", "rd", "🦊 1", "1/2/3/4"]
)
def test_hostile_words_do_no_harm(words: str) -> None:
    assert words not in offered(Kind.STREET_ADDRESS, words, count=3)
