"""Whether a number is an age: only then does the stand-in of an age restore."""

from __future__ import annotations

import re
from functools import cache

from discretion.guard.restore._words import any_of, words

_BEFORE = 24
_SIGNS = frozenset('.,!?;:…*)"”’—\n')


def is_age(text: str, start: int, end: int, *, is_final: bool) -> bool | None:
    """Whether ``text[start:end]`` is said to be an age; ``None`` where the text ends before that is clear."""
    after = _after()
    longest = max(map(len, after))
    behind = re.sub(r"\s", " ", text[end : end + longest + 1].lower())
    if not is_final and len(behind) <= longest and any(phrase.startswith(behind) for phrase in after):
        return None
    if any(behind.startswith(phrase) and not behind[len(phrase) :][:1].isalnum() for phrase in after):
        return True
    before, being = _before()
    told = text[max(0, start - _BEFORE) : start]
    if before.search(told):
        return True
    return bool(being.search(told)) and (not behind or text[end] in _SIGNS)


@cache
def _after() -> tuple[str, ...]:
    return tuple(gap + word for word in words()["age"]["after"] for gap in (" ", "-"))


@cache
def _before() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = (words()["age"]["before"], words()["age"]["being"])
    before, being = (re.compile(rf"\b{any_of(words)}\s\Z", re.IGNORECASE) for words in lists)
    return before, being
