"""Addresses of crypto wallets made of drawn bytes, with the checksum of each chain."""

from __future__ import annotations

from hashlib import sha256
from random import Random

from discretion.guard.detectors._checksums import (
    _BASE58,
    _BECH32,
    _GENERATOR,
    base58,
    is_bech32,
    is_eip55,
    keccak256,
)

_BECH32M = 0x2BC830A3
_CHECK = 6
_MONERO_BLOCK, _MONERO_SIGNS = 8, 11


def to_base58(data: bytes, alphabet: str = _BASE58) -> str:
    """Bytes as a Base58 text, a first sign for each zero byte before them."""
    number, signs = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        signs = alphabet[digit] + signs
    return alphabet[0] * (len(data) - len(data.lstrip(b"\0"))) + signs


def base58check_like(text: str, random: Random, alphabet: str = _BASE58) -> str | None:
    """Another address of the version of ``text``; ``None`` where the drawn one is longer or shorter."""
    data = base58(text, alphabet)
    if data is None or len(data) < 5:
        return None
    payload = data[:1] + random.randbytes(len(data) - 5)
    made = to_base58(payload + sha256(sha256(payload).digest()).digest()[:4], alphabet)
    return made if len(made) == len(text) else None


def bech32_like(text: str, random: Random) -> str:
    """Another address of the prefix, the witness version and the length of ``text`` (BIP-173, BIP-350)."""
    prefix, _, data = text.lower().rpartition("1")
    # Segwit addresses tell their version by the first sign; others have none.
    kept = [_BECH32.index(data[0])] if prefix in {"bc", "tb", "ltc"} else []
    count = len(data) - _CHECK - len(kept)
    values = kept + [random.randrange(32) for _ in range(count)]
    if spare := count * 5 % 8:
        values[-1] &= 31 << spare & 31
    constant = _BECH32M if kept and kept[0] else 1
    if is_bech32(text.lower()) and _polymod(_expanded(prefix) + [_BECH32.index(c) for c in data]) == _BECH32M:
        constant = _BECH32M
    rest = _polymod(_expanded(prefix) + values + [0] * _CHECK) ^ constant
    values += [rest >> 5 * (5 - i) & 31 for i in range(_CHECK)]
    made = prefix + "1" + "".join(_BECH32[value] for value in values)
    return made.upper() if text.isupper() else made


def _expanded(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATOR):
            check ^= generator if top >> i & 1 else 0
    return check


def ethereum_like(text: str, random: Random) -> str:
    """Another ``0x`` address; with right capitals (EIP-55) where those of ``text`` are mixed."""
    figures = random.randbytes(20).hex()
    if text[2:] == text[2:].upper():
        return text[:2] + figures.upper()
    if text[2:] == text[2:].lower():
        return text[:2] + figures
    digest = keccak256(figures.encode()).hex()
    made = text[:2] + "".join(
        c.upper() if int(d, 16) >= 8 else c for c, d in zip(figures, digest, strict=False)
    )
    assert is_eip55(made)
    return made


def monero_like(text: str, random: Random) -> str:
    """Another address: network byte, two keys, four bytes of Keccak-256, in blocks of Base58."""
    network = {"4": 18, "8": 42}[text[0]]
    payload = bytes([network]) + random.randbytes(64)
    data = payload + keccak256(payload)[:4]
    blocks = [data[i : i + _MONERO_BLOCK] for i in range(0, len(data), _MONERO_BLOCK)]
    widths = {_MONERO_BLOCK: _MONERO_SIGNS, 5: 7}
    return "".join(to_base58(block).rjust(widths[len(block)], "1")[-widths[len(block)] :] for block in blocks)


def key_like(text: str, random: Random) -> str | None:
    """Another key of 32 bytes in Base58, as long as ``text``."""
    made = to_base58(random.randbytes(32))
    return made if len(made) == len(text) else None


def signs_like(text: str, random: Random) -> str:
    """As many signs of Base58, the first as it is."""
    return text[0] + "".join(random.choice(_BASE58) for _ in text[1:])
