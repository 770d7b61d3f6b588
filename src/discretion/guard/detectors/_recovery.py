"""Recovery phrases of wallets: words of the BIP-39 list in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mnemonic import Mnemonic

_WORD = re.compile(r"[a-z]+")
_CUE = frozenset(
    {
        "seed",
        "phrase",
        "recovery",
        "wallet",
        "mnemonic",
        "ledger",
        "trezor",
        "metamask",
        "words",
        "backup",
        "24-word",
        "12-word",
    }
)
_LENGTHS = (24, 21, 18, 15, 12)
_MOST_STARTS = 24
"""How many places of a row of list words are tried as the first word: prose may stand before the phrase."""
_FEWEST = 8
"""Words in a row that a cue makes a phrase, even cut off or mistyped."""


@cache
def _english() -> Mnemonic:
    return Mnemonic("english")


@cache
def _list() -> frozenset[str]:
    return frozenset(_english().wordlist)


def recovery_phrases(text: str, words: frozenset[str]) -> Iterator[tuple[int, int, float, str]]:
    """Runs of list words in the folded text: twelve and more with a right checksum, or eight with a cue."""
    if text.count(" ") + text.count(",") + text.count("\n") < _FEWEST - 1:
        return
    cued = not words.isdisjoint(_CUE)
    listed = _list()
    if sum(word.strip(".,") in listed for word in text.split()) < (_FEWEST - 2 if cued else 12):
        return
    row: list[re.Match[str]] = []
    for match in [*_WORD.finditer(text), None]:
        if match and match.group() in _list() and (not row or _is_gap(text[row[-1].end() : match.start()])):
            row.append(match)
            continue
        yield from _judged(row, cued)
        row = [match] if match and match.group() in _list() else []


def _is_gap(between: str) -> bool:
    return len(between) <= 6 and not re.search(r"[^\s,.\d)(-]", between)


def _judged(row: list[re.Match[str]], cued: bool) -> Iterator[tuple[int, int, float, str]]:
    for length in _LENGTHS:
        for first in range(min(len(row) - length + 1, _MOST_STARTS)):
            part = row[first : first + length]
            if _english().check(" ".join(word.group() for word in part)):
                yield part[0].start(), part[-1].end(), 0.98, "a wallet's recovery phrase"
                return
    if cued and len(row) >= _FEWEST:
        yield row[0].start(), row[-1].end(), 0.85, "words of a recovery phrase"
