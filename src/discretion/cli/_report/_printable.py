"""Text of a chat, made safe to show."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """``text`` without control characters, so that a chat cannot steer what shows it."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in text
    )
