"""Words before a stand-in that say whom it stands for."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from discretion.guard.restore._forms import Form
from discretion.guard.restore._words import any_of, words

_LONGEST_LAST = 16
"""Characters in which the last word of a cue stands, with the blank behind it."""
_LAST_WORD = re.compile(r"(\w+)\s\Z")


class Bearer(Enum):
    """Whom a stand-in stands for, as far as the words before it say."""

    SAME = 0
    ANOTHER = 1
    PERHAPS_NEW = 2


def bearer_before(before: str, form: Form) -> Bearer:
    """Whom ``form`` stands for behind ``before``: the pair's, expressly another, or perhaps somebody new."""
    if form.is_word:
        return Bearer.ANOTHER
    if not form.text[:1].isalpha() or not _may_say(before):
        return Bearer.SAME
    found = _cues().search(before)
    if found is None:
        return Bearer.SAME
    return Bearer.ANOTHER if found.lastgroup == "another" else Bearer.PERHAPS_NEW


def _may_say(before: str) -> bool:
    """Whether the last word of ``before`` ends a cue: a quick no for nearly every place."""
    if before[-1:].isspace():
        last = _LAST_WORD.search(before[-_LONGEST_LAST:])
        return last is not None and last.group(1).lower() in _last_words()
    return before[-2:-1] in ("o", "O")


@cache
def _last_words() -> frozenset[str]:
    lists = (words()["another"]["words"], words()["introduced"]["words"])
    return frozenset(phrase.split()[-1] for phrases in lists for phrase in phrases)


@cache
def _cues() -> re.Pattern[str]:
    table = words()
    another = any_of(table["another"]["words"])
    introduced, openers = any_of(table["introduced"]["words"]), any_of(table["introduced"]["openers"])
    # At most three words between the article and "named": "a tall red-haired girl named".
    new = rf"{openers}\s(?:[\w'-]{{1,12}}\s){{1,3}}{introduced}"
    # "O'Mara" is another family, or what the user's "O'Neill" became, where its last part alone was found.
    return re.compile(rf"\b(?:(?:(?P<another>{another})|(?P<new>{new}))\s|O['’ʼ])\Z", re.IGNORECASE)
