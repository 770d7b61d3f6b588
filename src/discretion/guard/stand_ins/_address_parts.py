"""An address cut into what stays (type, unit, direction) and what is drawn anew (names, numbers, codes)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from discretion.guard.detectors._data import sections
from discretion.guard.stand_ins._alike import sections as drawn_sections
from discretion.knowledge import is_region


class Part(Enum):
    """What a piece of an address is."""

    KEPT = "kept"
    NAME = "name"
    JOINED = "joined"
    NUMBER = "number"
    ORDINAL = "ordinal"
    STATE = "state"
    ZIP = "zip"
    BRITISH = "british"
    CANADIAN = "canadian"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece as written; ``keep`` is how many letters at its end are the street's type ("Hauptstraße")."""

    text: str = field(repr=False)
    part: Part
    keep: int = 0


_CODES = (
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE), Part.BRITISH),
    (re.compile(r"\b[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b", re.IGNORECASE), Part.CANADIAN),
    (re.compile(r"\b[A-Z]\d[\dW] ?[A-Z\d]{4}\b"), Part.SHAPE),
    (re.compile(r"\b\d{5}-\d{3}\b|(?<=, )\d{4} [A-Z]{2}\b|\b#\d{1,3}-\d{1,4}\b"), Part.SHAPE),
)
_ZIP = re.compile(r"(?<![\d-])\d{5}(?:-\d{4})?(?![\d-])")
_TOKEN = re.compile(
    r"(?P<ordinal>\d{1,4}(?:st|nd|rd|th)\b)|(?P<number>\d+[a-z]?(?![a-z0-9]))|(?P<word>[^\W\d_ºª][\w'’]*\.?)|.",
    re.IGNORECASE | re.DOTALL,
)


@cache
def _words(*keys: str) -> frozenset[str]:
    """The single words of lists of the detectors and of the stand-ins."""
    table = sections("street_words.txt") | drawn_sections("drawn_words.txt")
    return frozenset(part for key in keys for word in table[key] for part in word.split())


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(sorted(sections("street_words.txt")["suffix"], key=len, reverse=True))


def parts_of(words: str) -> tuple[Piece, ...]:
    """The pieces of an address in order; together they are ``words``."""
    pieces: list[Piece] = []
    at = 0
    for start, end, part in _codes(words):
        pieces += _tokens(words[at:start])
        pieces.append(Piece(words[start:end], part))
        at = end
    pieces += _tokens(words[at:])
    return tuple(_settled(pieces))


def _codes(words: str) -> list[tuple[int, int, Part]]:
    """Postal codes that do not overlap, in order; a ZIP stands alone, after a state or its own word."""
    found = [(*match.span(), part) for pattern, part in _CODES for match in pattern.finditer(words)]
    for match in _ZIP.finditer(words):
        before = words[max(0, match.start() - 40) : match.start()].lower().rstrip(" ,")
        word = re.split(r"[\s,]", before)[-1]
        is_last = words[match.end() :].strip(" .") == ""
        is_named = word in _words("code_word") or (word in _words("us_state") and is_last)
        if not before or is_named or "-" in match.group():
            found.append((*match.span(), Part.ZIP))
    found.sort(key=lambda row: (row[0], -row[1]))
    kept: list[tuple[int, int, Part]] = []
    for row in found:
        if not kept or row[0] >= kept[-1][1]:
            kept.append(row)
    return kept


def _tokens(text: str) -> Iterator[Piece]:
    for match in _TOKEN.finditer(text):
        if match["ordinal"]:
            yield Piece(match.group(), Part.ORDINAL)
        elif match["number"]:
            yield Piece(match.group(), Part.NUMBER)
        else:
            yield Piece(match.group(), Part.NAME if match["word"] else Part.KEPT)


def _settled(pieces: list[Piece]) -> Iterator[Piece]:
    """Words told apart by themselves and by those around them."""
    for i, piece in enumerate(pieces):
        if piece.part is not Part.NAME:
            yield piece
            continue
        before = _near(pieces, i, -1)
        after = _near(pieces, i, 1)
        yield _settled_word(piece, before, after)


def _near(pieces: list[Piece], i: int, step: int) -> Piece | None:
    """The word or number beside, ``None`` at a comma or the end."""
    j = i + step
    while 0 <= j < len(pieces) and pieces[j].text.isspace():
        j += step
    return pieces[j] if 0 <= j < len(pieces) and pieces[j].part is not Part.KEPT else None


def _settled_word(piece: Piece, before: Piece | None, after: Piece | None) -> Piece:
    word = piece.text.lower().rstrip(".")
    if _is_state(piece, word, before, after):
        return Piece(piece.text, Part.STATE)
    if word in _words("address_kept", "code_word", "direction", "unit", "floor"):
        return Piece(piece.text, Part.KEPT)
    types = _words("strong", "weak", "building")
    is_after_name = before is not None and before.part is Part.NAME
    if word in types and (is_after_name or before is None or after is None or before.part is Part.ORDINAL):
        is_name = not is_after_name and after is not None and after.text.lower().rstrip(".") in types
        return Piece(piece.text, Part.NAME if is_name else Part.KEPT)
    if word in _words("prefix") or piece.text.lower() in _words("prefix"):
        return Piece(piece.text, Part.KEPT)
    if is_region(word) and len(word) > 3 and before is None and after is None:
        return Piece(piece.text, Part.KEPT)
    return _joined(piece, word)


def _is_state(piece: Piece, word: str, before: Piece | None, after: Piece | None) -> bool:
    """Whether it is a state of the US or another country: before a code, or between commas."""
    if word not in _words("us_state") or word in _words("direction"):
        return False
    if after is not None:
        return after.part is Part.ZIP
    return before is None and (piece.text.isupper() or len(word) > 3)


def _joined(piece: Piece, word: str) -> Piece:
    """A word that is a type or ends in one ("Hauptstraße")."""
    for suffix in _suffixes():
        if word == suffix.rstrip("."):
            return Piece(piece.text, Part.KEPT)
        is_joined = word.endswith(suffix) or piece.text.lower().endswith(suffix)
        if len(suffix) > 3 and len(word) > len(suffix) + 2 and is_joined:
            return Piece(piece.text, Part.JOINED, len(suffix))
    return piece
