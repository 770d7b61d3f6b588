"""Respelling: spaced letters joined and number words written as digits, with every offset mapped back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.text._fold import Folded
from discretion.text._numbers import Piece, number_pieces

_SPACED = re.compile(
    r"(?<![\w@/.+*|~-])[^\W_](?P<gap>[ .\-_*|/~])[^\W_](?:(?P=gap)[^\W_])+(?![\w@])(?!(?! )(?P=gap)[\w@])"
)
# Single letters that are words of a chat ("u r a q t", "i c u"); so many of them are no spelled-out word.
_CHAT_LETTERS = frozenset("aibckmnoqrtuxyz")
FEWEST_SPACED_DIGITS = 5
"""Fewer single digits with spaces between are a count-down or a score ("3 2 1")."""


def respell(folded: Folded) -> Folded:
    """Join letters set apart ("j e s s", "j.e.s.s") and write number words as digits ("five oh one").

    A second view beside ``folded``, never in its place; unchanged text comes back as the same object.
    """
    text = folded.text
    pieces = [*_spaced_letters(text), *number_pieces(text)]
    if not pieces:
        return folded
    return _rebuilt(folded, sorted(pieces))


def _spaced_letters(text: str) -> Iterator[Piece]:
    """The gaps to drop in runs of three and more single letters or digits with one and the same gap."""
    for match in _SPACED.finditer(text):
        if _is_spelled_out(match[0][::2], match["gap"]):
            for at in range(match.start() + 1, match.end(), 2):
                yield at, at + 1, ""


def _is_spelled_out(letters: str, gap: str) -> bool:
    """Whether single letters or digits set apart by ``gap`` make up one word or number."""
    if len(set(letters)) == 1:
        return False  # a stutter or a row of kisses
    if letters.isdigit():
        return len(letters) >= FEWEST_SPACED_DIGITS
    if not letters.isalpha():
        return False
    if gap != " ":
        return True
    if len(letters) == 3 and letters[0] in "iau":
        return False
    return not ("u" in letters or "r" in letters) or not _CHAT_LETTERS.issuperset(letters)


def _rebuilt(folded: Folded, pieces: list[Piece]) -> Folded:
    """``folded`` with each piece in place of its run; every new character stands for the whole run."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0

    def keep(start: int, end: int) -> None:
        chars.append(folded.text[start:end])
        starts.extend(folded.starts[start:end] if folded.starts is not None else range(start, end))
        ends.extend(folded.ends[start:end] if folded.ends is not None else range(start + 1, end + 1))

    for start, end, digits in pieces:
        if start < at:
            continue  # a run that was already joined as spaced letters
        keep(at, start)
        span = folded.given(start, end)
        chars.append(digits)
        starts.extend([span.start] * len(digits))
        ends.extend([span.end] * len(digits))
        at = end
    keep(at, len(folded.text))
    return Folded("".join(chars), tuple(starts), tuple(ends))
