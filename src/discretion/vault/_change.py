"""A new passphrase for the same data key."""

from __future__ import annotations

from pathlib import Path

from discretion.vault._errors import Locked
from discretion.vault._home import home
from discretion.vault._kdf import Cost, calibrated
from discretion.vault._key_file import KEY_FILE, read_key_file, unwrap, wrap, write_key_file
from discretion.vault._leftovers import remove_leftovers
from discretion.vault._lock import alone
from discretion.vault._memory import leave_no_image
from discretion.vault._self_test import self_test
from discretion.vault._vault import Vault, check_folder


def change_passphrase(old: str, new: str, folder: Path | None = None, *, cost: Cost | None = None) -> None:
    """Wrap the same data key under ``new``; the database is not written anew.

    Who copied the old key file and knows the old passphrase still has the data key: then restore a backup,
    which gives the vault a fresh one. Raises ``WrongPassphrase``, ``NotSaved``, ``Locked`` where another
    command changed it at the same moment, and what ``open`` raises.
    """
    leave_no_image()
    self_test()
    folder = folder or home()
    check_folder(folder)
    path = folder / KEY_FILE
    wrapped, _ = read_key_file(path)
    data_key = unwrap(wrapped, old)
    Vault.open_with_key(data_key, folder).close()
    renewed = wrap(data_key, new, cost or calibrated())
    with alone(folder):
        if read_key_file(path)[0] != wrapped:
            raise Locked("another command changed the passphrase at the same moment; nothing was changed")
        remove_leftovers(folder)
        write_key_file(path, renewed)
