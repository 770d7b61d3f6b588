"""A row of the ledger as it lies in the database; a record is made of it only where it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from discretion.exposure._ledger_values import read
from discretion.records import Disclosure, Frame, Kind, Severity, Source, Value


class Row(NamedTuple):
    """One row, as it lies in the database; times are written in UTC, so that they sort as text."""

    platform: str
    persona: str
    kind: str
    frame: str
    severity: str
    source: str
    is_own: int
    times: int
    first_at: str | None
    last_at: str | None
    noted_at: str
    digest: bytes
    value: str | Value | None
    is_value_kept: int
    number: int | None

    @property
    def first(self) -> str:
        """When it was told first; where that is not known, when it was noted."""
        return self.first_at or self.noted_at

    @property
    def last(self) -> str:
        """When it was told last, or noted."""
        return self.last_at or self.first_at or self.noted_at


def rows_of(disclosures: Iterable[Disclosure]) -> list[Row]:
    """The same of records."""
    return [
        Row(
            one.platform,
            one.persona,
            one.kind,
            one.frame,
            one.severity,
            one.source,
            one.is_own,
            one.times,
            one.first_at.isoformat() if one.first_at else None,
            one.last_at.isoformat() if one.last_at else None,
            one.noted_at.isoformat(),
            one.digest,
            one.value,
            one.is_value_kept,
            one.number,
        )
        for one in disclosures
    ]


def record(row: Row) -> Disclosure:
    """The row as a record."""
    return Disclosure(
        row.platform,
        row.persona,
        Kind(row.kind),
        Frame(row.frame),
        Severity(row.severity),
        Source(row.source),
        bool(row.is_own),
        row.times,
        datetime.fromisoformat(row.first_at) if row.first_at else None,
        datetime.fromisoformat(row.last_at) if row.last_at else None,
        datetime.fromisoformat(row.noted_at),
        row.digest,
        read(row.value) if isinstance(row.value, str) else row.value,
        bool(row.is_value_kept),
        row.number,
    )
