"""Introductions as a row of facts: "Keira, nurse, 29, Providence", "29f leeds", "accountant, 41"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from discretion.guard._view import View
from discretion.guard._words import Words, number_at
from discretion.knowledge.gazetteer import cues

_LONGEST = 16
_ADULT, _OLDEST = 18, 99
_SIGN = re.compile(r"[0-9]{2}[fm]")
_SPELT = re.compile(r"(?:^|[.!?\n] )\W*(?:[0-9]{2}[ /][fm]|[fm][ /][0-9]{2})(?!\w)")
_PARTS = frozenset((",", "/", "|", "-", "–", "—"))
# With one of these a sentence tells of somebody else, or of something that is not so.
_NO_PROFILE = cues("assertion", "no_profile")
_GREETS = frozenset(("hi", "hey", "hello", "yo", "ok", "so", "well", "hiya"))
_LEADS = frozenset(("im", "i", "am", "hi", "hey", "hello", "a", "an", "just", "also", "its", "here"))


class Profile(NamedTuple):
    """The parts ``[a, b)`` of one row of facts: its age and its trade, where it has one, and all others.

    ``is_plain`` says that the row opens with "im", or with a sign such as "29f".
    """

    age: tuple[int, int] | None
    trade: tuple[int, int] | None
    others: tuple[tuple[int, int], ...]
    is_plain: bool


def _profiles(view: View) -> tuple[Profile, ...]:
    words = view.words
    if not ("," in words.text or "/" in words.text or _SIGN.search(words.text) or _SPELT.search(words.text)):
        return ()
    starts = [i for i, word in enumerate(words.words) if word.opens]
    ends = [*starts[1:], len(words.words)] if starts else []
    read = (_profile(words, a, b) for a, b in zip(starts, ends, strict=True) if 1 < b - a <= _LONGEST)
    return tuple(profile for profile in read if profile)


def profiles(view: View) -> tuple[Profile, ...]:
    """The rows of facts in which the message introduces its author."""
    return view.once(_profiles)


def _profile(words: Words, a: int, b: int) -> Profile | None:
    keys, items = words.keys, words.words
    if not _NO_PROFILE.isdisjoint(keys[a:b]):
        return None
    close = items[b].gap if b < len(items) else words.text[items[b - 1].end :]
    if "?" in close:
        return None
    while a + 1 < b and keys[a] in _GREETS:
        a += 1
    spelt = a + 1 < b and _is_spelt(keys[a], keys[a + 1])
    signed = spelt or _SIGN.fullmatch(keys[a]) is not None
    is_plain = signed or keys[a] == "im" or keys[a : a + 2] == ("i", "am")
    cuts = [
        a,
        *(
            k
            for k in range(a + 1, b)
            if items[k].gap[:1] in _PARTS or (signed and k == a + 1) or (spelt and k == a + 2)
        ),
        b,
    ]
    parts = list(pairwise(cuts))
    if len(parts) < 2:
        return None
    age = next((part for part in parts if _is_age(words, *part)), None)
    trade = next((run for part in parts if (run := _trade(words, *part))), None)
    if not (age and (trade or is_plain)) and not (is_plain and trade and len(parts) > 2):
        return None
    return Profile(age, trade, tuple(part for part in parts if part != age), is_plain)


def _is_spelt(first: str, second: str) -> bool:
    """Whether two words are a sign in either order: "34 f", "f 34"."""
    number = second if first in ("f", "m") else first if second in ("f", "m") else ""
    return number.isdecimal() and len(number) == 2 and int(number) >= _ADULT


def _is_age(words: Words, i: int, j: int) -> bool:
    if _SIGN.fullmatch(words.keys[i]) and j == i + 1:
        return int(words.keys[i][:2]) >= _ADULT
    found = number_at(words, i)
    return found is not None and found[1] == j and _ADULT <= found[0] <= _OLDEST


def _trade(words: Words, i: int, j: int) -> tuple[int, int] | None:
    while i < j and words.keys[i] in _LEADS:
        i += 1
    end = words.run_at(i, "occupation") if i < j else None
    return (i, end) if end is not None and end <= j else None
