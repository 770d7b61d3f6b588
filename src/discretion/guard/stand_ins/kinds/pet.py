"""Stand-ins for pets: a person's name for a person's name, a word for a word, titles stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from discretion.guard.stand_ins._alike import cased, sections
from discretion.guard.stand_ins._bearers import bearers_of, sex_told
from discretion.guard.stand_ins._places import about_as_long
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.guard.stand_ins._spelling import words_of
from discretion.guard.stand_ins.kinds.name import given_name
from discretion.knowledge.gazetteer import common_words, given_names, ordinary_words, plain
from discretion.records import Kind

_TITLED = re.compile(
    r"((?:the\s+)?(?:mr|mrs|ms|miss|mister|sir|lady|lord|dr|doctor|prof|professor|captain|capt|sgt|sergeant|king|queen"
    r"|prince|princess|herr|frau|monsieur|madame|señor|judge|duke|count|admiral|general|major|colonel|reverend|father|saint|st)\b\.?\s+)(.+)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"((?:the|an?|my|our)\s+)(.+)", re.IGNORECASE)


@offers(Kind.PET)
def pet(asked: Asked) -> Iterator[str]:
    """Names of animals of the same sort and as many words, those about as long first."""
    named = _TITLED.fullmatch(asked.words) or _ARTICLE.fullmatch(asked.words)
    head, bare = (named[1], named[2]) if named else ("", asked.words)
    parts = bare.split()
    if not words_of(bare):
        return
    seen: set[str] = set()
    for made in _names(asked, bare, len(parts)):
        name = made.lower() if bare.islower() else cased(made, bare)
        for one in (head + name, name):
            if one not in seen:
                seen.add(one)
                yield one


def _names(asked: Asked, bare: str, count: int) -> Iterator[str]:
    if count > 1:
        words = [word for word in _words() if len(word) < len(bare)]
        firsts = about_as_long(words, bare.split()[0], asked.random)
        lasts = about_as_long(words, bare.split()[-1], asked.random)
        yield from (f"{first} {last}" for first, last in zip(firsts, lasts, strict=False) if first != last)
        yield from firsts
        return
    words = about_as_long(_words(), bare, asked.random)
    if not _is_persons(bare):
        yield from chain(words, about_as_long(_persons("m") + _persons("f"), bare, asked.random))
        return
    sex = bearers_of(plain(bare)).likelier_sex
    sex = sex_told(asked.before, asked.after) if sex == "n" else sex
    people = chain.from_iterable(_persons(one) for one in ("m", "f") if sex in (one, "n"))
    yield from chain(
        about_as_long(people, bare, asked.random),
        given_name(replace(asked, words=bare, known=())),
        words,
    )


def _is_persons(bare: str) -> bool:
    low = plain(bare)
    return low in given_names() and low not in common_words()


@cache
def _words() -> tuple[str, ...]:
    told = sections("pet_names.txt")["word"]
    return tuple(word.capitalize() for word in told if word not in ordinary_words())


@cache
def _persons(sex: str) -> tuple[str, ...]:
    told = sections("pet_names.txt")[sex]
    return tuple(name.capitalize() for name in told if name not in ordinary_words())
