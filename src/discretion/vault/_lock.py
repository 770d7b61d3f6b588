"""One at a time in the vault's folder, for what SQLite's locks do not cover: the key file, a new vault."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from discretion.vault._errors import Locked, NotSaved

LOCK_FILE = ".vault.lock"
"""Where a folder itself cannot be locked (Windows, some network file systems)."""

PATIENCE_S = 10.0


@contextmanager
def alone(folder: Path, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the vault's folder against every other that asks for it here; ends with the process at the latest.

    Raises ``Locked`` where another holds it for longer than ``patience_s`` seconds, or ``NotSaved``.
    """
    handle = _locked(folder, time.monotonic() + patience_s)
    try:
        yield
    finally:
        os.close(handle)


def _locked(folder: Path, until: float) -> int:
    handle = _opened(folder)
    try:
        while not _take(handle):
            if time.monotonic() >= until:
                raise Locked(
                    f"another command is changing the vault in {folder}; nothing was changed, try again"
                )
            time.sleep(0.02)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _opened(folder: Path) -> int:
    try:
        if os.name == "posix":
            handle = os.open(folder, os.O_RDONLY)
            if _is_lockable(handle):
                return handle
            os.close(handle)
        return os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise NotSaved(f"cannot lock {folder}: {error.strerror}; nothing was changed") from None


if sys.platform == "win32":
    import msvcrt

    def _is_lockable(handle: int) -> bool:
        return False

    def _take(handle: int) -> bool:
        os.lseek(handle, 0, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_lockable(handle: int) -> bool:
        """Whether this file system locks folders; asked by a lock that others may hold as well."""
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        fcntl.flock(handle, fcntl.LOCK_UN)
        return True

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise NotSaved(f"cannot lock the vault's folder: {error.strerror}; nothing was changed") from None
        return True
