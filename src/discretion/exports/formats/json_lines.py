"""Plain JSON Lines: one message a line, for whoever converts their chats themselves.

``{"conversation": str|int, "author": "user"|"assistant", "text": str, "sent_at"?, "persona"?}``; further keys
are ignored. ``role`` and ``content``, as programs write them, stand for ``author`` and ``text``;
``timestamp`` and ``created_at`` stand for ``sent_at``.
An author "system" is the conversation's system prompt. Lines of several conversations may be mixed: messages
come out in the order of the file, each counted in its own conversation.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from sys import getsizeof
from typing import Any

from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.exports._thread import name_of, prose, sound
from discretion.exports._time import moment
from discretion.text import Author, Message, Setting

TITLE = "JSON Lines"

MOST_OPEN = 200_000
"""Conversations whose count is kept at once; the one that was silent longest goes first."""

MOST_HELD = 16 << 20
"""Bytes of cards and prompts kept at once; those of the conversation that was silent longest go first."""

_PARTS = ("card", "system")
_DROPPED_BITS = 1 << 26
_FORGOTTEN = (
    f"the card or prompt of a conversation that comes back late: only {MOST_HELD >> 20} MB of them are kept"
)
_TIMES = ("sent_at", "timestamp", "created_at")
_AUTHORS = {
    "user": Author.USER,
    "human": Author.USER,
    "assistant": Author.ASSISTANT,
    "bot": Author.ASSISTANT,
}


def recognise(head: Head) -> bool:
    """A line has a text and says whether the user or the assistant wrote it."""
    if head.shows("messages[].role"):
        return False  # lines of one document, or lists of messages
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


def _sent_at(record: dict[str, Any]) -> datetime | None:
    return next((found for key in _TIMES if (found := moment(record.get(key)))), None)


def _key(conversation: str) -> int:
    return int.from_bytes(blake2b(conversation.encode("utf-8", "replace"), digest_size=16).digest(), "big")


class _Dropped:
    """Conversations of which something was let go, as a field of bits.

    So that their coming back is noticed in bounded memory (rarely, also where it is another's first time).
    """

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, key: int) -> None:
        self._bits = self._bits or bytearray(_DROPPED_BITS // 8)
        for at, bit in self._places(key):
            self._bits[at] |= bit

    @property
    def is_used(self) -> bool:
        return bool(self._bits)

    def __contains__(self, key: int) -> bool:
        return self.is_used and all(self._bits[at] & bit for at, bit in self._places(key))

    @staticmethod
    def _places(key: int) -> tuple[tuple[int, int], ...]:
        places = ((key >> shift) % _DROPPED_BITS for shift in (0, 26, 52, 78, 102))
        return tuple((place >> 3, 1 << (place & 7)) for place in places)


class _Turns:
    """The next turn of each conversation, in bounded memory: the one silent longest is dropped."""

    def __init__(self) -> None:
        self._next: OrderedDict[int, int] = OrderedDict()
        self._dropped = _Dropped()
        self.has_forgotten = False

    def take(self, conversation: str) -> int:
        key = _key(conversation)
        turn = self._next.pop(key, 0)
        if not turn and key in self._dropped:
            self.has_forgotten = True
        self._next[key] = turn + 1
        if len(self._next) > MOST_OPEN:
            self._dropped.add(self._next.popitem(last=False)[0])
        return turn


class _Settings:
    """The setting of each conversation, with the card and prompt given so far, within ``MOST_HELD`` bytes.

    Only those with a card or a prompt are kept. Of those dropped, ``is_forgotten`` says when one comes back.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[str, Setting] = OrderedDict()
        self._held = 0
        self._dropped = _Dropped()
        self._last = Setting("")
        self.is_forgotten = False

    def updated(self, conversation: str, **changes: str | None) -> Setting:
        known = self._known.get(conversation)
        self.is_forgotten = known is None and self._is_lost(conversation, changes)
        setting = known or (self._last if self._last.conversation == conversation else Setting(conversation))
        given = {key: value for key, value in changes.items() if value and getattr(setting, key) != value}
        if given:
            setting = replace(setting, **given)
            self._held += _weight(setting) - (_weight(known) if known else 0)
            self._known[conversation] = setting
        if setting.card or setting.system:
            self._known.move_to_end(conversation)
        while len(self._known) > 1 and self._held > MOST_HELD:
            name, dropped = self._known.popitem(last=False)
            self._held -= _weight(dropped)
            for part in _PARTS:
                if getattr(dropped, part):
                    self._dropped.add(_key(f"{part} {name}"))
        self._last = setting
        return setting

    def _is_lost(self, conversation: str, given: dict[str, str | None]) -> bool:
        """Whether it had a card or a prompt that was dropped, and that this line does not state anew."""
        return self._dropped.is_used and any(
            not given.get(part) and _key(f"{part} {conversation}") in self._dropped for part in _PARTS
        )


def _weight(setting: Setting) -> int:
    """Bytes that a setting takes in memory, with its place in the table."""
    texts = (setting.conversation, setting.card or "", setting.system or "")
    return 400 + sum(getsizeof(text) for text in texts)


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
            if settings.is_forgotten:
                file.skip(_FORGOTTEN, where)
            continue
        side = _AUTHORS.get(author) if isinstance(author, str) else None
        if side is None:
            file.skip('a line whose author is neither "user" nor "assistant"', where)
            continue
        setting = settings.updated(conversation, card=prose(record.get("persona")))
        if settings.is_forgotten:
            file.skip(_FORGOTTEN, where)
        sent_at, speaker = _sent_at(record), name_of(record.get("speaker"))
        yield Message(sound(text), side, turns.take(conversation), 0, sent_at, speaker, setting)
    if turns.has_forgotten:
        file.skip(f"more than {MOST_OPEN} conversations are mixed: the turns of some are counted anew")
