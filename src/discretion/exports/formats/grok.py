"""Grok data exports: ``prod-grok-backend.json`` with ``conversations`` and their ``responses``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discretion.exports._branches import Node, messages_of
from discretion.exports._fields import key_of, mapping, objects, string
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "Grok"

_AUTHORS = {
    "human": Author.USER,
    "user": Author.USER,
    "assistant": Author.ASSISTANT,
}


def recognise(head: Head) -> bool:
    """Conversations that are a pair of ``conversation`` and ``responses``."""
    return head.shows("conversations:array") and (
        head.shows("conversations[].responses") or head.shows("conversations[].conversation:map")
    )


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages of each conversation by turn."""
    for _, row in file.rows("conversations[]"):
        if not isinstance(row, dict) or not isinstance(row.get("responses"), list):
            file.skip("an entry that is no conversation")
            continue
        yield from _conversation(file, row)


def _conversation(file: ChatFile, row: dict[str, Any]) -> Iterator[Message]:
    about = mapping(row.get("conversation"))
    given = [mapping(one.get("response")) or one for one in objects(row["responses"])]
    ids = {own for one in given if (own := key_of(one.get("_id")))}
    is_linked = any(key_of(one.get("parent_response_id")) in ids for one in given)
    nodes: dict[str, Node] = {}
    before: str | None = None
    for number, response in enumerate(given):
        own = key_of(response.get("_id")) or f"#{number}"
        own = own if own not in nodes else f"{own}#{number}"
        author = _AUTHORS.get(string(response.get("sender")).lower())
        text = response.get("message")
        parent = key_of(response.get("parent_response_id")) if is_linked else before
        before = own
        if author is None or not isinstance(text, str):
            file.skip("a response without a text or a sender")
            nodes[own] = Node(parent)  # it still links what is above it with what is below
            continue
        nodes[own] = Node(parent, author, text, moment(response.get("create_time")))
    yield from messages_of(file.thread(about.get("id") or about.get("conversation_id")), nodes, None)
