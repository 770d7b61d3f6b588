"""What a format may look at to recognise a file: its name and first bytes, parsed once for all."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from discretion.exports._json import parsed, shape

_MOST_LINES = 100


class Head:
    """The beginning of one file.

    ``name`` is its path within the source, ``start`` its first bytes as UTF-8 without a byte order mark,
    ``is_whole`` says whether that is all of it, ``path`` where it lies if it is a plain file, ``me`` the name
    that the user gave as their own.
    """

    def __init__(
        self, name: str, start: bytes, is_whole: bool, path: Path | None = None, me: str | None = None
    ) -> None:
        self.name = name
        self.start = start
        self.is_whole = is_whole
        self.path = path
        self.me = me

    @property
    def suffix(self) -> str:
        """The file name's ending in lower case, with its dot."""
        return PurePosixPath(self.name).suffix.lower()

    @cached_property
    def text(self) -> str:
        """The start as text; what is no UTF-8 is replaced."""
        return self.start.decode("utf-8", "replace")

    @cached_property
    def is_binary(self) -> bool:
        """Whether the start holds control characters that no text has."""
        return b"\0" in self.start or sum(byte < 9 or 13 < byte < 27 for byte in self.start[:2048]) > 40

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The first lines that are complete, without blank ones."""
        pieces = self.text.split("\n") if self.is_whole else self.text.split("\n")[:-1]
        return tuple(line for line in pieces[: 4 * _MOST_LINES] if line.strip())[:_MOST_LINES]

    @cached_property
    def records(self) -> tuple[dict[str, Any], ...]:
        """The first lines that are a JSON object each, as in JSON Lines."""
        found = (parsed(line) for line in self.lines if line.lstrip().startswith("{"))
        return tuple(value for value in found if isinstance(value, dict))

    @cached_property
    def shape(self) -> dict[str, set[str]]:
        """The paths and kinds that the start shows when it is read as JSON; see ``_json.shape``."""
        return shape(self.text.encode()) if self.start.lstrip()[:1] in (b"{", b"[") else {}

    def shows(self, *paths: str) -> bool:
        """Whether the JSON shows every one of the paths, each as "path" or "path:kind|kind"."""
        for path in paths:
            name, _, kinds = path.partition(":")
            seen = self.shape.get(name)
            if seen is None or (kinds and seen.isdisjoint(kinds.split("|"))):
                return False
        return True

    @property
    def is_list(self) -> bool:
        """Whether the JSON is a list at its top."""
        return self.shows(":array")

    @property
    def kinds(self) -> str:
        """What the file looks like, in words for an error message; never a value of it."""
        if not self.start:
            return "the file is empty"
        if self.start.startswith(b"SQLite format 3\0"):
            if self.path is None:
                return "it is an SQLite database, which is read only from a file of its own: unpack it first"
            return "it is an SQLite database of another program"
        if self.is_binary:
            return "it is a binary file"
        if self.shape:
            inner = sum(1 for path in self.shape if path and "." not in path.removeprefix("[]."))
            return f"it is JSON ({'a list' if self.is_list else 'an object'} with {inner} kinds of fields)"
        return "it is text without speaker names before a colon"
