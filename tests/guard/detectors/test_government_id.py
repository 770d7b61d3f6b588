"""Identity numbers by country, right or presented as such."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.government_id import government_id

FOUND = [
    ("ssn 987-65-4320", "987-65-4320", "a number that was never given out, presented as one"),
    ("987-65-4320", "987-65-4320", "the form of a social security number is enough"),
    ("last four of my social 6789", "6789", "the last figures, named"),
    ("NI QQ 12 34 56 C", "QQ 12 34 56 C", "United Kingdom, the example prefix"),
    ("my nhs number is 943 476 5919", "943 476 5919", "United Kingdom, checksum right"),
    ("sin: 046 454 286", "046 454 286", "Canada, the example number"),
    ("pps 1234567T", "1234567T", "Ireland"),
    ("my tfn 123 456 782", "123 456 782", "Australia"),
    ("IRD 49-091-850", "49-091-850", "New Zealand"),
    ("steuer id 86 095 742 719", "86 095 742 719", "Germany"),
    ("sécu 2 69 05 49 588 157 80", "2 69 05 49 588 157 80", "France"),
    ("aadhaar 1184 2207 5590", "1184 2207 5590", "India, wrong checksum but named"),
    ("PAN ABCPE1234F", "ABCPE1234F", "India, tax"),
    ("cpf 123.456.789-09", "123.456.789-09", "Brazil"),
    ("DNI 12345678Z", "12345678Z", "Spain"),
    ("RSSMRA85T10A562S", "RSSMRA85T10A562S", "Italy"),
    ("bsn 111222333", "111222333", "Netherlands"),
    ("PESEL: 02070803628", "02070803628", "Poland"),
    ("131052-308T", "131052-308T", "Finland"),
    ("8001015009087", "8001015009087", "South Africa, checksum right"),
    ("my id 871331 0142 08 6", "871331 0142 08 6", "South Africa, no such month, but named"),
    ("KRA A999555014Q", "A999555014Q", "Kenya"),
    ("nin 00417209931", "00417209931", "Nigeria"),
    ("sss 00-0417226-3", "00-0417226-3", "Philippines"),
    ("ic 910231-70-5124", "910231-70-5124", "Malaysia"),
    ("S1234567D", "S1234567D", "Singapore"),
    ("94201-0000317-5", "94201-0000317-5", "Pakistan"),
    ("784-0000-0417226-3", "784-0000-0417226-3", "Emirates"),
    ("11010519491231002X", "11010519491231002X", "China, the standard's example"),
    ("my passport number is 123456789", "123456789", "a passport, without the word before"),
    ("passport no 123456789", "123456789", "no for number"),
    ("passport P0000417B", "P0000417B", "a passport, named"),
    ("her licence reads I1234562", "I1234562", "a driving licence, named"),
    ("my social security is nine eight seven six five four three two zero",
     "nine eight seven six five four three two zero", "said aloud"),
]  # fmt: skip

NOT = [
    ("046 454 286", "figures alone"),
    ("lot 12345678", "a lot"),
    ("111222333", "figures alone"),
    ("order 123-45-678", "an order"),
    ("12345678", "figures alone"),
    ("my passport expires 2031-05-12", "a date"),
    ("i need id at 21", "an age"),
    ("tin of beans 400", "a tin"),
    ("the pan cost 1,234,567", "a pan"),
    ("badge 0199", "a badge"),
    ("pan seared at 200", "cooking"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in government_id.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
