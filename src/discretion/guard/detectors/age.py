"""How old the author is or was: the number alone, with a birth month where it is told by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._assertion import (
    Complement,
    author_is,
    hit,
    is_denied,
    mentions_author,
    opening,
    people,
    speaker_of,
)
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._profiles import profiles
from discretion.guard._view import View
from discretion.guard._words import Words, number_at
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

# A sign without a blank beside the number makes it a price, a clock time or a decimal.
_GLUED = frozenset("$£€#.:,/")
YOUNGEST, OLDEST = 10, 104
# A number before one of these counts or measures something; it is nobody's age.
_UNITS = cues("age", "units")
_YEARS = cues("age", "years")
_AFTER_AGE = cues("age", "after_age")
_ORDINAL = ("th", "st", "nd", "rd")
_TURNED = cues("age", "turned")
_TURNERS = cues("age", "turners")
_AFTER_BIRTHDAY = cues("age", "after_birthday")
_AFTER_ANSWER = cues("age", "after_answer")
_TURNS = cues("age", "turns")
_OF_AGE = frozenset(("man", "woman", "guy", "girl", "lady", "lad", "lass", "bloke"))
_SELVES = frozenset(("i", "im", "as"))
_BORN_YEARS = re.compile(r"19[2-9]\d|20[01]\d|[3-9]\d|0\d")
_MONTHS = cues("age", "months")
_DECADES = cues("age", "decades")
_THIRD = cues("age", "third")
_AFTER_OLD = cues("age", "after_old")


@detector("age", {Kind.AGE}, Scope.LANGUAGE)
@of_life
def age(view: View) -> Iterator[Hit]:
    """Ages after "i am", "i turned", "at", in "34 years old", and alone as an answer."""
    words = view.words
    if not any(
        key[0].isdigit() or key in _DECADES or number_at(words, i) for i, key in enumerate(words.keys)
    ):
        return
    seen: set[int] = set()
    for at, run, confidence, evidence in _ages(view, words):
        if at not in seen:
            seen.add(at)
            yield hit(view, Kind.AGE, run, confidence, "a number said of the author as their age", evidence)


def _ages(view: View, words: Words) -> Iterator[tuple[int, tuple[int, int], float, float]]:
    keys = words.keys
    for complement in author_is(view):
        i = complement.at
        if _is_asked(words, i) or _is_length(words, complement):
            continue
        while keys[i] in _TURNS and i + 1 < len(keys):
            i += 1
        run = _age_run(words, i)
        if run and not (
            complement.is_past and (_value(words, i) < 18 or words.key(i - 3) in ("when", "since"))
        ):
            yield i, run, 0.9, 0.15
    for i in range(len(keys)):
        if keys[i] in _DECADES and "my" in keys[max(0, i - 2) : i] and not is_denied(words, i):
            yield i, (i, i + 1), 0.7, 0.3
        run = _age_run(words, i)
        if run is not None:
            if found := _said(words, i, run):
                yield i, run, *found
        elif keys[i][:-2].isdigit() and keys[i][-2:] in _ORDINAL and _is_birthday(words, i):
            yield i, (i, i + 1), 0.75, 0.4
    for i in range(1, len(keys)):
        if keys[i - 1] == "in" and words.key(i - 2) == "born" and _is_own_birth(view, i):
            yield i, (i, i + 1), 0.7, 0.6
    for profile in profiles(view):
        if profile.age:
            yield profile.age[0], profile.age, 0.7, 0.6 if profile.is_plain else 0.3
    for i in opening(words):
        run = _age_run(words, i)
        if run and YOUNGEST < _value(words, i) < 95 and _answers(words, i, run[1]):
            yield i, run, 0.5, 0.3


def _is_own_birth(view: View, i: int) -> bool:
    """Whether a year after "born in" is that of the author's birth: "i was born in 88", "Born in 1991,"."""
    words = view.words
    key = words.keys[i]
    if not (key.isdigit() and key.isascii() and _BORN_YEARS.fullmatch(key)) or is_denied(words, i):
        return False
    at = i - 2
    return words.words[at].opens or speaker_of(words, at, people(view)) == "self"


def _is_length(words: Words, complement: Complement) -> bool:
    """Whether years without "old" say how long: "been here 21 years", but "as a 34 year old"."""
    at = complement.at
    return not complement.is_plain and words.key(at + 1) in _YEARS and words.key(at + 2) != "old"


def _is_asked(words: Words, i: int) -> bool:
    """Whether the author asks the other person ("being 18?")."""
    j = i + 1
    while j < len(words.words) and not words.words[j].opens:
        j += 1
    end = words.words[j].gap if j < len(words.words) else words.text[words.words[-1].end :]
    return "?" in end and not mentions_author(words, i, j, 4)


