"""The ledger: which platform and persona learnt which kind of fact, in which frame, when and how often.

It holds keyed digests, normalised values and times inside the vault, never the words. What identifies a
sighting, and why names are not kept: docs/decisions/0012-ledger.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from discretion.exposure._collection import uncollected
from discretion.exposure._ledger_forget import Chosen, Going, forget, forget_chosen, would_forget
from discretion.exposure._ledger_keep import LONGEST_PERSONA, Keeper, Kept, PersonaNotNamed, Told, keep
from discretion.exposure._ledger_names import own_names
from discretion.exposure._ledger_values import read
from discretion.exposure._told import estimate_told, stated, unkept
from discretion.records import Disclosure, Frame, Kind, Severity, Source, Value
from discretion.vault import Asker, Vault, note_query

__all__ = [
    "LONGEST_PERSONA",
    "Chosen",
    "Going",
    "Keeper",
    "Kept",
    "PersonaNotNamed",
    "Told",
    "disclosures",
    "estimate_told",
    "forget",
    "forget_chosen",
    "keep",
    "platforms",
    "stated",
    "unkept",
    "would_forget",
]

_KINDS = {kind.value: kind for kind in Kind}
_FRAMES = {frame.value: frame for frame in Frame}
_SEVERITIES = {severity.value: severity for severity in Severity}
_SOURCES = {source.value: source for source in Source}


def disclosures(
    vault: Vault, asker: Asker, *, platform: str | None = None, persona: str | None = None
) -> tuple[Disclosure, ...]:
    """What was learnt by all platforms, or by one; of one persona where given (empty: of none).

    In the order in which the facts were first kept. The ledger keeps no names: where the user's own was told,
    its value is that of the own fact in the vault. Leaves an audit row, and one for the own names.
    """
    with uncollected():
        with vault.transaction():
            rows = vault.rows(
                "SELECT platform, persona, kind, frame, severity, source, is_own, times, first_at, last_at,"
                " noted_at, digest, value, is_value_kept, id FROM disclosure"
                " WHERE platform = coalesce(?, platform) AND persona = coalesce(?, persona)"
                " ORDER BY id",
                [platform, persona],
            )
            note_query(vault, asker, {row[2] for row in rows}, len(rows))
            names = own_names(vault, asker) if any(row[2] == Kind.NAME and row[6] for row in rows) else {}
        return tuple(_read(rows, names))


def _read(rows: list[tuple[Any, ...]], names: Mapping[bytes, Value]) -> Iterator[Disclosure]:
    at, values = _Times(), _Values()
    for (
        where, who, kind, frame, severity, source, is_own, times, first, last, noted, digest, value,
        is_value_kept, number,
    ) in rows:  # fmt: skip
        yield Disclosure(
            where,
            who,
            _KINDS[kind],
            _FRAMES[frame],
            _SEVERITIES[severity],
            _SOURCES[source],
            bool(is_own),
            times,
            at[first] if first else None,
            at[last] if last else None,
            at[noted],
            digest,
            names.get(digest) or (values[value] if value else None),
            bool(is_value_kept),
            number,
        )


def platforms(vault: Vault) -> tuple[str, ...]:
    """The ids of the platforms that the ledger knows something of, in order; no value is read."""
    return tuple(one for (one,) in vault.rows("SELECT DISTINCT platform FROM disclosure ORDER BY platform"))


class _Times(dict[str, datetime]):
    """Times by how they are written, each read once."""

    def __missing__(self, text: str) -> datetime:
        self[text] = datetime.fromisoformat(text)
        return self[text]


class _Values(dict[str, Value | None]):
    """Values by how they are written, each read once."""

    def __missing__(self, text: str) -> Value | None:
        self[text] = read(text)
        return self[text]
