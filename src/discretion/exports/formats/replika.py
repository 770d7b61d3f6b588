"""Replika chats as the community's backup tools write them: ``Timestamp, From, Text, Reaction, ID``.

We have not seen an official export with messages in it. The tools write the newest message first and each
line break as ``\\n``; both are turned back.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "Replika"

LARGEST_TURNED = 64 << 20
"""Weight of a newest-first file that is held to turn it round; a larger one is read as it lies, and noted."""

_ROW_WEIGHT = 300
_MOST_JOINED = 50
_COLUMNS = ("timestamp", "from", "text")
_AUTHORS = {"me": Author.USER, "rep": Author.ASSISTANT}
_Row = tuple[Author, str, datetime | None]


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader(part + "\n" for part in line.split("\n")), [])
    except csv.Error:
        return []


def _header(line: str) -> list[str]:
    return [name.strip().lower() for name in _cells(line)]


def recognise(head: Head) -> bool:
    """The first line names the columns."""
    return bool(head.lines) and set(_COLUMNS) <= set(_header(head.lines[0]))


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages, oldest first."""
    thread = file.thread()
    rows = _rows(file)
    held: list[_Row] = []
    weight = 0
    for row in rows:
        held.append(row)
        weight += _ROW_WEIGHT + len(row[1])
        if weight > LARGEST_TURNED:
            break
    times = [sent_at for _, _, sent_at in held if sent_at is not None]
    if len(times) > 1 and times[0] > times[-1]:
        if weight > LARGEST_TURNED:
            file.skip("too long to be turned round, so its newest messages come first")
        else:
            held.reverse()
    for author, text, sent_at in chain(held, rows):
        yield from thread.say(author, text, sent_at=sent_at)


def _records(file: ChatFile) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(line number, cells)``; a quoted text over several lines is joined, an open quote is not."""
    lines = file.lines()
    ahead: deque[tuple[int, str]] = deque()
    while True:
        number, line = ahead.popleft() if ahead else next(lines, (0, ""))
        if not number:
            return
        if line.count('"') % 2 == 0:
            if line.strip():
                yield number, _cells(line)
            continue
        parts, taken = [line], 0
        while sum(part.count('"') for part in parts) % 2 and taken < _MOST_JOINED:
            if taken == len(ahead):
                more = next(lines, None)
                if more is None:
                    break
                ahead.append(more)
            parts.append(ahead[taken][1])
            taken += 1
        if sum(part.count('"') for part in parts) % 2:
            file.skip("a line with a quote that is not closed", f"line {number}")
            continue
        for _ in range(taken):
            ahead.popleft()
        yield number, _cells("\n".join(parts))


def _rows(file: ChatFile) -> Iterator[_Row]:
    columns: list[str] = []
    for number, cells in _records(file):
        if not columns:
            columns = [name.strip().lower() for name in cells]
            continue
        row = dict(zip(columns, cells, strict=False))
        author = _AUTHORS.get(row.get("from", "").strip().lower())
        if author is None or "text" not in row:
            file.skip("a line that is no message", f"line {number}")
            continue
        yield author, row["text"].replace("\\n", "\n"), moment(row.get("timestamp"))
