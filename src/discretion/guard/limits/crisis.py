"""Signs that the author may harm themself: intent, ideation, a plan, a passive wish; no idioms, no fiction.

Only a flag: nothing is held back because of it. Sources of the families: the data file.
"""

from __future__ import annotations

import re
from functools import cache

from discretion.guard._view import Mark, View
from discretion.guard.limits._at_words import at_words
from discretion.guard.limits._words import entries, grammar, words


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(at_words(words("crisis.sure")))


@cache
def _not() -> re.Pattern[str]:
    return re.compile("|".join(words("crisis.not")))


def _is_told_of_others(text: str, sign: re.Match[str]) -> bool:
    around = text[max(0, sign.start() - 120) : sign.end() + 60]
    return not grammar("crisis.first").search(around) and bool(grammar("crisis.others").search(around))


def shows_crisis(view: View, tokens: frozenset[str]) -> tuple[int, ...]:
    """Where one text shows signs that its author may harm themself: offsets in the text as given."""
    if not tokens & entries("gates.words.crisis"):
        return ()
    text = view.folded.text
    found = []
    for sign in _signs().finditer(text):
        if not sign.group():
            continue
        start = max(text.rfind(stop, 0, sign.start()) for stop in ".!?\n") + 1
        near = text[max(start, sign.start() - 90) : sign.end() + 50]
        if _not().search(near) or _is_told_of_others(text, sign):
            continue
        span = view.given(*sign.span())
        if view.clause_at(span.start).mark not in (Mark.ACTION, Mark.QUOTE):
            found.append(span.start)
    return tuple(found)
