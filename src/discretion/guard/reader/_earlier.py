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
    """The words of one conversation so far."""

    def __init__(self) -> None:
        self._sets: tuple[set[int], ...] = tuple(set() for _ in OVERLAPS)

    def enter(self, card: str) -> None:
        """Take in a persona card or system prompt."""
        self._add(0, map(checksum, words_of(card[:READ_CHARACTERS])))

    def hear(self, text: str) -> None:
        """Take in a message of the other side."""
        self._add(1, map(checksum, words_of(text[:READ_CHARACTERS])))

    def say(self, keys: Sequence[int], *, life: bool, facts: Iterable[int], names: Iterable[int]) -> None:
        """Take in a message of the user; ``facts`` and ``names`` are indexes of words that were marked."""
        self._add(2 if life else 3, keys)
        self._add(4, [keys[i] for i in facts])
        self._add(5, [keys[i] for i in names])

    def columns(self, keys: Sequence[int]) -> NDArray[np.float32]:
        """For each word, in which of the sets it stood: shape ``(words, len(OVERLAPS))``."""
        made = np.zeros((len(keys), len(OVERLAPS)), dtype=np.float32)
        for at, held in enumerate(self._sets):
            if held:
                for i, key in enumerate(keys):
                    if key in held:
                        made[i, at] = 1.0
        return made

    def _add(self, at: int, keys: Iterable[int]) -> None:
        held = self._sets[at]
        for key in keys:
            if key:
                if len(held) >= MOST_WORDS:
                    return
                held.add(key)
