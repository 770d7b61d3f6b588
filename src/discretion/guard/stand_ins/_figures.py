"""A number in figures, in words or mixed, read so that other figures can be written in its place alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from discretion.guard.detectors._data import sections
from discretion.guard.detectors._reading import Atom, Reading
from discretion.guard.stand_ins._alike import cased
from discretion.text import Folded, fold

_TENS = 20


@cache
def _languages() -> dict[str, dict[str, int]]:
    """Number word → value, a table for each language, English first."""
    tables = {}
    for language, words in sections("spoken_digits.txt").items():
        if language not in {"repeat", "times"}:
            pairs = (word.partition("=") for word in words)
            tables[language] = {word: int(value) for word, _, value in pairs}
    return tables


def language_of(words: str) -> str:
    """The language that knows most of the number words in ``words`` (ISO 639-1)."""
    parts = re.split(r"[\s,-]+", words.lower())
    return max(_languages(), key=lambda name: sum(part in _languages()[name] for part in parts))


def _language(words: str) -> dict[str, int]:
    """The table that knows most of ``words``; the first words of a value are the usual ones."""
    return _languages()[language_of(words)]


@dataclass(frozen=True, slots=True)
class Figures:
    """``words`` with the groups of figures in them; ``digits`` are all in order."""

    words: str = field(repr=False)
    folded: Folded = field(repr=False)
    atoms: tuple[Atom, ...] = field(repr=False)

    @classmethod
    def read(cls, words: str) -> Figures:
        """The figures in ``words``, however they are written."""
        folded = fold(words)
        runs = Reading(folded.text).runs
        return cls(words, folded, tuple(atom for run in runs for atom in run.atoms))

    @property
    def digits(self) -> str:
        """All figures in order."""
        return "".join(atom.digits for atom in self.atoms)

    @property
    def is_spoken(self) -> bool:
        """Whether any group is in words."""
        return any(atom.is_spoken for atom in self.atoms)

    def filled(self, digits: str) -> str | None:
        """The same notation with other ``digits``; ``None`` where they are not as many."""
        if len(digits) != len(self.digits):
            return None
        for compound in (True, False):
            made = self._filled(digits, is_compound=compound)
            if Figures.read(made).digits == digits:
                return made
        return None

    def _filled(self, digits: str, *, is_compound: bool) -> str:
        pieces, at, used = [], 0, 0
        for atom in self.atoms:
            span = self.folded.given(atom.start, atom.end)
            new = digits[used : used + len(atom.digits)]
            used += len(new)
            old = self.words[span.start : span.end]
            pieces += [
                self.words[at : span.start],
                _said(old, new, is_compound, self.folded.text) if atom.is_spoken else _put(old, new),
            ]
            at = span.end
        return "".join(pieces) + self.words[at:]


def said(figures: str, like: str) -> str:
    """Figures said one by one, in the language and with the zeros of ``like``."""
    folded = fold(like).text
    return " ".join(_word(_language(folded), int(figure), folded) for figure in figures)


def _put(old: str, new: str) -> str:
    """The figures ``new`` in the places of those of ``old``, in the same script; marks between them stay."""
    left = iter(new)
    return "".join(_in_script(c, next(left)) if c.isdecimal() else c for c in old)


def _in_script(like: str, figure: str) -> str:
    return figure if like.isascii() else chr(ord(like) - int(like) + int(figure))


def _said(old: str, new: str, is_compound: bool, whole: str) -> str:
    """``new`` in number words, in the capitals of ``old``; ``whole`` shows the language."""
    table = _language(whole)
    repeats = dict(pair.split("=") for pair in sections("spoken_digits.txt")["repeat"])
    words = old.lower().replace("-", " ").split()
    hyphen = "-" if "-" in old and " " not in old else " "
    if words[0] in repeats and len(set(new)) == 1 and len(new) == int(repeats[words[0]]):
        return f"{old[: len(words[0])]}{hyphen}{_word(table, int(new[0]), whole)}"
    if is_compound and len(new) == 2 and new[0] != "0" and words[0] not in repeats:
        joint = hyphen if len(words) > 1 else "-"
        if two := _two(table, int(new), joint):
            return cased(two, old)
    joint = hyphen if words[0] in repeats else " "
    return cased(joint.join(_word(table, int(figure), whole) for figure in new), old)


def _word(table: dict[str, int], figure: int, like: str) -> str:
    """The word for one figure; a zero is said as in ``like``."""
    known = [word for word, value in table.items() if value == figure]
    if not known:
        known = [word for word, value in _languages()["en"].items() if value == figure]
    said = like.replace("-", " ").replace(",", " ").split()
    return next((word for word in known if word in said), known[0])


def _two(table: dict[str, int], number: int, joint: str) -> str:
    """A number of two figures in words, empty where the table cannot say it."""
    by_value = {value: word for word, value in reversed(table.items())}
    if number in by_value:
        return by_value[number]
    tens, unit = number - number % 10, number % 10
    if number < _TENS or tens not in by_value or unit not in by_value:
        return ""
    return by_value[tens] + joint + by_value[unit]
