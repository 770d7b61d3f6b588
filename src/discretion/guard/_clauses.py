"""Where a message changes speaker: action marks, quotation marks, asides, sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PART = re.compile(
    r"(?P<ooc>\(\(.*?(?:\)\)|$)|\(\s*ooc\b.*?(?:\)|$)|\[\s*ooc\b.*?(?:\]|$))"
    r"|(?P<action>\*{1,2}[^*\n]+\*{1,2}|(?<!\w)_[^_\n]+_(?!\w))"
    r"|(?P<quote>\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»)",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|\n+|$)\s*")


def split_clauses(text: str) -> Iterator[tuple[int, int, str]]:
    """Cut ``text`` into ``(start, end, mark)`` runs that cover it without a gap."""
    at = 0
    for part in _PART.finditer(text):
        yield from _sentences(text, at, part.start())
        yield part.start(), part.end(), part.lastgroup or "plain"
        at = part.end()
    yield from _sentences(text, at, len(text))


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for sentence in _SENTENCE.finditer(text, start, end):
        if sentence.end() > sentence.start():
            yield sentence.start(), sentence.end(), "plain"
