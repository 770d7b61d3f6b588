"""Stand-ins for addresses: other numbers, streets and towns that there are not, the types as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from discretion.guard.detectors._data import sections as detector_sections
from discretion.guard.stand_ins._address_parts import Part, Piece, parts_of
from discretion.guard.stand_ins._alike import (
    cased,
    drawn,
    other_figures,
    other_letter,
    other_word,
    same_shape,
    sections,
)
from discretion.guard.stand_ins._number_words import ordinal_sign
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.records import Kind

_ROMANCE = re.compile(
    r"\b(?:rue|quai|chemin|impasse|all[ée]e|faubourg|cours|calle|avenida|paseo|carrera|calzada|camino|via|viale"
    r"|piazza|corso|vicolo|rua|travessa|alameda|pra[çc]a|estrada)\b",
    re.IGNORECASE,
)
_GERMANIC = re.compile(
    r"(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|straat|laan|plein|gracht|gata|vägen|gade)\b", re.IGNORECASE
)
_INWARD = "abdefghjlnpqrstuwxyz"
"""Letters of the second half of a British code (as in ``detectors/_postcodes.py``)."""
_NO_BRITISH_AREA = "v"
"""No British postcode area begins with it, by the list in ``street_words.txt``."""
_NO_CANADIAN_AREA = "wz"
"""Canadian codes do not begin with these (as in ``detectors/_postcodes.py``)."""
_CANADIAN = "abceghjklmnprstvxy"
_LAST_AMERICAN = "gu"
"""Where the short names of the US end in ``street_words.txt``; other countries' and full names follow."""
_LONGEST = 11
_MARKS = frozenset({Part.NAME, Part.JOINED, Part.ZIP, Part.BRITISH, Part.CANADIAN, Part.SHAPE})


@offers(Kind.STREET_ADDRESS)
def street_address(asked: Asked) -> Iterator[str]:
    """Addresses in the user's order and capitals at which nobody lives."""
    pieces = parts_of(asked.words)
    if all(piece.part is Part.KEPT for piece in pieces):
        return
    of = sections("drawn_words.txt")[_language(asked.words)]
    for pair in asked.known:
        known = _mapping(pair.real, pair.stand_in) if pair.is_active else {}
        marks = [piece.text.lower() for piece in pieces if piece.part in _MARKS]
        if known and marks and all(mark in known for mark in marks if not mark.isdecimal()):
            yield "".join(_other(piece, asked.random, of, known, asked.words) for piece in pieces)
    yield from drawn(lambda: _whole(pieces, asked.random, of, asked.words))


def _whole(pieces: tuple[Piece, ...], random: Random, of: tuple[str, ...], words: str) -> str | None:
    """All pieces anew, the same one alike wherever it comes again."""
    known: dict[str, str] = {}
    made = "".join(_other(piece, random, of, known, words) for piece in pieces)
    return made if made.lower() != words.lower() else None


def _mapping(real: str, stand_in: str) -> dict[str, str]:
    """Which piece of a known address became which; empty where they are not cut alike."""
    before, after = parts_of(real), parts_of(stand_in)
    if len(before) != len(after):
        return {}
    return {
        one.text.lower(): other.text
        for one, other in zip(before, after, strict=True)
        if one.part is not Part.KEPT
    }


def _language(words: str) -> str:
    if _ROMANCE.search(words):
        return "street_romance"
    return "street_de" if _GERMANIC.search(words) else "street_en"


def _other(piece: Piece, random: Random, of: tuple[str, ...], known: dict[str, str], words: str) -> str:
    if piece.part is Part.KEPT:
        return piece.text
    key = piece.text.lower()
    if key not in known:
        taken = {value.lower() for value in known.values()}
        free = tuple(word for word in of if word not in taken) or of
        known[key] = _fresh(piece, random, free, words)
    return (
        cased(known[key].lower(), piece.text)
        if piece.part in {Part.NAME, Part.JOINED}
        else _like(known[key], piece.text)
    )


def _like(new: str, old: str) -> str:
    """A number or a code in the capitals of ``old``."""
    return new.upper() if old.isupper() else new.lower() if old.islower() else new


def _fresh(piece: Piece, random: Random, of: tuple[str, ...], words: str) -> str:
    text = piece.text
    match piece.part:
        case Part.NAME:
            dot = "." if text.endswith(".") and len(text) > 2 else ""
            return other_word(text.rstrip(".")[:_LONGEST], random, of, avoid=words) + dot
        case Part.JOINED:
            stem, kind = text[: -piece.keep], text[-piece.keep :]
            return other_word(stem[:_LONGEST], random, of, avoid=words) + kind
        case Part.ORDINAL:
            figures = _number(re.sub(r"\D", "", text), random)
            return figures + ordinal_sign(int(figures))
        case Part.STATE:
            return cased(_state(text, random), text)
        case Part.ZIP:
            return _zip(text, random)
        case Part.BRITISH:
            return _british(text, random)
        case Part.CANADIAN:
            made = same_shape(text, random, _CANADIAN)
            return (
                _like(random.choice([c for c in _NO_CANADIAN_AREA if c != text[0].lower()]), text[0])
                + made[1:]
            )
        case Part.SHAPE:
            return same_shape(text, random)
    figures = re.sub(r"\D", "", text)
    letter = text[len(figures) :]
    return _number(figures, random) + (other_letter(letter, random, "abcdefgh") if letter else "")


def _number(figures: str, random: Random) -> str:
    return other_figures(figures, random, is_plain=True)


def _state(text: str, random: Random) -> str:
    """Another state, in full or as two letters."""
    states = list(detector_sections("street_words.txt")["us_state"])
    american = states[: states.index(_LAST_AMERICAN) + 1]
    of = american if text.lower() in american else states[len(american) :]
    return random.choice(
        [state for state in of if state != text.lower() and (len(state) > 3) is (len(text) > 3)]
    )


def _zip(text: str, random: Random) -> str:
    prefix = random.choice([code for code in sections("drawn_words.txt")["free_zip"] if code[0] != text[0]])
    rest = "".join(other_figures(c, random, is_plain=True) if c.isdecimal() else c for c in text[3:])
    return prefix + rest


def _british(text: str, random: Random) -> str:
    """A code of the same form in an area that there is not."""
    area, rest = re.match(r"[A-Za-z]+", text), text
    letters = area.group() if area else ""
    outward, inward = rest[len(letters) : -2], rest[-2:]
    first = _NO_BRITISH_AREA + "".join(other_letter(c.lower(), random) for c in letters[1:])
    figures = "".join(
        other_figures(c, random, is_plain=True)
        if c.isdecimal()
        else other_letter(c, random)
        if c.isalpha()
        else c
        for c in outward
    )
    return _like(first, letters) + figures + "".join(other_letter(c, random, _INWARD) for c in inward)
