"""The audit trail: a row for each query of stored values, chained so that a change shows.

It proves that no row was changed, removed from the middle or added by accident or by someone without the
passphrase, and, held against a backup's head, that none was cut off since. Who has the passphrase can write a
new chain: against them it proves nothing.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from discretion.records import Kind
from discretion.vault._vault import Vault

_PURPOSE = "audit trail"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who reads stored values: the verb ("vault facts list") and the entry point ("cli")."""

    verb: str
    entry: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One query: its number from 1, when (UTC), by which verb and entry point, kinds and count of values."""

    number: int
    at: datetime
    verb: str
    entry: str
    kinds: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Head:
    """The trail's end: the last row's number, and its MAC, which covers every row before."""

    number: int
    mac: bytes

    START: ClassVar[Head]


Head.START = Head(0, bytes(32))


@dataclass(frozen=True, slots=True)
class Trail:
    """The rows that hold, in order, and the number of the first one that does not (``None``: all hold)."""

    rows: tuple[AuditRow, ...]
    head: Head
    broken_at: int | None


def note_query(vault: Vault, asker: Asker, kinds: Iterable[Kind | str], count: int) -> None:
    """Add a row. Call it inside the transaction that reads the values, before they are handed out."""
    told = ",".join(sorted({str(kind) for kind in kinds}))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with vault.transaction():
        last = vault.rows("SELECT number, mac FROM audit_trail ORDER BY number DESC LIMIT 1")
        head = Head(*last[0]) if last else Head.START
        row = (head.number + 1, at, asker.verb, asker.entry, told, count)
        mac = _mac(vault.subkey(_PURPOSE), head.mac, row)
        vault.rows(
            "INSERT INTO audit_trail (number, at, verb, entry, kinds, count, mac)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [*row, mac],
        )


def check_trail(vault: Vault, since: Head | None = None) -> Trail:
    """Verify the whole chain, and that it goes on from ``since`` (a backup's head) where given."""
    key = vault.subkey(_PURPOSE)
    head = Head.START
    held: list[AuditRow] = []
    for number, at, verb, entry, kinds, count, mac in vault.rows(
        "SELECT number, at, verb, entry, kinds, count, mac FROM audit_trail ORDER BY number"
    ):
        row = (number, at, verb, entry, kinds, count)
        is_next = number == head.number + 1
        if not is_next or not hmac.compare_digest(mac, _mac(key, head.mac, row)):
            return Trail(tuple(held), head, head.number + 1)
        head = Head(number, mac)
        if since and number == since.number and mac != since.mac:
            return Trail(tuple(held), head, number)
        kinds_told = tuple(filter(None, kinds.split(",")))
        held.append(AuditRow(number, datetime.fromisoformat(at), verb, entry, kinds_told, count))
    if since and head.number < since.number:
        return Trail(tuple(held), head, head.number + 1)
    return Trail(tuple(held), head, None)


def _mac(key: bytes, before: bytes, row: tuple[object, ...]) -> bytes:
    written = json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.digest(key, before + written, "sha256")
