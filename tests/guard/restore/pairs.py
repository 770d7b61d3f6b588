"""Pairs of invented people for the tests of restoring."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from discretion.guard.restore import RestoreTable
from discretion.records import Kind, Pair

MADE = datetime(2026, 11, 1, tzinfo=UTC)


def pair(real: str, stand_in: str, kind: Kind = Kind.NAME, *, day: int = 0, retired: bool = False) -> Pair:
    """A pair made on ``day``."""
    made = MADE + timedelta(days=day)
    return Pair("", kind, real, stand_in, made, retired_at=made + timedelta(hours=1) if retired else None)


PAIRS = (
    pair("Jess", "Mara"),
    pair("Kowalski", "Halloran"),
    pair("Jess Kowalski", "Mara Halloran"),
    pair("Marguerite", "Alex"),
    pair("Philippa", "Alexandra"),
    pair("Marguerite Ortiz", "Alex Rivers"),
    pair("Ortiz", "Rivers"),
    pair("McKenna", "Tamsin"),
    pair("O'Neill", "Ferris"),
    pair("Anaïs", "Zoë"),
    pair("Gus", "Hope"),
    pair("(918) 555-0177", "(503) 555-0142", Kind.PHONE),
    pair("+44 20 7946 0958", "+44 20 7946 0123", Kind.PHONE),
    pair("jess.k@post.example", "mara.h@mail.example", Kind.EMAIL),
    pair("jess_k", "mara_h", Kind.USERNAME),
    pair("Tulsa", "Port Ellery", Kind.LOCATION),
    pair("Lake Oswego", "Cedar Falls", Kind.LOCATION),
    pair("22 Oakfield Rd.", "17 Maple St.", Kind.STREET_ADDRESS),
    pair("34", "37", Kind.AGE),
    pair('Bar "Zum Hirsch" \\ Co', "Kestrel Hall", Kind.WORKPLACE),
)
TABLE = RestoreTable(PAIRS)
