"""Which words of a message stood in the conversation before, and where: in the card, in either side's words.

Words are kept as checksums and only so many of them, so that an open conversation stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from discretion.guard.reader._features import checksum, words_of

OVERLAPS = ("card", "other before", "own before in life", "own before in story", "fact before", "name before")
"""The columns that say where a word stood before, in order."""

MOST_WORDS = 3_000
READ_CHARACTERS = 4_000


class Earlier:
    """The words of one conversation so far.

    Five bytes a word: checksums in order, and beside each a bit for every column in which it stands. A column
    takes ``most`` words.
    """

    def __init__(self, most: int = MOST_WORDS) -> None:
        self._most = most
        self._keys = np.zeros(0, np.uint32)
        self._bits = np.zeros(0, np.uint8)
        self._counts = [0] * len(OVERLAPS)

    def enter(self, card: str) -> None:
        """Take in a persona card or system prompt."""
        self._add(0, [checksum(word) for word in words_of(card[:READ_CHARACTERS])])

    def hear(self, text: str) -> None:
        """Take in a message of the other side."""
        self._add(1, [checksum(word) for word in words_of(text[:READ_CHARACTERS])])

    def say(self, keys: Sequence[int], *, life: bool, facts: Iterable[int], names: Iterable[int]) -> None:
        """Take in a message of the user; ``facts`` and ``names`` are indexes of words that were marked."""
        self._add(2 if life else 3, keys)
        self._add(4, [keys[i] for i in facts])
        self._add(5, [keys[i] for i in names])

    def columns(self, keys: Sequence[int]) -> NDArray[np.float32]:
        """For each word, in which columns it stood: shape ``(words, len(OVERLAPS))``."""
        made = np.zeros((len(keys), len(OVERLAPS)), dtype=np.float32)
        if len(self._keys) and len(keys):
            at, held = self._find(np.array(keys, np.uint32))
            bits = np.where(held, self._bits[at], 0)
            made[:] = (bits[:, None] >> np.arange(len(OVERLAPS))) & 1
        return made

    def _find(self, keys: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """For each key the place in ``_keys`` (inside it) where it would stand, and whether it does."""
        at = np.minimum(np.searchsorted(self._keys, keys), max(0, len(self._keys) - 1))
        return at, self._keys[at] == keys if len(self._keys) else np.zeros(len(keys), np.bool_)

    def _add(self, column: int, keys: Sequence[int]) -> None:
        """Enter words in one column, in their order, as long as it has room."""
        bit = np.uint8(1 << column)
        new, first = np.unique(np.array(keys, np.uint32), return_index=True)
        new = new[np.argsort(first)]
        new = new[new != 0]
        if not len(new):
            return
        at, held = self._find(new)
        known = held.copy()
        known[held] = (self._bits[at[held]] & bit) != 0
        added = np.flatnonzero(~known)[: self._most - self._counts[column]]
        new, at, held = new[added], at[added], held[added]
        self._counts[column] += len(new)
        self._bits[at[held]] |= bit
        fresh = np.sort(new[~held])
        places = np.searchsorted(self._keys, fresh)
        self._keys = np.insert(self._keys, places, fresh)
        self._bits = np.insert(self._bits, places, bit)
