"""Stand-ins for registration marks and vehicles' numbers: others of the same form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from random import Random

from discretion.guard.detectors._data import lines, sections
from discretion.guard.detectors.vehicle_plate import is_vin
from discretion.guard.stand_ins._alike import cased, drawn, same_shape
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.records import Kind

_TOKEN = re.compile(r"x-ray|[^\W_]+", re.IGNORECASE)
_VIN = re.compile(r"[A-HJ-NPR-Z\d]{17}", re.IGNORECASE | re.ASCII)
_CHECK_AT = 8
_NO_VIN = frozenset("IOQ")


@offers(Kind.VEHICLE_PLATE)
def vehicle_plate(asked: Asked) -> Iterator[str]:
    """Marks of the form that the user's has, every letter and figure another; spelled where it is spelled."""
    words, random = asked.words, asked.random
    spelled = _spelled(words)
    real = spelled or _plain(words)
    for pair in asked.known:
        stand_in = _spelled(pair.stand_in) or _plain(pair.stand_in)
        if (
            pair.is_active
            and (_spelled(pair.real) or _plain(pair.real)) == real
            and len(stand_in) == len(real)
        ):
            yield _spell(stand_in, words) if spelled else _put(stand_in, words)
    if spelled:
        yield from drawn(lambda: _spell(same_shape(real, random), words))
    elif _VIN.fullmatch(words) and is_vin(words):
        yield from drawn(lambda: _vin(words, random))
    else:
        yield from drawn(lambda: _mark(words, random))


def _plain(words: str) -> str:
    return "".join(c for c in words.upper() if c.isalnum())


def _put(plain: str, words: str) -> str:
    """The letters and figures ``plain`` with the blanks, hyphens and small letters of ``words``."""
    left = iter(plain)
    made = "".join(next(left) if c.isalnum() else c for c in words)
    return made.lower() if words.islower() else made


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(line.split("\t")[1]) for line in lines("plates.tsv"))


def _mark(words: str, random: Random) -> str | None:
    """Another mark of a form that fits the user's; of consonants, so that none is a word."""
    made = same_shape(words, random)
    fitting = [form for form in _forms() if form.fullmatch(words)]
    strict = [form for form in fitting if form.fullmatch(made)]
    return made if made != words and (strict or not fitting) else None


def _vin(words: str, random: Random) -> str | None:
    """Another vehicle's number with a right check digit (49 CFR 565.15), its maker's letters drawn anew."""
    made = same_shape(words, random)
    made = "".join("X" if c.upper() in _NO_VIN else c for c in made)
    for check in "0123456789X":
        whole = made[:_CHECK_AT] + check + made[_CHECK_AT + 1 :]
        if is_vin(whole):
            return whole.lower() if words.islower() else whole
    return None


@cache
def _alphabet() -> tuple[dict[str, str], dict[str, str]]:
    """The first word of the spelling alphabet for each letter, and the words for figures."""
    letters: dict[str, str] = {}
    for word in sections("spelling_alphabet.txt")["letter"]:
        letters.setdefault(word[0].upper(), word)
    names = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return letters, {name: str(value) for value, name in enumerate(names)} | {"niner": "9", "oh": "0"}


def _spelled(words: str) -> str:
    """The mark that is spelled in the spelling alphabet, else empty."""
    known, figures = sections("spelling_alphabet.txt")["letter"], _alphabet()[1]
    plain, letters = "", 0
    for word in _TOKEN.findall(words.lower()):
        if word in known:
            plain, letters = plain + word[0].upper(), letters + 1
        elif word in figures or word.isdecimal():
            plain += figures.get(word, word)
        else:
            return ""
    return plain if letters > 1 else ""


def _spell(plain: str, words: str) -> str:
    """``plain`` word by word in the places and the capitals of ``words``."""
    letters, figures = _alphabet()
    names = {value: name for name, value in reversed(figures.items())}
    left = iter(plain)

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word.isdecimal():
            return "".join(next(left) for _ in word)
        sign = next(left)
        return cased(names[sign] if sign.isdecimal() else letters.get(sign, sign.lower()), word)

    return _TOKEN.sub(other, words)
