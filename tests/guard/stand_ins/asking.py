"""Asking for a stand-in as the table does, for the tests of the kinds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice
from random import Random

from discretion.guard.stand_ins import Asked, discovered
from discretion.records import Kind, Pair

TODAY = date(2026, 11, 25)


def offered(
    kind: Kind,
    words: str,
    *,
    seed: int = 1,
    locale: str = "US",
    today: date = TODAY,
    known: tuple[tuple[str, str], ...] = (),
    count: int = 8,
) -> list[str]:
    """The first candidates for ``words``; ``known`` are real values and their stand-ins."""
    pairs = tuple(
        Pair("", kind, real, stand_in, datetime(2026, 11, 25, tzinfo=UTC)) for real, stand_in in known
    )
    asked = Asked(kind, words, Random(seed), today, locale=locale, known=pairs)
    return list(islice(discovered()[kind](asked), count))


def first(kind: Kind, words: str, **how: object) -> str:
    """The first candidate. Fails where there is none."""
    found = offered(kind, words, **how)  # type: ignore[arg-type]
    assert found, "no candidate"
    return found[0]
