"""Where a reply holds an address that a program may open by itself.

A reply that shows a picture, ``![](https://a.example/?q=Mara)``, makes many a client fetch its address. Were
the name in it restored, the real one would leave for a server of the model's choice. So nothing is restored
inside of an address; a stand-in that *is* the address, from its first character on, is restored as ever. Read
as markdown (CommonMark 0.31.2) and HTML, and leniently: what could be an address, is one.
"""

from __future__ import annotations

import re
from enum import Enum, auto

_CARRY = 16


class _Place(Enum):
    TEXT = auto()
    OPENING = auto()
    """Behind ``](`` and ``url(``: the destination is about to begin."""
    DESTINATION = auto()
    """To a closing bracket that was not opened in it, or the end of the line."""
    ANGLES = auto()
    """A destination in angle brackets: to ``>``, or the end of the line."""
    ADDRESS = auto()
    """Behind ``https:``, ``//`` and the like: to a blank, or a closing bracket that was not opened in it."""
    REFERENCE = auto()
    """Behind ``]:``: nothing yet, an address once a slash or the like stands in the run that follows."""
    RUN = auto()
    """The address of a reference: to a blank."""
    TAG = auto()
    """Behind ``<`` and a letter: nothing yet."""
    VALUES = auto()
    """In a tag behind the first sign that it is more than a name: to ``>``, or an empty line."""
    QUOTED = auto()
    """In a tag, in quotes: to the quote, or an empty line."""


_NOT_ADDRESSES = frozenset({_Place.TEXT, _Place.REFERENCE, _Place.TAG})
_IN_TAGS = frozenset({_Place.TAG, _Place.VALUES, _Place.QUOTED})
_SCHEMES = ("https", "http", "wss", "ws", "ftps", "ftp", "file", "blob", "data", "javascript")
_SCHEME = "|".join(rf"(?<=\b{scheme}:)" for scheme in _SCHEMES)
_EMPTY_LINE = r"\n\r?(?:\n|\Z)"
# A null is the border of a string of JSON: every address ends there.
_EVENTS = {
    # Each begins with a sign, since signs are rarer than letters; what stands before it is looked back for.
    _Place.TEXT: (
        r"(?P<OPENING>\((?:(?<=\]\()|(?<=\burl\()))|(?P<REFERENCE>:(?<=\]:))|(?P<TAG><[a-z])"
        rf"|(?P<ADDRESS>:(?:{_SCHEME})|[/\\][/\\]|\.(?<=\bwww\.))"
    ),
    _Place.OPENING: r"[^ \t]",
    _Place.DESTINATION: r"\\(?:[^\0\n]|\Z)|[()\n\0]",
    _Place.ANGLES: r"\\(?:[^\0\n]|\Z)|[>\n\0]",
    _Place.ADDRESS: r'\\(?:[^\0-\x20]|\Z)|[()<>"`\0-\x20\x7f]',
    _Place.REFERENCE: r"[\s\S]",
    _Place.RUN: r"[\0-\x20]",
    # A colon with a blank behind is of prose: "<OOC: can Mara …".
    _Place.TAG: rf"[>=/\\\0]|:(?=[^\0-\x20>]|\Z)|{_EMPTY_LINE}",
    _Place.VALUES: rf"[>\"'\0]|{_EMPTY_LINE}",
    _Place.QUOTED: rf"[\"'\0]|{_EMPTY_LINE}",
}
_PATTERNS = {place: re.compile(events, re.IGNORECASE) for place, events in _EVENTS.items()}
_SIGNS = (":", "<", "](", "//", "\\", "l(", "L(", "w.", "W.")
"""A text without any of these has no event."""
_OF_ADDRESSES = frozenset("/\\&%:")


class Links:
    """Follows one stream; ``is_inside`` tells whether an address goes on where it has come to."""

    __slots__ = ("_carry", "_depth", "_is_begun", "_place", "_quote")

    def __init__(self) -> None:
        self._place = _Place.TEXT
        self._carry = ""
        self._depth = 0
        self._is_begun = False
        self._quote = ""

    @property
    def is_inside(self) -> bool:
        """Whether what comes next belongs to an address."""
        return self._place not in _NOT_ADDRESSES

    def passed(self, text: str) -> None:
        """Read on: ``text`` is what came, not what was put in its place."""
        seen, text, at = len(self._carry), self._carry + text, 0
        self._carry = ""
        if self._place is _Place.TEXT and not any(sign in text for sign in _SIGNS):
            self._carry = text[-_CARRY:]
            return
        while found := _PATTERNS[self._place].search(text, at):
            event, place = found.group(), self._place
            if found.end() == len(text) and _is_half(event, place):
                self._carry = event
                return
            at = found.end()
            if place is _Place.OPENING and event not in "<\0\n":
                self._place, at = _Place.DESTINATION, found.start()
            elif place is not _Place.TEXT:
                self._place = self._after(event, place)
            elif at > seen:
                self._place = _Place[found.lastgroup or ""]
                self._depth, self._is_begun = 0, False
            if self._place is _Place.TEXT and place is not _Place.TEXT:
                text, at, seen = text[at:], 0, 0
        if self._place is _Place.TEXT:
            self._carry = text[-_CARRY:]

    def _after(self, event: str, place: _Place) -> _Place:
        """Where ``event`` leads to from an address, or from where one may begin."""
        if event == "\0":
            return _Place.TEXT
        if place in _IN_TAGS:
            return self._in_tag(event, place)
        if place is _Place.REFERENCE:
            return self._in_reference(event)
        if place is _Place.OPENING:
            return _Place.ANGLES if event == "<" else _Place.TEXT
        if place is _Place.ANGLES:
            return {">": _Place.DESTINATION, "\n": _Place.TEXT}.get(event, place)
        if event in "()":
            self._depth += 1 if event == "(" else -1
            return place if self._depth >= 0 else _Place.TEXT
        return place if event[0] == "\\" else _Place.TEXT

    def _in_tag(self, event: str, place: _Place) -> _Place:
        if event[0] == "\n" or (event == ">" and place is not _Place.QUOTED):
            return _Place.TEXT
        if place is _Place.TAG:
            return _Place.VALUES
        if place is _Place.VALUES:
            self._quote = event
            return _Place.QUOTED
        return _Place.VALUES if event == self._quote else place

    def _in_reference(self, char: str) -> _Place:
        if char <= " ":
            return _Place.TEXT if self._is_begun else _Place.REFERENCE
        if char == "<" and not self._is_begun:
            return _Place.ANGLES
        self._is_begun = True
        return _Place.RUN if char in _OF_ADDRESSES else _Place.REFERENCE


def _is_half(event: str, place: _Place) -> bool:
    """Whether more must come to tell what ``event``, at the end of the text, is."""
    if place in _IN_TAGS:
        return event in ("\n", "\n\r") or (event == ":" and place is _Place.TAG)
    return event == "\\" and place in (_Place.DESTINATION, _Place.ANGLES, _Place.ADDRESS)
