"""Telegram Desktop exports (``result.json``): a whole account, or one chat; for companions that are bots.

In a chat between two, the side that is not the chat's own name or id is the user. In groups the user's name
or id must be given (``--me``), unless the export of a whole account says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discretion.exports._fields import key_of, mapping, string
from discretion.exports._file import ChatFile, Undecided
from discretion.exports._head import Head
from discretion.exports._thread import Thread, name_of
from discretion.exports._time import moment
from discretion.text import Author, Message

TITLE = "Telegram"

_LISTS = ("chats.list[].", "left_chats.list[].", "")
_HEADER = ("name", "id", "type")
_OWN_ID = "personal_information.user_id"
_BETWEEN_TWO = frozenset({"personal_chat", "bot_chat"})
_MEDIA = frozenset(
    {"photo", "file", "media_type", "sticker_emoji", "location_information", "contact_information"}
)
_UNSIGNED = "a message that does not say who wrote it"
_UNDECIDED = "a chat of several people: pass --me with your name or id in it"


def recognise(head: Head) -> bool:
    """Chats in a list, or one chat, whose messages have Telegram's fields."""
    if head.shows("chats.list:array") or head.shows("personal_information:map", "about:string"):
        return True
    if not head.shows("messages:array", "type:string"):
        return False
    return (
        head.shows("messages[].from_id")
        or head.shows("messages[].date_unixtime")
        or (head.shows("messages[].type:string", "messages[].date"))
    )


class _Chat:
    """The chat that messages are being read of."""

    def __init__(self, own_id: str | None, me: str | None) -> None:
        self.header: dict[str, Any] = {}
        self.thread: Thread | None = None
        self._own_id = own_id
        self._me = me.casefold() if me else None

    @property
    def kind(self) -> str:
        """The chat's type, as in ``personal_chat``."""
        return string(self.header.get("type"))

    def author(self, message: dict[str, Any]) -> Author | None:
        """Return who wrote it, or ``None`` where that cannot be told."""
        speaker, speaker_id = name_of(message.get("from")), key_of(message.get("from_id"))
        chat_id, chat_name = key_of(self.header.get("id")), name_of(self.header.get("name"))
        if self._me:
            mine = {(speaker or "").casefold(), (speaker_id or "").casefold()}
            return Author.USER if self._me in mine else Author.ASSISTANT
        if self.kind == "saved_messages":
            return Author.USER
        if self._own_id and speaker_id:
            return Author.USER if speaker_id == f"user{self._own_id}" else Author.ASSISTANT
        if self.kind not in _BETWEEN_TWO:
            return None
        if speaker_id and chat_id:
            return Author.ASSISTANT if speaker_id == f"user{chat_id}" else Author.USER
        if speaker and chat_name:
            return Author.ASSISTANT if speaker == chat_name else Author.USER
        return None


def read(file: ChatFile) -> Iterator[Message]:
    """Yield the messages of each chat; joins, calls and other notices are no messages."""
    own_id: str | None = None
    chat = _Chat(None, file.me)
    count = undecided = 0
    wanted = {prefix + name for prefix in _LISTS for name in (*_HEADER, "messages[]")}
    for path, value in file.rows(*wanted, _OWN_ID):
        name = path.rpartition(".")[2]
        if path == _OWN_ID:
            own_id = key_of(value)
            chat = _Chat(own_id, file.me)
        elif name in _HEADER:
            if chat.thread is not None or name in chat.header:
                chat = _Chat(own_id, file.me)
            chat.header[name] = value
        else:
            message = mapping(value)
            if message.get("type", "message") != "message":
                continue
            author = chat.author(message)
            if author is None:
                undecided += 1
                file.skip(_UNSIGNED if chat.kind in _BETWEEN_TWO else _UNDECIDED)
                continue
            if chat.thread is None:
                title = name_of(chat.header.get("name"))
                chat.thread = file.thread(
                    chat.header.get("id") or title, character=title if chat.kind in _BETWEEN_TWO else None
                )
            text = _text(message.get("text"))
            if text is None:
                file.skip("a message without a text")
                continue
            if not text and not _MEDIA.isdisjoint(message):
                file.skip("pictures, sound or files in messages: only text is read")
            count += 1
            when = moment(message.get("date_unixtime")) or moment(message.get("date"))
            yield from chat.thread.say(author, text, sent_at=when, speaker=name_of(message.get("from")))
    if undecided and not count:
        raise Undecided(_UNDECIDED)


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return None
    return "".join(part if isinstance(part, str) else string(mapping(part).get("text")) for part in value)
