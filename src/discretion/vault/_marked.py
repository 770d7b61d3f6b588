"""Transactions on the database, each of which leaves its mark: reading and writing are whole or refused."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from discretion.vault._database import PATIENCE_MS, check_every_page, connect, named
from discretion.vault._errors import Corrupt, VaultError
from discretion.vault._mark import MarkFile, missing, not_as_left
from discretion.vault._migrations import MARKED_SINCE, migrations, refuse_newer, run_steps, version_of
from discretion.vault._state import StateDigest

_Seen = tuple[int, ...]


def open_marked(path: Path, data_key: bytes) -> MarkedDatabase:
    """Open the database at ``path``, every page authenticated and the whole held against its mark.

    One from before marks gets its mark with the step that brings it. Raises as ``Vault.open`` does.
    """
    connection = connect(path, data_key)
    try:
        with named(path):
            refuse_newer(version_of(connection), len(migrations()))
        check_every_page(connection, path)
        database = MarkedDatabase(connection, path, MarkFile(path.parent, data_key))
        with database.reading():
            is_newest = version_of(connection) == len(migrations())
        if not is_newest:
            with database.writing():
                run_steps(connection)
    except BaseException:
        connection.close()
        raise
    return database


class MarkedDatabase:
    """An open database and its mark.

    What is read is first held against the mark, once, and again whenever the file is not as this object last
    saw it: another command may have been killed in between.
    """

    def __init__(self, connection: apsw.Connection, path: Path, mark: MarkFile) -> None:
        self.connection = connection
        self.path = path
        self.mark = mark
        self._digest = StateDigest(mark.state_key)
        self._state = b""
        self._seen: _Seen | None = None

    def is_within(self) -> bool:
        """Whether a transaction is under way."""
        return self.connection.in_transaction

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction that reads, in a state that the mark allows. Raises ``Corrupt`` or ``Locked``."""
        with named(self.path):
            self.connection.execute("BEGIN")
            try:
                self._verify()
                yield
            finally:
                if self.is_within():
                    self.connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that may write: all of it is on the disk when this ends, or nothing of it.

        Raises ``Corrupt``, ``Locked`` or ``NotSaved``.
        """
        with named(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
        try:
            with named(self.path):
                self._verify()
            yield
            with named(self.path):
                self._commit()
        except BaseException:
            if self.is_within():  # SQLite rolls some failures back by itself
                self.connection.execute("ROLLBACK")
            raise

    def _verify(self) -> None:
        """See that the database is in a state that the mark allows; the read lock is held from here on."""
        looks = self._looks()
        if looks == self._seen:
            return
        self._seen = None
        self.connection.release_memory()  # vouched for is what lies on the disk, not what was read once
        state = self._digest.of(self.connection)
        try:
            allowed = self.mark.read().allowed
        except FileNotFoundError:
            if version_of(self.connection) >= MARKED_SINCE:
                raise missing(self.mark.path) from None
            allowed = (state,)
        if state not in allowed:
            raise not_as_left(self.path)
        self._state, self._seen = state, looks

    def _looks(self) -> _Seen:
        """What changes whenever another connection or another program writes to the file."""
        version = int(str(self.connection.pragma("data_version")))
        try:
            seen = self.path.stat()
        except OSError as error:
            raise Corrupt(f"{self.path} was taken away while it was open: {error.strerror}") from None
        return (version, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)

    def _commit(self) -> None:
        self.connection.execute("PRAGMA incremental_vacuum").fetchall()
        before, after = self._state, self._digest.of(self.connection)
        if after == before:
            self.connection.execute("COMMIT")
            return
        self._seen = None
        if not self.mark.path.exists() and version_of(self.connection) >= MARKED_SINCE:
            self.mark.make(before)  # the step that brings the mark: before it there was none
        version = self.connection.pragma("data_version")
        number = self.mark.promise(before, after)
        self.connection.execute("COMMIT")
        self._state = after
        with contextlib.suppress(apsw.Error, VaultError, OSError):  # the promise vouches for it as well
            self._settle(number, version)

    def _settle(self, number: int, version: object) -> None:
        self.connection.set_busy_timeout(0)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                if self.connection.pragma("data_version") == version:
                    self._seen = self._looks()
                    self.mark.settle(number, self._state)
            finally:
                self.connection.execute("ROLLBACK")
        finally:
            self.connection.set_busy_timeout(PATIENCE_MS)
