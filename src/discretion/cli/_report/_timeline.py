"""The bars of the timeline of fiction and self."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

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
    """The messages of one stretch of time; without segments where there were none."""

    label: str
    segments: tuple[Segment, ...]


def bars(timeline: Timeline) -> list[Bar]:
    """By the calendar where times are known, else by order; never more than ``MOST_BARS``.

    A day without a message keeps its place, so that a pause looks like one.
    """
    dated = len(timeline.by_day) > 1
    stretches = list(_by_calendar(timeline.by_day) if dated else _by_order(timeline))
    highest = max((sum(counts.values()) for _, counts in stretches), default=1)
    return [Bar(label, _segments(counts, highest)) for label, counts in stretches]


def _by_calendar(by_day: dict[date, Counter[str]]) -> Iterator[tuple[str, Counter[str]]]:
    first, last = min(by_day), max(by_day)
    width = -(-((last - first).days + 1) // MOST_BARS)
    merged: dict[int, Counter[str]] = {}
    for day, counts in by_day.items():
        merged.setdefault((day - first).days // width, Counter()).update(counts)
    for index in range((last - first).days // width + 1):
        begins = first + timedelta(days=index * width)
        ends = min(last, begins + timedelta(days=width - 1))
        label = _day(begins) if width == 1 else f"{_day(begins)} – {_day(ends)}"
        yield label, merged.get(index, Counter())


def _by_order(timeline: Timeline) -> Iterator[tuple[str, Counter[str]]]:
    groups = -(-len(timeline.by_order) // MOST_BARS) or 1
    size = timeline.per_bucket * groups
    for index in range(0, len(timeline.by_order), groups):
        begins = index * timeline.per_bucket + 1
        label = f"message {begins}" if size == 1 else f"messages {begins}–{begins + size - 1}"
        yield label, sum(timeline.by_order[index : index + groups], Counter())


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _segments(counts: Counter[str], highest: int) -> tuple[Segment, ...]:
    rows = []
    top = HEIGHT
    for frame in _ORDER:
        if counts[frame]:
            height = HEIGHT * counts[frame] / highest
            top -= height
            rows.append(Segment(frame, round(top, 2), round(height, 2), counts[frame]))
    return tuple(rows)
