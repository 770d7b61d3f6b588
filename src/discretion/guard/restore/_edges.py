"""Where a stand-in may begin and end: the borders of words, as chats write them.

An apostrophe or a hyphen is a border ("Mara's", "Mara-like"); underscores are one where they are emphasis
("_Mara_") and none inside a name of a program ("snake_mara"). A number does not end where digits go on behind
a point or a hyphen.
"""

from __future__ import annotations

import re
import unicodedata

from discretion.records import Kind

MOST_UNDERSCORES = 3
AHEAD = 7
"""How many characters behind a stand-in may be needed to know that it is one: underscores, "years"."""

UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Letters of scripts that put no blanks between a name and what follows it, as a class of characters."""
_UNSPACED = re.compile(f"[{UNSPACED}]")

# A soft hyphen and the (non-)joiners stand inside words.
_JOINS = "\u00ad\u200c\u200d"
_GOES_ON = "-.,"
ADDRESSES = {Kind.EMAIL: ".-+", Kind.USERNAME: ".", Kind.IP_ADDRESS: ".:"}
"""Kinds of which a longer one goes on behind a sign, and the signs."""


def is_of_word(char: str) -> bool:
    """Whether ``char`` belongs to a word: letters, digits, underscore, combining marks, joiners."""
    if char.isascii():
        return char.isalnum() or char == "_"
    return char.isalnum() or char in _JOINS or unicodedata.category(char)[0] == "M"


def begins_well(text: str, start: int) -> bool:
    """Whether a stand-in may begin at ``start``."""
    first = text[start]
    if start == 0 or not is_of_word(first):
        return True
    before = text[start - 1]
    if before == "_":
        at = start - 1
        while at >= 0 and text[at] == "_":
            at -= 1
        return start - 1 - at <= MOST_UNDERSCORES and (at < 0 or not is_of_word(text[at]))
    if is_of_word(before):
        return _parts_scripts(first, before)
    if start == 1:
        return True
    earlier = text[start - 2]
    if before in _GOES_ON and first.isdigit():
        return not earlier.isdigit()
    if before == "@":
        return not is_of_word(earlier)
    return True


def ends_well(text: str, end: int, *, is_final: bool) -> bool | None:
    """Whether a stand-in may end at ``end``; ``None`` where the text ends before that is clear."""
    last = text[end - 1]
    if not is_of_word(last):
        return True
    unknown = True if is_final else None
    if end == len(text):
        return unknown
    after = text[end]
    if after == "_":
        at = end
        while at < len(text) and text[at] == "_":
            at += 1
        if at - end > MOST_UNDERSCORES:
            return False
        return unknown if at == len(text) else not is_of_word(text[at])
    if is_of_word(after):
        return _parts_scripts(last, after)
    if after == "@" or (after in _GOES_ON and last.isdigit()):
        if end + 1 == len(text):
            return unknown
        following = text[end + 1]
        return not (is_of_word(following) if after == "@" else following.isdigit())
    return True


def is_whole_value(text: str, start: int, end: int, kind: Kind, *, is_final: bool) -> bool | None:
    """Whether no longer address or handle goes on around ``[start, end)``: "a.mara.h@mail.example.org"."""
    signs = ADDRESSES.get(kind)
    if signs is None:
        return True
    if start > 1 and text[start - 1] in signs and is_of_word(text[start - 2]):
        return False
    if end == len(text) or text[end] not in signs:
        return True
    if end + 1 == len(text):
        return True if is_final else None
    return not is_of_word(text[end + 1])


def _parts_scripts(inside: str, outside: str) -> bool:
    """Whether a word ends between the two, since a script without blanks begins: a Latin name in Japanese."""
    return bool(_UNSPACED.match(outside)) and not _UNSPACED.match(inside)
