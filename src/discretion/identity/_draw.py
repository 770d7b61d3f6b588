"""Drawing a persona: every value from `secrets`, again and again until nothing overlaps."""

from __future__ import annotations

import calendar
import math
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TypeVar

from discretion.identity import _cities, _names
from discretion.identity._data import table
from discretion.identity._errors import NothingLeft
from discretion.identity._overlap import Taken
from discretion.identity._persona import ADULT, OLDEST, Persona
from discretion.identity._words import words_of

TRIES = 3_000
"""Draws of one value before it is said that nothing is left."""
_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asks of a new persona; the rest is drawn."""

    name: str
    platform: str
    is_everyday: bool
    locale: str
    gender: str
    has_birthday: bool


def draw(wish: Wish, taken: Taken, today: date) -> Persona:
    """A persona of which nothing overlaps. Raises ``NothingLeft``."""
    year, given, family = _name(wish.gender, taken, today)
    town = _first_free(
        lambda: secrets.choice(_cities.towns(wish.locale)),
        lambda one: not taken.why_not_city(one.id, one.name),
        "town: your own facts and your other personas leave none",
    )
    own_words = words_of(f"{given} {family} {town.name}")
    handle = _first_free(new_handle, _is_free_handle(taken, own_words, year), "handle")
    email_local = _first_free(
        new_email_local,
        lambda one: _is_free_handle(taken, (*own_words, *_letters(handle)), year)(one),
        "address",
    )
    return Persona(
        name=wish.name,
        platform=wish.platform,
        is_everyday=wish.is_everyday,
        made_at=datetime.now(UTC).replace(microsecond=0),
        locale=wish.locale,
        gender=wish.gender,
        given_name=given,
        family_name=family,
        handle=handle,
        birth_year=year,
        city=town.name,
        city_id=town.id,
        region=_cities.region_name(town),
        email_local=email_local,
        birthday=_birthday(year, taken) if wish.has_birthday else "",
        answers=new_answers(taken, own_words),
    )


def _name(gender: str, taken: Taken, today: date) -> tuple[int, str, str]:
    """Birth year, first and family name: the year first, since first names go with it."""

    def one() -> tuple[int, str, str]:
        year = today.year - ADULT - 1 - secrets.randbelow(OLDEST - ADULT)
        firsts = _names.given_names(gender, year)
        if not firsts or taken.why_not_year(year):
            return year, "", ""
        first = secrets.choice(firsts)
        family = secrets.choice(_names.family_names())
        if family[0] not in _names.fitting(first, (family,)):
            return year, "", ""
        return year, first[0].capitalize(), family[0].capitalize()

    return _first_free(
        one,
        lambda found: bool(found[1]) and not taken.why_not_name(found[1], found[2]),
        "name and birth year",
    )


def new_handle() -> str:
    """Two words and two digits."""
    lists = table("handles")
    first, second = secrets.choice(lists["first"].split()), secrets.choice(lists["second"].split())
    return f"{first}{second}{10 + secrets.randbelow(90)}"


def new_email_local() -> str:
    """The part of an address before the @, unlike the handle, so that neither leads to the other."""
    lists = table("handles")
    first, second = secrets.choice(lists["second"].split()), secrets.choice(lists["second"].split())
    return f"{first}.{second}{100 + secrets.randbelow(900)}"


def new_answers(taken: Taken, own_words: Sequence[str]) -> dict[str, str]:
    """An answer to each question of data/answers.toml."""
    answers: dict[str, str] = {}
    for question in table("answers"):
        used = {*own_words, *words_of(" ".join(answers.values()))}
        answers[question] = new_answer(question, taken, used)
    return answers


def new_answer(question: str, taken: Taken, used: Iterable[str] = ()) -> str:
    """An answer to one question; ``used`` are words that it must not hold either."""
    parts, avoided = table("answers")[question]["parts"], set(used)
    return _first_free(
        lambda: "".join(_part(sign) for sign in parts),
        lambda text: not taken.why_not_word(text) and not avoided & set(words_of(text)),
        "security answer",
    )


def answer_bits(question: str) -> float:
    """How many bits a guesser who knows our lists has to guess for an answer, overlaps left aside."""
    sizes = {"F": len(_names.answer_names()), "W": len(answer_words())}
    return sum(math.log2(sizes[sign]) for sign in table("answers")[question]["parts"] if sign in sizes)


@cache
def answer_words() -> tuple[str, ...]:
    """The words of the BIP-39 list that may stand in an answer."""
    from mnemonic import Mnemonic

    left_out = set(table("handles")["left_out"].split())
    return tuple(word for word in Mnemonic("english").wordlist if word not in left_out)


def _part(sign: str) -> str:
    if sign == "F":
        return secrets.choice(_names.answer_names())
    return secrets.choice(answer_words()) if sign == "W" else sign


def _birthday(year: int, taken: Taken) -> str:
    days = [
        f"{month:02}-{day:02}"
        for month in range(1, 13)
        for day in range(1, calendar.monthrange(year, month)[1] + 1)
    ]
    return _first_free(lambda: secrets.choice(days), lambda one: not taken.why_not_birthday(one), "birthday")


def _is_free_handle(taken: Taken, own_words: Iterable[str], year: int) -> Callable[[str], bool]:
    words = tuple(own_words)
    return lambda handle: not taken.why_not_handle(handle, words, year)


def _letters(handle: str) -> tuple[str, ...]:
    """The words of a handle that we made."""
    lists = table("handles")
    plain = handle.rstrip("0123456789")
    return tuple(
        word
        for word in (*lists["first"].split(), *lists["second"].split())
        if len(word) > 3 and word in plain
    )


def _first_free(draw_one: Callable[[], _One], is_free: Callable[[_One], bool], what: str) -> _One:
    for _ in range(TRIES):
        one = draw_one()
        if is_free(one):
            return one
    raise NothingLeft(
        f"no {what} was found that stays clear of your own facts and your other personas; "
        "take another --locale or --gender, or remove a persona that you no longer use"
    )
