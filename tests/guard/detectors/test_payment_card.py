"""Card numbers: the networks' test numbers, grouped, spoken, mistyped, and the last four."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.payment_card import payment_card

FOUND = [
    ("4111 1111 1111 1111", "4111 1111 1111 1111", "grouped, no cue"),
    ("4111111111111111", "4111111111111111", "run together"),
    ("card 5105-1051-0510-5100 exp 09/29", "5105-1051-0510-5100", "hyphens; the expiry stays outside"),
    ("3782 822463 10005", "3782 822463 10005", "four, six, five"),
    ("3056 9309 0259 04", "3056 9309 0259 04", "fourteen figures"),
    ("my card 4111 1111 1111 1112", "4111 1111 1111 1112", "wrong checksum, presented as a card"),
    ("card: four one one one, one one one one, one one one one, one one one one",
     "four one one one, one one one one, one one one one, one one one one", "said aloud"),
    ("card ending in 1881", "1881", "the last four, named"),
    ("last 4 of my card is 4242", "4242", "the last four, named the other way round"),
]  # fmt: skip

NOT = [
    ("4111 1111 1111 1112", "wrong checksum and no cue"),
    ("0000 0000 0000 0000", "one figure over and over"),
    ("invoice 2024-0199-555", "an invoice"),
    ("1Z 999 AA1 01 2345 6784", "a parcel"),
    ("isbn 9783161484100", "a book"),
    ("1,234,567,890,123", "a sum"),
    ("card game at 19 30", "a game"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in payment_card.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
