"""Conversations as lists of messages with ``role`` and ``content``, as programs that call a model keep them.

``{"messages": [{"role": "user", "content": "…"}, …]}``: a JSON document, a list of such, or JSON Lines with
one conversation each. The content is a text, or a list of parts of which those of text are read. What tools
said is no message of the conversation; a system or developer message is its system prompt.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discretion.exports._bytes import LONGEST_LINE
from discretion.exports._fields import objects, string
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._json import parsed
from discretion.exports._thread import name_of, prose
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "OpenAI-style messages"

_AUTHORS = {
    "user": Author.USER,
    "human": Author.USER,
    "assistant": Author.ASSISTANT,
    "model": Author.ASSISTANT,
}
_SYSTEM = frozenset({"system", "developer"})
_TOOLS = frozenset({"tool", "function"})
_TEXTS = frozenset({"text", "input_text", "output_text"})


def recognise(head: Head) -> bool:
    """An object, a list or lines of objects with ``messages`` that have a role and a content."""
    return any(
        head.shows(f"{path}messages:array", f"{path}messages[].role:string")
        and head.shows(f"{path}messages[].content")
        for path in ("", "[].")
    )


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages of each conversation by turn."""
    if _is_lines(file):
        given: Iterator[tuple[str, Any]] = ((f"line {number}", record) for number, record in file.records())
    else:
        found = file.rows("[]" if file.head.is_list else "")
        given = ((f"entry {number}", value) for number, (_, value) in enumerate(found, 1))
    for place, conversation in given:
        if isinstance(conversation, dict) and isinstance(conversation.get("messages"), list):
            yield from _conversation(file, conversation, place)
        else:
            file.skip("an entry that is no conversation", place)


def _is_lines(file: ChatFile) -> bool:
    """Whether the first line that is not blank is an object by itself, and more follows."""
    if file.head.is_list:
        return False
    first, _, rest = file.start(LONGEST_LINE).lstrip().partition(b"\n")
    return bool(rest.strip()) and isinstance(parsed(first.decode("utf-8", "replace")), dict)


def _conversation(file: ChatFile, conversation: dict[str, Any], place: str) -> Iterator[Message]:
    given = [(_role(one), one) for one in objects(conversation["messages"])]
    if len(given) < len(conversation["messages"]):
        file.skip("a message that is no object", place)
    prompts = [prose(_text(one)[0]) for role, one in given if role in _SYSTEM]
    own = next((conversation[key] for key in ("conversation_id", "id") if conversation.get(key)), None)
    thread = file.thread(own, system="\n\n".join(filter(None, prompts)) or None)
    unread = 0
    for role, message in given:
        if role in _SYSTEM or role in _TOOLS:
            continue
        text, others = _text(message)
        unread += others
        author = _AUTHORS.get(role)
        if author is None:
            file.skip("a message whose role is not known", place)
        elif text or others:
            when = moment(message.get("created_at") or message.get("timestamp"))
            yield from thread.say(author, text, sent_at=when, speaker=name_of(message.get("name")))
        elif not message.get("tool_calls"):
            file.skip("a message without a text", place)
    if unread:
        file.skip("pictures, sound or files in messages: only text is read", place)


def _role(message: dict[str, Any]) -> str:
    return string(message.get("role")).lower()


def _text(message: dict[str, Any]) -> tuple[str, int]:
    """Return the text of a message, and how many of its parts are no text."""
    content = message.get("content")
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list):
        return string(content), 0
    texts = [one if isinstance(one, str) else _part(one) for one in content]
    return "\n".join(filter(None, texts)), sum(text is None for text in texts)


def _part(part: object) -> str | None:
    if (
        isinstance(part, dict)
        and isinstance(part.get("text"), str)
        and string(part.get("type", "text")) in _TEXTS
    ):
        return str(part["text"])
    return None
