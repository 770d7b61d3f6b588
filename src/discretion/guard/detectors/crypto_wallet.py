"""Addresses of crypto wallets, by the checksum of each chain, and names that resolve to one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._checksums import base58, base58check, is_bech32, is_eip55
from discretion.records import Kind

_ETHEREUM = re.compile(r"(?<![0-9A-Za-z])0x[0-9a-fA-F]{40}(?![0-9A-Za-z])")
_BECH32 = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:bc|tb|ltc|addr|cosmos|osmo|terra)1[02-9ac-hj-np-z]{25,90}|(?:BC"
    r"|TB)1[02-9AC-HJ-NP-Z]{25,90})(?![0-9A-Za-z])"
)
_BASE58 = re.compile(r"(?<![0-9A-Za-z/_=-])[1-9A-HJ-NP-Za-km-z]{25,44}(?![0-9A-Za-z_=-])")
_MONERO = re.compile(r"(?<![0-9A-Za-z])[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}(?![0-9A-Za-z])")
_NAME = re.compile(r"(?<![\w@.-])[\w-]{3,40}\.(?:eth|sol|crypto|bnb|lens)(?![\w-]|\.\w)", re.IGNORECASE)
_CUE = re.compile(
    r"\b(?:wallets?|crypto|btc|bitcoin|sats|eth|ether|ethereum|usdt|usdc|sol|solana|phantom"
    r"|tron|trx|trc20|erc20|xmr|monero|doge|ltc|xrp|ada|bnb|address|send|pays|tips?"
    r"|receives?|donate)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:my|mine|i|me)\b[^.!?\n]{0,50}$", re.IGNORECASE)
# Version bytes: Bitcoin P2PKH and P2SH, Litecoin L, M and 3, Dogecoin D and A, Dash X, Tron T.
_VERSIONS = frozenset({0x00, 0x05, 0x30, 0x32, 0x1E, 0x16, 0x4C, 0x41, 0x6F, 0xC4})
_RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"


@detector("crypto_wallet", {Kind.CRYPTO_WALLET}, Scope.FORM)
def crypto_wallet(view: View) -> Iterator[Hit]:
    """Bitcoin, Ethereum and the common other chains; what only resembles an address needs a cue."""
    text = view.text
    if len(text) < 7 or not ("." in text or any(len(word) >= 25 for word in text.split())):
        return
    for match in _ETHEREUM.finditer(text):
        figures = match.group()[2:]
        plain = figures == figures.lower() or figures == figures.upper()
        yield _hit(text, match, 0.95 if plain or is_eip55(match.group()) else 0.8)
    for match in _BECH32.finditer(text):
        yield _hit(text, match, 0.98 if is_bech32(match.group().lower()) else 0.75)
    for match in _MONERO.finditer(text):
        yield _hit(text, match, 0.95)
    for match in _BASE58.finditer(text):
        confidence = _base58(match.group(), text[max(0, match.start() - 80) : match.end() + 40])
        if confidence:
            yield _hit(text, match, confidence)
    for match in _NAME.finditer(text):
        if _CUE.search(
            text[max(0, match.start() - 60) : match.start()] + " " + text[match.end() : match.end() + 30]
        ):
            yield _hit(text, match, 0.8)


def _hit(text: str, match: re.Match[str], confidence: float) -> Hit:
    own = 0.6 if _OWN.search(text[max(0, match.start() - 60) : match.start()]) else 0.1
    return Hit(Kind.CRYPTO_WALLET, match.start(), match.end(), confidence, "a crypto wallet's address", own)


def _base58(word: str, around: str) -> float:
    if not any(c.isdigit() for c in word) or not any(c.isupper() for c in word):
        return 0.0
    if len(word) <= 35:
        payload = base58check(word)
        if payload is not None and len(payload) == 21 and payload[0] in _VERSIONS:
            return 0.98
        if word[0] == "r" and (ripple := base58check(word, _RIPPLE)) and len(ripple) == 21:
            return 0.97
        return 0.7 if word[0] in "13LMDTr" and len(word) >= 26 and _CUE.search(around) else 0.0
    data = base58(word)
    return 0.8 if data is not None and len(data) == 32 and _CUE.search(around) else 0.0
