"""Byte streams as exports need them: a head that can be looked at first, any encoding, bounded lines."""

from __future__ import annotations

import codecs
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

CHUNK = 1 << 16
"""Bytes asked for at a time."""

LONGEST_LINE = 8 << 20
"""Bytes in one line; a longer one is skipped without being held."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    ValueError,
)
"""What reading a damaged or hostile archive may raise, beside ``OSError``."""


class Damaged(Exception):
    """The bytes cannot be unpacked from here on."""


class Peekable:
    """A stream that is read once, whose first bytes can be looked at before: works on a pipe as well.

    What comes out is free of a byte order mark and, where the mark says UTF-16 or UTF-32, is UTF-8.
    ``note`` is called with the number of bytes taken from the source.
    """

    def __init__(self, source: BinaryIO, note: Callable[[int], None] = lambda count: None) -> None:
        self._source = source
        self._note = note
        self._held = b""
        self._decoder: codecs.IncrementalDecoder | None = None
        self.is_ended = False
        self.had_bad_units = False
        first = self._raw()
        while len(first) < 4 and not self.is_ended:
            first += self._raw()
        self.magic = first[:16]
        for mark, encoding in _BOMS:
            if first.startswith(mark):
                first = first[len(mark) :]
                if encoding != "utf-8":
                    self._decoder = codecs.getincrementaldecoder(encoding)("replace")
                break
        self._held = self._as_utf8(first)

    def head(self, size: int) -> bytes:
        """Return up to ``size`` first bytes, which stay to be read."""
        parts = [self._held]
        total = len(self._held)
        while total < size and not self.is_ended:
            more = self._as_utf8(self._raw())
            parts.append(more)
            total += len(more)
        self._held = b"".join(parts)
        return self._held[:size]

    def chunks(self) -> Iterator[bytes]:
        """Yield everything, from the first byte on."""
        held, self._held = self._held, b""
        for start in range(0, len(held), CHUNK):
            yield held[start : start + CHUNK]
        del held
        while not self.is_ended:
            chunk = self._as_utf8(self._raw())
            if chunk:
                yield chunk

    def _raw(self) -> bytes:
        try:
            data = self._source.read(CHUNK) or b""
        except DAMAGE as error:
            raise Damaged from error
        self.is_ended = not data
        self._note(len(data))
        return data

    def _as_utf8(self, data: bytes) -> bytes:
        if self._decoder is None:
            return data
        text = self._decoder.decode(data, final=self.is_ended)
        return text.encode("utf-8", "replace")


def sound_utf8(chunks: Iterator[bytes], note: Callable[[], None]) -> Iterator[bytes]:
    """Yield the same bytes with U+FFFD for what is no UTF-8; ``note`` is called once where there was any."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    is_noted = False
    for chunk in chunks:
        text = decoder.decode(chunk)
        if not is_noted and "\ufffd" in text and text.count("\ufffd") > chunk.count(b"\xef\xbf\xbd"):
            is_noted = True
            note()
        yield text.encode()


def bounded_lines(chunks: Iterator[bytes], longest: int = LONGEST_LINE) -> Iterator[bytes | int]:
    """Yield each line without its end; for a line over ``longest`` bytes only its length, as a number.

    Memory stays within ``longest`` plus a chunk, however long the line is.
    """
    parts: list[bytes] = []
    length = 0
    for chunk in chunks:
        pieces = chunk.split(b"\n")
        for index, piece in enumerate(pieces):
            length += len(piece)
            if length <= longest:
                parts.append(piece)
            else:
                parts.clear()
            if index < len(pieces) - 1:
                yield length if length > longest else b"".join(parts).removesuffix(b"\r")
                parts.clear()
                length = 0
    if length > longest:
        yield length
    elif length:
        yield b"".join(parts).removesuffix(b"\r")
