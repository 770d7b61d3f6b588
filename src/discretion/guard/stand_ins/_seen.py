"""Words of the texts that somebody else wrote: none of them becomes a stand-in."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TypeVar

from discretion.guard.stand_ins._spelling import words_of

MOST_WORDS = 60_000
"""Words that are remembered. A card and two hundred turns have three to eight thousand different ones."""
MOST_NEIGHBOURS = 400_000
"""Pairs of neighbouring words that are remembered, as numbers."""

_One = TypeVar("_One", str, int)


class SeenWords:
    """Folded words and which of them stood side by side; past the bounds the first ones are forgotten."""

    def __init__(self) -> None:
        self._words: dict[str, None] = {}
        self._neighbours: dict[int, None] = {}

    def take_in(self, text: str) -> None:
        """Remember the words of ``text``."""
        words = words_of(text)
        _add(self._words, words, MOST_WORDS)
        _add(self._neighbours, map(hash, pairwise(words)), MOST_NEIGHBOURS)

    def holds(self, phrase: str) -> bool:
        """Whether ``phrase`` stood in a text: its word, or all its neighbouring words."""
        words = words_of(phrase)
        if len(words) < 2:
            return bool(words) and words[0] in self._words
        return all(hash(two) in self._neighbours for two in pairwise(words))

    def holds_word(self, word: str) -> bool:
        """Whether a folded word stood in a text."""
        return word in self._words


def _add(kept: dict[_One, None], new: Iterable[_One], most: int) -> None:
    kept.update(dict.fromkeys(new))
    while len(kept) > most:
        del kept[next(iter(kept))]
