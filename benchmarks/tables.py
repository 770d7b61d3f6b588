"""A table, the same in the terminal and on a page, and how figures are written in one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table as RichTable

from benchmarks.ours import TITLES
from benchmarks.peers.catalogue import catalogue

NOTHING = "–"
WIDE = 220
"""Columns where nobody looks at a terminal: a file takes any width."""


def console() -> Console:
    """Where tables are shown."""
    return Console(width=None if sys.stdout.isatty() else WIDE)


@dataclass(frozen=True, slots=True)
class Table:
    """A title, column heads and rows of cells; the first column is the name of the row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    holds_words: bool = False
    """Whether the cells behind the first are words, to be set from the left."""

    def rich(self) -> RichTable:
        """For the terminal."""
        table = RichTable(title=self.title, title_justify="left")
        for index, head in enumerate(self.heads):
            table.add_column(head, justify="right" if index and not self.holds_words else "left")
        for row in self.rows:
            table.add_row(*row)
        return table

    def markdown(self) -> str:
        """For a page; without the title."""
        rule = "---" if self.holds_words else "---:"
        lines = [self.heads, ("---", *(rule for _ in self.heads[1:])), *self.rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def title_of(system: str) -> str:
    """How a system is shown."""
    return TITLES.get(system) or catalogue()[system].title


def percent(value: float | None) -> str:
    """A share as a percentage with one decimal."""
    return NOTHING if value is None else f"{100 * value:.1f} %"


def plain(value: float | None) -> str:
    """A figure with one decimal."""
    return NOTHING if value is None else f"{value:.1f}"


def within(shown: str, ends: Sequence[float] | None, times: int = 100) -> str:
    """A figure with the ends of its interval, both in the figure's unit."""
    if ends is None or shown == NOTHING:
        return shown
    low, high = (times * end for end in ends)
    return f"{shown} ({low:.1f}–{high:.1f})"
