"""Claude data exports: ``conversations.json`` with ``chat_messages``; also one conversation by itself.

Text that was attached as a file is what the user gave away too, and is read with the message.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discretion.exports._branches import Node, messages_of
from discretion.exports._fields import key_of, objects, string
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "Claude"

_AUTHORS = {
    "human": Author.USER,
    "user": Author.USER,
    "assistant": Author.ASSISTANT,
}


def recognise(head: Head) -> bool:
    """A list of conversations, or one, with ``chat_messages``."""
    return head.shows("[].chat_messages:array") or head.shows("chat_messages:array")


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages of each conversation by turn, with branches where the export links its messages."""
    path = "[]" if file.head.is_list else ""
    for _, conversation in file.rows(path):
        if not isinstance(conversation, dict) or not isinstance(conversation.get("chat_messages"), list):
            file.skip("an entry that is no conversation")
            continue
        yield from _conversation(file, conversation)


def _conversation(file: ChatFile, conversation: dict[str, Any]) -> Iterator[Message]:
    nodes: dict[str, Node] = {}
    before: str | None = None
    given = list(objects(conversation["chat_messages"]))
    ids = {own for one in given if (own := key_of(one.get("uuid")))}
    is_linked = any(key_of(one.get("parent_message_uuid")) in ids for one in given)
    for number, message in enumerate(given):
        own = key_of(message.get("uuid")) or f"#{number}"
        own = own if own not in nodes else f"{own}#{number}"
        author = _AUTHORS.get(string(message.get("sender")))
        parent = key_of(message.get("parent_message_uuid")) if is_linked else before
        before = own
        if author is None:
            file.skip("a message from neither side")
            nodes[own] = Node(parent)  # it still links what is above it with what is below
            continue
        nodes[own] = Node(parent, author, _text(message), moment(message.get("created_at")))
    thread = file.thread(conversation.get("uuid"))
    yield from messages_of(thread, nodes, key_of(conversation.get("current_leaf_message_uuid")))


def _text(message: dict[str, Any]) -> str:
    blocks = [string(one.get("text")) for one in objects(message.get("content")) if one.get("type") == "text"]
    text = "\n".join(filter(None, blocks)) or string(message.get("text"))
    attached = (string(one.get("extracted_content")) for one in objects(message.get("attachments")))
    return "\n\n".join(filter(None, (text, *attached)))
