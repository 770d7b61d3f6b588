"""A person's name in a text: each part gets its stand-in, all of one person in one group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from random import Random

from discretion.guard.stand_ins._bearers import kin_names
from discretion.guard.stand_ins._book import Book, key_of
from discretion.guard.stand_ins._maker import Found, Maker
from discretion.guard.stand_ins._neutral import missing_phrase
from discretion.guard.stand_ins._parts import Part, parts_of
from discretion.guard.stand_ins._replacement import Replacement
from discretion.guard.stand_ins._spelling import careful, in_case_of
from discretion.guard.stand_ins.kinds.name import family_name, given_name, is_family
from discretion.knowledge.gazetteer import family_names, given_names
from discretion.records import Kind, Pair

_MOST_DRAWS = 60
_INITIALS = "ABCDEFGHJKLMNPRSTVW"


def replaced_name(maker: Maker, book: Book, text: str, start: int, end: int) -> Iterator[Replacement]:
    """The replacements of the name in ``text[start:end]``, part by part."""
    parts = parts_of(text, start, end)
    group = _group(book, parts)
    for i, part in enumerate(parts):
        offer = family_name if _is_family(parts, i, text[max(0, start - 20) : start]) else given_name
        found = Found(Kind.NAME, text, *part.name, value=_value(part, text))
        pair = maker.pair_for(found, group, offer)
        if pair is None:
            yield Replacement(
                part.start, part.end, Kind.NAME, missing_phrase(Kind.NAME, text, part.start), None
            )
            continue
        if part.initials:
            pair = _with_initials(maker, book, text, part, pair)
        written = text[part.start : part.end]
        yield Replacement(
            part.start, part.end, Kind.NAME, in_case_of(written, pair.real, pair.stand_in), pair
        )


def _value(part: Part, text: str) -> str:
    """What the run is, where letters stand apart in it ("j e s s")."""
    start, end = part.name
    return "" if key_of(Kind.NAME, text[start:end]) == part.key else part.key


def _is_family(parts: Sequence[Part], i: int, before: str) -> bool:
    key = parts[i].key
    if len(parts) == 1 and not parts[i].initials:
        return is_family(key, before)
    if i < len(parts) - 1 or (len(parts) == 1 and parts[i].initials[0] > parts[i].start):
        return False
    return key in family_names() or key not in given_names()


def _group(book: Book, parts: Sequence[Part]) -> int | None:
    """Whose the name is: that of a part or short form that is known, else nobody's yet."""
    first = parts[0].key if parts else ""
    by_key = {key_of(pair.kind, pair.real): pair for pair in book.active(Kind.NAME)}
    for one in (first, *sorted(kin_names(first))):
        if one in by_key:
            return by_key[one].group
    last = by_key.get(parts[-1].key) if len(parts) > 1 else None
    if last is not None and all(pair.group != last.group or pair is last for pair in by_key.values()):
        return last.group
    return book.new_group()


def _with_initials(maker: Maker, book: Book, text: str, part: Part, name: Pair) -> Pair:
    """The pair of a name with initials beside it: other letters beside its stand-in."""
    written = text[part.start : part.end]
    plain = key_of(Kind.NAME, written)
    standing = book.standing_for(plain)
    if standing is not None:
        return standing
    random = maker.random_for(Kind.NAME, plain)
    taken = {pair.stand_in for pair in book.pairs}
    tries = (_lettered(book, text, part, name, random) for _ in range(_MOST_DRAWS))
    stand_in = next((one for one in tries if one not in taken), name.stand_in)
    if stand_in == name.stand_in:
        return name
    made = datetime.now(UTC).replace(microsecond=0)
    real = careful(Kind.NAME, written, text)
    return book.add(Pair(name.persona, Kind.NAME, real, stand_in, made, name.group))


def _lettered(book: Book, text: str, part: Part, name: Pair, random: Random) -> str:
    """The stand-in of a name with other letters where its initials are."""
    pieces: list[str] = []
    at = part.start
    for mark in sorted((*part.initials, part.name[0])):
        pieces.append(text[at:mark])
        if mark == part.name[0]:
            pieces.append(name.stand_in)
            at = part.name[1]
        else:
            pieces.append(_initial(book, text[mark].upper(), name, random.choice(_INITIALS)))
            at = mark + 1
    return "".join((*pieces, text[at : part.end]))


def _initial(book: Book, letter: str, name: Pair, drawn: str) -> str:
    """The initial of the stand-in of what ``letter`` abbreviates where it is known, else another letter."""
    for pair in book.active(Kind.NAME):
        is_part = pair.group == name.group and pair is not name and " " not in pair.real
        if is_part and pair.real[:1].upper() == letter:
            return pair.stand_in[:1].upper()
    if drawn == letter:
        return _INITIALS[(_INITIALS.index(drawn) + 7) % len(_INITIALS)]
    return drawn
