"""Oobabooga's text generation web UI: pairs of a user's and a bot's text.

They stand under ``visible`` or, in old files, ``data_visible``, HTML-escaped; they are read as they were
typed. An empty text is no message: the greeting has no user's side.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from discretion.exports._fields import mapping
from discretion.exports._file import ChatFile
from discretion.exports._head import Head
from discretion.text import Author, Message

TITLE = "Oobabooga"

_BEGIN = "<|BEGIN-VISIBLE-CHAT|>"  # stands in the user's place before a greeting
_VISIBLE = ("visible", "data_visible")
_INTERNAL = ("internal", "data")


def recognise(head: Head) -> bool:
    """A list of pairs of texts under one of the four names."""
    return any(head.shows(f"{name}:array", f"{name}[][]") for name in (*_VISIBLE, *_INTERNAL))


def read(file: ChatFile) -> Iterator[Message]:
    """Yield both texts of each pair; a pair whose visible form is missing is read in its internal one."""
    for _, document in file.rows(""):
        found = mapping(document)
        lists = (found[name] for name in (*_VISIBLE, *_INTERNAL) if isinstance(found.get(name), list))
        pairs: list[Any] = next(lists, [])
        is_escaped = any(isinstance(found.get(name), list) for name in _VISIBLE)
        thread = file.thread()
        for number, pair in enumerate(pairs):
            for side, author in ((0, Author.USER), (1, Author.ASSISTANT)):
                text = _side(pair, side)
                if text is None:
                    file.skip("an entry that is no pair of texts", f"pair {number + 1}")
                    continue
                if not text or text == _BEGIN:
                    continue
                yield from thread.say(author, unescape(text) if is_escaped else text)


def _side(pair: Any, side: int) -> str | None:
    if not isinstance(pair, list) or len(pair) <= side:
        return None
    return pair[side] if isinstance(pair[side], str) else None
