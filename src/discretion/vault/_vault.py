"""The vault: one encrypted database, and the key beside it that a passphrase opens."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

from discretion.vault._errors import Corrupt, NoVault, VaultExists
from discretion.vault._files import sync_folder
from discretion.vault._home import check_private_folder, home, make_private_folder
from discretion.vault._kdf import KEY_BYTES, Cost, calibrated
from discretion.vault._key_file import read_key_file, unwrap, wrap, write_key_file
from discretion.vault._memory import leave_no_image
from discretion.vault._self_test import self_test

if TYPE_CHECKING:
    import apsw

DATABASE = "vault.db"
KEY_FILE = "vault.key"

Cell = str | bytes | int | float | None


class Vault:
    """An open vault. Use it in a ``with``; two processes may have the same one open.

    Statements either give every row or raise: there is no half an answer. It hides its key when printed and
    refuses to be pickled.
    """

    def __init__(self, folder: Path, connection: apsw.Connection, data_key: bytes) -> None:
        self.folder = folder
        self._connection = connection
        self._data_key = data_key

    @classmethod
    def create(cls, passphrase: str, folder: Path | None = None, *, cost: Cost | None = None) -> Vault:
        """Make a vault in ``folder`` (``home()`` by default) and open it.

        ``cost`` is calibrated to about a second by default. Raises ``VaultExists``, ``UnsafePermissions`` or
        ``NotSaved``; what was half made is removed.
        """
        leave_no_image()
        self_test()
        folder = folder or home()
        make_private_folder(folder)
        if (folder / KEY_FILE).exists():
            raise VaultExists(f"there is a vault in {folder} already; it stays as it is")
        if (folder / DATABASE).exists():
            raise VaultExists(
                f"{folder / DATABASE} is there without {KEY_FILE}, as an init ended half way leaves it. "
                "Put the key file back if you have it; else nothing can open the database: "
                "discretion vault destroy, then begin again"
            )
        return make_vault(folder, passphrase, cost or calibrated())

    @classmethod
    def open(cls, passphrase: str, folder: Path | None = None) -> Vault:
        """Open the vault in ``folder`` (``home()`` by default), every page checked.

        Raises ``NoVault``, ``WrongPassphrase``, ``Corrupt``, ``Locked``, ``UnsafePermissions``,
        ``NewerVault`` or ``SelfTestFailed``.
        """
        leave_no_image()
        self_test()
        folder = folder or home()
        _check_folder(folder)
        wrapped, _ = read_key_file(folder / KEY_FILE)
        return cls.open_with_key(unwrap(wrapped, passphrase), folder)

    @classmethod
    def open_with_key(cls, data_key: bytes, folder: Path | None = None) -> Vault:
        """Open with the unwrapped key, as one gets it from `vault unlock`; raises as ``open`` does."""
        from discretion.vault._database import check_every_page, connect, named
        from discretion.vault._migrations import migrate

        leave_no_image()
        self_test()
        folder = folder or home()
        _check_folder(folder)
        path = folder / DATABASE
        connection = connect(path, data_key)
        try:
            check_every_page(connection, path)
            with named(path):
                migrate(connection)
        except BaseException:
            connection.close()
            raise
        return cls(folder, connection, data_key)

    @property
    def path(self) -> Path:
        """The database's file."""
        return self.folder / DATABASE

    @property
    def connection(self) -> apsw.Connection:
        """The database itself, for this package's own parts."""
        return self._connection

    @property
    def data_key(self) -> bytes:
        """The raw key, for the process that holds the vault open and for nothing else."""
        return self._data_key

    def rows(self, statement: str, values: Sequence[Cell] = ()) -> list[tuple[Any, ...]]:
        """Every row of ``statement``, values bound to its question marks.

        Raises ``Corrupt``, ``Locked`` or ``NotSaved``.
        """
        from discretion.vault._database import named

        with named(self.path):
            return self._connection.execute(statement, tuple(values)).fetchall()

    def run_many(self, statement: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Run ``statement`` once for each of ``rows``, all of them or none. Raises as ``rows`` does."""
        from discretion.vault._database import named

        with self.transaction(), named(self.path):
            self._connection.executemany(statement, [tuple(row) for row in rows])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together or not at all; one inside another is part of it.

        On leaving it is on the disk. Raises ``Locked`` where another process writes for too long, or
        ``NotSaved``.
        """
        from discretion.vault._database import named

        if self._is_within():
            yield
            return
        with named(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with named(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            if self._is_within():  # SQLite rolls some failures back by itself
                self._connection.execute("ROLLBACK")
            raise

    def _is_within(self) -> bool:
        return self._connection.in_transaction

    def subkey(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose (HKDF-SHA256, RFC 5869), the same for the vault's whole life.

        It comes from a secret inside the encrypted database, not from the data key, so that it outlives a
        restore; who has no passphrase has neither.
        """
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        root = self.rows("SELECT secret FROM root_secret")
        if len(root) != 1:
            raise Corrupt(f"{self.path} has no root secret; bring the vault back from a backup")
        return HKDF(SHA256(), KEY_BYTES, None, f"discretion {purpose}".encode()).derive(root[0][0])

    def check(self) -> None:
        """Authenticate every page again. Raises ``Corrupt``."""
        from discretion.vault._database import check_every_page

        check_every_page(self._connection, self.path)

    def close(self) -> None:
        """Close the database and let the key go; a second time does nothing."""
        self._connection.close()
        self._data_key = b""

    def __enter__(self) -> Vault:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return "<Vault>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an open vault is not pickled")


def is_there(folder: Path | None = None) -> bool:
    """Whether there is a vault in ``folder`` (``home()`` by default), open or not, whole or not."""
    return ((folder or home()) / KEY_FILE).exists()


def make_vault(
    folder: Path, passphrase: str, cost: Cost, fill: Callable[[apsw.Connection], None] | None = None
) -> Vault:
    """Make database, then key, in ``folder``; on failure neither stays. ``fill`` puts the content in."""
    from discretion.vault._database import connect, make_empty, named
    from discretion.vault._migrations import migrate

    database, key_file = folder / DATABASE, folder / KEY_FILE
    data_key = secrets.token_bytes(KEY_BYTES)
    wrapped = wrap(data_key, passphrase, cost)
    make_empty(database)
    connection = None
    try:
        connection = connect(database, data_key, is_new=True)
        with named(database):
            (fill or migrate)(connection)
        sync_folder(folder)
        write_key_file(key_file, wrapped)
    except BaseException:
        if connection:
            connection.close()
        database.unlink(missing_ok=True)
        key_file.unlink(missing_ok=True)
        raise
    return Vault(folder, connection, data_key)


def change_passphrase(old: str, new: str, folder: Path | None = None, *, cost: Cost | None = None) -> None:
    """Wrap the same data key under ``new``; the database is not written anew.

    Who copied the old key file and knows the old passphrase still has the data key: then restore a backup,
    which gives the vault a fresh one. Raises ``WrongPassphrase``, ``NotSaved`` and what ``open`` raises.
    """
    leave_no_image()
    self_test()
    folder = folder or home()
    _check_folder(folder)
    wrapped, _ = read_key_file(folder / KEY_FILE)
    data_key = unwrap(wrapped, old)
    Vault.open_with_key(data_key, folder).close()
    write_key_file(folder / KEY_FILE, wrap(data_key, new, cost or calibrated()))


def _check_folder(folder: Path) -> None:
    try:
        check_private_folder(folder)
    except FileNotFoundError:
        raise NoVault(f"there is no vault in {folder}; make one: discretion vault init") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such path"
        raise NoVault(f"there is no vault in {folder}: {why}") from None
