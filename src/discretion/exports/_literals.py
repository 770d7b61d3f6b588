"""Numbers that are none: ``NaN`` and ``Infinity``, which programs write though JSON has no such words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_STRING_END = re.compile(rb'(?:[^"\\]+|\\.)*(?:"|\Z)', re.DOTALL)
_STRING_OR_WORD = re.compile(rb'"(?:[^"\\]+|\\.)*(?:"|\Z)|-?\b(?:NaN|Infinity)\b', re.DOTALL)
_LAST_WORD = re.compile(rb"[A-Za-z\-]{1,9}\Z")


def without_non_numbers(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the JSON text with ``null`` for each of these words outside a string; in strings they stay."""
    held = b""
    is_inside = False
    for chunk in chunks:
        body, held = _cut(held + chunk)
        if not body:
            continue
        yield _replaced(body, is_inside) if b"NaN" in body or b"Infinity" in body else body
        is_inside ^= _quotes(body) % 2 == 1
    if held:
        yield _replaced(held, is_inside)


def _cut(chunk: bytes) -> tuple[bytes, bytes]:
    """Cut so that neither a word nor an escaped character is torn at the end."""
    word = _LAST_WORD.search(chunk[-10:])
    end = len(chunk) - len(word[0]) if word else len(chunk)
    backslashes = end - len(chunk[:end].rstrip(b"\\"))
    end -= backslashes % 2
    return chunk[:end], chunk[end:]


def _quotes(body: bytes) -> int:
    """Count the quotes that begin or end a string; the body begins at no escaped character."""
    if b"\\" not in body:
        return body.count(b'"')
    return body.count(b'"') - body.replace(b"\\\\", b"").count(b'\\"')


def _replaced(body: bytes, is_inside: bool) -> bytes:
    start = 0
    if is_inside:
        found = _STRING_END.match(body)
        start = found.end() if found else 0
    return body[:start] + _STRING_OR_WORD.sub(
        lambda found: found[0] if found[0].startswith(b'"') else b"null", body[start:]
    )
