"""A run of characters in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open run ``[start, end)`` of Unicode code points in a text as given.

    Raises ``ValueError`` when ``start`` is negative or after ``end``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: start {self.start}, end {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two runs share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this run."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The characters of ``text`` that this run covers."""
        return text[self.start : self.end]
