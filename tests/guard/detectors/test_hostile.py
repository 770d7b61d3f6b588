"""Every identifier detector on any text: it never raises, never points outside, never hangs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from tests.strategies import texts

from discretion.guard import Detector, View
from discretion.guard.detectors.bank_account import bank_account
from discretion.guard.detectors.coordinates import coordinates
from discretion.guard.detectors.crypto_wallet import crypto_wallet
from discretion.guard.detectors.date_of_birth import date_of_birth
from discretion.guard.detectors.email import email
from discretion.guard.detectors.government_id import forms, government_id
from discretion.guard.detectors.ip_address import ip_address
from discretion.guard.detectors.payment_card import payment_card
from discretion.guard.detectors.phone import phone
from discretion.guard.detectors.secret import secret
from discretion.guard.detectors.street_address import street_address
from discretion.guard.detectors.username import username
from discretion.guard.detectors.vehicle_plate import vehicle_plate

DETECTORS = (
    bank_account, coordinates, crypto_wallet, date_of_birth, email, government_id, ip_address,
    payment_card, phone, secret, street_address, username, vehicle_plate,
)  # fmt: skip

# Texts on which a pattern with nested or overlapping repeats would need years.
LONG = [
    "a" * 50_000, "1 " * 25_000, "@" * 50_000, "a." * 20_000, "1-" * 25_000, "a@" * 20_000, "A1" * 25_000,
    "at dot " * 7_000, "12 a b c d " * 4_500, "0 1 2 three " * 4_000, "password is " * 4_000,
    "°1'" * 10_000, "1," * 25_000, "street 1 road " * 3_500, "born on 1 may " * 3_500, "_a" * 20_000,
    "#1" * 20_000, "/" * 50_000, ":" * 50_000, "one two " * 6_000, "-----BEGIN PRIVATE KEY-----" * 1_800,
    "eyJ" + "a" * 50_000, "x" + " " * 50_000 + "y", "rue a " * 8_000 + "1", " dot com" * 6_000,
    "u/" * 20_000, "é" * 50_000, "pin 1234 " * 5_000, "abandon " * 6_000, "flat 1, " * 6_000,
    "insta is " * 5_500, "sk-" * 16_000, "token=" * 8_000, "zero-" * 10_000, "1🙂" * 15_000,
    "st. " * 12_000, "the day of the " * 3_300, "aa-11-" * 8_000, "1.1" * 16_000, "call 5" * 8_000,
]  # fmt: skip
SECONDS = 5.0
"""Far above what a linear search needs, far below what backtracking would take."""


@given(texts)
def test_any_text(text: str) -> None:
    view = View(text)
    for detector in DETECTORS:
        for hit in detector.find(view):
            assert hit.kind in detector.kinds
            assert 0 <= hit.start < hit.end <= len(text)
            assert 0 < hit.confidence <= 1
            assert 0 <= hit.self_evidence <= 1


@pytest.mark.parametrize("text", LONG, ids=[text[:12] for text in LONG])
def test_long_texts_take_linear_time(text: str) -> None:
    view = View(text)
    began = time.perf_counter()
    for detector in DETECTORS:
        for _ in detector.find(view):
            pass
    assert time.perf_counter() - began < SECONDS


@pytest.mark.parametrize("detector", DETECTORS, ids=[detector.name for detector in DETECTORS])
def test_a_reason_never_holds_the_value(detector: Detector) -> None:
    text = (
        "my number is 312-555-0148, jess@mail.example, pin is 4829, card 4111 1111 1111 1111, ssn 987-65-4320"
        " 22 oakfield rd, GB82 WEST 1234 5698 7654 32, plate is kxr 4471, born on march 3rd, insta rosa_r88"
    )
    for hit in detector.find(View(text)):
        assert text[hit.start : hit.end].lower() not in hit.reason.lower()


def test_every_identity_number_has_a_checker_that_exists() -> None:
    assert len(forms()) > 60
    for form in forms():
        assert form.is_right("1") in {None, False}
