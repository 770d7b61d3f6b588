"""Small files written whole or not at all, and overwritten before they go."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from discretion.vault._errors import NotSaved

_BLOCK = 1 << 20


def write_whole(path: Path, content: bytes, *, shred_old: bool = False) -> None:
    """Put ``content`` at ``path`` with mode 0600: beside it first, on the disk, then in its place.

    After a crash the file holds the old content or the new, never a part. ``shred_old`` overwrites what was
    there before once the new file is in place; until that is done it keeps a name (``.NAME.…``), by which it
    is found after a crash. Raises ``NotSaved``.
    """
    beside, aside = (path.with_name(f".{path.name}.{secrets.token_hex(4)}") for _ in range(2))
    old = None
    try:
        if shred_old and path.exists():
            old = os.open(path, os.O_WRONLY)
            with contextlib.suppress(OSError):  # a file system without second names
                os.link(path, aside)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except (OSError, ValueError) as error:
        if old is not None:
            os.close(old)
            aside.unlink(missing_ok=True)
        why = getattr(error, "strerror", None) or "no such path"
        raise NotSaved(f"cannot write {path}: {why}; nothing was changed") from None
    finally:
        with contextlib.suppress(OSError, ValueError):
            beside.unlink(missing_ok=True)
    try:
        sync_folder(path.parent)
        if old is not None:
            _empty(old)
    except OSError as error:
        raise NotSaved(
            f"{path} is written and the new content holds, but the old one could not be overwritten: "
            f"{error.strerror}"
        ) from None
    finally:
        if old is not None:
            os.close(old)
            aside.unlink(missing_ok=True)


def sync_folder(path: Path) -> None:
    """Have the folder's own entries on the disk, so that a new name survives a loss of power."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def shred(path: Path) -> None:
    """Overwrite ``path`` once with random bytes, have that on the disk, cut it to nothing and remove it.

    On flash, or on a file system that copies on write, the old blocks may stay all the same. Does nothing
    where there is no file. It is removed even where it cannot be overwritten; then, or where it cannot be
    removed, raises ``NotSaved``.
    """
    failed: OSError | None = None
    try:
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            _empty(handle)
        finally:
            os.close(handle)
    except FileNotFoundError:
        return
    except OSError as error:
        failed = error
    try:
        path.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise NotSaved(f"cannot remove {path}: {error.strerror}") from None
    if failed is not None:
        raise NotSaved(f"{path} is removed, but it could not be overwritten: {failed.strerror}")


def _empty(handle: int) -> None:
    try:
        _overwrite(handle)
    finally:
        os.ftruncate(handle, 0)


def _overwrite(handle: int) -> None:
    left = os.fstat(handle).st_size
    os.lseek(handle, 0, os.SEEK_SET)
    while left:
        left -= os.write(handle, os.urandom(min(left, _BLOCK)))
    os.fsync(handle)
