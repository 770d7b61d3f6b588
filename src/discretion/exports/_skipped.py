"""What was not read, and why: one row for each place, bounded however broken the input is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

MOST_ROWS = 1000
"""Rows kept for one export."""

EACH_REASON = 5
"""Rows kept in full for one reason in one file; the further ones are counted in one row."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A place that was not read (a file, a line, a byte) and the reason, in plain words, without a value."""

    where: str
    reason: str


class SkippedRows:
    """The growing list of ``Skipped``; repeated reasons in one file are folded into a count."""

    def __init__(self) -> None:
        self.rows: list[Skipped] = []
        self._seen: Counter[tuple[str, str]] = Counter()
        self._folded: dict[tuple[str, str], int] = {}
        self._overflow = 0

    def add(self, file: str, reason: str, place: str = "") -> None:
        """Note that ``place`` in ``file`` (or the whole file) was not read."""
        key = (file, reason)
        if key in self._folded:
            self._seen[key] += 1
            self.rows[self._folded[key]] = Skipped(file, f"{self._seen[key] - EACH_REASON} further: {reason}")
            return
        if len(self.rows) >= MOST_ROWS - 1:
            self._overflow += 1
            last = Skipped("(the list ends here)", f"{self._overflow} further places were not read")
            self.rows[MOST_ROWS - 1 :] = [last]
            return
        self._seen[key] += 1
        if self._seen[key] > EACH_REASON:
            self._folded[key] = len(self.rows)
            self.rows.append(Skipped(file, f"1 further: {reason}"))
        else:
            self.rows.append(Skipped(f"{file}, {place}" if place else file, reason))
