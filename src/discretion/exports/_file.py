"""One file of an export as its format reads it: lines or JSON rows, names for conversations, notes."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from discretion.exports._bytes import LONGEST_LINE, Peekable, bounded_lines, sound_utf8
from discretion.exports._head import Head
from discretion.exports._json import Broken, TooLarge, parsed, rows
from discretion.exports._skipped import SkippedRows
from discretion.exports._thread import Thread, sound
from discretion.text import Setting

LONGEST_ID = 10_000
"""Characters of a conversation's own name; a longer one is cut, and a digest of the whole put behind it."""

_KEPT_OF_LONG_ID = 200
_MOST_IDS = 300_000


class Undecided(Exception):
    """The format is known, but the user must say something before it can be read; the message says what."""


class ChatFile:
    """What ``read`` of a format is given.

    ``name`` is the file's path within the source, ``me`` the name that the user gave as their own, ``head``
    what recognition looked at.
    """

    def __init__(self, head: Head, stream: Peekable, skipped: SkippedRows, is_inside: bool) -> None:
        self.head = head
        self.name = head.name
        self.me = head.me
        self.path: Path | None = head.path
        self._stream = stream
        self._skipped = skipped
        self._is_inside = is_inside
        self._ids: dict[int, int] = {}

    def skip(self, reason: str, place: str = "") -> None:
        """Note that ``place`` in this file was not read, and why; positions and kinds only, never values."""
        self._skipped.add(self.name, reason, place)

    def conversation(self, own: object = None) -> str:
        """Return the name of a conversation: its own id, or the file's name where it has none.

        The id stays as it is written, with its spaces. In a folder or an archive the name is ``file#id``.
        """
        text = ""
        if isinstance(own, str | int) and not isinstance(own, bool):
            text = sound(str(own))
        if len(text) > LONGEST_ID:
            digest = blake2b(text.encode(), digest_size=16).hexdigest()
            text = f"{text[:_KEPT_OF_LONG_ID]}…{digest}"
            self.skip(f"the end of a conversation's name longer than {LONGEST_ID} characters")
        if not text:
            return self.name
        return f"{self.name}#{text}" if self._is_inside else text

    def thread(self, own: object = None, **setting: str | None) -> Thread:
        """Begin a conversation; an id that this file used before gets ``~2``, ``~3`` … behind it."""
        name = self.conversation(own)
        count = self._ids.get(hash(name), 0) + 1
        if count > 1 or len(self._ids) < _MOST_IDS:
            self._ids[hash(name)] = count
        return Thread(Setting(name if count == 1 else f"{name}~{count}", **setting))

    def start(self, size: int) -> bytes:
        """Return up to ``size`` first bytes, as UTF-8, before the file is read; they stay to be read."""
        return self._stream.head(size)

    def chunks(self) -> Iterator[bytes]:
        """Yield the file's bytes, as UTF-8."""
        return self._stream.chunks()

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield ``(number, text)`` for each line from 1; what is no UTF-8 is taken for Windows-1252."""
        for number, raw in enumerate(bounded_lines(self.chunks()), 1):
            if isinstance(raw, int):
                self.skip(f"a line longer than {LONGEST_LINE >> 20} MB", f"line {number}")
                continue
            try:
                yield number, raw.decode("utf-8")
            except UnicodeDecodeError:
                self.skip("not UTF-8: read as Windows-1252, so accents may be wrong", f"line {number}")
                yield number, raw.decode("cp1252", "replace")

    def records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield ``(line number, object)`` for each line of JSON Lines; a line that is none is noted."""
        for number, line in self.lines():
            if not line.strip():
                continue
            value = parsed(line)
            if isinstance(value, dict):
                yield number, value
            else:
                self.skip("a broken line: no JSON object", f"line {number}")

    def _note_bytes(self) -> None:
        self.skip("bytes that are no UTF-8 within it: a mark stands in the place of each")

    def rows(self, *wanted: str) -> Iterator[tuple[str, Any]]:
        """Yield ``(path, value)`` for each wanted row of a JSON document; see ``_json.rows``.

        Where the document breaks, what was complete is yielded and the rest noted.
        """
        number = 0
        try:
            for path, value in rows(sound_utf8(self.chunks(), self._note_bytes), frozenset(wanted)):
                number += 1
                if isinstance(value, TooLarge):
                    self.skip(value.reason, f"entry {number}")
                else:
                    yield path, value
        except Broken as broken:
            self.skip(f"{broken}; what was complete before was read, the rest was not")
