"""The words of one message, read once for all detectors, and the phrases that they form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple

from discretion.knowledge.gazetteer import cues, phrases, plain
from discretion.text import Folded

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`-][^\W_]+)*")
# After these an 's is a verb; after any other word it is an owner's mark and stays outside the word.
_VERB_S = cues("words", "verb_s")
# A full stop after these ends no sentence: "Dr. Alvarez".
_ABBREVIATED = cues("words", "abbreviated")
_SENTENCE_END = frozenset('.!?\n;:…()[]"“”*')
_JOINS = frozenset(("", "-", "/"))
_SHOUT = 0.6
_LINK = frozenset("@#/_\\=&%")


class Word(NamedTuple):
    """One word: its key in the word lists and its run ``[start, end)`` in the folded text.

    ``gap`` is what stands between it and the word before it, without blanks; ``opens`` says that a sentence
    begins here; ``capital`` that it was typed with a capital in a message that is no shouting; ``owner`` that
    an 's follows; ``loud`` that it has two capitals at least and no small letter there: an acronym or stress.
    """

    key: str
    start: int
    end: int
    gap: str
    opens: bool
    capital: bool
    owner: bool
    loud: bool


class Words:
    """The words of a message, in order, and the tagged phrases among them."""

    def __init__(self, text: str, folded: Folded) -> None:
        self.text = folded.text
        self.words = tuple(_read(text, folded))
        self.keys = tuple(word.key for word in self.words)
        self.tagged = self._tag()
        self._starts: tuple[int, ...] | None = None
        self._ends: dict[tuple[str, int], int] | None = None

    def _tag(self) -> dict[str, list[tuple[int, int]]]:
        table = phrases()
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        keys, words = self.keys, self.words
        for i, key in enumerate(keys):
            for rest, tags in table.get(key, ()):
                j = i + 1 + len(rest)
                if rest and (keys[i + 1 : j] != rest or any(w.gap not in _JOINS for w in words[i + 1 : j])):
                    continue
                for tag in tags:
                    runs = found[tag]
                    if not runs or runs[-1][1] <= i:
                        runs.append((i, j))
        return found

    def runs(self, *tags: str) -> list[tuple[int, int]]:
        """The runs ``[i, j)`` of words that carry one of ``tags``, in order, the longest at each place."""
        if len(tags) == 1:
            return self.tagged.get(tags[0], [])
        rows = sorted({run for tag in tags for run in self.tagged.get(tag, ())}, key=lambda r: (r[0], -r[1]))
        kept: list[tuple[int, int]] = []
        for run in rows:
            if not kept or kept[-1][1] <= run[0]:
                kept.append(run)
        return kept

    def run_at(self, i: int, *tags: str) -> int | None:
        """The end of the longest run of one of ``tags`` that begins at word ``i``."""
        if self._ends is None:
            self._ends = {(tag, a): b for tag, runs in self.tagged.items() for a, b in runs}
        ends = [self._ends[tag, i] for tag in tags if (tag, i) in self._ends]
        return max(ends, default=None)

    def at(self, offset: int) -> int:
        """The index of the first word that starts at or after ``offset`` in the folded text."""
        if self._starts is None:
            self._starts = tuple(word.start for word in self.words)
        return bisect_left(self._starts, offset)

    def key(self, i: int) -> str:
        """The key of word ``i``; empty where there is none."""
        return self.keys[i] if 0 <= i < len(self.keys) else ""

    def in_link(self, i: int) -> bool:
        """Whether word ``i`` is a part of a link, a handle, a hashtag or a smiley."""
        word = self.words[i]
        before, after = self.text[max(0, word.start - 2) : word.start], self.text[word.end : word.end + 1]
        if before[-1:] in _LINK or after in ("@", "/", "_"):
            return True
        glued = before[-1:] in (".", ":", "-") and not before[:-1].isspace()
        return (glued and len(word.key) < 4) or (len(word.key) == 1 and before[-1:] in (":", ";", "="))

    def opens(self, i: int) -> bool:
        """Whether a sentence begins at word ``i`` or the message ends before it."""
        return not 0 <= i < len(self.words) or self.words[i].opens

    def clause_end(self, i: int, limit: int) -> int:
        """The index after the last word of the stretch from ``i`` to the next comma or sentence end."""
        j = i + 1
        while j < len(self.words) and j - i < limit and not self.words[j].gap and not self.words[j].opens:
            j += 1
        return j


def _read(text: str, folded: Folded) -> list[Word]:
    low = folded.text
    same = folded.starts is None
    is_shout = sum(map(str.isupper, text)) > _SHOUT * max(1, sum(map(str.isalpha, text)))
    words: list[Word] = []
    at = 0
    for match in _WORD.finditer(low):
        raw, start, end = match.group(), match.start(), match.end()
        owner = False
        if len(raw) > 2 and raw[-1] == "s" and raw[-2] in "'’ʼ`" and raw[:-2] not in _VERB_S:
            raw, end, owner = raw[:-2], end - 2, True
        between = low[at:start]
        gap = between.strip(" \t")
        given = text[start] if same else text[folded.given(start, start + 1).start]
        opens = not words or (bool(gap) and not _SENTENCE_END.isdisjoint(gap))
        if opens and gap == "." and words and words[-1].key in _ABBREVIATED:
            opens = False
        key = raw if raw.isascii() and raw.isalnum() else plain(raw)
        capital = given.isupper() and not is_shout
        loud = capital and end - start > 1 and _is_loud(text, folded, start, end)
        words.append(Word(key, start, end, gap, opens, capital, owner, loud))
        at = end + 2 if owner else end
    return words


def _is_loud(text: str, folded: Folded, start: int, end: int) -> bool:
    if folded.starts is None:
        return text[start:end].isupper()
    span = folded.given(start, end)
    return text[span.start : span.end].isupper()


_UNITS: tuple[str, ...] = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_UNITS += ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: dict[str, int] = {word: value for value, word in enumerate(_UNITS)}
"""The value of number words below one hundred, as one word or joined by a hyphen."""
for _ten, _word in enumerate(_TENS, start=2):
    NUMBERS[_word] = _ten * 10
    for _one in range(1, 10):
        NUMBERS[f"{_word}-{_UNITS[_one]}"] = NUMBERS[f"{_word}{_UNITS[_one]}"] = _ten * 10 + _one


def number_at(words: Words, i: int) -> tuple[int, int] | None:
    """The whole number below 1000 that begins at word ``i``: its value and the index after it."""
    key = words.key(i)
    if key.isdigit() and key.isascii():
        return (int(key), i + 1) if len(key) < 4 else None
    value = NUMBERS.get(key)
    if value is None:
        return None
    if value >= 20 and value % 10 == 0 and "-" not in key:
        one = NUMBERS.get(words.key(i + 1), 0)
        if 0 < one < 10 and not words.words[i + 1].gap:
            return value + one, i + 2
    return value, i + 1
