"""Pairs in the vault: reading, keeping and forgetting those of one persona; a reading leaves an audit row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from discretion.records import Kind, Pair
from discretion.vault import Asker, Vault, note_query

_COLUMNS = "id, persona, kind, real, stand_in, grouped, is_pinned, made_at, retired_at"


def read_pairs(vault: Vault, asker: Asker, persona: str) -> tuple[Pair, ...]:
    """The pairs of ``persona`` (empty: of none; in any case), oldest first; leaves an audit row."""
    with vault.transaction():
        rows = vault.rows(f"SELECT {_COLUMNS} FROM stand_in WHERE persona = ? ORDER BY id", [persona])  # noqa: S608
        pairs = tuple(_pair(*row) for row in rows)
        note_query(vault, asker, {pair.kind for pair in pairs}, len(pairs))
    return pairs


def stand_ins_of_others(vault: Vault, persona: str) -> tuple[str, ...]:
    """The stand-ins of every persona but one: two platforms must not hear the same false name.

    They are invented and stand here without what they stand for, so reading them leaves no audit row.
    """
    rows = vault.rows(
        "SELECT DISTINCT stand_in FROM stand_in WHERE persona <> ? ORDER BY stand_in", [persona]
    )
    return tuple(stand_in for (stand_in,) in rows)


def keep_pairs(vault: Vault, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Keep ``pairs``, all or none, and return them with their numbers.

    A pair with a number changes the row of that number; one without is new, or the same value and stand-in
    kept before, whose row it changes.
    """
    kept: list[Pair] = []
    with vault.transaction():
        for pair in pairs:
            kept.append(replace(pair, number=_changed(vault, pair) or _added(vault, pair)))
    return tuple(kept)


def forget_pairs(vault: Vault, persona: str) -> int:
    """Remove the pairs of ``persona`` for good: replies to what was sent are not restored any more.

    Returns how many there were.
    """
    with vault.transaction():
        return len(vault.rows("DELETE FROM stand_in WHERE persona = ? RETURNING id", [persona]))


def _changed(vault: Vault, pair: Pair) -> int | None:
    """The number of the pair's row after it was changed, ``None`` where it has none."""
    if pair.number is None:
        return None
    rows = vault.rows(
        "UPDATE stand_in SET real = ?, stand_in = ?, grouped = ?, is_pinned = ?, retired_at = ?"
        " WHERE id = ? AND persona = ? RETURNING id",
        [
            pair.real,
            pair.stand_in,
            pair.group,
            int(pair.is_pinned),
            _at(pair.retired_at),
            pair.number,
            pair.persona,
        ],
    )
    return int(rows[0][0]) if rows else None


def _added(vault: Vault, pair: Pair) -> int:
    rows = vault.rows(
        "INSERT INTO stand_in (persona, kind, real, stand_in, grouped, is_pinned, made_at, retired_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (persona, kind, real, stand_in) DO UPDATE SET grouped = excluded.grouped,"
        " is_pinned = excluded.is_pinned, retired_at = excluded.retired_at RETURNING id",
        [
            pair.persona,
            pair.kind.value,
            pair.real,
            pair.stand_in,
            pair.group,
            int(pair.is_pinned),
            pair.made_at.isoformat(timespec="seconds"),
            _at(pair.retired_at),
        ],
    )
    return int(rows[0][0])


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _pair(
    number: int,
    persona: str,
    kind: str,
    real: str,
    stand_in: str,
    grouped: int,
    is_pinned: int,
    made_at: str,
    retired_at: str | None,
) -> Pair:
    return Pair(
        persona,
        Kind(kind),
        real,
        stand_in,
        datetime.fromisoformat(made_at),
        grouped,
        bool(is_pinned),
        datetime.fromisoformat(retired_at) if retired_at else None,
        number,
    )
