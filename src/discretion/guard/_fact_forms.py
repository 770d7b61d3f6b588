"""Own facts made of words: the word sequences in which a name, a street, an employer may be written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from discretion.knowledge.gazetteer import ordinary_words
from discretion.records import Kind
from discretion.text import fold, unaccented

PROPER_NAMES = frozenset({Kind.NAME, Kind.PET, Kind.LOCATION})
"""Kinds whose value is a name: where it is an everyday word too, it must stand as a name."""

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Form:
    """Words in a row that stand for a fact; ``needs_cue`` where they are everyday words as well."""

    words: tuple[str, ...]
    kind: Kind
    confidence: float
    reason: str
    needs_cue: bool = False
    is_nickname: bool = False


def key(word: str) -> str:
    """A folded word as both sides are compared: no accents, no apostrophes, street words in one spelling."""
    plain = unaccented(word).replace("'", "")
    return _street_words().get(plain, plain)


def keys(text: str) -> tuple[str, ...]:
    """The words of a value as they are compared."""
    return tuple(key(word) for word in WORD.findall(fold(text).text))


def forms(kind: Kind, value: str) -> Iterator[Form]:
    """Every word sequence that stands for ``value``, the surest first."""
    words = keys(value)
    if not words:
        return
    if kind is Kind.NAME:
        yield from _name_forms(words)
    elif kind is Kind.STREET_ADDRESS:
        yield from _street_forms(value)
    elif kind in (Kind.WORKPLACE, Kind.EDUCATION):
        yield from _organisation_forms(kind, keys(value.replace("&", " and ")))
    elif len(words) > 1 or len(words[0]) >= 4:
        needs_cue = kind in PROPER_NAMES and len(words) == 1 and is_everyday(words[0])
        yield Form(words, kind, 0.95, "equals one of your own facts", needs_cue)


@cache
def lists() -> dict[str, Any]:
    """The word lists beside this module."""
    return tomllib.loads(files("discretion.guard").joinpath("data/fact_words.toml").read_text("utf-8"))


@cache
def _street_words() -> dict[str, str]:
    return {long: short for short, longs in lists()["street"].items() for long in longs}


@cache
def nicknames() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Short forms by name, and names by short form."""
    short: dict[str, set[str]] = {}
    full: dict[str, set[str]] = {}
    raw = files("discretion.guard").joinpath("data/nicknames.tsv").read_text("utf-8")
    for line in raw.splitlines():
        if line and not line.startswith("#"):
            name, nicks = line.split("\t")
            short.setdefault(name, set()).update(nicks.split())
            for nick in nicks.split():
                full.setdefault(nick, set()).add(name)
    return short, full


def is_everyday(word: str) -> bool:
    """Whether a name is also an ordinary word, or too short to be told from one."""
    return len(word) < 3 or word in ordinary_words()


def _name_forms(words: tuple[str, ...]) -> Iterator[Form]:
    names = lists()["name"]
    words = tuple(word for word in words if word not in names["titles"]) or words
    exact, near, nick = "your own name", "part of your own name", "short form of your own name"
    given, family = words[0], words[-1]
    if len(words) == 1:
        yield Form(words, Kind.NAME, 1.0, exact, is_everyday(given))
    else:
        yield Form(words, Kind.NAME, 1.0, exact)
        yield Form(("".join(words),), Kind.NAME, 0.95, exact)
        yield Form((given, family), Kind.NAME, 0.95, near)
        yield Form((family, given), Kind.NAME, 0.9, near)
        for word in words:
            if word not in names["particles"] and len(word) > 1:
                yield Form((word,), Kind.NAME, 0.95, near, is_everyday(word))
    short, full = nicknames()
    for other, confidence in (
        *((name, 0.9) for name in sorted(short.get(given, ()))),
        *((name, 0.85) for name in sorted(full.get(given, ()))),
    ):
        if len(words) > 1:
            yield Form((other, family), Kind.NAME, 0.95, nick, is_nickname=True)
        yield Form((other,), Kind.NAME, confidence, nick, is_everyday(other), is_nickname=True)


def _street_forms(value: str) -> Iterator[Form]:
    exact, near = "your own street address", "part of your own street address"
    segments = [keys(segment) for segment in value.split(",")]
    segments = [segment for segment in segments if segment]
    whole = tuple(word for segment in segments for word in segment)
    yield Form(whole, Kind.STREET_ADDRESS, 1.0, exact)
    for segment in segments:
        # A postal code: neighbouring words with digits, five signs and more.
        for first in range(len(segment)):
            run = tuple(segment[first : first + 2])
            if all(_DIGIT.search(word) for word in run) and len("".join(run)) >= 5 and len(run) == 2:
                yield Form(run, Kind.STREET_ADDRESS, 0.95, near)
        if len(segment) > 1 and len(segment[-1]) >= 5 and segment[-1].isdigit():
            yield Form(segment[-1:], Kind.STREET_ADDRESS, 0.9, near)
    line = next((s for s in segments if any(_DIGIT.search(w) for w in s) and len(s) > 1), whole)
    numbers = [word for word in line if _DIGIT.match(word)]
    street = _street_name(line)
    if not street:
        return
    for number in numbers[:1]:
        yield Form((number, *street), Kind.STREET_ADDRESS, 1.0, exact)
        yield Form((*street, number), Kind.STREET_ADDRESS, 1.0, exact)
        if len(street) > 1:
            yield Form((number, *street[:-1]), Kind.STREET_ADDRESS, 0.9, near)
            yield Form((*street[:-1], number), Kind.STREET_ADDRESS, 0.9, near)
    if len(street) > 1:
        yield Form(street, Kind.LOCATION, 0.95, "your own street")
    elif not is_everyday(street[0]) and len(street[0]) >= 6:
        yield Form(street, Kind.LOCATION, 0.9, "your own street")


def _street_name(line: tuple[str, ...]) -> tuple[str, ...]:
    """The words beside the house number, as far as the word for street."""
    kinds = lists()["street"]
    words = [word for word in line if not _DIGIT.match(word)]
    for at, word in enumerate(words):
        if at and word in kinds and len(word) > 1:
            return tuple(words[: at + 1])
    return tuple(words[:3])


def _organisation_forms(kind: Kind, words: tuple[str, ...]) -> Iterator[Form]:
    exact, near = f"your own {kind}", f"short form of your own {kind}"
    lists_of = lists()["organisation"]
    yield Form(words, kind, 1.0, exact)
    core = words[1:] if words[0] == "the" and len(words) > 1 else words
    shorter = _without_tail(core, lists_of["legal"])
    generic = _without_tail(shorter, [*lists_of["generic"], *lists_of["legal"]])
    for some, confidence in ((core, 1.0), (shorter, 0.95), (generic, 0.9)):
        for form in {some, tuple(word for word in some if word != "and")}:
            if len(form) > 1 or (form and len(form[0]) >= 4 and not is_everyday(form[0])):
                yield Form(form, kind, confidence, exact if some is core else near)


def _without_tail(words: tuple[str, ...], tails: Iterable[str]) -> tuple[str, ...]:
    while len(words) > 1 and words[-1] in tails:
        words = words[:-1]
    return words
