"""Where several forms of one family fit the same run: the most certain stays, among equals the longest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


def strongest(rows: Iterable[tuple[int, int, float, str]]) -> list[tuple[int, int, float, str]]:
    """``(start, end, confidence, reason)`` rows that do not overlap, in order."""
    kept: list[tuple[int, int, float, str]] = []
    for row in sorted(rows, key=lambda row: (-row[2], row[0] - row[1], row[0])):
        at = bisect_left(kept, row)
        before = at > 0 and kept[at - 1][1] > row[0]
        after = at < len(kept) and kept[at][0] < row[1]
        if row[1] > row[0] and not before and not after:
            kept.insert(at, row)
    return kept
