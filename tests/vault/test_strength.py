"""How a passphrase is judged."""

from __future__ import annotations

import pytest

from discretion.vault import strength

TABLE = [
    ("", True, "none"),
    ("a", True, "one letter"),
    ("password", True, "the most usual of all"),
    ("Password1!", True, "the usual with the usual ornaments"),
    ("Tr0ub4dour&3", True, "a word with the usual replacements"),
    ("x9#qLm2v", True, "eight random characters: too few for a thief with time"),
    (
        "a" * 80,
        True,
        "long, one letter",
    ),
    ("2026-11-25", True, "a date"),
    ("ferret umbrella 41 candle", False, "words that do not belong together"),
    ("x" * 20_000, True, "absurdly long, and quick to judge all the same"),
    ("\ud800", True, "half a character"),
]


@pytest.mark.parametrize(("passphrase", "is_weak", "why"), TABLE)
def test_strength(passphrase: str, is_weak: bool, why: str) -> None:
    told = strength(passphrase)
    assert told.is_weak is is_weak, why
    assert told.bits >= 0
    assert told.years >= 0
    assert len(passphrase) < 12 or passphrase not in repr(told)
