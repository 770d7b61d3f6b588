"""What the ledger keeps of the user's own name: how it is built, never its words."""

from __future__ import annotations

from discretion.records import Value

SYSTEM = "name_form"


def name_form(words: str) -> Value | None:
    """The form of one's own name: ``given`` for one word, ``full`` for more."""
    parts = [part for part in words.split() if any(char.isalpha() for char in part)]
    if not parts:
        return None
    return Value(SYSTEM, ("full" if len(parts) > 1 else "single",))
