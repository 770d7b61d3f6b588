"""The runs of a text that are looked at: whole words, apart, and no pieces of known values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from discretion.guard.stand_ins._known import Place
from discretion.guard.stand_ins._replacement import Replacement
from discretion.guard.stand_ins._spelling import WORDY
from discretion.records import Finding, Kind

_FARTHEST = 30
"""Characters by which a finding may be short of a word's end."""
_ENDINGS = frozenset({"", "s", "es", "'s", "\u2019s"})
_REST = re.compile(r"[A-Za-z0-9]*")


class Run(NamedTuple):
    """The run ``[start, end)`` of a text and what it is."""

    start: int
    end: int
    kind: Kind


def apart(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs that stand apart: of two that overlap the one that came first, in the order of the text."""
    kept: list[Run] = []
    for run in runs:
        if run.start < run.end and all(run.end <= one.start or one.end <= run.start for one in kept):
            kept.append(run)
    yield from sorted(kept)


def whole(one: Finding, text: str) -> Run:
    """The run of a finding; what ends inside a word ("CE" of "CE2") is that word, or it never came back."""
    start, end = one.start, one.end
    if one.kind not in WORDY or not start < end:
        return Run(start, end, one.kind)
    while start > 0 and one.start - start < _FARTHEST and _is_inside(text[start - 1 : start + 1], ""):
        start -= 1
    rest = _REST.match(text, end)
    if rest and rest[0].lower() in _ENDINGS:
        return Run(start, end, one.kind)
    while end < len(text) and end - one.end < _FARTHEST and _is_inside(text[end - 1 : end + 1], "-'"):
        end += 1
    return Run(start, end, one.kind)


def _is_inside(pair: str, joins: str) -> bool:
    """Whether two characters belong to one word; the first may be one that ``joins``."""
    return pair.isascii() and pair[1:].isalnum() and (pair[0].isalnum() or pair[0] in joins)


def is_piece(run: Run, place: Place, text: str) -> bool:
    """Whether a run is a piece of the known value at ``place``, or that value with its ending."""
    if not place.start <= run.start < place.end or text[place.end : run.end].lower() not in _ENDINGS:
        return False
    is_whole = (run.start, run.end) == (place.start, place.end)
    return not is_whole or (run.kind is Kind.NAME and " " in text[run.start : run.end])


def is_free(run: Run, done: Iterable[Replacement]) -> bool:
    """Whether nothing in the run is replaced yet."""
    return all(run.end <= one.start or one.end <= run.start for one in done)
