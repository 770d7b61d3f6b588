"""The vault: one encrypted database, and the key beside it that a passphrase opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

from discretion.vault._errors import Corrupt, NoVault
from discretion.vault._home import check_private_folder, home, make_private_folder
from discretion.vault._kdf import KEY_BYTES, Cost, calibrated
from discretion.vault._key_file import KEY_FILE, read_key_file, unwrap
from discretion.vault._leftovers import sweep
from discretion.vault._memory import leave_no_image
from discretion.vault._self_test import self_test

if TYPE_CHECKING:
    import apsw

    from discretion.vault._marked import MarkedDatabase

DATABASE = "vault.db"

Cell = str | bytes | int | float | None


class Vault:
    """An open vault. Use it in a ``with``; two processes may have the same one open.

    Statements either give every row or raise: there is no half an answer. It hides its key when printed and
    refuses to be pickled.
    """

    def __init__(self, folder: Path, database: MarkedDatabase, data_key: bytes) -> None:
        self.folder = folder
        self._database = database
        self._data_key = data_key

    @classmethod
    def create(cls, passphrase: str, folder: Path | None = None, *, cost: Cost | None = None) -> Vault:
        """Make a vault in ``folder`` (``home()`` by default) and open it.

        ``cost`` is calibrated to about a second by default. Raises ``VaultExists``, ``UnsafePermissions`` or
        ``NotSaved``; what was half made is removed.
        """
        from discretion.vault._make import make_vault, refuse_to_replace

        leave_no_image()
        self_test()
        folder = folder or home()
        make_private_folder(folder)
        refuse_to_replace(folder)
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
        check_folder(folder)
        wrapped, _ = read_key_file(folder / KEY_FILE)
        return cls.open_with_key(unwrap(wrapped, passphrase), folder)

    @classmethod
    def open_with_key(cls, data_key: bytes, folder: Path | None = None) -> Vault:
        """Open with the unwrapped key, as one gets it from `vault unlock`; raises as ``open`` does."""
        from discretion.vault._marked import open_marked

        leave_no_image()
        self_test()
        folder = folder or home()
        check_folder(folder)
        sweep(folder)
        return cls(folder, open_marked(folder / DATABASE, data_key), data_key)

    @property
    def path(self) -> Path:
        """The database's file."""
        return self.folder / DATABASE

    @property
    def connection(self) -> apsw.Connection:
        """The database itself, for this package's own parts."""
        return self._database.connection

    @property
    def data_key(self) -> bytes:
        """The raw key, for the process that holds the vault open and for nothing else."""
        return self._data_key

    def rows(self, statement: str, values: Sequence[Cell] = ()) -> list[tuple[Any, ...]]:
        """Every row of ``statement``, values bound to its question marks.

        Outside a transaction it is one of its own. Raises ``Corrupt``, ``Locked`` or ``NotSaved``.
        """
        with self._whole(statement):
            return self.connection.execute(statement, tuple(values)).fetchall()

    def run_many(self, statement: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Run ``statement`` once for each of ``rows``, all of them or none. Raises as ``rows`` does."""
        with self.transaction(), self._whole(statement):
            self.connection.executemany(statement, [tuple(row) for row in rows])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept together or not at all; one inside another is part of it.

        On leaving it is on the disk. Raises ``Corrupt``, ``NotSaved``, or ``Locked`` where another process
        writes for too long. Each costs time in proportion to the whole database: put much into one.
        """
        if self._database.is_within():
            yield
            return
        with self._database.writing():
            yield

    @contextmanager
    def _whole(self, statement: str) -> Iterator[None]:
        """What ``statement`` runs in: the transaction that is under way, or one of its own."""
        from discretion.vault._database import named

        if self._database.is_within():
            with named(self.path):
                yield
        elif statement.lstrip()[:6].upper() == "SELECT":
            with self._database.reading():
                yield
        else:
            with self._database.writing(), named(self.path):
                yield

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
        """Read every page from the disk again and authenticate it. Raises ``Corrupt``."""
        Vault.open_with_key(self._data_key, self.folder).close()

    def close(self) -> None:
        """Close the database and let the key go; a second time does nothing."""
        self.connection.close()
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


def check_folder(folder: Path) -> None:
    """See that ``folder`` is there and the user's alone. Raises ``NoVault`` or ``UnsafePermissions``."""
    try:
        check_private_folder(folder)
    except FileNotFoundError:
        raise NoVault(f"there is no vault in {folder}; make one: discretion vault init") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such path"
        raise NoVault(f"there is no vault in {folder}: {why}") from None
