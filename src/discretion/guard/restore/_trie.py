"""The notations of all stand-ins as one trie, walked from the places where one may begin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from typing import Any

from discretion.guard.restore._age_words import is_age
from discretion.guard.restore._edges import ADDRESSES, UNSPACED, ends_well, is_whole_value
from discretion.guard.restore._forms import Form

LONGEST_GAP = 8
"""The most whitespace that may stand between two words of a stand-in, in characters."""

# What is typeset one way or the other and means the same: apostrophes, hyphens.
_SAME = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-"}
)
_SAME_CHAR = {chr(code): str(plain) for code, plain in _SAME.items()}
# Letters and digits in a row, of a script that parts its words.
_RUN = re.compile(rf"[^\W_{UNSPACED}]+")
_LAST_RUN = re.compile(rf"{_RUN.pattern}\Z")


class Undecided(Enum):
    """The text ends before it is clear whether a stand-in stands there."""

    YET = 0


class Trie:
    """All notations; ``longest`` is the length of the longest, in characters, gaps at their widest."""

    def __init__(self, forms: Collection[Form]) -> None:
        self._root: dict[str, Any] = {}
        self.longest = 0
        for form in forms:
            node = self._root
            text = form.text.translate(_SAME)
            for char in text:
                node = node.setdefault(char, {})
            node.setdefault("", form)
            self.longest = max(self.longest, len(text) + text.count(" ") * (LONGEST_GAP - 1))
        heads = {first: _RUN.match(first) for first in (form.text.translate(_SAME) for form in forms)}
        self._heads = frozenset(found.group() for found in heads.values() if found)
        self._others = _any_of(text[0] for text, found in heads.items() if not found)
        self._starts = re.compile(f"{_RUN.pattern}|(?P<other>{self._others})") if self._others else _RUN

    def beginnings(self, text: str, at: int) -> Iterator[int]:
        """Where in ``text``, from ``at`` on, a stand-in may begin, as far as its first word tells."""
        heads = self._heads
        if not self._others and heads.isdisjoint(_RUN.findall(text, at)):
            last = _LAST_RUN.search(text, max(at, len(text) - self.longest))
            if last is not None:
                yield last.start()
            return
        for found in self._starts.finditer(text, at):
            if found.lastgroup == "other" or found.group() in heads or found.end() == len(text):
                yield found.start()

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
            if is_whole:
                is_whole = is_whole_value(text, start, stop, form.kind, is_final=is_final)
            if is_whole and form.is_number:
                is_whole = is_age(text, start, stop, is_final=is_final)
            if is_whole is None:
                return Undecided.YET
            if is_whole:
                return stop, form, gaps[:parted]
            if form.kind in ADDRESSES:
                return None  # of an address that was not handed out, no name in it is either
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


def _any_of(chars: Iterable[str]) -> str:
    """A class of the characters, and of those that are typeset in their place; empty where there are none."""
    wanted = set(chars)
    wanted.update(char for char, plain in _SAME_CHAR.items() if plain in wanted)
    return "[" + "".join(re.escape(char) for char in sorted(wanted)) + "]" if wanted else ""
