"""When each thing was first and last told: a row for each, along one axis of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from discretion.web.charts._draw import SMALL, Drawn, root, shape, shortened, table, text_of, width_of, write
from discretion.web.charts._labels import Days, day_words

ROW = 24.0
TOP, BOTTOM = 8.0, 30.0
RADIUS = 4.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A row: its name, its first and last day, and what stands behind it.

    ``is_sure_day`` is false where the days are only when it was written down: drawn hollow and dashed.
    """

    label: str
    first: date
    last: date
    shown: str
    is_sure_day: bool = True


@dataclass(frozen=True, slots=True)
class Timeline:
    """What to draw; ``heads`` are the columns of the table."""

    title: str
    description: str
    rows: tuple[Stretch, ...]
    heads: tuple[str, str, str, str] = ("what", "first", "last", "how often")


def draw_timeline(chart: Timeline, name: str, *, width: float = 640.0, styled: bool = True) -> Drawn:
    """Draw it ``width`` units wide; ``name`` keeps its ids apart from those of other charts on the page."""
    height = TOP + ROW * len(chart.rows) + BOTTOM
    svg = root(name, chart.title, chart.description, width, height, styled=styled)
    if chart.rows:
        _draw(svg, chart.rows, width)
    rows = [
        (
            one.label + ("" if one.is_sure_day else " *"),
            day_words(one.first),
            day_words(one.last),
            one.shown,
        )
        for one in chart.rows
    ]
    return Drawn(text_of(svg), table(chart.title, chart.heads, rows, 1))


def _draw(svg: Element, rows: tuple[Stretch, ...], width: float) -> None:
    names = min(0.4 * width, max(width_of(one.label) for one in rows))
    figures = max(width_of(one.shown, SMALL) for one in rows)
    first, last = min(one.first for one in rows), max(one.last for one in rows)
    days = Days(first, last, names + 16, max(names + 60, width - figures - 14))
    bottom = TOP + ROW * len(rows)
    shape(
        svg, "line", class_="axis", x1=days.left, x2=days.right, y1=bottom, y2=bottom, stroke="currentColor"
    )
    for label in days.labels(bottom + 20, SMALL):
        write(svg, label.text, label.x, label.y, anchor=label.anchor, size=SMALL, class_="soft")
    for at, one in enumerate(rows):
        y = TOP + at * ROW + ROW / 2
        shape(svg, "line", class_="grid", x1=days.left, x2=days.right, y1=y, y2=y, stroke="#d4d7e0")
        write(svg, shortened(one.label, names), names, y + 4, anchor="end")
        _stretch(svg, one, days, y)
        write(svg, one.shown, days.right + 10, y + 4, size=SMALL, class_="soft")


def _stretch(svg: Element, one: Stretch, days: Days, y: float) -> None:
    begins, ends = days.at(one.first), days.at(one.last)
    title = f"{one.label}: {day_words(one.first)} to {day_words(one.last)}, {one.shown}"
    line = {} if one.is_sure_day else {"stroke-dasharray": "4 3"}
    shape(svg, "line", class_="line", x1=begins, x2=ends, y1=y, y2=y, stroke="currentColor",
          stroke_width=3, **line)  # fmt: skip
    for x in dict.fromkeys((begins, ends)):
        if one.is_sure_day:
            shape(svg, "circle", title, class_="full", cx=x, cy=y, r=RADIUS, fill="currentColor")
        else:
            shape(svg, "circle", title, class_="hollow", cx=x, cy=y, r=RADIUS, fill="#ffffff",
                  stroke="currentColor", stroke_width=2)  # fmt: skip
