"""Stand-ins for handles: of plain words in the same shape, with the service's signs and links as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from discretion.guard.stand_ins._alike import (
    drawn,
    other_figures,
    other_word,
    sections,
    symbol_of,
    two_words,
)
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.knowledge.gazetteer import family_names, given_names, ordinary_words, places
from discretion.records import Kind

# What belongs to the service and not to the person, before and behind the handle.
_SUBDOMAIN = re.compile(
    r"(?P<head>(?:https?://)?(?:www\.)?)(?P<handle>[\w-]{3,40})(?P<tail>\.(?:tumblr\.com|bandcamp\.com|itch\.io"
    r"|substack\.com|bsky\.social|carrd\.co|deviantart\.com|livejournal\.com|dreamwidth\.org|wordpress\.com"
    r"|blogspot\.com|newgrounds\.com)/?)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?P<head>(?:https?://)?(?:[\w-]+\.)+[a-z]{2,8}/(?:(?:in|u|users?|add|c|id|profiles?|people|channel|shop|member)/"
    r"|@|~)?@?)(?P<handle>[\w.$-]{2,60})(?P<tail>/?)",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?P<head>/?u/|[@$]|SW[- ])?(?P<handle>.+?)(?P<tail>#[\w]{3,5})?", re.IGNORECASE | re.DOTALL
)
_PIECE = re.compile(r"xX(?=\w)|(?<=\w)Xx$|[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])|\d+|\s+|[^\w\s]|_|\w")
_FRIEND_CODE = re.compile(r"\d{4}-\d{4}-\d{4}")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DECORATIONS = frozenset({"xX", "Xx"})


@dataclass(frozen=True, slots=True)
class Handle:
    """A handle between what belongs to the service."""

    head: str
    handle: str = field(repr=False)
    tail: str

    @property
    def plain(self) -> str:
        """The handle small, its signs written as signs."""
        words = self.handle.lower().split(" ")
        return "".join(symbol_of().get(word, word) for word in words)


def read(words: str) -> Handle:
    """The handle in ``words``."""
    match = _SUBDOMAIN.fullmatch(words) or _LINK.fullmatch(words) or _PLAIN.fullmatch(words)
    if match is None:
        return Handle("", words, "")
    return Handle(match["head"] or "", match["handle"], match["tail"] or "")


@offers(Kind.USERNAME)
def username(asked: Asked) -> Iterator[str]:
    """Handles of words that say nothing of anybody; a link stays one to the same service."""
    real = read(asked.words)
    for pair in asked.known:
        known, stand_in = read(pair.real), read(pair.stand_in)
        if pair.is_active and known.plain == real.plain and real.plain:
            yield real.head + _as_written(stand_in.plain, real.handle) + _tail(real, stand_in, asked.random)
    if any(c.isalnum() for c in real.handle):
        yield from drawn(lambda: _drawn(real, asked.random))


def _drawn(real: Handle, random: Random) -> str | None:
    made = _other(real.handle, random)
    return None if made is None else real.head + made + _tail(real, None, random)


def _tail(real: Handle, stand_in: Handle | None, random: Random) -> str:
    """What follows: another number after #, else as it is."""
    if not real.tail.startswith("#"):
        return real.tail
    if stand_in is not None and stand_in.tail.startswith("#"):
        return stand_in.tail
    return "#" + "".join(
        other_figures(c, random, is_plain=True) if c.isdecimal() else c for c in real.tail[1:]
    )


def _other(handle: str, random: Random) -> str | None:
    """Another handle; one of a single piece is of two words, and none is a word or a name of a story."""
    of = sections("drawn_words.txt")["word"]
    if _FRIEND_CODE.fullmatch(handle):
        return "-".join(other_figures(group, random, is_plain=True) for group in handle.split("-"))
    pieces, made = _PIECE.findall(handle), []
    is_alone = len([piece for piece in pieces if piece[0].isalnum() and piece not in _DECORATIONS]) == 1
    for piece in pieces:
        if piece.isdecimal():
            made.append(other_figures(piece, random))
        elif piece.lower() in _NUMBERS:
            made.append(random.choice([number for number in _NUMBERS[1:] if number != piece.lower()]))
        elif piece[0].isalpha() and is_alone and piece not in _DECORATIONS:
            made.append(two_words(piece, random, of, avoid=handle.lower()))
        elif piece[0].isalpha() and piece not in _DECORATIONS and piece.lower() not in symbol_of():
            left = tuple(word for word in of if word not in "".join(made).lower())
            made.append(other_word(piece, random, left, avoid=handle.lower()))
        else:
            made.append(piece)
    whole = "".join(made)
    known = (ordinary_words(), given_names(), family_names(), places())
    return None if any(whole.lower() in words for words in known) else whole


def _as_written(plain: str, like: str) -> str:
    """A known stand-in with the signs in words, or with the capitals, of ``like``."""
    if " " in like.strip():
        names = {symbol_of()[word]: word for word in reversed(like.lower().split()) if word in symbol_of()}
        return re.sub(r"[._-]", lambda sign: f" {names.get(sign.group(), sign.group())} ", plain)
    if like.isupper():
        return plain.upper()
    pieces, shown = _PIECE.findall(plain), iter([p for p in _PIECE.findall(like) if p[0].isalpha()])
    return "".join(p.capitalize() if p[0].isalpha() and next(shown, "a")[0].isupper() else p for p in pieces)
