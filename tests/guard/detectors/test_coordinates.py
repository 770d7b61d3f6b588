"""Places on the map in the ways that people write them."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.coordinates import coordinates

FOUND = [
    ("pin 51.5074, -0.1278 ok", "51.5074, -0.1278", "decimal pair"),
    ("65.2301 N, 25.9012 E", "65.2301 N, 25.9012 E", "with hemispheres"),
    ("45°12'40\"N 61°20'15\"W", "45°12'40\"N 61°20'15\"W", "degrees, minutes, seconds"),
    ("12°04′N 45°03′W", "12°04′N 45°03′W", "true prime signs"),
    ("N 46°33'18\" E 11°52'40\"", "N 46°33'18\" E 11°52'40\"", "hemisphere first"),
    ("51 22 north, 9 38 west", "51 22 north, 9 38 west", "in words"),
    ("geo:48.5921,7.8102", "geo:48.5921,7.8102", "RFC 5870"),
    ("https://www.google.com/maps/@48.59,7.81,17z",
     "https://www.google.com/maps/@48.59,7.81,17z", "a map link"),
    ("meet at 8FVC9G8F+6X", "8FVC9G8F+6X", "a plus code"),
    ("grid SO 0912 5377", "SO 0912 5377", "the national grid, with a cue"),
    ("the three word thing, ///filled.count.soap", "///filled.count.soap", "three words, with a cue"),
]  # fmt: skip

NOT = [
    ("12.50, 13.75", "prices"),
    ("98.6, 102.4", "temperatures"),
    ("120.123, 45.678", "no such latitude"),
    ("it is 45° out", "a temperature"),
    ("filled.count.soap", "three words without a cue"),
    ("SO 0912 5377", "a grid reference without a cue"),
    ("555,019.8. 555,019.9", "an odometer"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in coordinates.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
