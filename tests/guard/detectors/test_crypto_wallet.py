"""Wallets, by the examples of each chain's own standard."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.crypto_wallet import crypto_wallet

FOUND = [
    ("0x52908400098527886E0F7030069857D2E4169EE7",
     "0x52908400098527886E0F7030069857D2E4169EE7", "EIP-55, all capitals"),
    ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
     "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "EIP-55, mixed"),
    ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "Base58Check"),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "BIP-173"),
    ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
     "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "BIP-173, capitals"),
    ("my solana wallet 4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T",
     "4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T", "32 bytes and a cue"),
    ("send eth to jess-k.eth", "jess-k.eth", "a name that resolves to a wallet"),
]  # fmt: skip

NOT = [
    ("0x5290840009852788", "too short"),
    ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", "wrong checksum and no cue"),
    ("supercalifragilisticexpialidocious", "a word"),
    ("d41d8cd98f00b204e9800998ecf8427e", "a digest"),
    ("see file.eth now", "no cue"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in crypto_wallet.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
