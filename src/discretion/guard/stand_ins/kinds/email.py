"""Stand-ins for e-mail addresses: under ``.example``, of the same shape, written as the user wrote theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

from discretion.guard.detectors._data import either
from discretion.guard.stand_ins._alike import cased, drawn, other_figures, other_word, sections, symbol_of
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.records import Kind

ENDING = ".example"
"""The ending that nobody can register (RFC 2606 section 2)."""

_GAP = r"(?:\s|[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B50\u2B55])"
_OPEN, _CLOSE = r"[(\[{<_]", r"[)\]}>_]"
_MIRRORED = re.compile(r"(?:moc|ten|gro|ed|ku|oi|ude|elpmaxe)\.[\w.-]{1,63}@", re.IGNORECASE)
_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w]|_")


@dataclass(frozen=True, slots=True)
class Written:
    """An address and how it is written: ``local`` and ``host`` plain, ``signs`` the writing of each sign.

    ``shown`` are the pieces of the local part and of the host with their capitals.
    """

    local: str = field(repr=False)
    host: str = field(repr=False)
    shown: tuple[str, str] = field(repr=False)
    signs: tuple[dict[str, str], dict[str, str]] = field(repr=False)
    at: str = ""
    between: str = ""
    is_mirrored: bool = False
    is_apart: bool = False

    @property
    def is_spoken(self) -> bool:
        """Whether the at is a word."""
        return self.at.strip().isalpha()

    def put(self, local: str, host: str) -> str:
        """Another address in the same writing."""
        dot = self.signs[0].get(".", " dot " if self.is_spoken else ".")
        first = "".join(self.signs[0].get(c, c) if not c.isalnum() else c for c in local)
        last = "".join(self.signs[1].get(c, dot) if c == "." else self.signs[1].get(c, c) for c in host)
        if self.between:
            first = self.between.join(local) if local.isalnum() else first
        made = cased_as(first, self.shown[0]) + self.at + cased_as(last, self.shown[1])
        made = " ".join(made) if self.is_apart else made
        return made[::-1] if self.is_mirrored else made


def cased_as(new: str, like: str) -> str:
    """``new`` in capitals where all of ``like`` is; piece by piece else."""
    if like.upper() == like and any(c.isalpha() for c in like):
        return new.upper()
    firsts = iter([word for word in re.findall(r"[^\W\d_]+", like) if word.lower() not in symbol_of()])
    pieces = _PIECE.findall(new)
    return "".join(
        cased(piece, next(firsts, "a")) if piece.isalpha() and piece.lower() not in symbol_of() else piece
        for piece in pieces
    )


@cache
def _at() -> re.Pattern[str]:
    words = [word for word, sign in symbol_of().items() if sign == "@" and word.replace(" ", "").isalpha()]
    return re.compile(
        rf"{_GAP}*{_OPEN}\s?(?:at|a|@)\s?{_CLOSE}{_GAP}*|{_GAP}*@{_GAP}*|,?{_GAP}+{either(words)},?{_GAP}+",
        re.IGNORECASE,
    )


@cache
def _sign() -> re.Pattern[str]:
    words = [word for word, sign in symbol_of().items() if sign != "@" and word.replace(" ", "").isalpha()]
    bracketed = rf"{_GAP}*{_OPEN}\s?(?P<bracketed>{either(words)}|[.])\s?{_CLOSE}{_GAP}*"
    return re.compile(
        rf"{bracketed}|{_GAP}+(?P<word>{either(words)}){_GAP}+|{_GAP}*(?P<sign>[._+-]){_GAP}*", re.I
    )


def read(words: str) -> Written | None:
    """The address in ``words`` in whatever writing; ``None`` where there is no at in it."""
    text = words.strip()
    is_mirrored = bool(_MIRRORED.match(text))
    text = text[::-1] if is_mirrored else text
    single = text.split(" ")
    is_apart = len(single) > 5 and all(len(c) == 1 for c in single)
    text = "".join(single) if is_apart else text
    found = [*_at().finditer(text)]
    if not found:
        return None
    sure = [match for match in found if not match.group().strip().isalpha()]
    at = (sure or found)[-1]
    before, after = text[: at.start()], text[at.end() :]
    if not before or not after:
        return None
    local, low, between = _plain(before)
    host, high, _ = _plain(after)
    return Written(local, host, (before, after), (low, high), at.group(), between, is_mirrored, is_apart)


def _plain(part: str) -> tuple[str, dict[str, str], str]:
    """A part with plain signs, the writing of each sign, and what parts letters that stand one by one."""
    signs: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        said = match["bracketed"] or match["word"] or match["sign"]
        sign = symbol_of().get(said.lower(), said)
        signs.setdefault(sign, match.group())
        return sign

    plain = _sign().sub(take, part)
    letters = re.split(rf"({_GAP}+)", plain)
    apart = len(letters) > 1 and all(len(c) == 1 for c in letters[::2])
    between = letters[1] if apart else ""
    return re.sub(rf"{_GAP}+|[,'\"()\[\]{{}}]", "", plain).lower(), signs, between


@offers(Kind.EMAIL)
def email(asked: Asked) -> Iterator[str]:
    """Addresses at hosts that cannot exist (RFC 2606), with nothing in them of the user's."""
    written = read(asked.words)
    if written is None:
        yield from _ending(asked.words)
        return
    yield from _known(written, asked)
    yield from drawn(lambda: written.put(_local(written.local, asked.random), _host(written, asked.random)))


def _known(written: Written, asked: Asked) -> Iterator[str]:
    """The stand-in that the same address in another writing has."""
    for pair in asked.known:
        real, stand_in = read(pair.real), read(pair.stand_in)
        if pair.is_active and real and stand_in and real.local == written.local and _same_host(real, written):
            yield written.put(stand_in.local, stand_in.host)


def _same_host(one: Written, other: Written) -> bool:
    first, last = sorted((one.host, other.host), key=len)
    return first == last or last.startswith(first + ".")


def _local(local: str, random: Random) -> str:
    """Another local part: a first name, then family names; as many initials, figures and signs."""
    pieces = _PIECE.findall(local)
    made: list[str] = []
    names = iter(("given",))
    for piece in pieces:
        if piece.isdecimal():
            made.append(other_figures(piece, random))
        elif piece.isalpha():
            of = sections("drawn_words.txt")[next(names, "family")]
            made.append(other_word(piece, random, of, avoid=local))
        else:
            made.append(piece)
    return "".join(made)


def _host(written: Written, random: Random) -> str:
    hosts = sections("drawn_words.txt")["host"]
    usable = [host for host in hosts if not any(p in host for p in re.findall(r"[a-z]{4,}", written.host))]
    return random.choice(usable or hosts) + ENDING


def _ending(words: str) -> Iterator[str]:
    """For the end of an address that was sent alone ("dot com"); for anything else nothing."""
    match = re.fullmatch(r"(?P<dot>\W*(?P<word>[^\W\d_]*)\W*\b)(?P<ending>[^\W\d_]{2,6})\W*", words)
    if match and symbol_of().get(match["word"].lower() or ".", ".") == ".":
        is_dot = not match["word"] or match["word"].lower() in symbol_of()
        yield from [match["dot"] + cased(ENDING[1:], match["ending"])] if is_dot else []
