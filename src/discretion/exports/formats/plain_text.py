"""Plain text with speaker names: ``Name: what was said``, further lines belong to the message before.

A name such as You, Me, User or Human is the user's; otherwise the name must be given (``--me NAME``). A time
in brackets before the name is read where it states a full date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from discretion.exports._file import ChatFile, Undecided
from discretion.exports._head import Head
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "plain text with speaker names"
LAST_RESORT = True

USER_NAMES = frozenset({"you", "me", "user", "human", "i", "myself"})
"""Names that can only mean the one whose chat it is."""

LONGEST_MESSAGE = 1_000_000
"""Characters; a longer message is cut there, and the cut noted."""

_SUFFIXES = frozenset({"", ".txt", ".text", ".log", ".md"})
_LINE = re.compile(r"(?:\[([^\]\n]{4,40})\] ?)?\**([^\W\d_][\w .'’\-]{0,39}?)\**:\**(?:\s+|$)(.*)", re.DOTALL)
_ENOUGH = 0.2
"""Share of the lines that must begin with a name."""


def _speakers(head: Head) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in head.text.splitlines():
        if match := _LINE.match(line):
            found[match[2].casefold()] += 1
    return found


def _mine(head: Head, names: Counter[str]) -> frozenset[str]:
    if head.me and head.me.casefold() in names:
        return frozenset({head.me.casefold()})
    return USER_NAMES & names.keys()


def recognise(head: Head) -> bool:
    """Enough lines begin with a name and a colon, and one name is the user's or comes again."""
    if head.is_binary or head.suffix not in _SUFFIXES or head.text.lstrip()[:1] in ("", "{", "<"):
        return False
    names = _speakers(head)
    if not names or not _LINE.match(head.lines[0]) or names.total() < _ENOUGH * len(head.lines):
        return False
    return bool(_mine(head, names)) or (len(names) >= 2 and max(names.values()) >= 2)


def read(file: ChatFile) -> Iterator[Message]:
    """Yield a message for each run of lines that one name begins."""
    counts = _speakers(file.head)
    mine = _mine(file.head, counts)
    if not mine:
        raise Undecided(
            f"it has {len(counts)} speakers and none is named You or Me: pass --me NAME, your name in it"
        )
    others = {name for name, count in counts.items() if count > 1} - mine
    speakers = mine | (others or set(counts))
    thread = file.thread()
    current: tuple[str, str | None] | None = None
    parts: list[str] = []
    length = 0
    for number, line in chain(file.lines(), ((0, None),)):
        match = _LINE.match(line) if line is not None else None
        if match is not None and match[2].casefold() not in speakers:
            match = None
        if (match is not None or line is None) and current is not None:
            name, when = current
            author = Author.USER if name.casefold() in mine else Author.ASSISTANT
            yield from thread.say(author, "\n".join(parts).strip(), sent_at=moment(when), speaker=name)
        if match is not None:
            current, parts, length = (match[2], match[1]), [], 0
            line = match[3]
        if line is None:
            continue
        if current is None:
            if line.strip():
                file.skip("a line before the first speaker's name", f"line {number}")
        elif length + len(line) > LONGEST_MESSAGE:
            file.skip(f"a message longer than {LONGEST_MESSAGE} characters: its end", f"line {number}")
        else:
            parts.append(line)
            length += len(line) + 1
