"""What a stand-in must not be: anything real, anything in use, anything that was seen, or a nick of these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from discretion.guard._fact_file import Fact
from discretion.guard._fact_forms import lists
from discretion.guard.stand_ins._bearers import kin_names
from discretion.guard.stand_ins._seen import SeenWords
from discretion.guard.stand_ins._spelling import WORDY, are_same, form_of, holds_words, words_of
from discretion.knowledge.gazetteer import ordinary_words
from discretion.records import Kind, Pair

FEWEST_LETTERS_INSIDE = 3
"""Letters from which a real name is looked for inside an address or a handle."""
FEWEST_LETTERS_OF_A_TOWN = 3
"""Two letters are a state's code, which many towns share."""
_NAMED_INSIDE = frozenset({Kind.EMAIL, Kind.USERNAME, Kind.STREET_ADDRESS})
_NEVER_SEEN = frozenset({Kind.AGE})
"""Kinds whose stand-ins are too common to look for them in texts."""


def _telling(kind: Kind, words: Iterable[str]) -> set[str]:
    """The words that make a value what it is: not those of everyday writing."""
    if kind is Kind.NAME:
        return {word for word in words if len(word) > 1}
    streets = lists()["street"]
    fewest = FEWEST_LETTERS_OF_A_TOWN if kind is Kind.LOCATION else 2
    return {
        word for word in words if len(word) >= fewest and word not in ordinary_words() and word not in streets
    }


class Taken:
    """What is taken, seen from one value that wants a stand-in.

    ``kin`` are pairs whose stand-ins it may come near to: other forms of the same name, other notations.
    """

    def __init__(
        self,
        kind: Kind,
        real: str,
        pairs: Sequence[Pair],
        facts: Sequence[Fact],
        seen: SeenWords,
        today: date,
        kin: Sequence[Pair] = (),
    ) -> None:
        self._kind, self._real, self._seen = kind, real, seen
        self._words_of = cache(words_of)  # of this search alone: no value outlives it
        self._form_of = cache(lambda value: form_of(kind, value, today))
        self._words = words_of(real)
        kin_ids = {id(pair) for pair in kin}
        self._pairs = [pair for pair in pairs if id(pair) not in kin_ids]
        self._all = pairs
        self._facts = facts
        self._reals = [(pair.kind, pair.real) for pair in pairs]
        self._reals += [(fact.kind, value) for fact in facts for value in (fact.value, *fact.aliases)]
        self._names = {word for of, value in self._reals if of is Kind.NAME for word in self._words_of(value)}
        self._names.update(self._words if kind is Kind.NAME else ())

    def why_not(self, candidate: str, *, is_by_hand: bool = False) -> str | None:
        """Why ``candidate`` may not be the stand-in, without a value; ``None`` where it may.

        By hand the same initial is allowed.
        """
        words = self._words_of(candidate)
        if not words or not candidate.isprintable() or candidate != candidate.strip():
            return "it has no letter or digit, or holds a character that cannot be shown"
        if self._kind is Kind.NAME and not candidate.isascii():
            return "it has letters beyond A to Z"
        if any(pair.stand_in.lower() == candidate.lower() for pair in self._all):
            return "it is in use for something else"
        if self._kind in WORDY:
            free = self._composed(words)
            if not is_by_hand and self._initial(words, free) == self._initial(self._words, free):
                return "it begins with the same letter"
            return self._why_not_words(candidate, words, free)
        return self._why_not_form(candidate, words)

    def _initial(self, words: tuple[str, ...], free: set[str]) -> str:
        """The first letter of the word that tells: "North Boerne" and "North Tulsa" begin with B and T."""
        telling = _telling(self._kind, words)
        first = next((word for word in words if word in telling), words[0] if words else "")
        return f"free {first}" if first in free else first[:1]

    def _why_not_words(self, candidate: str, words: tuple[str, ...], free: set[str]) -> str | None:
        telling = _telling(self._kind, words) - free
        for _, value in ((self._kind, self._real), *self._reals):
            real = self._words_of(value)
            if telling & set(real) or holds_words(real, words):
                return "it is, or has a word of, something real of yours"
        for pair in self._pairs:
            other = self._words_of(pair.stand_in)
            is_near = holds_words(other, words) or holds_words(words, other)
            if (telling & _telling(pair.kind, other) or is_near) and not free.issuperset(other):
                return "it is in use for something else"
        if self._kind in (Kind.NAME, Kind.PET):
            near = {kin for word in words for kin in kin_names(word)}
            used = {word for p in self._pairs if p.kind is Kind.NAME for word in self._words_of(p.stand_in)}
            if near & self._names or near & used:
                return "it is a short or a full form of a name that is taken"
        if self._seen.holds(candidate) or any(map(self._seen.holds_word, telling)):
            return "it stands in the conversation already"
        return None

    def _composed(self, words: tuple[str, ...]) -> set[str]:
        """Words of another stand-in that this one may hold, since its value holds that one's value."""
        return {
            word
            for pair in self._all
            if pair.is_active and len(self._words_of(pair.real)) < len(self._words)
            if holds_words(self._words, self._words_of(pair.real))
            and holds_words(words, self._words_of(pair.stand_in))
            for word in self._words_of(pair.stand_in)
        }

    def _why_not_form(self, candidate: str, words: tuple[str, ...]) -> str | None:
        if self._is_same(candidate, self._real):
            return "it is the real value"
        for kind, value in self._reals:
            if kind is self._kind and self._is_same(candidate, value):
                return "it is something real of yours"
        for pair in self._pairs:
            is_same = pair.kind is self._kind and self._is_same(candidate, pair.stand_in)
            if is_same and not self._is_same(self._real, pair.real):
                return "it is in use for something else"
        inside = {word for word in words if len(word) >= FEWEST_LETTERS_INSIDE}
        if self._kind in _NAMED_INSIDE and inside & self._names:
            return "it has a word of something real of yours"
        if self._kind not in _NEVER_SEEN and self._seen.holds(candidate):
            return "it stands in the conversation already"
        return None

    def _is_same(self, one: str, other: str) -> bool:
        return are_same(self._kind, self._form_of(one), self._form_of(other))
