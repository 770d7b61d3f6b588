"""ChatGPT data exports: ``conversations.json`` or ``conversations-000.json`` …, a tree for each conversation.

All branches are read. Hidden system messages and the user's custom instructions go to the setting. What a
tool said, what the model wrote to a tool, and the model's own thoughts are no messages of the conversation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discretion.exports._branches import Node, messages_of
from discretion.exports._fields import key_of, mapping, string
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._thread import prose
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "ChatGPT"

_AUTHORS = {"user": Author.USER, "assistant": Author.ASSISTANT}
_NO_MESSAGE = frozenset({"thoughts", "reasoning_recap", "model_editable_context", "user_editable_context"})


def recognise(head: Head) -> bool:
    """A list of conversations, or one, with a ``mapping`` of nodes."""
    return head.shows("[].mapping:map") or (
        head.shows("mapping:map") and (head.shows("current_node") or head.shows("conversation_id"))
    )


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages of each conversation by turn."""
    path = "[]" if file.head.is_list else ""
    for _, conversation in file.rows(path):
        if not isinstance(conversation, dict) or not isinstance(conversation.get("mapping"), dict):
            file.skip("an entry that is no conversation")
            continue
        yield from _conversation(file, conversation)


def _conversation(file: ChatFile, conversation: dict[str, Any]) -> Iterator[Message]:
    raw = mapping(conversation.get("mapping"))
    parents = {child: key for key, node in raw.items() for child in _children(node)}
    nodes: dict[str, Node] = {}
    prompts: list[str] = []
    unread = 0
    for key, value in raw.items():
        node = mapping(value)
        parent = key_of(node.get("parent")) or parents.get(key)
        message = mapping(node.get("message"))
        role = string(mapping(message.get("author")).get("role"))
        text, others = _text(mapping(message.get("content")))
        unread += others
        is_hidden = mapping(message.get("metadata")).get("is_visually_hidden_from_conversation") is True
        if role == "system" or (is_hidden and role in _AUTHORS):
            if prompt := prose(text):
                prompts.append(prompt)
            nodes[key] = Node(parent)
            continue
        author = _AUTHORS.get(role)
        if not _is_said(message, text, others):
            author = None
        nodes[key] = Node(parent, author, text, moment(message.get("create_time")))
    if unread:
        file.skip("pictures, sound or files in messages: only text is read")
    own = conversation.get("conversation_id") or conversation.get("id")
    thread = file.thread(own, system="\n\n".join(prompts) or None)
    yield from messages_of(thread, nodes, key_of(conversation.get("current_node")))


def _children(node: object) -> list[str]:
    children = mapping(node).get("children")
    return [child for child in children if isinstance(child, str)] if isinstance(children, list) else []


def _is_said(message: dict[str, Any], text: str, others: int) -> bool:
    if string(mapping(message.get("content")).get("content_type")) in _NO_MESSAGE:
        return False
    if message.get("recipient") not in (None, "all"):
        return False  # to a tool
    return bool(text) or bool(others)


def _text(content: dict[str, Any]) -> tuple[str, int]:
    """Return the text of a message, and how many of its parts are no text."""
    parts = content.get("parts")
    if not isinstance(parts, list):
        instructions = (content.get(key) for key in ("user_profile", "user_instructions", "text", "result"))
        return "\n\n".join(filter(None, map(string, instructions))), 0
    texts, others = [], 0
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            texts.append(part["text"])
        elif isinstance(part, dict):
            others += 1
    return "\n".join(text for text in texts if text), others
