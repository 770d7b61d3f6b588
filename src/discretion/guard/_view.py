"""One message as detectors see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from discretion.guard._clauses import split_clauses
from discretion.guard._words import Words
from discretion.text import Folded, Span, fold, respell

T = TypeVar("T")


class Mark(StrEnum):
    """How a stretch of a message is set off from the rest."""

    PLAIN = "plain"
    ACTION = "action"
    QUOTE = "quote"
    OOC = "ooc"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a message that has one speaker and one frame; offsets in the text as given."""

    start: int
    end: int
    mark: Mark


class View:
    """The text as given and, made on first use, its folded forms and clauses.

    ``folded`` is lower case, without zero-width characters, full-width forms and homoglyphs; ``respelled``
    also joins spaced letters and writes number words as digits. Both map offsets back to ``text``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._made: dict[Callable[[View], Any], Any] = {}

    def once(self, make: Callable[[View], T]) -> T:
        """What ``make`` reads from this message, made on first use and kept for every other detector."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def folded(self) -> Folded:
        """Case, width, zero-width and homoglyphs folded."""
        return fold(self.text)

    @cached_property
    def respelled(self) -> Folded:
        """``folded`` with spaced letters joined and number words written as digits."""
        return respell(self.folded)

    @cached_property
    def words(self) -> Words:
        """The words of ``folded`` with their keys in the word lists and the phrases that they form."""
        return Words(self.text, self.folded)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The message cut at action marks, quotation marks, asides and sentence ends, without a gap."""
        return tuple(Clause(start, end, Mark(mark)) for start, end, mark in split_clauses(self.text))

    def clause_at(self, offset: int) -> Clause:
        """The clause in which the character at ``offset`` stands."""
        for clause in self.clauses:
            if clause.start <= offset < clause.end:
                return clause
        return Clause(0, len(self.text), Mark.PLAIN)

    def given(self, start: int, end: int) -> Span:
        """The span in the text as given of a run in ``folded.text``."""
        return self.folded.given(start, end)
