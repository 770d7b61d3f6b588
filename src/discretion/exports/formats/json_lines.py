"""Plain JSON Lines: one message a line, for whoever converts their chats themselves.

``{"conversation": str|int, "author": "user"|"assistant", "text": str, "sent_at"?, "persona"?}``; further keys
are ignored. ``role`` and ``content``, as programs write them, stand for ``author`` and ``text``.
An author "system" is the conversation's system prompt. Lines of several conversations may be mixed: messages
come out in the order of the file, each counted in its own conversation.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._thread import name_of, prose, sound
from discretion.exports._time import moment
from discretion.text import Author, Message, Setting

TITLE = "JSON Lines"

MOST_OPEN = 200_000
"""Conversations whose count is kept at once; the one that was silent longest goes first."""

_MOST_SETTINGS = 500
_DROPPED_BITS = 1 << 26
_LONGEST_CARDS = 4 << 20
_AUTHORS = {
    "user": Author.USER,
    "human": Author.USER,
    "assistant": Author.ASSISTANT,
    "bot": Author.ASSISTANT,
}


def recognise(head: Head) -> bool:
    """A line has a text and says whether the user or the assistant wrote it."""
    if any(_is_message(record) for record in head.records):
        return True
    # a first line too long to lie in the head
    return not head.records and head.shows("author:string", "text:string|unfinished", "conversation")


def _is_message(record: dict[str, Any]) -> bool:
    text, author = _said(record)
    return author in (*_AUTHORS, "system") and text is not None


def _said(record: dict[str, Any]) -> tuple[object, object]:
    """The text of a line and its author, by either pair of keys."""
    if "author" in record or "text" in record:
        return record.get("text"), record.get("author")
    return record.get("content"), record.get("role")


class _Turns:
    """The next turn of each conversation, in bounded memory: the one silent longest is dropped.

    That it was dropped is kept in a field of bits, so that its coming back is noticed (rarely, also where it
    is another's first time).
    """

    def __init__(self) -> None:
        self._next: OrderedDict[int, int] = OrderedDict()
        self._dropped = bytearray(_DROPPED_BITS // 8)
        self.has_forgotten = False

    def take(self, conversation: str) -> int:
        digest = blake2b(conversation.encode("utf-8", "replace"), digest_size=16).digest()
        key = int.from_bytes(digest, "big")
        turn = self._next.pop(key, 0)
        if not turn and all(self._dropped[at] & bit for at, bit in self._bits(key)):
            self.has_forgotten = True
        self._next[key] = turn + 1
        if len(self._next) > MOST_OPEN:
            for at, bit in self._bits(self._next.popitem(last=False)[0]):
                self._dropped[at] |= bit
        return turn

    @staticmethod
    def _bits(key: int) -> tuple[tuple[int, int], ...]:
        places = ((key >> shift) % _DROPPED_BITS for shift in (0, 26, 52, 78, 102))
        return tuple((place >> 3, 1 << (place & 7)) for place in places)


class _Settings:
    """The setting of each conversation that is still speaking, with the card and prompt given so far."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Setting] = OrderedDict()
        self._held = 0

    def updated(self, conversation: str, **changes: str | None) -> Setting:
        setting = self._known.pop(conversation, None) or Setting(conversation)
        self._held -= _weight(setting)
        given = {key: value for key, value in changes.items() if value and getattr(setting, key) != value}
        if given:
            setting = replace(setting, **given)
        self._known[conversation] = setting
        self._held += _weight(setting)
        while len(self._known) > 1 and (len(self._known) > _MOST_SETTINGS or self._held > _LONGEST_CARDS):
            self._held -= _weight(self._known.popitem(last=False)[1])
        return setting


def _weight(setting: Setting) -> int:
    return len(setting.card or "") + len(setting.system or "")


def read(file: ChatFile) -> Iterator[Message]:
    """Yield a message for each line that has a text and an author."""
    turns, settings = _Turns(), _Settings()
    for number, record in file.records():
        where = f"line {number}"
        text, author = _said(record)
        if not isinstance(text, str):
            file.skip("a line without a text", where)
            continue
        conversation = file.conversation(record.get("conversation"))
        if author == "system":
            settings.updated(conversation, system=prose(text), card=prose(record.get("persona")))
            continue
        side = _AUTHORS.get(author) if isinstance(author, str) else None
        if side is None:
            file.skip('a line whose author is neither "user" nor "assistant"', where)
            continue
        setting = settings.updated(conversation, card=prose(record.get("persona")))
        sent_at, speaker = moment(record.get("sent_at")), name_of(record.get("speaker"))
        yield Message(sound(text), side, turns.take(conversation), 0, sent_at, speaker, setting)
    if turns.has_forgotten:
        file.skip(f"more than {MOST_OPEN} conversations are mixed: the turns of some are counted anew")
