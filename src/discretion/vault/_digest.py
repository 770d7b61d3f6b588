"""Keyed digests of facts: equal where the fact is the same, and nothing without the vault's secret."""

from __future__ import annotations

import hmac
import json

from discretion.records import Kind, Value
from discretion.vault._spelling import canonical_words
from discretion.vault._vault import Vault

PURPOSE = "ledger"


class FactDigests:
    """Digests under one vault's key. A fact has the same one on every platform."""

    def __init__(self, vault: Vault) -> None:
        self._key = vault.subkey(PURPOSE)

    def of(self, kind: Kind | str, words: str, value: Value | None = None) -> bytes:
        """32 bytes for a fact: of its normalised value where that counts something, else of the words.

        Of the words the canonical spelling of their kind counts, so that ``@Handle`` is ``handle`` and
        "555-0142" is "five five five, 0142". A value whose system is ``text`` is words too.
        """
        if value is not None and value.system != "text":
            low, high = (None if bound is None else f"{bound:.12g}" for bound in (value.low, value.high))
            said = json.dumps([value.system, value.codes, low, high, value.unit])
        else:
            said = canonical_words(str(kind), words)
        return hmac.digest(self._key, json.dumps([str(kind), said]).encode(), "sha256")

    def __repr__(self) -> str:
        return "<FactDigests>"
