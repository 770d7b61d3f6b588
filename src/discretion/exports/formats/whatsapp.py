"""WhatsApp's own export, a text file: ``12/03/2026, 20:11 - Me: …`` or ``[12/03/2026, 20:11:02] Tess: …``.

The user is who is named Me or You, or as given (``--me NAME``), or the other one where the file is named
after a chat of two. Times are read only where the file shows whether the day or the month stands first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from discretion.exports._file import ChatFile, Undecided
from discretion.exports._head import Head
from discretion.exports._stamps import DateOrder, Stamped, stamped
from discretion.exports.formats.plain_text import LONGEST_MESSAGE, USER_NAMES
from discretion.text import Author, Message

TITLE = "WhatsApp"

_SUFFIXES = frozenset({"", ".txt", ".text", ".log"})
_LOOKED_AT = 4 << 20
"""Bytes at the beginning by which the order of day and month, and the speakers, are told."""

_FIRST_LINES = 5
_CHAT_WITH = re.compile(r"WhatsApp Chat(?: with| -) ([^/]{1,100}?)(?:\.txt|\.zip)?(?:/|$)", re.IGNORECASE)


def recognise(head: Head) -> bool:
    """One of the first lines, and of these that begin so at least one with a name, has a date before it."""
    if head.is_binary or head.suffix not in _SUFFIXES or head.text.lstrip()[:1] in ("", "{", "<"):
        return False
    first = [stamped(line) for line in head.lines[:_FIRST_LINES]]
    return any(first) and any(line is not None and line.name for line in map(stamped, head.lines))


def read(file: ChatFile) -> Iterator[Message]:
    """Yield a message for each line with a date and a name, and the lines that follow it."""
    start = file.start(_LOOKED_AT).decode("utf-8", "replace")
    seen = [line for line in map(stamped, start.split("\n")) if line is not None]
    order = DateOrder(seen)
    names = list(dict.fromkeys(line.name for line in seen if line.name))
    mine = _own_names(file, names)
    others = [name for name in names if name.casefold() not in mine]
    own = [name for name in names if name.casefold() in mine and name.casefold() not in USER_NAMES]
    thread = file.thread(
        character=others[0] if len(others) == 1 else None, user_name=own[0] if len(own) == 1 else None
    )
    current: Stamped | None = None
    parts: list[str] = []
    length = 0
    for number, text in chain(file.lines(), ((0, None),)):
        line = stamped(text) if text is not None else None
        if (line is not None or text is None) and current is not None and current.name:
            author = Author.USER if current.name.casefold() in mine else Author.ASSISTANT
            said = "\n".join(parts).strip()
            yield from thread.say(author, said, sent_at=order.moment(current), speaker=current.name)
        if line is not None:
            order.see(line)
            current, parts, length = line, [], 0
            text = line.text
        if text is None or (current is not None and not current.name):
            continue  # a notice of the program
        if current is None:
            if text.strip():
                file.skip("a line before the first date", f"line {number}")
        elif length + len(text) > LONGEST_MESSAGE:
            file.skip(f"a message longer than {LONGEST_MESSAGE} characters: its end", f"line {number}")
        else:
            parts.append(text)
            length += len(text) + 1


def _own_names(file: ChatFile, names: list[str]) -> frozenset[str]:
    folded = {name.casefold() for name in names}
    if file.me and file.me.casefold() in folded:
        return frozenset({file.me.casefold()})
    if USER_NAMES & folded:
        return USER_NAMES
    chat = _CHAT_WITH.search(file.name)
    if chat and len(folded) == 2 and chat[1].casefold() in folded:
        return frozenset(folded - {chat[1].casefold()})
    raise Undecided(
        f"it has {len(names)} speakers and none is named You or Me: "
        "pass --me NAME with your name as it stands before the colon"
    )
