"""A file that only its owner can read, whole or not there at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from discretion.records import DiscretionError


class NotWritable(DiscretionError):
    """The file that the user named cannot be written."""

    exit_code = 2


@contextmanager
def private_file(path: Path, ours: str) -> Iterator[IO[str]]:
    """Write ``path`` with mode 0600, beside it first and then in its place; on an error it stays as it was.

    A file that is there already is replaced only if it opens with ``ours``: a chat or a photograph named by
    mistake stays. Raises ``NotWritable`` where that is so, where the folder cannot be written, or where the
    path is a folder.
    """
    if path.is_dir():
        raise NotWritable(f"{path} is a folder; name a file, for instance {path / 'report.html'}")
    if path.exists() and not _opens_with(path, ours):
        raise NotWritable(f"{path} is there already and is no report of Discretion; name another file")
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise NotWritable(f"cannot write {path}: {error.strerror}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _opens_with(path: Path, ours: str) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(ours.encode())) in (ours.encode(), b"")
    except OSError:
        return False
