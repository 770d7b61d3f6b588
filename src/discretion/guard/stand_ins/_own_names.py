"""Where the names stand in a place, an employer or a school: those change, all else stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from discretion.guard.stand_ins._pieces import Piece, Role
from discretion.guard.stand_ins._place_words import is_of, pieces
from discretion.guard.stand_ins._thing_words import employer_pieces, is_noun, school_pieces
from discretion.records import Kind

_QUARTER = re.compile(r"\bthe\s+([^\W\d_]+)\s*\Z", re.IGNORECASE)
_READ: Mapping[Kind, Callable[[str], tuple[Piece, ...]]] = {
    Kind.LOCATION: pieces,
    Kind.WORKPLACE: employer_pieces,
    Kind.EDUCATION: school_pieces,
}


def own_names(kind: Kind, words: str) -> tuple[tuple[int, int], ...]:
    """Where names stand in ``words``, each with the noun behind it: ``[start, end)`` in code points.

    "second year of nursing at Accra Polytechnic" has one, "Tulsa, Oklahoma" two, "downtown" and "England"
    none: what has none goes out as it is. Other kinds are one name as they are.
    """
    read = _READ.get(kind)
    if read is None:
        return ((0, len(words)),) if words.strip() else ()
    found: list[tuple[int, int]] = []
    at, is_open = 0, False
    for one in read(words):
        start, at = at, at + len(one.text)
        if one.role not in (Role.KEPT, Role.NUMBER):
            is_code = one.role is Role.REGION and len(one.text) == len("OK")
            is_joined = is_open and not is_code and words[found[-1][1] : start].strip() in ("", "&")
            found[-1:] = [(found[-1][0], at)] if is_joined else [*found[-1:], (start, at)]
            # A town's fire department is called by the town: one value wherever it stands.
            is_open = kind is Kind.LOCATION or one.role not in (Role.TOWN, Role.REGION)
        elif is_open and _goes_on(kind, one.text):
            found[-1] = (found[-1][0], at)
        elif one.text.strip(" &-"):
            is_open = False
    quarter = _QUARTER.search(words) if kind is Kind.LOCATION and not found else None
    if quarter and is_of("quarter", quarter[1]):
        return (quarter.span(1),)
    return tuple(found)


def _goes_on(kind: Kind, text: str) -> bool:
    word = text.strip()
    if is_of("street", word):
        return True
    if kind is Kind.LOCATION:
        return is_of("kind", word) or is_of("landmark", word)
    return word not in ("", "&") and is_noun(kind, word)
