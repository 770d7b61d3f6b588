"""RisuAI chats: ``{"type": "risuChat" | "risuAllChats", "ver", "data"}``.

A message that was switched off (``disabled``) was said all the same and is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discretion.exports._fields import objects, string
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._thread import name_of, prose
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "RisuAI"

_AUTHORS = {"user": Author.USER, "char": Author.ASSISTANT}


def recognise(head: Head) -> bool:
    """The type says so, and there is data."""
    if not head.shows("type:string") or not (head.shows("data:map") or head.shows("data:array")):
        return False
    return (
        head.shows("data.message:array") or head.shows("data[].message:array") or '"risu' in head.text[:4096]
    )


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages of each chat."""
    path = "data[]" if file.head.shows("data:array") else "data"
    for number, (_, chat) in enumerate(file.rows(path), 1):
        if isinstance(chat, dict) and isinstance(chat.get("message"), list):
            yield from _chat(file, chat, number if path == "data[]" else None)
        else:
            file.skip("an entry that is no chat")


def _chat(file: ChatFile, chat: dict[str, Any], number: int | None) -> Iterator[Message]:
    own = name_of(chat.get("id")) or name_of(chat.get("name")) or number
    thread = file.thread(
        own if number is not None else name_of(chat.get("id")), system=prose(chat.get("note"))
    )
    for message in objects(chat["message"]):
        author = _AUTHORS.get(string(message.get("role")))
        text = message.get("data")
        if author is None or not isinstance(text, str):
            file.skip("a message without a text or a role")
            continue
        yield from thread.say(
            author, text, sent_at=moment(message.get("time")), speaker=name_of(message.get("name"))
        )
