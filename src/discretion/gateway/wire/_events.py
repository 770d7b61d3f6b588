"""Server-sent events as bytes, cut anywhere (WHATWG HTML, "Server-sent events", parsing an event stream).

A block is what stands between two blank lines, with its own line ends, so that what needs no change leaves as
it came: comments, ``event:``, ``id:``, ``retry:`` and lines that are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from discretion.gateway.wire._tree import Tree, written

_DATA: Final = re.compile(rb"(?:\xef\xbb\xbf)?data(?::[ ]?|(?=[\r\n]|\Z))")
_SILENT: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?::|event\b|id\b|retry\b|[\r\n]|\Z)")
_ENDS: Final = b"\r\n"
MOST_LINES: Final = 10_000
"""Lines of one event; what has more is cut there, so that no platform fills the memory with empty lines."""
# A type that a platform made up need not be UTF-8, or one line.
_NAME: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Event:
    """An event of our own: a name, where the API names events, and its data."""

    data: Tree = field(repr=False)
    name: str = ""

    def written(self, line_end: bytes = b"\n") -> bytes:
        """The event as bytes."""
        lines = [f"event: {self.name}".encode()] if _NAME.fullmatch(self.name) else []
        lines.append(b"data: " + written(self.data).encode("utf-8"))
        return line_end.join([*lines, b"", b""])


class Block:
    """The lines of one event, each with its end."""

    __slots__ = ("lines", "raw")

    def __init__(self, lines: Sequence[bytes]) -> None:
        self.lines = lines
        self.raw = b"".join(lines)

    @property
    def line_end(self) -> bytes:
        """How its lines end; empty where the first has no end."""
        first = self.lines[0]
        return first[len(first.rstrip(_ENDS)) :][:2]

    @property
    def is_blank(self) -> bool:
        """Whether it is blank lines that end nothing: as many as came at once."""
        return not self.raw.strip(_ENDS)

    @property
    def is_silent(self) -> bool:
        """Whether it holds nothing that a client shows: comments, names, ids."""
        return all(_SILENT.match(line) for line in self.lines)

    def data(self) -> bytes | None:
        """The data of the event, its lines joined; ``None`` where there is none."""
        if b"data" not in self.raw:
            return None
        found = [line[match.end() :].rstrip(_ENDS) for line in self.lines if (match := _DATA.match(line))]
        return b"\n".join(found) if found else None

    def with_data(self, data: Tree) -> bytes:
        """The block with other data, in one line."""
        out, is_said = [], False
        for line in self.lines:
            match = _DATA.match(line)
            if match is None:
                out.append(line)
            elif not is_said:
                is_said = True
                prefix = line[: match.end()]
                end = line[len(line.rstrip(_ENDS)) :]
                out.append(prefix + (b"" if b":" in prefix else b":") + written(data).encode("utf-8") + end)
        return b"".join(out)


class BlockReader:
    """Takes bytes as they come and gives blocks as they are whole."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._half = bytearray()

    def feed(self, data: bytes) -> Iterator[Block]:
        """The blocks that ``data`` completes."""
        is_held = self._half.endswith(b"\r")
        self._half += data
        if not is_held and b"\n" not in data and b"\r" not in data:
            return
        lines = bytes(self._half).splitlines(keepends=True)
        self._half.clear()
        if lines and not lines[-1].endswith(b"\n"):
            self._half += lines.pop()  # half a line, or one whose CR may be half of a CRLF
        blank: list[bytes] = []
        for line in lines:
            is_blank = not line.rstrip(_ENDS)
            if is_blank and not self._lines:
                blank.append(line)  # ends nothing: together they are one block
                continue
            if blank:
                yield Block(blank)
                blank = []
            self._lines.append(line)
            if is_blank or len(self._lines) == MOST_LINES:
                yield Block(self._taken())
        if blank:
            yield Block(blank)

    def rest(self) -> Block | None:
        """What is left at the end of the stream."""
        lines = self._taken() + bytes(self._half).splitlines(keepends=True)
        self._half.clear()
        return Block(lines) if lines else None

    def _taken(self) -> list[bytes]:
        taken, self._lines = self._lines, []
        return taken
