"""Wallet checksums against the vectors that their standards print."""

from __future__ import annotations

import pytest

from discretion.guard.detectors._checksums import base58check, is_bech32, is_eip55, keccak256

KECCAK = [
    (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", "Keccak team, empty message"),
    (b"testing", "5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02", "Ethereum's test suite"),
]


@pytest.mark.parametrize(("data", "digest", "reason"), KECCAK)
def test_keccak(data: bytes, digest: str, reason: str) -> None:
    assert keccak256(data).hex() == digest, reason


@pytest.mark.parametrize("data", [b"a" * 135, b"a" * 136, b"a" * 137, b"a" * 272])
def test_keccak_pads_at_the_edge_of_a_block(data: bytes) -> None:
    assert len(keccak256(data)) == 32


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", True),
        ("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", True),
        ("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", True),
        ("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", False),
    ],
)
def test_eip55(address: str, right: bool) -> None:
    assert is_eip55(address) is right


@pytest.mark.parametrize(
    ("text", "right", "reason"),
    [
        ("a12uel5l", True, "BIP-173"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", True, "BIP-173"),
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", True, "BIP-350"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", False, "one sign changed"),
        ("nodivider", False, "no divider"),
    ],
)
def test_bech32(text: str, right: bool, reason: str) -> None:
    assert is_bech32(text) is right, reason


def test_base58check_sees_one_changed_sign() -> None:
    assert base58check("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2") is not None
    assert base58check("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3") is None
    assert base58check("0OIl") is None
