"""The end of a vault: the wrapped key first, since without it the rest is noise."""

from __future__ import annotations

import contextlib
from pathlib import Path

from discretion.vault._errors import KeychainNotUsable, Locked, NotSaved
from discretion.vault._files import shred
from discretion.vault._home import home
from discretion.vault._key_file import KEY_FILE
from discretion.vault._keychain import FILE as KEYCHAIN_FILE
from discretion.vault._keychain import keychain_off
from discretion.vault._leftovers import leftovers
from discretion.vault._lock import alone
from discretion.vault._make import UNFINISHED
from discretion.vault._mark import MARK_FILE
from discretion.vault._vault import DATABASE

NOT_PROMISED = (
    "An SSD, a memory card or a file system that copies on write may keep old blocks; what is left there is "
    "sealed, but an old key file among it would still open with its passphrase.",
    "Backups, snapshots and synchronised folders hold copies of their own: delete those too.",
    "What was shown on a screen or read by another program is beyond reach.",
)
"""What destroying cannot promise; shown whenever it is done."""

_PATIENCE_S = 5.0


def destroy(folder: Path | None = None) -> tuple[Path, ...]:
    """Overwrite and remove the key file, then the database and its journal, then what opens it by the
    system's keychain; returns what is gone.

    Needs no passphrase: whoever may delete the files may do it. Works on a vault that is half there. Raises
    ``NotSaved`` where a file could not be overwritten or removed, after all the others are gone.
    """
    folder = folder or home()
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(Locked, NotSaved):  # what hangs must not keep the vault from its end
            stack.enter_context(alone(folder, _PATIENCE_S))
        return _destroyed(folder)


def _destroyed(folder: Path) -> tuple[Path, ...]:
    unfinished = folder / UNFINISHED
    others = [folder / f"{DATABASE}{end}" for end in ("", "-journal", "-wal", "-shm")]
    others += [folder / MARK_FILE, *sorted(folder.glob(f".{MARK_FILE}.*"))]
    others += sorted(folder.glob(f".{KEYCHAIN_FILE}.*"))
    keys = [folder / KEY_FILE, unfinished / KEY_FILE, *leftovers(folder), *leftovers(unfinished)]
    if unfinished.is_dir() and not unfinished.is_symlink():
        others += [path for path in sorted(unfinished.iterdir()) if path not in keys]
    gone = [path for path in (*keys, *others) if path.is_file()]
    failed = []
    for path in gone:
        try:
            shred(path)
        except NotSaved as error:
            failed.append(str(error))
    try:
        if keychain_off(folder):
            gone.append(folder / KEYCHAIN_FILE)
    except (KeychainNotUsable, NotSaved) as error:
        failed.append(str(error))
    with contextlib.suppress(OSError):
        unfinished.rmdir()
    if failed:
        raise NotSaved("; ".join(failed))
    return tuple(gone)
