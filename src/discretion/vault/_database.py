"""The encrypted SQLite database: how it is opened, and what its errors are called.

Why these settings: docs/decisions/0010-vault.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from discretion.vault._errors import Corrupt, Locked, NotSaved, VaultError, VaultExists
from discretion.vault._home import check_private_file

CIPHER = "chacha20"
PATIENCE_MS = 10_000
"""How long a command waits for another one's transaction."""

CACHE_KIB = 64 * 1024
"""Pages up to so much stay in memory: each commit goes over all of them, and no transaction spills early."""

_SETTINGS = (
    ("journal_mode", "DELETE", "delete"),
    ("synchronous", "EXTRA", 3),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("cache_size", f"-{CACHE_KIB}", -CACHE_KIB),
    ("trusted_schema", "OFF", 0),
    ("foreign_keys", "ON", 1),
    ("cell_size_check", "ON", 1),
)


_REFUSALS = {
    apsw.FullError: "the disk is full",
    apsw.ReadOnlyError: "nothing may be written there, or another file was put in its place meanwhile",
}


def make_empty(path: Path) -> None:
    """Make an empty file with mode 0600 at ``path``. Raises ``VaultExists`` or ``NotSaved``."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise VaultExists(f"there is a file {path} already; it stays as it is") from None
    except OSError as error:
        raise NotSaved(f"cannot make {path}: {error.strerror}") from None


def connect(path: Path, data_key: bytes, *, is_new: bool = False) -> apsw.Connection:
    """Open the database at ``path`` with the raw 32-byte key, and read its head.

    ``is_new`` for an empty file, which gets the settings that lie in the file itself.
    Raises ``UnsafePermissions``, ``Corrupt`` (also where the key is another vault's) or ``Locked``.
    """
    try:
        check_private_file(path)
    except FileNotFoundError:
        raise Corrupt(
            f"{path} is missing, but its key is there; bring the vault back from a backup"
        ) from None
    with named(path):
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_NOFOLLOW
        connection = apsw.Connection(str(path.resolve()), flags=flags)
        try:
            connection.set_busy_timeout(PATIENCE_MS)
            _pragma(connection, "cipher", CIPHER, CIPHER)
            connection.pragma("key", f"raw:{data_key.hex()}")
            if is_new:
                # Pages that fall free are cut off the file, so every page left is one that a check reads;
                # by `_marked`, before it commits.
                _pragma(connection, "auto_vacuum", "INCREMENTAL", 2)
            for name, value, expected in _SETTINGS:
                _pragma(connection, name, value, expected)
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            if not is_new and connection.pragma("page_count") == 0:
                raise Corrupt(_damaged(path))  # SQLite takes an empty file for a new database
        except BaseException:
            connection.close()
            raise
    return connection


def check_every_page(connection: apsw.Connection, path: Path) -> None:
    """Read and authenticate every page of the database. Raises ``Corrupt``."""
    with named(path):
        told = connection.execute("PRAGMA quick_check(1)").fetchall()
    if told != [("ok",)]:
        raise Corrupt(_damaged(path))


def check_structure(connection: apsw.Connection, path: Path) -> None:
    """Like ``check_every_page``, and that indexes, constraints and references hold. Raises ``Corrupt``."""
    with named(path):
        told = connection.execute("PRAGMA integrity_check(1)").fetchall()
        lost = connection.execute("PRAGMA foreign_key_check").fetchall()
    if told != [("ok",)] or lost:
        raise Corrupt(_damaged(path))


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into the vault's; messages name the file, never a value."""
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError):
        raise Corrupt(_damaged(path)) from None
    except (apsw.BusyError, apsw.LockedError):
        raise Locked("another command is using the vault; try again in a moment") from None
    except (apsw.FullError, apsw.IOError, apsw.ReadOnlyError) as error:
        why = _REFUSALS.get(type(error), "the disk refused")
        raise NotSaved(f"cannot write {path}: {why}; what was there before is still there") from None
    except apsw.CantOpenError:
        raise VaultError(f"cannot open {path}: it or its folder may not be read or written") from None


def _damaged(path: Path) -> str:
    return f"{path} is damaged, or belongs to another key; nothing was changed. Bring it back from a backup"


def _pragma(connection: apsw.Connection, name: str, value: str, expected: object) -> None:
    """Set ``name`` and see that it took: a misspelt setting would be passed over in silence."""
    connection.pragma(name, value)
    found = connection.pragma(name)
    if found != expected:
        raise VaultError(f"this SQLite does not take {name} = {value}; install discretion anew")
