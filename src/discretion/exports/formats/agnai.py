"""Agnai (Agnaistic) chats: ``{"messages": [{"msg", "userId"?}]}``; a message with a user id is the user's."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.exports._fields import mapping, string
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._thread import name_of, prose
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "Agnai"


def recognise(head: Head) -> bool:
    """Messages whose text is called ``msg``."""
    return head.shows("messages:array", "messages[].msg")


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages of the chat."""
    thread = None
    about: dict[str, object] = {}
    for path, value in file.rows("messages[]", "_id", "scenario", "greeting"):
        if path != "messages[]":
            about[path] = value
            continue
        if thread is None:
            card, system = prose(about.get("greeting")), prose(about.get("scenario"))
            thread = file.thread(about.get("_id"), card=card, system=system)
        message = mapping(value)
        text = message.get("msg")
        if not isinstance(text, str):
            file.skip("a message without a text")
            continue
        author = Author.USER if string(message.get("userId")) else Author.ASSISTANT
        sent_at, speaker = moment(message.get("createdAt")), name_of(message.get("handle"))
        yield from thread.say(author, text, sent_at=sent_at, speaker=speaker)
