"""Other ages for the user who wants theirs replaced: an adult's stays an adult's, a minor's is never touched.

Ages are kept by default, since whoever reads the story must know who is of age in it. Where the user chose
otherwise, a stand-in has the same decade and says at least 21 years; who may be under 21 keeps the age as it
is; what cannot be read with certainty is left as it is. So no output is on the other side of 18.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from discretion.guard.stand_ins._alike import cased
from discretion.guard.stand_ins._number_words import in_words, ordinal_sign, value_of
from discretion.knowledge import normalise
from discretion.records import Kind
from discretion.text import fold

ADULT, SURE = 18, 21
"""Years: of age, and the least that a stand-in says."""
OLDEST = 120
VAGUE = 2
"""Years around a number that is said loosely ("34ish"), as the facts are read."""

_MONTHS = r"jan\w*|feb\w*|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*"
_AFTER = (
    r"(?P<after>(?:\s?(?:yo|y/o|y\.o\.?|yrs?|years?)(?:[\s-]?(?:old|of age|young))?|[\s-]years?[\s-]old"
    r"|\s?(?:[fm]|nb|ftm|mtf)|\s(?:and a half|now|already))?\.?)"
)
_BEFORE = (
    r"(?P<before>(?:(?:i'?m|i am|im|just|age|aged|turned|at|only|now|my|(?:the )?big)\s){0,3}"
    r"(?:[fm](?=\d))?)"
)
_LOOSE = (
    r"(?P<loose>(?:about|around|roughly|circa|approx\w*|almost|nearly|pushing|approaching|turning|turns?"
    r"|about to (?:be|turn|hit)|gonna be|will be|i'?ll be|be|over|past)\s)?"
)
_WORD = r"(?:[a-z]+(?:[\s-][a-z]+){0,4}?)"
_NUMBER = re.compile(
    rf"{_BEFORE}{_LOOSE}(?P<number>\d{{1,3}}(?!\d)|{_WORD})(?P<sign>st|nd|rd|th)?(?P<ish>\s?-?ish)?{_AFTER}"
    rf"(?P<soon>\s(?:in|this|next|on)\s(?:the\s)?(?:{_MONTHS}|week|month|\w+day)\b)?"
)
_PART = re.compile(
    r"(?P<before>(?:in\s)?(?:my\s)?)(?P<part>early|mid|middle|late)(?P<joint>[\s-])"
    r"(?P<decade>(?:[2-9]0'?s)|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
)
_YEAR = re.compile(
    r"(?P<before>(?:(?:i was )?(?:born|b\.)\s(?:(?:back )?in\s)?)?'?)(?P<year>(?:19|20)\d\d|\d\d)"
)
_BORN = re.compile(r"(?:\bborn|\byob:?|birth year:?|\bb\.)\W{0,3}(?:(?:back )?in)?\s{0,3}'?$")
_PARTS = ("early", "mid", "late")


@dataclass(frozen=True, slots=True)
class _Told:
    """What an age says: at least ``low``, at most ``high`` years; how another one is written in its place."""

    low: int
    high: int
    others: tuple[int, ...] = field(repr=False)
    write: Callable[[int], str] = field(repr=False)


def age_stand_in(words: str, today: date, random: Random, *, before: str | None = None) -> str | None:
    """Another age in the notation of ``words``, ``None`` where they are to be left as they are.

    ``before`` is what stands before them: after "born in" two figures are a year. Where it is not given,
    figures that as a year would be a young person's are left ("21" in 2026). The same ``random`` gives the
    same age. A real age that may be under 21, one that cannot be read, and one without another age in its
    decade give ``None``.
    """
    folded = fold(words)
    if folded.starts is not None or len(folded.text) != len(words):
        return None
    told = _read(folded.text, words, today, None if before is None else fold(before).text)
    if told is None or told.low < SURE or told.high > OLDEST or not told.others:
        return None
    made = told.write(random.choice(told.others))
    return None if crosses_18(Kind.AGE, words, made, today) else made


def crosses_18(kind: Kind, real: str, stand_in: str, today: date) -> bool:
    """Whether one of two ages or birth dates is under 18 where the other is of age, for all that can be read.

    For a stand-in that the user chose: what cannot be read beside what can counts as crossing, so that no
    minor is made an adult by a notation.
    """
    if kind not in {Kind.AGE, Kind.DATE_OF_BIRTH}:
        return False
    sides = [_side(kind, words, today) for words in (real, stand_in)]
    return sides[0] != sides[1]


def _side(kind: Kind, words: str, today: date) -> tuple[bool, bool] | None:
    """Whether somebody may be under 18, and may be of age; ``None`` where it is not told."""
    if kind is Kind.DATE_OF_BIRTH:
        from discretion.guard.stand_ins._birth_dates import ages_told

        ages = ages_told(words, today)
        return (min(ages) < ADULT, max(ages) >= ADULT) if ages else None
    value = normalise(kind, words, reference=today) or normalise(kind, f"born in {words}", reference=today)
    if value is None or (value.low is None and value.high is None):
        return None
    low = value.low if value.low is not None else 0
    high = value.high if value.high is not None else OLDEST
    return low < ADULT, high >= ADULT


def _read(text: str, words: str, today: date, before: str | None) -> _Told | None:
    if match := _PART.fullmatch(text):
        return _part(match, words)
    if match := _YEAR.fullmatch(text):
        is_year = len(match["year"]) == 4 or match["before"] or _BORN.search(before or "")
        if is_year or match["year"][0] == "0":
            return _year(match, words, today)
    if match := _NUMBER.fullmatch(text):
        return _number(match, words, today, is_anywhere=before is None)
    return None


def _number(match: re.Match[str], words: str, today: date, *, is_anywhere: bool) -> _Told | None:
    said = match["number"]
    years = int(said) if said.isdecimal() else value_of(said)
    if years is None or (match["after"] and match["sign"]):
        return None
    early = VAGUE if match["ish"] or match["loose"] else 0
    early = max(early, 1) if match["sign"] or match["soon"] else early
    is_bare = said.isdecimal() and len(said) == 2 and said == words.strip() and is_anywhere
    others = tuple(
        other
        for other in _decade(years)
        if other != years and other - early >= SURE and not (is_bare and _is_young_as_year(other, today))
    )
    if is_bare and _is_young_as_year(years, today):
        return None
    at = match.span("number")

    def write(other: int) -> str:
        new = str(other) if said.isdecimal() else _cased_words(_like(other, said), words[at[0] : at[1]])
        sign = ""
        if match["sign"]:
            sign = cased(ordinal_sign(other), match["sign"])
        end = match.end("sign") if match["sign"] else at[1]
        return words[: at[0]] + new + sign + words[end:]

    return _Told(years - early, years + early, others, write)


def _is_young_as_year(number: int, today: date) -> bool:
    """Whether two figures, were they taken for a year of birth, may be a young person's."""
    return any(0 <= today.year - year <= SURE for year in (1900 + number, 2000 + number))


