"""The bars of the timeline of fiction and self."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from discretion.cli._tally import Timeline

MOST_BARS = 120
HEIGHT = 96.0
"""Drawing units from the base line to the highest bar."""

_ORDER = ("fiction", "self", "neutral", "not checked")


@dataclass(frozen=True, slots=True)
class Segment:
    """One frame's part of a bar; ``y`` and ``height`` in drawing units from the top."""

    frame: str
    y: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """The messages of one stretch of time."""

    label: str
    segments: tuple[Segment, ...]


def bars(timeline: Timeline) -> list[Bar]:
    """By day where times are known, else by the order of the messages; never more than ``MOST_BARS``."""
    if len(timeline.by_day) > 1:
        stretches = [(f"{day.day} {day:%b %Y}", timeline.by_day[day]) for day in sorted(timeline.by_day)]
    else:
        size = timeline.per_bucket
        stretches = [
            (f"message {i * size + 1}" if size == 1 else f"messages {i * size + 1}–{(i + 1) * size}", counts)
            for i, counts in enumerate(timeline.by_order)
        ]
    merge = max(1, -(-len(stretches) // MOST_BARS))
    merged: list[tuple[str, Counter[str]]] = []
    for i in range(0, len(stretches), merge):
        group = stretches[i : i + merge]
        label = group[0][0] if len(group) == 1 else f"{group[0][0]} – {group[-1][0]}"
        merged.append((label, sum((counts for _, counts in group), Counter())))
    highest = max((sum(counts.values()) for _, counts in merged), default=1)
    return [Bar(label, _segments(counts, highest)) for label, counts in merged]


def _segments(counts: Counter[str], highest: int) -> tuple[Segment, ...]:
    rows = []
    top = HEIGHT
    for frame in _ORDER:
        if counts[frame]:
            height = HEIGHT * counts[frame] / highest
            top -= height
            rows.append(Segment(frame, round(top, 2), round(height, 2), counts[frame]))
    return tuple(rows)
