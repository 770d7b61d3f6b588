"""Accounts: IBAN, national pairs and checks, numbers said to be an account."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.bank_account import bank_account

FOUND = [
    ("GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32", "spaced"),
    ("de89370400440532013000", "de89370400440532013000", "small letters, run together"),
    ("ES81 9999 0001 5600 0001 2345", "ES81 9999 0001 5600 0001 2345", "wrong checksum, right form"),
    ("FR14 2004 1010 0505 0001 3M02 606 and more",
     "FR14 2004 1010 0505 0001 3M02 606", "ends where its country says"),
    ("sort code 08-99-99", "08-99-99", "United Kingdom"),
    ("08-99-99 66374958", "08-99-99 66374958", "sort code and account as one"),
    ("bsb 000-000 000123456", "000-000 000123456", "Australia"),
    ("routing 110000000", "110000000", "United States"),
    ("clabe 032180000118359719", "032180000118359719", "Mexico, check digit right"),
    ("gtbank account 0055017723", "0055017723", "Nigeria"),
    ("account number is 000123456789", "000123456789", "named"),
    ("SBIN0001234", "SBIN0001234", "India, branch code"),
    ("account six six three seven, four nine five eight",
     "six six three seven, four nine five eight", "said aloud"),
]  # fmt: skip

NOT = [
    ("paid 12,500.50 into my account", "a sum"),
    ("my account has 45000 dollars", "a sum with its unit"),
    ("account since 2019", "a year"),
    ("order 5550142 was paid", "an order"),
    ("GB82 is not it", "cut off"),
    ("032180000118359718", "no cue and wrong check digit"),
    ("account of 12 people", "a tale"),
    ("saved: (918) 555-0187", "an area code in brackets is a telephone's"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in bank_account.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
