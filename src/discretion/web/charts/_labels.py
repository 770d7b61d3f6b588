"""Where texts go: each into its place if nothing that matters more stands there, else nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from discretion.web.charts._draw import FONT, width_of

GAP = 5.0
"""Drawing units that stay free between two texts."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text and where it would stand: its base line and which end of it is at ``x``."""

    text: str
    x: float
    y: float
    anchor: str = "start"
    size: float = FONT

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        wide = width_of(self.text, self.size)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, self.y - 0.8 * self.size, left + wide, self.y + 0.25 * self.size


def placed(
    wanted: Iterable[Label], left: float, right: float, taken: Iterable[Label] = ()
) -> tuple[Label, ...]:
    """Those of ``wanted`` that find room, the first ones first; they come in that order."""
    there = [label.box for label in taken]
    kept = []
    for label in wanted:
        box = label.box
        if box[0] < left or box[2] > right or any(_touch(box, other) for other in there):
            continue
        there.append(box)
        kept.append(label)
    return tuple(kept)


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return (
        one[0] < other[2] + GAP
        and other[0] < one[2] + GAP
        and one[1] < other[3]
        and other[1] < one[3]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """A scale from days to drawing units."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day stands; days outside stand at the ends."""
        span = max(1, (self.last - self.first).days)
        part = min(1.0, max(0.0, (day - self.first).days / span))
        return self.left + part * (self.right - self.left)

    def labels(self, y: float, size: float) -> tuple[Label, ...]:
        """Dates under an axis: the last and the first, and between them what finds room."""
        span = (self.last - self.first).days
        wanted = [Label(day_words(self.last), self.right, y, "end", size)]
        if span:
            wanted.append(Label(day_words(self.first), self.left, y, "start", size))
        for parts in (2, 4, 8):
            for at in range(1, parts, 2):
                day = self.first + timedelta(days=round(span * at / parts))
                if self.first < day < self.last:
                    wanted.append(Label(day_words(day), self.at(day), y, "middle", size))
        return placed(wanted, self.left - 1, self.right + 1)


def day_words(day: date) -> str:
    """``3 May 2026``."""
    return f"{day.day} {day:%b %Y}"
