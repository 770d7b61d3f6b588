"""How old the author is or was: the number alone, with a birth month where it is told by one."""

from __future__ import annotations

from collections.abc import Iterator

from discretion.guard._assertion import author_is, hit, is_denied, opening
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard._words import Words, number_at
from discretion.knowledge._gazetteer import cues
from discretion.records import Kind

YOUNGEST, OLDEST = 10, 104
# A number before one of these counts or measures something; it is nobody's age.
_UNITS = cues("age", "units")
_YEARS = cues("age", "years")
_AFTER_AGE = cues("age", "after_age")
_TURNS = cues("age", "turns")


@detector("age", {Kind.AGE}, Scope.LANGUAGE)
def age(view: View) -> Iterator[Hit]:
    """Ages after "i am", "i turned", "at", in "34 years old", and alone as an answer."""
    words = view.words
    if not any(key[0].isdigit() or number_at(words, i) for i, key in enumerate(words.keys)):
        return
    seen: set[int] = set()
    for at, run, confidence, evidence in _ages(view, words):
        if at not in seen:
            seen.add(at)
            yield hit(view, Kind.AGE, run, confidence, "a number said of the author as their age", evidence)


def _ages(view: View, words: Words) -> Iterator[tuple[int, tuple[int, int], float, float]]:
    keys, items = words.keys, words.words
    for complement in author_is(view):
        i = complement.at
        while keys[i] in _TURNS and i + 1 < len(keys):
            i += 1
        if run := _age_run(words, i):
            yield i, run, 0.9, 0.6 if complement.is_plain else 0.4
    for i, key in enumerate(keys):
        follows = i > 0 and not items[i].gap and not items[i].opens
        before = keys[i - 1] if follows else ""
        run = _age_run(words, i)
        if run is None:
            if key[-2:] in ("th", "st", "nd", "rd") and before == "my" and key[:-2].isdigit():
                if words.key(i + 1) not in (
                    "floor",
                    "time",
                    "year",
                    "grade",
                    "street",
                    "century",
                    "birthday",
                ):
                    yield i, (i, i + 1), 0.7, 0.5
                elif words.key(i + 1) == "birthday":
                    yield i, (i, i + 1), 0.8, 0.5
            continue
        after = words.key(run[1])
        told = words.key(i - 2) if i > 1 else ""
        if before in ("turned", "turn", "turning", "aged", "hit") and told in (
            "i",
            "im",
            "ill",
            "just",
            "me",
            "will",
            "and",
        ):
            yield i, run, 0.85, 0.5
        elif before == "at" and (
            words.opens(run[1]) or items[run[1]].gap == "," or after in ("i", "and", "you", "with")
        ):
            if (
                not items[i].gap
                and after not in ("pm", "am")
                and _is_plain_number(keys[i])
                and _mentions_author(words, i)
            ):
                yield i, run, 0.6, 0.4
        elif after in _YEARS and words.key(run[1] + 1) == "old" and _is_of_author(words, i, run[1] + 2):
            yield i, run, 0.7, 0.4
        elif before in ("age", "aged") and items[i].gap in ("", ":"):
            yield i, run, 0.7, 0.3
        elif before == "be" and words.key(i - 2) in ("will", "ill", "to") and _mentions_author(words, i):
            yield i, run, 0.7, 0.4
        elif before == "my" and words.opens(run[1]):
            yield i, run, 0.4, 0.2
    for i in opening(words):
        run = _age_run(words, i)
        if run and YOUNGEST < _value(words, i) < 95 and not items[i].gap.endswith(("#", "-")):
            after = words.key(run[1])
            comma = run[1] < len(items) and items[run[1]].gap == ","
            if (
                (comma and after not in ("000",))
                or after
                in (
                    "now",
                    "already",
                    "and",
                    "this",
                    "but",
                    "na",
                    "btw",
                )
            ) and (i == 0 or comma or after in ("now", "already")):
                yield i, run, 0.5, 0.3


def _value(words: Words, i: int) -> int:
    found = number_at(words, i)
    return found[0] if found else 0


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
    if not YOUNGEST <= value <= OLDEST or (i and words.words[i].gap.endswith(("$", "£", "€", "#", "."))):
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


def _is_plain_number(key: str) -> bool:
    return not key.isdigit() or len(key) == 2


def _mentions_author(words: Words, i: int) -> bool:
    return any(key in ("i", "im", "my", "me", "ive") for key in words.keys[max(0, i - 6) : i + 8])


def _is_of_author(words: Words, i: int, end: int) -> bool:
    before = words.keys[max(0, i - 3) : i]
    if any(key in ("im", "i", "am", "me", "being") for key in before):
        return True
    return words.words[i].opens and words.key(end) not in (
        "whisky",
        "whiskey",
        "bottle",
        "car",
        "truck",
        "house",
    )
