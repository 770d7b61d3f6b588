"""Which families of ages a text is worth reading for, told from its words alone.

Errs on the side of yes: a family that could match is always tried (tests/guard/limits/test_gates.py).
"""

from __future__ import annotations

import re

from discretion.guard._view import View
from discretion.guard.limits._words import entries

_TOKEN = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_SHORT_STAGE = re.compile(
    r"\b(?:[ps][1-7]|c[em][12]|ks[1-4]|[12](?:nde|[eè]re)|(?:1[0-2]|[3-9])(?:[a-e]|è|ème|eme)|[1-9][ºo°]"
    r"|(?:gr|std|jss|sss|ss|jhs|shs|sec|jc|pt)\.?\d)"
)
"""Stages that are told by a letter with a digit ("p5", "8b")."""
_DISGUISE = re.compile(r"[\d/*+]|y\.o|[^\x00-\x7f]|(?<!\w)\w[ .\-_*|/~]\w[ .\-_*|/~]\w(?!\w)")
_STAGES = ("skole", "stadiet", "stufe", "schule", "skola", "koulu", "podstaw", "gimnazij", "liceal")


def tokens_of(text: str) -> frozenset[str]:
    """The words of a folded text, cut at everything that is no letter, digit or underscore."""
    return frozenset(_TOKEN.findall(text))


def parts_of(view: View) -> frozenset[str]:
    """The words of ``view.folded``; made once with ``view.once``."""
    return tokens_of(view.folded.text)


def may_be_number(text: str, tokens: frozenset[str]) -> bool:
    """Whether a number may stand in a text."""
    return not tokens.isdisjoint(entries("gates.words.numbers")) or bool(_DIGIT.search(text)) or "tee" in text


def may_be_disguised(text: str) -> bool:
    """Whether a text, as given, may spell an age in letters set apart or mix letters with digits."""
    return bool(_DISGUISE.search(text))


def may_be_school(text: str, tokens: frozenset[str]) -> bool:
    """Whether a stage of school may be named in a text."""
    return (
        not tokens.isdisjoint(entries("gates.words.schools"))
        or ("under" in tokens and may_be_number(text, tokens))
        or any(stage in text for stage in _STAGES)
        or bool(_SHORT_STAGE.search(text))
    )


def may_be_term(tokens: frozenset[str]) -> bool:
    """Whether a word may stand in a text that states an age without a number."""
    return not tokens.isdisjoint(entries("gates.words.terms"))


def may_be_looks(tokens: frozenset[str]) -> bool:
    """Whether a text may frame somebody by looks."""
    return not tokens.isdisjoint(entries("gates.words.looks"))


def may_be_date(tokens: frozenset[str]) -> bool:
    """Whether a year of birth or a birthday may stand in a text."""
    return not tokens.isdisjoint(entries("gates.words.dates"))


def may_state_age(text: str, tokens: frozenset[str]) -> bool:
    """Whether a folded text holds anything that an age could be read from."""
    return (
        may_be_number(text, tokens)
        or may_be_school(text, tokens)
        or may_be_term(tokens)
        or may_be_looks(tokens)
        or may_be_date(tokens)
        or not tokens.isdisjoint(entries("gates.words.abroad"))
    )
