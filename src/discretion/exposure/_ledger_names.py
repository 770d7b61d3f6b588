"""Names: the ledger keeps how the user's own is built, never words; the own facts in the vault tell it."""

from __future__ import annotations

from discretion.knowledge import normalise
from discretion.records import Kind, Value
from discretion.vault import Asker, FactDigests, Vault, read_facts

SYSTEM = "name_form"


def name_form(words: str) -> Value | None:
    """How one's own name was told: ``single`` for one word, ``full`` for more."""
    parts = [part for part in words.split() if any(char.isalpha() for char in part)]
    if not parts:
        return None
    return Value(SYSTEM, ("full" if len(parts) > 1 else "single",))


def own_names(vault: Vault, asker: Asker) -> dict[bytes, Value]:
    """The values of the user's own names, from their own facts in the vault, by digest; an audit row."""
    digests = FactDigests(vault)
    found: dict[bytes, Value] = {}
    for fact in read_facts(vault, asker, [Kind.NAME]):
        for words in (fact.value, *fact.aliases):
            value = normalise(Kind.NAME, words)
            if value is not None:
                found[digests.of(Kind.NAME, words)] = value
    return found
