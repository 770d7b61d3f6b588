"""A vault that does not fit its mark: a new mark for the state it is in, where the user insists on that."""

from __future__ import annotations

from pathlib import Path

from discretion.vault._audit import Asker, note_query
from discretion.vault._database import check_structure, connect, named
from discretion.vault._errors import Corrupt
from discretion.vault._home import home
from discretion.vault._key_file import KEY_FILE, read_key_file, unwrap
from discretion.vault._mark import MarkFile
from discretion.vault._memory import leave_no_image
from discretion.vault._migrations import migrations, refuse_newer, version_of
from discretion.vault._self_test import self_test
from discretion.vault._state import StateDigest
from discretion.vault._vault import DATABASE, Vault, check_folder

ASKER = Asker("vault mend", "cli")


def mend(passphrase: str, folder: Path | None = None) -> bool:
    """Take the database as it is from now on; ``False`` where it fits its mark and nothing was done.

    Every page must be genuine and the structure whole; nothing can tell whether the last write is there in
    part, or whether something older was put back. Leaves a row in the audit trail. Raises ``Corrupt`` where
    only a backup helps, and what ``Vault.open`` raises.
    """
    leave_no_image()
    self_test()
    folder = folder or home()
    check_folder(folder)
    wrapped, _ = read_key_file(folder / KEY_FILE)
    data_key = unwrap(wrapped, passphrase)
    try:
        Vault.open_with_key(data_key, folder).close()
    except Corrupt:
        _mark_anew(folder, data_key)
    else:
        return False
    with Vault.open_with_key(data_key, folder) as vault:
        note_query(vault, ASKER, [], 0)
    return True


def _mark_anew(folder: Path, data_key: bytes) -> None:
    path, mark = folder / DATABASE, MarkFile(folder, data_key)
    connection = connect(path, data_key)
    try:
        with named(path):
            refuse_newer(version_of(connection), len(migrations()))
            check_structure(connection, path)
            connection.execute("BEGIN IMMEDIATE")
            mark.make(StateDigest(mark.state_key).of(connection), _last_number(mark) + 1)
            connection.execute("ROLLBACK")
    finally:
        connection.close()


def _last_number(mark: MarkFile) -> int:
    try:
        return mark.read().number
    except (FileNotFoundError, Corrupt):
        return 0
