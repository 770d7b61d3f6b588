"""The mark beside the database: which whole states of it a finished transaction can have left.

SQLite's journal has no authentication of its own and a page's tag does not say that the page is of today. So
each transaction, before it is committed, writes here a keyed digest of the whole database as it was before
and as it will be after (`before`, `after`); once it is committed, the digest of what is now there, in both
records (`settled`). A database that fits neither is half a transaction, or an older one that was put back.
docs/decisions/0010-vault.md says why that is enough.
"""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass
from pathlib import Path

from discretion.vault._errors import Corrupt, NotSaved
from discretion.vault._files import write_whole
from discretion.vault._home import check_private_file
from discretion.vault._kdf import KEY_BYTES

MARK_FILE = "vault.mark"
FORMAT = "discretion.vault-mark/1"
_SLOT_BYTES = 512
"""Each record has a disk's smallest sector of its own: when one is half written, the other is whole."""

_PROMISE, _SETTLED = 0, 1
_NAMES = ("promise", "settled")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the number of the transaction, and the digests of the states that it allows."""

    number: int
    states: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the file says; ``None`` for a record that is not whole."""

    promise: Record | None
    settled: Record | None

    @property
    def number(self) -> int:
        """The number of the newest transaction that is recorded."""
        return max(record.number for record in (self.promise, self.settled) if record)

    @property
    def allowed(self) -> tuple[bytes, ...]:
        """The states that the database may be in."""
        if self.settled and (not self.promise or self.settled.number >= self.promise.number):
            return self.settled.states
        return self.promise.states if self.promise else ()


class MarkFile:
    """The file itself. Who writes to it holds SQLite's write lock on the database."""

    def __init__(self, folder: Path, data_key: bytes) -> None:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        self.path = folder / MARK_FILE
        keys = HKDF(SHA256(), 2 * KEY_BYTES, None, FORMAT.encode()).derive(data_key)
        self._key, self.state_key = keys[:KEY_BYTES], keys[KEY_BYTES:]

    def read(self) -> Mark:
        """Both records. Raises ``FileNotFoundError``, ``UnsafePermissions``, and ``Corrupt`` without one."""
        check_private_file(self.path)
        try:
            with self.path.open("rb") as file:
                raw = file.read(2 * _SLOT_BYTES)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise Corrupt(f"cannot read {self.path}: {error.strerror}") from None
        mark = Mark(*(self._parsed(raw, slot) for slot in (_PROMISE, _SETTLED)))
        if not mark.allowed:
            raise Corrupt(f"{self.path} is damaged or belongs to another vault; {_WAY_OUT}")
        return mark

    def make(self, state: bytes, number: int = 1) -> None:
        """Write the file anew for a database in ``state``. Raises ``NotSaved``."""
        record = Record(number, (state,))
        write_whole(self.path, self._written(record, _PROMISE) + self._written(record, _SETTLED))

    def promise(self, before: bytes, after: bytes) -> int:
        """Allow both states from now on; returns the transaction's number. Raises ``NotSaved``."""
        mark = self.read()
        if mark.settled is None or mark.settled.states != (before,):
            # Until the new promise is whole on the disk, this record is what vouches for today's state.
            self._put(Record(mark.number, (before,)), _SETTLED)
        number = mark.number + 1
        self._put(Record(number, (before, after)), _PROMISE)
        return number

    def settle(self, number: int, state: bytes) -> None:
        """Allow ``state`` alone from now on: transaction ``number`` is committed. Raises ``NotSaved``."""
        record = Record(number, (state,))
        self._put(record, _SETTLED)
        # The promise vouches for the state before as well: else who damages one record could put that back.
        self._put(record, _PROMISE, is_awaited=False)

    def _put(self, record: Record, slot: int, *, is_awaited: bool = True) -> None:
        written = self._written(record, slot)
        try:
            handle = os.open(
                self.path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            )
            try:
                os.lseek(handle, slot * _SLOT_BYTES, os.SEEK_SET)
                if os.write(handle, written) != len(written):
                    raise NotSaved(f"cannot write {self.path}: no room; nothing was changed")
                if is_awaited:
                    os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise NotSaved(f"cannot write {self.path}: {error.strerror}; nothing was changed") from None

    def _written(self, record: Record, slot: int) -> bytes:
        body = json.dumps(
            {
                "format": FORMAT,
                "record": _NAMES[slot],
                "number": record.number,
                "states": [state.hex() for state in record.states],
            }
        ).encode()
        return (body + b" " + self._mac(body)).ljust(_SLOT_BYTES - 1) + b"\n"

    def _parsed(self, raw: bytes, slot: int) -> Record | None:
        line = raw[slot * _SLOT_BYTES : (slot + 1) * _SLOT_BYTES].rstrip()
        body, _, mac = line.rpartition(b" ")
        if not body or not hmac.compare_digest(mac, self._mac(body)):
            return None
        told = json.loads(body)  # ours, as its code proves
        if told["format"] != FORMAT or told["record"] != _NAMES[slot]:
            return None
        return Record(int(told["number"]), tuple(bytes.fromhex(state) for state in told["states"]))

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256").hex().encode()


_WAY_OUT = (
    "nothing was changed. Bring the vault back from a backup, or, where there is none, see what "
    "`discretion vault mend` says"
)


def missing(path: Path) -> Corrupt:
    """The error for a vault whose mark is gone."""
    return Corrupt(f"{path} is missing, so nothing vouches for the database being whole; {_WAY_OUT}")


def not_as_left(path: Path) -> Corrupt:
    """The error for a database that is in no state that a finished transaction left."""
    return Corrupt(
        f"{path} is damaged: it is not as the last command left it. It holds half a write whose journal was "
        f"damaged, or something older was put back; {_WAY_OUT}"
    )
