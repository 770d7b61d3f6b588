"""Conversations that are trees: the branch that is shown, and every other text in the place it replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from discretion.exports._thread import Thread, sound
from discretion.text import Author, Message


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a tree; ``author`` is ``None`` for what is nobody's message but links others."""

    parent: str | None
    author: Author | None = None
    text: str = ""
    sent_at: datetime | None = None
    speaker: str | None = None


def messages_of(thread: Thread, nodes: dict[str, Node], leaf: str | None) -> Iterator[Message]:
    """Yield all messages of a tree by turn, at each turn the one on the shown branch first.

    ``nodes`` is in the order of the file; ``leaf`` is the end of the shown branch, where the export says so,
    else the last message is. A message's turn is the number of messages above it. Links that lead nowhere
    end a branch; links in a circle are cut where they close.
    """
    turns = _turns(nodes)
    if leaf not in nodes:
        leaf = next((key for key in reversed(nodes) if nodes[key].author is not None), None)
    shown: set[str] = set()
    while leaf is not None and leaf in nodes and leaf not in shown:
        shown.add(leaf)
        leaf = nodes[leaf].parent
    by_turn: defaultdict[int, list[str]] = defaultdict(list)
    for key, node in nodes.items():
        if node.author is not None:
            by_turn[turns[key]].append(key)
    for turn in sorted(by_turn):
        number = 0
        for key in sorted(by_turn[turn], key=lambda one: one not in shown):
            if key not in shown:
                number += 1
            node = nodes[key]
            assert node.author is not None
            alternative = 0 if key in shown else number
            yield Message(
                sound(node.text), node.author, turn, alternative, node.sent_at, node.speaker, thread.setting
            )


def _turns(nodes: dict[str, Node]) -> dict[str, int]:
    """Return for each node how many messages lie above it."""
    turns: dict[str, int] = {}
    for start in nodes:
        path: list[str] = []
        on_path: set[str] = set()
        at: str | None = start
        while at is not None and at in nodes and at not in turns and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = nodes[at].parent
        for key in reversed(path):
            parent = nodes[key].parent
            above = turns.get(parent) if parent is not None else None
            is_message = parent is not None and parent in nodes and nodes[parent].author is not None
            turns[key] = 0 if above is None else above + is_message
    return turns
