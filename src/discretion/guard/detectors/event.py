"""Dated events of the author's life: a wedding, a court date, a flight, told with its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discretion.guard._assertion import hit, may_be_told, people, speaker_of
from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._times import CLOCK, MONTH, WEEKDAY, YEARS, day
from discretion.guard._view import View
from discretion.guard._words import Words
from discretion.guard._written import of_life
from discretion.knowledge.gazetteer import cues
from discretion.records import Kind

_REACH = 5
_AFTER_DAY = cues("event", "after_day")
# Short days that are also words: "i sat", "the sun", "wed".
_SHORT_DAYS = frozenset(("sat", "sun", "wed", "mon"))
_REGULAR = cues("event", "regular")
# Occasions that stand for themselves: with a weekday or "tomorrow" they are an event.
_WEAK = cues("event", "weak")


@cache
def _loose() -> re.Pattern[str]:
    """A day that needs an occasion beside it."""
    return re.compile(
        rf"(?<![\w-])(?:(?:on |this |next |last |coming |by )?(?:{WEEKDAY})(?!s)\b(?: (?:at|week|morning|"
        f"night|afternoon)(?: {CLOCK})?)?"
        rf"|(?:next|last|this) (?:week(?:end)?|month|year|summer|winter|spring|autumn|fall|{MONTH})\b"
        rf"|(?:in|since|of|by|come|early|late|mid) (?:{MONTH})\b(?: {YEARS})?|(?:in|since|of|summer of|"
        f"spring of) {YEARS}"
        r"|tomorrow\b|tmrw\b|(?:two|three|four|five|six|\d) (?:weeks|days|months|years) (?:ago|from now|"
        "today))"
    )


@detector("event", {Kind.EVENT}, Scope.LANGUAGE)
@of_life
def event(view: View) -> Iterator[Hit]:
    """Occasions beside a date, calendar days in clauses about the author, feast days of an event."""
    words = view.words
    text = words.text
    occasions = words.runs("occasion")
    has_day = bool(words.tagged.get("month")) or " the " in text or "the" in words.keys
    if (not occasions and not has_day) or not may_be_told(view):
        return
    others = people(view)
    taken: list[tuple[int, int]] = []
    if has_day:
        for match in day().finditer(text):
            i, j = words.at(match.start()), words.at(match.end())
            if i >= j or _is_birth(words, i) or _is_number_of_things(words, i, j):
                continue
            near = _occasion_near(words, occasions, i, j)
            has_month = any(words.run_at(k, "month") for k in range(i, j))
            if not near and not has_month and words.key(i - 1) != "on":
                continue
            start, end = _joined(words, near, i, j)
            if not near and not _is_told(words, i, j):
                continue
            taken.append((start, end))
            yield hit(view, Kind.EVENT, (start, end), 0.8 if near else 0.6, "a dated event", 0.6)
    feasts = words.runs("feast")
    if occasions and (feasts or _loose().search(text)):
        days = [(words.at(m.start()), words.at(m.end())) for m in _loose().finditer(text)] + list(feasts)
        for i, j in sorted(days):
            if i >= j or any(i < b and a < j for a, b in taken):
                continue
            if (
                j - i == 1
                and words.keys[i] in _SHORT_DAYS
                and words.key(i - 1) not in ("on", "this", "next", "last")
            ):
                continue
            near = _occasion_near(words, occasions, i, j)
            if not near or any(k in _REGULAR for k in words.keys[max(0, i - 2) : j]):
                continue
            start, end = _joined(words, near, i, j)
            calendar = any(
                words.run_at(k, "month", "feast") or (len(words.keys[k]) == 4 and words.keys[k].isdigit())
                for k in range(i, j)
            )
            weak = words.keys[near[0]] in _WEAK
            if weak and not (calendar and speaker_of(words, start, others) == "self"):
                continue
            taken.append((start, end))
            yield hit(
                view,
                Kind.EVENT,
                (start, end),
                0.5 if weak else (0.77 if calendar else 0.68),
                "an occasion with its day",
                0.45,
            )


def _is_told(words: Words, i: int, j: int) -> bool:
    """Whether a day without its occasion is part of what is told, not a stamp with a year and a time."""
    return not (words.key(j).isdigit() and len(words.key(j)) == 4)


def _occasion_near(words: Words, occasions: list[tuple[int, int]], i: int, j: int) -> tuple[int, int] | None:
    best: tuple[int, tuple[int, int]] | None = None
    for a, b in occasions:
        if a < j and i < b:
            continue
        gap = i - b if b <= i else a - j
        between = range(min(b, j), max(a, i) + 1) if gap >= 0 else range(0)
        if gap > _REACH or any(k < len(words.words) and words.words[k].opens for k in between):
            continue
        if best is None or gap < best[0]:
            best = gap, (a, b)
    return best[1] if best else None


def _is_birth(words: Words, i: int) -> bool:
    return any(key in ("born", "birthday", "bday", "dob", "birth") for key in words.keys[max(0, i - 4) : i])


def _joined(words: Words, near: tuple[int, int] | None, i: int, j: int) -> tuple[int, int]:
    """The occasion and its day as one run where hardly a word parts them, else the day alone."""
    if near is None:
        return i, j
    a, b = (near[1], i) if near[1] <= i else (j, near[0])
    between = words.words[a:b]
    if len(between) > 2 or any(w.capital or w.key.isdigit() or w.gap for w in between):
        return i, j
    return min(i, near[0]), max(j, near[1])


def _is_number_of_things(words: Words, i: int, j: int) -> bool:
    """Whether an ordinal counts things ("the third level"), which only a day without its month can."""
    if j >= len(words.words) or words.words[j].gap or words.words[j].opens:
        return False
    if any(words.run_at(k, "month") for k in range(i, j)):
        return False
    return words.keys[j] not in _AFTER_DAY
