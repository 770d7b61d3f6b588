"""Keyed digests of facts: equal where the fact is the same, and nothing without the vault's secret."""

from __future__ import annotations

import hmac
import json

from discretion.records import Kind, Value
from discretion.text import fold
from discretion.vault._vault import Vault

PURPOSE = "ledger"


class FactDigests:
    """Digests under one vault's key. A fact has the same one on every platform."""

    def __init__(self, vault: Vault) -> None:
        self._key = vault.subkey(PURPOSE)

    def of(self, kind: Kind | str, words: str, value: Value | None = None) -> bytes:
        """32 bytes for a fact: of its normalised value where it has one, else of the folded words."""
        if value is not None:
            said = json.dumps([value.system, value.codes, value.low, value.high, value.unit])
        else:
            said = " ".join(fold(words).text.casefold().split())
        return hmac.digest(self._key, json.dumps([str(kind), said]).encode(), "sha256")

    def __repr__(self) -> str:
        return "<FactDigests>"
