"""Stand-ins for ages, where the user has them replaced: what may be said of them is in ``_ages``."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard.stand_ins._ages import age_stand_in
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.guard.stand_ins._spelling import is_same_value
from discretion.records import Kind

DRAWS = 60
"""Draws of another age; a decade has ten."""


@offers(Kind.AGE)
def age(asked: Asked) -> Iterator[str]:
    """Other ages of the same decade; nothing for who may be under 21. One age in two notations stays one."""
    known = next((one for one in asked.known if _is_same(asked, one.real, asked.words)), None)
    for _ in range(DRAWS):
        drawn = age_stand_in(asked.words, asked.today, asked.random, before=asked.before)
        if drawn is None:
            return
        if known is None or _is_same(asked, known.stand_in, drawn):
            yield drawn


def _is_same(asked: Asked, one: str, other: str) -> bool:
    return is_same_value(Kind.AGE, one, other, asked.today)
