"""Backups: the vault's content as a plain SQLite file inside a standard age file, which a passphrase opens.

`age --decrypt` (age-encryption.org/v1) opens it without this program. The plain form exists in memory alone.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import apsw

from discretion.vault._audit import Asker, Head, check_trail, note_query
from discretion.vault._copy import copy_rows
from discretion.vault._errors import (
    BackupNotReadable,
    NewerVault,
    NotSaved,
    TrailBroken,
    VaultError,
    WrongPassphrase,
)
from discretion.vault._files import write_whole
from discretion.vault._home import home, make_private_folder
from discretion.vault._kdf import Cost, calibrated, canonical
from discretion.vault._key_file import KEY_FILE, read_key_file, unwrap
from discretion.vault._make import make_vault, refuse_to_replace
from discretion.vault._memory import leave_no_image
from discretion.vault._migrations import APPLICATION_ID, migrate, migrations, version_of
from discretion.vault._self_test import self_test
from discretion.vault._vault import Vault

_OPENING = b"age-encryption.org/v1\n-> scrypt "
_LARGEST_BYTES = 1 << 31
_ATTEMPTS = 20
_VALUES = ("own_fact", "disclosure", "given_field", "persona")


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written: bytes of the file, and the audit trail's head, to hold a later trail against.

    ``broken_at`` is the first row of the trail that does not hold, ``None`` where all do.
    """

    size: int
    head: Head
    broken_at: int | None = None


def back_up(
    vault: Vault,
    passphrase: str,
    path: Path,
    *,
    asker: Asker = Asker("vault backup", "cli"),  # noqa: B008  frozen
    accept_broken: bool = False,
) -> Backup:
    """Write the vault to ``path`` (mode 0600), which ``passphrase``, the vault's own, then opens.

    The file appears whole or not at all and is never written over another; it holds its own row of the audit
    trail. Raises ``WrongPassphrase`` where the passphrase is not the vault's, so that a slip of the finger
    locks nobody out, ``TrailBroken`` where the trail does not hold and that is not accepted, or ``NotSaved``.
    """
    import pyrage

    wrapped, _ = read_key_file(vault.folder / KEY_FILE)
    unwrap(wrapped, passphrase)
    try:
        is_taken = path.exists() or path.is_symlink()
    except (OSError, ValueError) as error:
        raise NotSaved(f"cannot write there: {getattr(error, 'strerror', None) or 'no such path'}") from None
    if is_taken:
        raise NotSaved(f"{path} is there already and stays as it is; name another file")
    memory = apsw.Connection(":memory:")
    try:
        migrate(memory)
        with vault.transaction():
            trail = check_trail(vault)
            if trail.broken_at is not None and not accept_broken:
                raise TrailBroken(
                    f"the audit trail is broken at row {trail.broken_at}: see `discretion vault audit`; no "
                    "backup was made"
                )
            note_query(vault, asker, *_everything(vault))
            head = check_trail(vault).head
            copy_rows(vault.connection, memory)
        sealed = pyrage.passphrase.encrypt(memory.serialize("main"), canonical(passphrase))
    finally:
        memory.close()
    write_whole(path, sealed)
    if path.read_bytes() != sealed:
        raise NotSaved(f"{path} does not hold what was written; the disk may be failing")
    return Backup(len(sealed), head, trail.broken_at)


def _everything(vault: Vault) -> tuple[list[str], int]:
    """The kinds of all values that are kept, and how many there are."""
    kinds = vault.rows(
        "SELECT kind FROM own_fact UNION SELECT kind FROM disclosure"
        " UNION SELECT kind FROM given_field WHERE kind IS NOT NULL"
    )
    count = sum(vault.rows(f"SELECT count(*) FROM {table}")[0][0] for table in _VALUES)  # noqa: S608  ours
    return [kind for (kind,) in kinds], count


