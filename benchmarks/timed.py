"""Messages whose time is taken: short lines of users out of whole conversations."""

from __future__ import annotations

from itertools import chain, zip_longest
from pathlib import Path

from benchmarks.corpus import Line, read_corpus

WARM_UP = 100
MESSAGES = 1000
SHORTEST, LONGEST = 15, 160
"""Characters of a message that counts as short: a line in a chat, neither "ok" nor a letter."""


def conversations(folder: Path) -> list[Line]:
    """Whole conversations from every file, taken in turn, until they hold enough short messages."""
    files = []
    for path in sorted(folder.glob("*.jsonl")):
        by_name: dict[str, list[Line]] = {}
        for line in read_corpus(path):
            by_name.setdefault(line.conversation, []).append(line)
        files.append(list(by_name.values()))
    taken: list[Line] = []
    short = 0
    for conversation in filter(None, chain.from_iterable(zip_longest(*files))):
        taken += conversation
        short += sum(map(is_short, conversation))
        if short >= WARM_UP + MESSAGES:
            break
    return taken


def is_short(line: Line) -> bool:
    """Whether the time of this line counts."""
    return line.is_from_user and SHORTEST <= len(line.text) <= LONGEST


def row_of(line: Line) -> dict[str, object]:
    """What a system is told of a line."""
    return {
        "conversation": line.conversation,
        "persona": line.persona,
        "turn": line.turn,
        "author": line.author.value,
        "text": line.text,
    }
