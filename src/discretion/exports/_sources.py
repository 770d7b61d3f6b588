"""Where files of an export come from: a file, a folder, an archive, a pipe. Nothing is extracted to disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from discretion.exports._skipped import SkippedRows

MOST_FILES = 200_000
"""Files looked at in one folder."""

_JUNK = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini", "$RECYCLE.BIN"})
_MEDIA = frozenset(
    (
        *(".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".avif", ".heic", ".svg", ".pdf"),
        *(".mp3", ".wav", ".ogg", ".oga", ".opus", ".m4a", ".flac"),
        *(".mp4", ".webm", ".mov", ".mkv", ".avi", ".tgs"),
        *(".ttf", ".woff", ".woff2", ".css", ".js", ".map"),
        *(".safetensors", ".gguf", ".onnx", ".bin"),
    )
)


Opener = Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its name within the source, its weight in bytes for progress, and how to open it."""

    name: str
    weight: int
    length: int | None
    """Bytes that reading it gives, where known; differs from ``weight`` in an archive."""
    open: Opener
    path: Path | None = None


def shown(name: str) -> str:
    """Return a file name that is safe to print: no control characters, forward slashes, bounded."""
    clean = "".join(char if char.isprintable() else "\ufffd" for char in name.replace(os.sep, "/"))
    return clean.encode("utf-8", "replace").decode("utf-8")[:500]


def is_junk(name: str) -> bool:
    """Whether a path has a hidden part or is a system's own litter."""
    return any(
        part in _JUNK or (part.startswith(".") and part not in (".", ".."))
        for part in name.replace("\\", "/").split("/")
    )


def is_media(name: str) -> bool:
    """Whether the file's ending says that it holds no chat text: pictures, sound, models, page styles."""
    return os.path.splitext(name)[1].lower() in _MEDIA  # noqa: PTH122  a name in an archive is no path


def open_regular(path: Path) -> BinaryIO:
    """Open a plain file without ever waiting on a pipe or touching a device.

    Raises ``OSError``, also where the path is no plain file.
    """
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    )
    descriptor = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("not a plain file")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def why(error: OSError) -> str:
    """Return an operating system error in words, without the path in it."""
    return (error.strerror or str(error) or type(error).__name__).lower()


def walk(top: Path, skipped: SkippedRows) -> Iterator[tuple[str, Path, int]]:
    """Yield ``(name, path, size)`` for each plain file under a folder, in the order of names.

    Links are not followed, so no loop and no way out of the folder; pipes and devices are not opened.
    """
    waiting = [("", top)]
    count = media = 0
    while waiting:
        prefix, folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if not prefix:
                raise
            skipped.add(shown(prefix.rstrip("/")), f"a folder that cannot be opened: {why(error)}")
            continue
        folders = []
        for entry in found:
            name = prefix + entry.name
            if is_junk(entry.name):
                continue
            try:
                mode = entry.stat(follow_symlinks=False)
            except OSError as error:
                skipped.add(shown(name), why(error))
                continue
            if stat.S_ISDIR(mode.st_mode):
                folders.append((f"{name}/", Path(entry.path)))
            elif stat.S_ISLNK(mode.st_mode):
                skipped.add(shown(name), "a link: links inside a folder are not followed")
            elif not stat.S_ISREG(mode.st_mode):
                skipped.add(shown(name), "a pipe, socket or device, not a plain file")
            elif is_media(name):
                media += 1
            else:
                count += 1
                if count > MOST_FILES:
                    skipped.add(shown(name), f"more than {MOST_FILES} files: this one and all after it")
                    return
                yield name, Path(entry.path), mode.st_size
        waiting.extend(reversed(folders))
    if media:
        skipped.add("(media)", f"{media} pictures, sounds and the like: only text is read")