def restore(path: Path, passphrase: str, folder: Path | None = None, *, cost: Cost | None = None) -> Vault:
    """Make a vault in ``folder`` from the backup at ``path``; ``passphrase`` opens both.

    It gets a fresh data key. A vault that is there is never replaced. Raises ``BackupNotReadable``,
    ``WrongPassphrase``, ``VaultExists``, ``NewerVault`` or ``NotSaved``.
    """
    leave_no_image()
    self_test()
    folder = folder or home()
    refuse_to_replace(folder)
    memory = _opened(path, passphrase)
    try:
        make_private_folder(folder)

        def fill(connection: apsw.Connection) -> None:
            migrate(connection, up_to=version_of(memory))
            copy_rows(memory, connection)
            migrate(connection)

        return make_vault(folder, passphrase, cost or calibrated(), fill)
    except (LookupError, apsw.ConstraintError, apsw.MismatchError):
        raise BackupNotReadable(f"{path} has not the structure of a vault; nothing was changed") from None
    finally:
        memory.close()


def backup_head(path: Path, passphrase: str) -> Head:
    """The head of the audit trail when the backup was made; raises as ``restore`` does."""
    memory = _opened(path, passphrase)
    try:
        rows = memory.execute("SELECT number, mac FROM audit_trail ORDER BY number DESC LIMIT 1").fetchall()
    except apsw.Error:
        raise BackupNotReadable(f"{path} has not the structure of a vault") from None
    finally:
        memory.close()
    return Head(int(str(rows[0][0])), bytes(rows[0][1])) if rows else Head.START  # type: ignore[arg-type]


def _opened(path: Path, passphrase: str) -> apsw.Connection:
    """The backup's content in memory, every page checked."""
    plain = _decrypted(_read(path), canonical(passphrase), path)
    memory = apsw.Connection(":memory:")
    try:
        memory.pragma("trusted_schema", "OFF")
        memory.deserialize("main", plain)
        if memory.pragma("application_id") != APPLICATION_ID or not version_of(memory):
            raise BackupNotReadable(f"{path} holds no vault of Discretion")
        if version_of(memory) > len(migrations()):
            raise NewerVault(f"{path} was written by a later version; install the newest discretion")
        if memory.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            raise BackupNotReadable(f"{path} holds a damaged vault; use another backup")
    except apsw.Error:
        memory.close()
        raise BackupNotReadable(f"{path} holds no vault of Discretion") from None
    except VaultError:
        memory.close()
        raise
    return memory


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise BackupNotReadable(f"cannot read {path}: there is no such file")
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > _LARGEST_BYTES:
                raise BackupNotReadable(f"{path} is too large for a backup")
            raw = file.read()
    except (OSError, ValueError) as error:
        raise BackupNotReadable(f"cannot read {path}: {getattr(error, 'strerror', '')}") from None
    if raw[: len(_OPENING)] != _OPENING:
        short = _OPENING.startswith(raw)
        why = "is cut short" if short else "is no age file that a passphrase opens"
        raise BackupNotReadable(f"{path} {why}; use another backup")
    return raw


def _decrypted(raw: bytes, passphrase: str, path: Path) -> bytes:
    import pyrage

    for attempt in range(_ATTEMPTS):
        try:
            return pyrage.passphrase.decrypt(raw, passphrase)  # type: ignore[no-any-return]
        except pyrage.DecryptError as error:
            # The library times itself and refuses what would take long: on a busy machine it errs.
            if not str(error).startswith("Excessive work"):
                raise _not_opened(str(error), path) from None
        time.sleep(0.1 * attempt)
    raise BackupNotReadable(
        f"this machine is too busy or too slow to open {path} now; it may well be whole. Try again later"
    )


def _not_opened(told: str, path: Path) -> VaultError:
    # age proves the header with the passphrase's key first: only then can the body be at fault.
    if told == "Decryption failed":
        return WrongPassphrase(
            f"the passphrase does not open {path}, or its first lines are damaged; nothing was changed"
        )
    return BackupNotReadable(f"{path} is cut short or damaged; nothing of it was taken. Use another backup")