def _like(number: int, said: str) -> str:
    joint = "-" if "-" in said else " " if " " in said else "-"
    words = in_words(number, joint)
    return "one" + words[1:] if said.startswith("one") and words.startswith("a ") else words


def _cased_words(new: str, like: str) -> str:
    """Number words in capitals as those in ``like``: "Thirty-Four" has two."""
    if like.istitle():
        return new.title()
    return cased(new, like)


def _part(match: re.Match[str], words: str) -> _Told | None:
    """A part of a decade becomes another part of it."""
    decade = match["decade"]
    parts = {"early": (0, 4), "mid": (3, 7), "middle": (3, 7), "late": (6, 9)}
    tens = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    first = int(decade[0]) * 10 if decade[0].isdigit() else 10 * (tens.index(decade) + 2)
    low, high = parts[match["part"]]
    others = tuple(
        index
        for index, part in enumerate(_PARTS)
        if part != match["part"].replace("middle", "mid") and first + parts[part][0] >= SURE
    )
    at = match.span("part")
    return _Told(
        first + low,
        first + high,
        others,
        lambda index: words[: at[0]] + cased(_PARTS[index], words[at[0] : at[1]]) + words[at[1] :],
    )


def _year(match: re.Match[str], words: str, today: date) -> _Told | None:
    """A year of birth: told in one, somebody is of two ages; both stay in the decade of the later."""
    figures = match["year"]
    year = int(figures) if len(figures) == 4 else _full(int(figures), today)
    if year is None:
        return None
    age = today.year - year
    others = [today.year - other for other in _decade(age) if other != age and other - 1 >= SURE]
    others = [other for other in others if len(figures) == 4 or _full(other % 100, today) == other]
    at = match.span("year")
    return _Told(
        age - 1,
        age,
        tuple(others),
        lambda other: words[: at[0]] + str(other)[-len(figures) :] + words[at[1] :],
    )


def _full(figures: int, today: date) -> int | None:
    """The one year with these last two figures in which somebody up to a hundred years old was born."""
    years = [year for year in (1900 + figures, 2000 + figures) if 0 <= today.year - year <= 100]
    return years[0] if len(years) == 1 else None


def _decade(age: int) -> range:
    first = age - age % 10
    return range(first, min(first + 9, OLDEST) + 1)
