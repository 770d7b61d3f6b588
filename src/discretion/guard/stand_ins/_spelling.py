"""How values are compared: folded texts with their offsets, keys, words, two notations of one value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from discretion.guard._fact_forms import keys
from discretion.guard._fact_patterns import LOCAL_PHONE_DIGITS, phone_digits
from discretion.knowledge import normalise
from discretion.records import Kind
from discretion.text import Folded, fold, respell

WORDY = frozenset({Kind.NAME, Kind.PET, Kind.LOCATION, Kind.WORKPLACE, Kind.EDUCATION})
"""Kinds whose values are made of words and compare without their signs."""

_WORD = re.compile(r"[^\W_]+")
_SPELLED_SIGN = re.compile(r"\b(?:dot|at|dash|hyphen|underscore|plus)\b")
_AFTER_SYMBOL = re.compile("[\ufe0e\ufe0f\u200d](?<=[.\ufe0f\u200d].)")
_APOSTROPHES = "'’ʼʻ`"
_BY_VALUE = frozenset({Kind.AGE, Kind.DATE_OF_BIRTH, Kind.LOCATION})


class Form(NamedTuple):
    """A value as it is compared: its key, and what its other notations have too."""

    plain: str
    value: object


class _Plain(dict[int, int]):
    """One plain character for each: small, bare of accents, ASCII where there is one; made on first use."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        parts = unicodedata.normalize("NFKD", char)
        plain = code
        if char in _APOSTROPHES:
            plain = ord("'")
        elif parts[0].isascii() and all(unicodedata.combining(part) for part in parts[1:]):
            plain = ord(parts[0].lower())
        elif unicodedata.category(char)[0] in "PSZ":
            plain = ord(".") if parts[0] != " " else ord(" ")
        self[code] = plain
        return plain


_PLAIN = _Plain()


def folded(text: str) -> Folded:
    """``text`` in lower case, without accents, width, styles and invisible characters, with its offsets.

    Chats hold curly quotes, accents and emoji in nearly every text: these are written one for one, and only
    what is left (other scripts, loose marks, invisible characters) takes the slow way.
    """
    if text.isascii():
        return Folded(text.lower())
    plain = _AFTER_SYMBOL.sub(".", text.translate(_PLAIN))
    if plain.isascii():
        return Folded(plain)
    form = fold(text)
    return Folded(form.text.translate(_PLAIN), form.starts, form.ends)


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are compared."""
    return tuple(_WORD.findall(folded(text).text.replace("'", "")))


def key(kind: Kind, value: str) -> str:
    """What two spellings of one value have in common."""
    if kind in WORDY:
        return " ".join(words_of(value))
    return " ".join(folded(value).text.split())


def is_same_value(kind: Kind, one: str, other: str, today: date) -> bool:
    """Whether two texts of ``kind`` are one value in two notations."""
    return are_same(kind, form_of(kind, one, today), form_of(kind, other, today))


def form_of(kind: Kind, value: str, today: date) -> Form:
    """What the notations of ``value`` have in common."""
    plain = key(kind, value)
    if kind is Kind.PHONE:
        return Form(plain, phone_digits(respell(fold(value)).text))
    if kind is Kind.STREET_ADDRESS:
        return Form(plain, keys(value))
    if kind in _BY_VALUE:
        told = normalise(kind, value, reference=today)
        return Form(plain, (told.codes, told.low, told.high) if told else None)
    return Form(plain, None if kind in WORDY else _signs(value))


def are_same(kind: Kind, one: Form, other: Form) -> bool:
    """Whether two forms are of one value."""
    if one.plain == other.plain:
        return True
    if kind is Kind.PHONE:
        shorter, longer = sorted((str(one.value), str(other.value)), key=len)
        return len(shorter) >= LOCAL_PHONE_DIGITS and longer.endswith(shorter)
    return one.value is not None and one.value == other.value


def _signs(text: str) -> str:
    told = respell(fold(text)).text
    return "".join(_WORD.findall(_SPELLED_SIGN.sub(" ", told)))


def holds_words(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether ``part`` stands in ``whole`` as words in a row."""
    return bool(part) and any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def careful(kind: Kind, written: str, text: str) -> str:
    """A value as one would write it with care: a capital where a chat leaves it out or shouts."""
    if kind not in WORDY:
        return written
    is_shouted = written.isupper() and (
        (kind in (Kind.NAME, Kind.PET) and len(written) > 2) or not any(map(str.islower, text))
    )
    if not (written.islower() or is_shouted):
        return written
    return "".join(_capitals(written))


def _capitals(written: str) -> Iterator[str]:
    before = " "
    for char in written.lower():
        opens = not before.isalnum() and before not in _APOSTROPHES
        yield char.upper() if opens and len(char.upper()) == 1 else char
        before = char


def in_case_of(written: str, real: str, stand_in: str) -> str:
    """``stand_in`` as the user wrote ``real`` here: small, in capitals, or as it is kept."""
    if written == real:
        return stand_in
    if written.islower():
        return stand_in.lower()
    if real.islower() and written == " ".join(word.capitalize() for word in real.split()):
        return " ".join(word.capitalize() for word in stand_in.split())
    letters = sum(map(str.isalpha, written))
    if written.isupper() and letters > 1:
        return stand_in.upper()
    return stand_in
