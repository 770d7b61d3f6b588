"""Requests for real-world help with a crime: an action, a real target or logistics, and a request.

A dark theme alone never counts, nor does being the victim of one. Sources of the families: the data file.
"""

from __future__ import annotations

import re
from functools import cache

from discretion.guard._view import Mark, View
from discretion.guard.limits._at_words import at_words
from discretion.guard.limits._cues import CrimeCue
from discretion.guard.limits._gate import parts_of
from discretion.guard.limits._words import entries, filled, grammar, table, words

ASKED, CERTAIN = 0.75, 1.0
"""Weights from which a request is asked about and from which it is held."""


@cache
def _cue(section: str) -> re.Pattern[str]:
    return re.compile(at_words(words(f"crime.{section}.words")))


@cache
def _families() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(at_words(filled(pattern) for pattern in patterns)))
        for name, patterns in table("crime")["families"].items()
    )


def read_crimes(view: View, tokens: frozenset[str]) -> tuple[CrimeCue, ...]:
    """Requests for help with a crime in one text; offsets in the text as given."""
    if not tokens & entries("gates.words.crime"):
        return ()
    text = view.folded.text
    if not view.once(_asks):
        return ()
    found = []
    for family, pattern in _families():
        for match in pattern.finditer(text):
            if cue := _weigh(view, text, family, match):
                found.append(cue)
    return tuple(sorted(found, key=lambda cue: -cue.weight))


def _weigh(view: View, text: str, family: str, match: re.Match[str]) -> CrimeCue | None:
    around = text[max(0, match.start() - 160) : match.end() + 140]
    near = text[max(0, match.start() - 70) : match.end() + 60]
    span = view.given(*match.span())
    if view.clause_at(span.start).mark in (Mark.ACTION, Mark.QUOTE):
        return None
    if _cue("protective").search(near):
        return None
    weight = 0.45
    if _cue("ask").search(near):
        weight += 0.3
    elif _cue("ask").search(around):
        weight += 0.15
    covert = bool(_cue("covert").search(around))
    if covert:
        weight += 0.25
    if grammar("crime.target").search(around) or family in ("forge", "goods"):
        weight += 0.1
    is_real = bool(grammar("crime.real").search(text))
    if is_real:
        weight += 0.2
    if family in ("forge", "goods", "drug", "threat", "coerce"):
        weight += 0.15
    is_life = is_real or bool(re.search(r"\b(?:my|our) ", near)) or view.once(_asks_for_life)
    return CrimeCue(span.start, span.end, family, min(weight, 1.5), is_life)


def _asks_for_life(view: View) -> bool:
    """Whether a text asks in the first person and has no mark of a story."""
    text = view.folded.text
    first, staged = _words("crime.staged.first"), _words("crime.staged.words")
    return bool(first.search(text)) and not staged.search(text)


@cache
def _words(path: str) -> re.Pattern[str]:
    return re.compile(at_words(words(path)))


def gives_up(view: View) -> bool:
    """Whether a text lets a refused request go."""
    text = view.folded.text
    may_give_up = not view.once(parts_of).isdisjoint(entries("gates.words.giving_up"))
    return may_give_up and bool(_cue("give_up").search(text))


def _asks(view: View) -> bool:
    """Whether a text asks for help with anything."""
    return bool(_cue("ask").search(view.folded.text))


def asks_again(view: View) -> bool:
    """Whether a text still asks, without saying anew for what."""
    text = view.folded.text
    if not grammar("crime.somebody").search(text):
        return False
    return ("?" in text or view.once(_asks)) and not view.once(gives_up)