def _is_birthday(words: Words, i: int) -> bool:
    """Whether an ordinal is called one's own and counts nothing: "my 40th", not "my 8th graders"."""
    if words.key(i - 1) != "my" or words.words[i].gap:
        return False
    return words.opens(i + 1) or bool(words.words[i + 1].gap) or words.key(i + 1) in _AFTER_BIRTHDAY


def _said(words: Words, i: int, run: tuple[int, int]) -> tuple[float, float] | None:
    """Confidence and evidence of the number at ``i`` by the words beside it: "turned", "at", "years old"."""
    items, after = words.words, words.key(run[1])
    near = i > 0 and not items[i].gap and not items[i].opens
    before, told = (words.key(i - 1), words.key(i - 2)) if near else ("", "")
    if before in _TURNED and (told in _TURNERS or items[i - 1].opens):
        return 0.85, 0.3
    ends = words.opens(run[1]) or items[run[1]].gap == "," or after in ("i", "and", "you", "with")
    if before == "at" and ends and _value(words, i) > 17 and _mentions_author(words, i):
        return 0.6, 0.2
    if after in _YEARS and words.key(run[1] + 1) == "old" and _is_of_author(words, i, run[1] + 2):
        return 0.7, 0.2
    if before == "of" and told in _OF_AGE and not _SELVES.isdisjoint(words.keys[max(0, i - 7) : i]):
        return 0.6, 0.2
    if (
        before == "at"
        and items[i - 1].opens
        and words.key(run[1]) not in _YEARS
        and ends
        and 17 < _value(words, i) < 95
    ):
        return 0.45, 0.2
    if before in ("age", "aged"):
        return (0.7, 0.15) if told not in _THIRD and not items[i - 1].gap else None
    if before == "be" and told in ("will", "ill", "to") and _mentions_author(words, i):
        return 0.7, 0.2
    return (0.4, 0.2) if before == "my" and words.opens(run[1]) else None


def _answers(words: Words, i: int, end: int) -> bool:
    """Whether a number at a sentence's start stands there as an answer: "34, no kids", "36 now"."""
    after = words.key(end)
    if after in ("now", "already") or words.keys[i][2:] in ("f", "m", "yo", "nb"):
        return True
    comma = end < len(words.words) and words.words[end].gap == "," and not after[0].isdigit()
    comma = comma and "." not in words.words[i].gap and words.key(i - 1) not in _MONTHS
    return comma or (i == 0 and not words.opens(end) and after in _AFTER_ANSWER)


def _value(words: Words, i: int) -> int:
    found = number_at(words, i)
    key = words.key(i)
    return found[0] if found else int(key[:2]) if key[:2].isdecimal() and key.isascii() else 0


def _age_run(words: Words, i: int) -> tuple[int, int] | None:
    if not 0 <= i < len(words.keys):
        return None
    number = number_at(words, i)
    end = 0
    if number is None:
        key = words.keys[i]
        # "34f", "28yo"
        if len(key) in (3, 4) and key[:2].isdigit() and key[2:] in ("f", "m", "yo", "ish", "nb"):
            number = int(key[:2]), i + 1
        else:
            return None
    value, end = number
    word = words.words[i]
    if word.key.isdigit() and not words.text[word.start : word.end].isdigit():
        return None  # a height: 5'4
    if (
        not YOUNGEST <= value <= OLDEST
        or words.text[words.words[i].start - 1 : words.words[i].start] in _GLUED
    ):
        return None
    if end < len(words.words) and words.text[words.words[end - 1].end : words.words[end].start] in _GLUED:
        return None
    if end < len(words.words) and not words.words[end].opens:
        following = words.words[end]
        if following.gap[:1] in ("%", "$", "£", "€", "/", ":", "-", "°", "+", "'"):
            return None
        if not following.gap and following.key not in _AFTER_AGE:
            if following.key in _UNITS or following.key.isdigit() or number_at(words, end):
                return None
            if following.key[-1:] == "s" and following.key not in ("yes", "yrs", "as", "is", "this"):
                return None
        if following.key in ("year", "years", "yrs", "yr") and not following.gap:
            nearest = words.key(end + 1)
            if (
                nearest in ("old", "young", "of")
                or words.opens(end + 1)
                or nearest in ("this", "and", "today")
            ):
                return None if nearest == "of" and words.key(end + 2) != "age" else (i, end)
            return None
    if is_denied(words, i, 2) and words.key(i - 1) != "not":
        return None
    return i, end


def _mentions_author(words: Words, i: int) -> bool:
    return any(key in ("i", "im", "my", "me", "ive") for key in words.keys[max(0, i - 6) : i + 8])


def _is_of_author(words: Words, i: int, end: int) -> bool:
    before = words.keys[max(0, i - 3) : i]
    if any(key in ("im", "i", "am", "me", "being") for key in before):
        return True
    if not words.words[i].opens:
        return False
    if words.opens(end) or words.words[end].gap or words.key(end) in _AFTER_OLD:
        return True
    return words.run_at(end, "occupation", "status", "faith") is not None
