"""A value in pieces, and the value written anew with other names in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from discretion.guard.stand_ins._alike import cased, sections
from discretion.guard.stand_ins._spelling import words_of
from discretion.knowledge import Place
from discretion.knowledge.gazetteer import ordinary_words, plain

MOST_READ = 200
"""Characters of a value that is read in pieces; a longer one is one name, since no phrase is so long."""


class Role(Enum):
    """What a piece is; ``KEPT`` stays as it is."""

    KEPT = "kept"
    TOWN = "town"
    REGION = "region"
    STREET = "street"
    NUMBER = "number"
    UNKNOWN = "unknown"
    FIRM = "firm"
    FAMILY = "family"
    SAINT = "saint"
    SIGN = "sign"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of what was said, with its role and the place that the tables know by it."""

    text: str = field(repr=False)
    role: Role
    place: Place | None = field(default=None, repr=False)


def new_name(one: Piece, name: str) -> str:
    """``name`` in the notation of the piece: its case, and the s of an owner."""
    text = one.text
    owner = next((end for end in ("'s", "’s") if text.lower().endswith(end)), "")
    if owner and not name.lower().endswith(owner):
        name, text = name + owner, text.removesuffix(text[-len(owner) :])
    return name.lower() if text.islower() else cased(name, text)


def written(found: Sequence[Piece], made: Mapping[int, str]) -> Iterator[str]:
    """The pieces with the names ``made`` in them.

    Then, where it is another text, those names and the everyday words behind them alone ("the north side of
    Leeds, UK": "Chinnor"), for where a word that stays may not stand in a stand-in.
    """
    texts = [made.get(i, one.text) for i, one in enumerate(found)]
    yield "".join(texts)
    if all(one.role in (Role.KEPT, Role.NUMBER) for one in found):
        return
    first = min(made)
    last = next(
        (i for i in range(first, len(found)) if i not in made and not _is_everyday(found[i].text)), None
    )
    words = "".join(texts[first:last]).rstrip(_ENDS).split(" ")
    while len(words) > 1 and is_one_of("place_words.txt", "small", words[-1]):
        words.pop()
    shorter = " ".join(words).rstrip(_ENDS)
    if shorter[:1].lower() != "".join(one.text for one in found)[:1].lower():
        yield shorter


_ENDS = " ,;(-'’"


def _is_everyday(text: str) -> bool:
    streets = _section("place_words.txt", "street")
    return all(len(word) == 1 or word in ordinary_words() or word in streets for word in words_of(text))


def is_one_of(file: str, section: str, token: str) -> bool:
    """Whether ``token`` is one of the words of a section of a list."""
    return plain(token).rstrip(".") in _section(file, section)


@cache
def _section(file: str, section: str) -> frozenset[str]:
    return frozenset(sections(file)[section])
