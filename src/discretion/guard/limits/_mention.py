"""One statement of an age before anybody knows whom it is about, and the sentences that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from discretion.guard.limits._cues import Form, Status
from discretion.guard.limits._words import grammar

OF_AGE = 18
REACH = 300
_STAGED = re.compile(r"\*[^*]+\*|\(\(|\booc\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """An age stated in ``[start, end)`` of the folded text; ``is_group`` is said of many ("9 year olds")."""

    start: int
    end: int
    status: Status
    form: Form
    is_group: bool = False
    is_pasttime: bool = False
    is_bare: bool = False
    """No grammar around the number at all, only a place that an age may have ("Pip, 17")."""
    birth_year: int = 0
    is_abroad: bool = False
    """The author's own age in another language."""
    tail: int = 0
    """Where the words that belong to the mention end ("17 year old"); the noun it describes comes after."""


class Sentences:
    """The sentences of a folded text, found once for all that asks for the bounds of one.

    Of a very long one only the ``REACH`` characters on either side count. ``is_staged`` is whether the
    text has marks of a story (stars, double brackets, "ooc").
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._length = len(text)
        self._ends = [stop.end() for stop in grammar("mentions.sentence_ends").finditer(text)]

    @cached_property
    def is_staged(self) -> bool:
        """Whether the text has marks of a story."""
        return bool(_STAGED.search(self._text))

    def around(self, at: int) -> tuple[int, int]:
        """The bounds of the sentence in which the character at ``at`` stands."""
        after = bisect_right(self._ends, at)
        start = self._ends[after - 1] if after else 0
        end = self._ends[after] if after < len(self._ends) else self._length
        return max(start, at - REACH), min(end, at + REACH)


def status_of(age: int) -> Status:
    """Under or of age."""
    return Status.UNDER if age < OF_AGE else Status.ADULT
