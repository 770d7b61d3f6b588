"""Reads an export from wherever it lies: finds its files, asks the formats, hands out messages one by one."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from functools import partial
from pathlib import Path
from typing import BinaryIO, Self, cast

from discretion.exports._archive import Refused, entries, is_archive, open_archive
from discretion.exports._bytes import DAMAGE, Damaged, Peekable
from discretion.exports._errors import NotReadable
from discretion.exports._file import ChatFile, Undecided
from discretion.exports._format import known_formats, name_of_format, recognised, titles
from discretion.exports._head import Head
from discretion.exports._skipped import Skipped, SkippedRows
from discretion.exports._sources import Opener, Source, open_regular, shown, walk, why
from discretion.text import Message

SMALL_HEAD = 1 << 16
LARGE_HEAD = 4 << 20
"""Bytes looked at to recognise a file: the small head first, the large one if that was not enough."""

LARGEST_PIPED_ARCHIVE = 256 << 20
"""Bytes of a zip archive from a pipe, which has to be held in memory."""


SIDE_FILES = frozenset({"user.json", "users.json", "message_feedback.json", "chat.html"})
"""What ChatGPT and Claude put beside the conversations: the account, ratings, the same chats as a page."""

UNEXPECTED = "the rest has a form that was not expected"


class Export:
    """The messages of an export, in order, read while they are iterated over, once.

    ``format`` names the format met ("mixed" for several, "" before the first), ``files`` counts the files
    read, ``skipped`` grows by what was not read and why, ``size`` is the whole size in bytes (``None`` for a
    pipe) and ``position`` how far reading has come, in the same bytes. Iterating raises ``NotReadable`` where
    nothing in the source could be read, or no message was and something was skipped; it raises nothing else.
    """

    def __init__(self, name: str, me: str | None) -> None:
        self.name = name
        self.files = 0
        self.size: int | None = None
        self._me = me
        self._skipped = SkippedRows()
        self._formats: set[str] = set()
        self._done = 0.0
        self._bytes_read = 0
        self._scale = 1.0
        self._open = ExitStack()
        self._messages: Iterator[Message] = iter(())

    @property
    def format(self) -> str:
        """The format's name, as in ``sillytavern``; "mixed" where there are several, "" where none yet."""
        return "mixed" if len(self._formats) > 1 else next(iter(self._formats), "")

    @property
    def title(self) -> str:
        """The format as people call it, as in ``SillyTavern``; "several formats", or "" where none yet."""
        if len(self._formats) > 1:
            return "several formats"
        return next((one.TITLE for one in known_formats() if name_of_format(one) == self.format), "")

    @property
    def skipped(self) -> list[Skipped]:
        """What was not read so far, and why."""
        return self._skipped.rows

    @property
    def position(self) -> int:
        """Bytes of ``size`` that have been read, for a progress bar."""
        return int(self._done + self._bytes_read * self._scale)

    def __iter__(self) -> Iterator[Message]:
        return self._messages

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files; further messages do not come."""
        if close := getattr(self._messages, "close", None):
            close()
        self._open.close()

    def _note_read(self, count: int) -> None:
        self._bytes_read += count

    def _read_all(self, sources: Iterator[Source], is_only: bool, is_inside: bool) -> Iterator[Message]:
        is_empty = True
        with self._open:
            for source in sources:
                for message in self._read_one(source, is_only, is_inside):
                    is_empty = False
                    yield message
                self._done += self._bytes_read if source.length is None else source.weight
                self._bytes_read = 0
            if not is_only and not self.files:
                reason = self.skipped[0].reason if self.skipped else "it holds no files"
                raise NotReadable(
                    f"Nothing in {self.name} could be read as a chat export: {reason}. Known are: {titles()}."
                )
            if is_empty and self.skipped:
                first = self.skipped[0]
                raise NotReadable(f"No message in {self.name} could be read. {first.where}: {first.reason}.")

    def _read_one(self, source: Source, is_only: bool, is_inside: bool) -> Iterator[Message]:
        self._scale = source.weight / source.length if source.length else 1.0
        try:
            with source.open() as stream:
                yield from self._read_stream(source, stream, is_only, is_inside)
        except NotReadable:
            raise
        except Undecided as undecided:
            self.files -= 1
            self._give_up(source.name, str(undecided), is_only)
        except OSError as error:
            self._give_up(source.name, f"it cannot be read: {why(error)}", is_only)
        except (Damaged, *DAMAGE):
            self._give_up(source.name, "it is damaged, or packed in a way that is not read", is_only)

    def _read_stream(
        self, source: Source, stream: BinaryIO, is_only: bool, is_inside: bool
    ) -> Iterator[Message]:
        peekable = Peekable(stream, self._note_read)
        if is_archive(peekable.magic):
            self._give_up(source.name, "an archive within an archive: unpack it and give the folder", is_only)
            return
        head = found = None
        for size in (SMALL_HEAD, LARGE_HEAD):
            start = peekable.head(size)
            head = Head(source.name, start, peekable.is_ended and len(start) < size, source.path, self._me)
            found = recognised(head)
            if found is not None or head.is_whole or head.is_binary:
                break
        if head is None or found is None:
            kinds = head.kinds if head is not None else "the file is empty"
            if is_only:
                raise NotReadable(
                    f"{self.name} is no chat export that we know: {kinds}. Known are: {titles()}. "
                    "Any other chat can be written as JSON Lines, one message a line: "
                    '{"conversation": "1", "author": "user", "text": "…"}.'
                )
            if source.name.rpartition("/")[2] in SIDE_FILES:
                return
            self._skipped.add(source.name, f"no chat export that we know: {kinds}")
            return
        self.files += 1
        self._formats.add(name_of_format(found))
        try:
            yield from found.read(ChatFile(head, peekable, self._skipped, is_inside))
        except (OSError, Damaged, Undecided, NotReadable):
            raise
        except Exception as error:  # this package's promise: what a format did not foresee costs one row
            self._skipped.add(source.name, f"{UNEXPECTED} ({type(error).__name__})")

    def _give_up(self, name: str, reason: str, is_only: bool) -> None:
        if is_only and not self.files:
            raise NotReadable(f"{self.name} cannot be read as a chat export: {reason}.")
        self._skipped.add(name, reason)


def read_export(source: Path | str | BinaryIO, *, me: str | None = None, name: str | None = None) -> Export:
    """Open a chat export: a file, a folder or a zip archive by its path, or an open binary stream.

    ``me`` is the user's own name where the format alone does not say who the user is (plain text, Telegram
    groups). ``name`` names a stream. Nothing is written; memory stays bounded however big the export is.
    Raises ``NotReadable`` where the source cannot be opened; iterating raises it where nothing in it could be
    read.
    """
    if isinstance(source, str | Path):
        return _from_path(Path(source), me, name)
    return _from_stream(source, me, name or "standard input")


def _from_path(path: Path, me: str | None, name: str | None) -> Export:
    export = Export(shown(name or path.name or str(path)), me)
    try:
        if path.is_dir():
            files = list(walk(path, export._skipped))
            export.size = sum(size for _, _, size in files)
            sources = (source for file in files for source in _from_folder(export, *file))
            export._messages = export._read_all(sources, is_only=False, is_inside=True)
            return export
        stream = open_regular(path)
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else "no such path"
        raise NotReadable(f"{export.name} cannot be opened: {reason}.") from None
    export._open.enter_context(stream)
    export.size = os.fstat(stream.fileno()).st_size
    try:
        _set_messages(export, stream, export.size, path)
    except NotReadable:
        export.close()
        raise
    return export


def _from_stream(stream: BinaryIO, me: str | None, name: str) -> Export:
    export = Export(shown(name), me)
    if not stream.seekable():
        peekable = io.BufferedReader(_Raw(stream))
        if is_archive(peekable.peek(4)[:4]):
            held = peekable.read(LARGEST_PIPED_ARCHIVE + 1)
            if len(held) > LARGEST_PIPED_ARCHIVE:
                limit = LARGEST_PIPED_ARCHIVE >> 20
                raise NotReadable(f"An archive over {limit} MB cannot come through a pipe: give its path.")
            stream = io.BytesIO(held)
        else:
            stream = peekable
    if stream.seekable():
        export.size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
    _set_messages(export, stream, export.size, None)
    return export


class _Raw(io.RawIOBase):
    """Any object with ``read`` as a raw stream, so that it can be buffered and peeked into."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        read = getattr(self._stream, "read1", self._stream.read)
        data = read(len(view)) or b""
        view[: len(data)] = data
        return len(data)


