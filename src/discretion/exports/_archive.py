"""Zip archives, read in place: bounded in entries, size and ratio, deaf to path tricks."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from discretion.exports._bytes import DAMAGE
from discretion.exports._skipped import SkippedRows
from discretion.exports._sources import Opener, Source, is_junk, is_media, shown

MOST_ENTRIES = 50_000
LONGEST_DIRECTORY = 32 << 20
"""Bytes of the archive's list of contents."""
LARGEST_ENTRY = 8 << 30
LARGEST_TOTAL = 32 << 30
"""Bytes unpacked; they only pass through, so this bounds time, not memory."""
HIGHEST_RATIO = 200
HARMLESS_SIZE = 64 << 20
"""An entry that is small when unpacked is no bomb, whatever its ratio."""

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"


class Refused(Exception):
    """The archive as a whole is not read; the message says why."""


def is_archive(magic: bytes) -> bool:
    """Whether a file that begins so is a zip archive."""
    return magic.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def _refuse_oversized(stream: BinaryIO) -> None:
    """Read the entry count off the archive's end, before the list itself is read."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read(66_000)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise Refused("the archive has no list of contents: it is cut off or damaged")
    entries, length = struct.unpack_from("<HI", tail, at + 10)
    at64 = tail.rfind(_END64, 0, at)
    if at64 >= 0 and len(tail) >= at64 + 56:
        entries, length = struct.unpack_from("<QQ", tail, at64 + 32)
    if entries > MOST_ENTRIES or length > LONGEST_DIRECTORY:
        raise Refused(
            f"the archive lists {entries} files, more than the {MOST_ENTRIES} that are read: unpack it "
            "and give the folder with the chats"
        )


def open_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """Open an archive that is seekable; raises ``Refused`` or ``OSError``."""
    _refuse_oversized(stream)
    try:
        return zipfile.ZipFile(stream)
    except DAMAGE:
        raise Refused("the archive is damaged") from None


def entries(archive: zipfile.ZipFile, length: int, prefix: str, skipped: SkippedRows) -> Iterator[Source]:
    """Yield the archive's files in the order of its list; ``length`` is its own size in bytes.

    ``prefix`` goes before each name: empty, or the archive's own path with a slash. The rest is noted.
    """
    listed = archive.infolist()
    if len(listed) > MOST_ENTRIES:
        raise Refused(f"the archive lists more than {MOST_ENTRIES} files")
    if sum(one.compress_size for one in listed) > length:
        raise Refused("the archive's entries overlap each other, as in a zip bomb")
    total = media = 0
    seen: set[str] = set()
    for one in listed:
        name = one.filename
        if one.is_dir() or is_junk(name):
            continue
        place = shown(prefix + name)
        if is_media(name):
            media += 1
        elif name in seen:
            skipped.add(place, "a second file of the same name")
        elif reason := _objection(one, total):
            skipped.add(place, reason)
        else:
            seen.add(name)
            total += one.file_size
            opener = cast("Opener", partial(archive.open, one))
            yield Source(place, one.compress_size, one.file_size, opener)
    if media:
        skipped.add(prefix or "(media)", f"{media} pictures, sounds and the like: only text is read")


def _objection(one: zipfile.ZipInfo, total: int) -> str | None:
    path = PurePosixPath(one.filename.replace("\\", "/"))
    drive = len(one.filename) > 1 and one.filename[1] == ":"
    if ".." in path.parts or path.is_absolute() or drive:
        return "a path that leads out of the archive"
    if stat.S_ISLNK(one.external_attr >> 16):
        return "a link: links in an archive are not followed"
    if one.flag_bits & 1:
        return "protected by a password: unpack it yourself and give the folder"
    if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed in a way that is not read: unpack it yourself and give the folder"
    if one.file_size > LARGEST_ENTRY:
        return f"more than {LARGEST_ENTRY >> 30} GB unpacked"
    if total + one.file_size > LARGEST_TOTAL:
        return f"the archive holds more than {LARGEST_TOTAL >> 30} GB unpacked"
    if one.file_size > HARMLESS_SIZE and one.file_size > HIGHEST_RATIO * max(1, one.compress_size):
        return f"packed more than {HIGHEST_RATIO} times smaller than it claims to be, as in a zip bomb"
    return None
