"""Stand-ins for addresses of crypto wallets: the same format with a right checksum, drawn, nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from discretion.guard.detectors._checksums import base58, base58check
from discretion.guard.detectors.crypto_wallet import _RIPPLE
from discretion.guard.stand_ins import _wallets as wallets
from discretion.guard.stand_ins._alike import drawn, sections, two_words
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.records import Kind

_ETHEREUM = re.compile(r"0x[0-9a-f]{40}", re.IGNORECASE)
_BECH32 = re.compile(r"[a-z]{2,6}1[02-9ac-hj-np-z]{25,90}", re.IGNORECASE)
_MONERO = re.compile(r"[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}")
_NAME = re.compile(r"(?P<name>[\w-]{3,40})\.(?P<ending>eth|sol|crypto|bnb|lens)", re.IGNORECASE)
_ADDRESS = re.compile(r"[1-9A-HJ-NP-Za-km-z]{25,44}")
_KEY_BYTES = 32


@offers(Kind.CRYPTO_WALLET)
def crypto_wallet(asked: Asked) -> Iterator[str]:
    """Addresses that the same wallet software takes for one and to which nobody has the key."""
    words = asked.words.strip()
    for pair in asked.known:
        if pair.is_active and pair.real.lower() == words.lower():
            yield pair.stand_in
    yield from drawn(lambda: _made(words, asked.random))


def _made(words: str, random: Random) -> str | None:
    if name := _NAME.fullmatch(words):
        of = sections("drawn_words.txt")["word"]
        parts = [part for part in re.split(r"[-_\d]+", name["name"]) if part]
        made = "-".join(two_words(part, random, of, avoid=words) for part in parts)
        return f"{made}.{name['ending']}" if made else None
    if _ETHEREUM.fullmatch(words):
        return wallets.ethereum_like(words, random)
    if _MONERO.fullmatch(words):
        return wallets.monero_like(words, random)
    if _BECH32.fullmatch(words) and (words.islower() or words.isupper()):
        return wallets.bech32_like(words, random)
    if not _ADDRESS.fullmatch(words):
        return None
    if base58check(words) is not None:
        return wallets.base58check_like(words, random)
    if base58check(words, _RIPPLE) is not None:
        return wallets.base58check_like(words, random, _RIPPLE)
    data = base58(words)
    if data is not None and len(data) == _KEY_BYTES:
        return wallets.key_like(words, random)
    return wallets.signs_like(words, random)
