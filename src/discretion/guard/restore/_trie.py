"""The notations of all stand-ins as one trie, walked from the places where one may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from discretion.guard.restore._edges import ends_well
from discretion.guard.restore._forms import Form

LONGEST_GAP = 8
"""The most whitespace that may stand between two words of a stand-in, in characters."""

# What is typeset one way or the other and means the same: apostrophes, hyphens.
_SAME = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-"}
)
_SAME_CHAR = {chr(code): str(plain) for code, plain in _SAME.items()}
_WORDLIKE = r"(?<![^\W_].)"


class Undecided(Enum):
    """The text ends before it is clear whether a stand-in stands there."""

    YET = 0


class Trie:
    """All notations; ``longest`` is the length of the longest, in characters, gaps at their widest."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._root: dict[str, Any] = {}
        self.longest = 0
        for form in forms:
            node = self._root
            text = form.text.translate(_SAME)
            for char in text:
                node = node.setdefault(char, {})
            node.setdefault("", form)
            self.longest = max(self.longest, len(text) + text.count(" ") * (LONGEST_GAP - 1))
        self._starts = _starts(self._root)

    def beginnings(self, text: str, at: int) -> Iterator[int]:
        """Where in ``text``, from ``at`` on, a stand-in may begin, as far as two characters tell."""
        if self._starts is None:
            return
        root, last = self._root, len(text) - 1
        for found in self._starts.finditer(text, at):
            start = found.start()
            if start == last:
                yield start
                return
            node = root[_SAME_CHAR.get(text[start], text[start])]
            char = text[start + 1]
            if char in node or "" in node or " " in node or char in _SAME_CHAR:
                yield start

    def find(
        self, text: str, start: int, *, is_final: bool
    ) -> tuple[int, Form, list[str]] | Undecided | None:
        """The longest stand-in at ``start``: its end, its form and the gaps between its words.

        ``Undecided`` where the text ends too early; ``None`` where there is none.
        """
        ends, gaps, is_cut = self._walk(text, start)
        if is_cut and not is_final:
            return Undecided.YET
        for stop, form, parted in reversed(ends):
            is_whole = ends_well(text, stop, is_final=is_final)
            if is_whole is None:
                return Undecided.YET
            if is_whole:
                return stop, form, gaps[:parted]
        return None

    def _walk(self, text: str, at: int) -> tuple[list[tuple[int, Form, int]], list[str], bool]:
        """Follow ``text`` from ``at``: where forms end, the gaps, and whether the text ended on the way."""
        node, end = self._root, len(text)
        ends: list[tuple[int, Form, int]] = []
        gaps: list[str] = []
        while True:
            form = node.get("")
            if form is not None:
                ends.append((at, form, len(gaps)))
            if at == end:
                return ends, gaps, len(node) > (form is not None)
            char = text[at]
            following = node.get(" " if char.isspace() else _SAME_CHAR.get(char, char))
            if following is None:
                return ends, gaps, False
            node, stop = following, at + 1
            if char.isspace():
                while stop < end and stop - at < LONGEST_GAP and text[stop].isspace():
                    stop += 1
                gaps.append(text[at:stop])
            at = stop


def _starts(root: dict[str, Any]) -> re.Pattern[str] | None:
    """Where a stand-in may begin: a first character, at the beginning of a word if it is of a word."""
    firsts = {char for first in root for char in (first, *(c for c, p in _SAME_CHAR.items() if p == first))}
    letters = "".join(re.escape(char) for char in sorted(firsts) if char.isalnum())
    others = "".join(re.escape(char) for char in sorted(firsts) if not char.isalnum())
    parts = ([f"[{letters}]{_WORDLIKE}"] if letters else []) + ([f"[{others}]"] if others else [])
    return re.compile("|".join(parts), re.DOTALL) if parts else None
