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
from discretion.exports._stamps import stamped
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
_FIRST = 4000
_TITLE_LINES = 5
_ENOUGH = 0.2
"""Share of the lines that must begin with a name."""


class _Speakers:
    """The names before colons in the head: how often each comes, and as it is first written."""

    def __init__(self, head: Head) -> None:
        self.counts: Counter[str] = Counter()
        self.written: dict[str, str] = {}
        self.lines = 0
        for line in head.text.split("\n"):
            self.lines += bool(line.strip())
            if match := _LINE.match(line):
                self.counts[match[2].casefold()] += 1
                self.written.setdefault(match[2].casefold(), match[2])
        me = head.me.casefold() if head.me else None
        self.mine = frozenset({me}) if me in self.counts else USER_NAMES & self.counts.keys()

    @property
    def others(self) -> frozenset[str]:
        """The names of the other side; those that come once count only where there are no others."""
        often = {name for name, count in self.counts.items() if count > 1} - self.mine
        return frozenset(often or self.counts.keys() - self.mine)


def recognise(head: Head) -> bool:
    """Enough lines begin with a name and a colon, and one name is the user's or comes again."""
    if head.is_binary or head.suffix not in _SUFFIXES or head.text.lstrip()[:1] in ("", "{", "<"):
        return False
    if any(stamped(line) for line in head.lines[:_TITLE_LINES]):
        return False  # a messenger's export
    if not any(_LINE.match(line) for line in head.text.lstrip()[:_FIRST].split("\n")[:_TITLE_LINES]):
        return False
    names = _Speakers(head)
    if names.counts.total() < _ENOUGH * names.lines:
        return False
    return bool(names.mine) or (len(names.counts) >= 2 and max(names.counts.values()) >= 2)


def read(file: ChatFile) -> Iterator[Message]:
    """Yield a message for each run of lines that one name begins."""
    names = _Speakers(file.head)
    mine, others = names.mine, names.others
    if not mine:
        raise Undecided(
            f"it has {len(names.counts)} speakers and none is named You or Me: "
            "pass --me NAME with your name as it stands before the colon"
        )
    speakers = mine | others
    own = next(iter(mine)) if len(mine) == 1 else ""
    thread = file.thread(
        character=names.written[next(iter(others))] if len(others) == 1 else None,
        user_name=names.written[own] if own and own not in USER_NAMES else None,
    )
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
