"""Stand-ins for schools: of the same level and pattern; degrees, years and subjects stay."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard.stand_ins._pieces import Piece, Role
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.guard.stand_ins._thing_words import is_no_study, school_pieces
from discretion.guard.stand_ins.kinds.workplace import candidates, known_names
from discretion.records import Kind


@offers(Kind.EDUCATION)
def education(asked: Asked) -> Iterator[str]:
    """Schools named by a small town, or by initials that are nobody's.

    Nothing where only a degree, a year or a subject is told ("second year of nursing"); an everyday word
    that is none of these ("skyline") is a school's name.
    """
    found = tuple(_placed(one) for one in school_pieces(asked.words))
    if all(one.role is Role.KEPT for one in found) and is_no_study(asked.words):
        found = (Piece(asked.words, Role.TOWN),)
    yield from candidates(asked, found, known_names(asked))


def _placed(one: Piece) -> Piece:
    """A school that is called as nobody's town is called as one, too: "Oakfield High"."""
    return Piece(one.text, Role.TOWN) if one.role is Role.FIRM else one
