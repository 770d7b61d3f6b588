"""A request while it is read: the JSON that leaves, in pieces, and the passages between them.

A piece is JSON that is written already, or a hole that one passage fills, or JSON within a JSON string (the
arguments of a tool call), or a string that several passages make up (a prompt of many turns).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Protocol

from discretion.gateway.wire._request import NotUnderstood, Passage, Voice
from discretion.gateway.wire._tree import Number, is_number, quoted

MOST_PASSAGES: Final = 40_000
"""Passages of one request; a body full of messages of 200 characters has so many."""
_DATA_URL: Final = re.compile(r"data:[\w.+-]+/[\w.+-]+[;,]|data:[^\s,]{0,60};base64,", re.IGNORECASE)
_ENCODED: Final = re.compile(
    r"(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?:[A-Za-z0-9+/_-]{40,}+(?:\r?\n)?+)++[A-Za-z0-9+/_-]*={0,2}\s*"
)
"""Base64: characters of all three classes without a space, in one line or in lines of 40 and more."""


class Piece(Protocol):
    """A part of the JSON that leaves."""

    def written(self, texts: Sequence[str]) -> str:
        """This part as JSON; ``texts`` holds what leaves for each passage, in the order they were read."""


@dataclass(frozen=True, slots=True)
class Hole:
    """One string or number."""

    number: int
    before: str = field(repr=False)
    is_number: bool = False

    def written(self, texts: Sequence[str]) -> str:
        """A number stays one where what leaves spells a number."""
        text = texts[self.number]
        return text if self.is_number and (text == self.before or is_number(text)) else quoted(text)


@dataclass(frozen=True, slots=True)
class Inner:
    """A string of JSON; as it came where nothing in it was replaced."""

    pieces: tuple[str | Piece, ...] = field(repr=False)
    original: str = field(repr=False)
    first: int
    before: tuple[str, ...] = field(repr=False)

    def written(self, texts: Sequence[str]) -> str:
        """JSON within a JSON string."""
        if tuple(texts[self.first : self.first + len(self.before)]) == self.before:
            return quoted(self.original)
        return quoted(assembled(self.pieces, texts))


@dataclass(frozen=True, slots=True)
class Joined:
    """One string out of marks, as text, and passages, as their number."""

    parts: tuple[str | int, ...] = field(repr=False)

    def written(self, texts: Sequence[str]) -> str:
        """The passages between their marks."""
        return quoted("".join(part if isinstance(part, str) else texts[part] for part in self.parts))


def assembled(pieces: Sequence[str | Piece], texts: Sequence[str]) -> str:
    """The JSON of ``pieces``."""
    return "".join([piece if type(piece) is str else piece.written(texts) for piece in pieces])  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a string stands; what a passage says of itself."""

    voice: Voice = Voice.OTHER
    key: str = ""
    turn: int | None = None
    speaker: str | None = field(default=None, repr=False)

    def under(self, key: str, voice: Voice | None = None) -> Place:
        """The same place, under another key."""
        return Place(voice or self.voice, key, self.turn, self.speaker)

    def __str__(self) -> str:
        where = "the request" if self.turn is None else f"message {self.turn + 1}"
        return f"{where}, under {self.key!r}" if self.key else where


class Draft:
    """Pieces and passages, in the order of the document."""

    def __init__(self) -> None:
        self.pieces: list[str | Piece] = []
        self.passages: list[Passage] = []
        self.has_keys = False

    def say(self, json: str) -> None:
        """JSON that leaves as it is."""
        self.pieces.append(json)

    def text(self, text: str, place: Place) -> None:
        """A string, which leaves as reviewed."""
        if text:
            self.pieces.append(Hole(self.passage(text, place), text))
        else:
            self.pieces.append('""')

    def number(self, number: Number, place: Place) -> None:
        """A number, which leaves as reviewed."""
        self.pieces.append(
            Hole(self.passage(str(number), place, is_number=True), str(number), is_number=True)
        )

    def key(self, key: str, place: Place) -> None:
        """The name of a member that the client chose; it stands under the key of its object."""
        self.has_keys = True
        self.text(key, place)

    def passage(self, text: str, place: Place, *, is_number: bool = False) -> int:
        """Notes a passage and returns its number. Raises ``NotUnderstood`` for data in the guise of text."""
        if "ata:" in text.lower() and _DATA_URL.search(text):
            raise NotUnderstood(f"{place}: a data: URL cannot be reviewed")
        is_prose = place.turn is not None and place.key == "content"
        if len(text) >= 1024 and not is_prose and _ENCODED.fullmatch(text):
            raise NotUnderstood(f"{place}: encoded data cannot be reviewed")
        if len(self.passages) >= MOST_PASSAGES:
            raise NotUnderstood("the request holds too many pieces of text and numbers")
        self.passages.append(Passage(text, place.voice, place.key, place.turn, place.speaker, is_number))
        return len(self.passages) - 1

    @contextmanager
    def inner(self, original: str) -> Iterator[None]:
        """What is said inside becomes one string of JSON, which came as ``original``."""
        outer, first, self.pieces = self.pieces, len(self.passages), []
        try:
            yield
            before = tuple(passage.text for passage in self.passages[first:])
            outer.append(Inner(tuple(self.pieces), original, first, before))
        finally:
            self.pieces = outer
