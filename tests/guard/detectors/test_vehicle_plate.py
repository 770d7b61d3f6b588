"""Registration marks of many countries, spelled out, and VINs."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.vehicle_plate import vehicle_plate

FOUND = [
    ("silver octavia YX21 ZZK", "YX21 ZZK", "United Kingdom"),
    ("171-D-12345", "171-D-12345", "Ireland"),
    ("the car, UN-KL 418", "UN-KL 418", "Germany"),
    ("IO-117-UU", "IO-117-UU", "France"),
    ("GJ05 ZZ 0417", "GJ05 ZZ 0417", "India"),
    ("ABC1D23", "ABC1D23", "Brazil"),
    ("YZK-417-B", "YZK-417-B", "Mexico"),
    ("white truck, 417 KXB", "417 KXB", "North America, with a cue"),
    ("my plate is kxr 4471", "kxr 4471", "as typed, named"),
    ("Quebec Quebec one nine, India Zulu Oscar", "Quebec Quebec one nine, India Zulu Oscar", "spelled out"),
    ("my plate is 7abc123 and i park outside", "7abc123", "the words behind it stay outside"),
    ("my plate is 7ABC123 in the lot", "7ABC123", "the same with capitals"),
    ("1M8GDM9AXKP042788", "1M8GDM9AXKP042788", "a VIN, check digit right"),
]  # fmt: skip

NOT = [
    ("417 KXB", "a weak form without a cue"),
    ("flight BA 117", "a flight"),
    ("QA 76, QA 77", "shelf marks"),
    ("1M8GDM9A0KP042788", "a VIN, check digit wrong"),
    ("my car does 40 mph", "a speed"),
    ("covid 19", "an illness"),
    ("PS5 and GTA 6", "games"),
    ("plates for 12 people", "crockery"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in vehicle_plate.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
