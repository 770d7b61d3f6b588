"""What looks like a stand-in and is not one, and what follows a name: counted, never held back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

from discretion.guard.restore._forms import Form
from discretion.knowledge.gazetteer import family_names, ordinary_words
from discretion.records import Kind

_LONGEST_WORD = 64
_WORD = re.compile(rf"(?<!\w)\w{{1,{_LONGEST_WORD}}}(?!\w)")
_LAST_WORD = re.compile(r"\w+\Z")
# What may stand inside of a name that was taken apart: markup, a hyphen, what cannot be seen.
_INSIDE = str.maketrans(dict.fromkeys("*_~`-\u00ad\u200b\u200c\u200d\u2060\u2011"))
_MARKS = re.compile("[\u0300-\u036f]+")
_FOLLOWING = 34
_SURNAME = re.compile(r"[ \u00a0]([^\W\d_]{2,30})(?=\W)")


def _squeezed(word: str) -> str:
    return "".join(char for char, _ in groupby(word))


def _bare(text: str) -> str:
    """``text`` in lower case without accents, markup and hyphens."""
    text = text.translate(_INSIDE)
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return text.casefold()


class Looks:
    """What each stand-in of one word looks like when it is stretched, parted or has lost its accents."""

    __slots__ = ("_lengths", "_outlines")

    def __init__(self, forms: Iterable[Form]) -> None:
        self._lengths: dict[str, int] = {}
        for form in forms:
            word = _bare(form.text)
            if form.is_word or not word.isalpha() or len(word) < 3:
                continue
            self._lengths[_squeezed(word)] = len(word)
        self._outlines = {
            beginning + word[-1] for word in self._lengths for beginning in (word[:2], word[0] * 2)
        }

    def count(self, words: Iterable[str]) -> int:
        """How many of ``words``, as :func:`_bare` leaves them, look like a stand-in."""
        lengths, outlines = self._lengths, self._outlines
        return sum(
            len(word) >= lengths.get(_squeezed(word), len(word) + 1)
            for word in words
            if word[:2] + word[-1] in outlines
        )


class Watch:
    """Follows one stream, restored runs apart, and counts what was missed and who may be somebody else."""

    __slots__ = ("_following", "_looks", "_word", "collisions", "missed")

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._word = ""
        self._following: str | None = None
        self.missed = 0
        self.collisions = 0

    def passed(self, text: str) -> None:
        """``text`` left as it was."""
        if self._following is not None:
            self._follow(text)
        bare = self._word + _bare(text)
        words = _WORD.findall(bare)
        # The last word may go on. One that is already too long for a stand-in keeps a character too many.
        last = _LAST_WORD.search(bare, max(0, len(bare) - _LONGEST_WORD - 1))
        self._word = last.group() if last else ""
        if words and 0 < len(self._word) <= _LONGEST_WORD:
            words.pop()
        self.missed += self._looks.count(words)

    def restored(self, form: Form) -> None:
        """``form`` was restored here."""
        self.parted()
        self._following = "" if form.kind is Kind.NAME else None

    def parted(self) -> None:
        """Something stood here that is counted elsewhere."""
        self._end_word()
        self._following = None

    def finish(self) -> None:
        """The stream is over."""
        self._end_word()
        if self._following is not None:
            self._follow("\n")

    def _end_word(self) -> None:
        self.missed += self._looks.count(_WORD.findall(self._word))
        self._word = ""

    def _follow(self, text: str) -> None:
        """See whether a family name that was not handed out follows the name."""
        following = (self._following or "") + text[:_FOLLOWING]
        found = _SURNAME.match(following)
        if found is None and len(following) < _FOLLOWING and not following.isspace():
            is_open = following[0] in " \u00a0" and following[1:].isalpha()
        else:
            is_open = found is None and following.isspace() and len(following) == 1
        self._following = following if is_open else None
        if found is not None:
            self.collisions += _is_surname(found.group(1))


def _is_surname(word: str) -> bool:
    key = word.casefold()
    return word.istitle() and key in family_names() and key not in ordinary_words()
