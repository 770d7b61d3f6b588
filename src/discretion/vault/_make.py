"""A new vault: made beside its place, then moved there, its key last."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from discretion.vault._errors import NotSaved, VaultExists
from discretion.vault._files import shred, sync_folder
from discretion.vault._home import check_private_folder
from discretion.vault._kdf import KEY_BYTES, Cost
from discretion.vault._key_file import KEY_FILE, wrap, write_key_file
from discretion.vault._lock import alone
from discretion.vault._mark import MARK_FILE, MarkFile
from discretion.vault._state import StateDigest
from discretion.vault._vault import DATABASE, Vault

if TYPE_CHECKING:
    import apsw

UNFINISHED = ".vault.new"
"""The folder in which a vault is made. While it is there, an init has not ended."""

_IN_ORDER = (DATABASE, MARK_FILE, KEY_FILE)


def make_vault(
    folder: Path, passphrase: str, cost: Cost, fill: Callable[[apsw.Connection], None] | None = None
) -> Vault:
    """Make a vault in ``folder`` and open it; ``fill`` puts the content in. On failure nothing of it stays.

    Killed at any moment, it leaves nothing that keeps the next from being made. Raises ``VaultExists`` or
    ``NotSaved``.
    """
    data_key = secrets.token_bytes(KEY_BYTES)
    wrapped = wrap(data_key, passphrase, cost)
    with alone(folder):
        refuse_to_replace(folder)
        remove_unfinished(folder)
        place = folder / UNFINISHED
        try:
            place.mkdir(mode=0o700)
            _make_database(place, data_key, fill)
            write_key_file(place / KEY_FILE, wrapped)
            for end in ("-journal", "-wal", "-shm"):  # of another database; SQLite would play it back
                shred(folder / f"{DATABASE}{end}")
            for name in _IN_ORDER:
                (place / name).rename(folder / name)
            sync_folder(folder)
            place.rmdir()
        except BaseException as error:
            for name in reversed(_IN_ORDER):
                (folder / name).unlink(missing_ok=True)
            remove_unfinished(folder)
            if isinstance(error, OSError):
                raise NotSaved(f"cannot make a vault in {folder}: {error.strerror}") from None
            raise
    return Vault.open_with_key(data_key, folder)


def refuse_to_replace(folder: Path) -> None:
    """Raise ``VaultExists`` where a vault is in ``folder``, whole or half, that no killed init left."""
    if (folder / KEY_FILE).exists():
        raise VaultExists(
            f"there is a vault in {folder} already; it stays as it is. Destroy it, or name another folder in "
            "DISCRETION_HOME"
        )
    if (folder / DATABASE).exists() and not _is_moving(folder):
        raise VaultExists(
            f"{folder / DATABASE} is there without {KEY_FILE}. Put the key file back if you have it; else "
            "nothing can open the database: discretion vault destroy, then begin again"
        )


def _is_moving(folder: Path) -> bool:
    """Whether a killed init stopped while it moved its files: the database is there, its key not yet."""
    place = folder / UNFINISHED
    return (place / KEY_FILE).exists() and not (place / DATABASE).exists()


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed init left; called by the one that holds the folder alone. Raises ``NotSaved``."""
    place = folder / UNFINISHED
    if not place.is_dir() or place.is_symlink():
        return
    check_private_folder(place)
    if not (folder / KEY_FILE).exists() and _is_moving(folder):
        for name in (DATABASE, MARK_FILE):
            shred(folder / name)
    for path in sorted(place.iterdir(), key=lambda path: path.name != KEY_FILE):
        shred(path)
    try:
        place.rmdir()
    except OSError as error:
        raise NotSaved(f"cannot remove {place}: {error.strerror}") from None


def _make_database(
    place: Path, data_key: bytes, fill: Callable[[apsw.Connection], None] | None = None
) -> None:
    from discretion.vault._database import connect, make_empty, named
    from discretion.vault._migrations import migrate

    path = place / DATABASE
    make_empty(path)
    connection = connect(path, data_key, is_new=True)
    try:
        with named(path):
            (fill or migrate)(connection)
            connection.execute("PRAGMA incremental_vacuum").fetchall()
            mark = MarkFile(place, data_key)
            mark.make(StateDigest(mark.state_key).of(connection))
    finally:
        connection.close()
