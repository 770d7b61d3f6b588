"""The spelling that words and tables meet in."""

from __future__ import annotations

import re

from discretion.knowledge.gazetteer import plain
from discretion.text import Folded, fold, respell

LONGEST = 120
"""Characters of a span that may carry one fact; a longer one has no value."""

MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
"""A pattern with one group: the name of a month, in full or short."""

_TOKEN = re.compile(r"[^\W_]+")


def key(words: str) -> str:
    """Lower case, no diacritics, no apostrophes, tokens joined by one space."""
    return " ".join(_TOKEN.findall(plain(words)))


def spelled(words: str) -> str:
    """``words`` folded, without diacritics, number words as digits; punctuation but apostrophes stays."""
    return respell(Folded(plain(fold(words).text))).text