def _set_messages(export: Export, stream: BinaryIO, size: int | None, path: Path | None) -> None:
    magic = b""
    if stream.seekable():
        magic = stream.read(4)
        stream.seek(0)
    if not is_archive(magic):
        opener = cast("Opener", partial(nullcontext, stream))
        only = Source(export.name, size or 0, size, opener, path)
        export._messages = export._read_all(iter((only,)), is_only=True, is_inside=False)
        return
    try:
        length = stream.seek(0, os.SEEK_END)
        archive = export._open.enter_context(open_archive(stream))
        sources = list(entries(archive, length, "", export._skipped))
    except Refused as refused:
        raise NotReadable(f"{export.name} cannot be read: {refused}.") from None
    except OSError as error:
        raise NotReadable(f"{export.name} cannot be read: {why(error)}.") from None
    export.size = sum(source.weight for source in sources)
    export._messages = export._read_all(iter(sources), is_only=False, is_inside=True)


def _from_folder(export: Export, name: str, path: Path, size: int) -> Iterator[Source]:
    """Yield a file of a folder, or the files of an archive that lies in it."""
    place = shown(name)
    opener = cast("Opener", partial(open_regular, path))
    if path.suffix.lower() != ".zip":
        yield Source(place, size, size, opener, path)
        return
    try:
        with open_regular(path) as stream:
            length = stream.seek(0, os.SEEK_END)
            with open_archive(stream) as archive:
                yield from entries(archive, length, f"{place}/", export._skipped)
    except Refused as refused:
        export._skipped.add(place, str(refused))
    except OSError as error:
        export._skipped.add(place, f"it cannot be read: {why(error)}")
