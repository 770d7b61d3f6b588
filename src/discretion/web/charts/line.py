"""A line that steps down over time, with the band it may lie in, on a scale of powers of ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log10
from xml.etree.ElementTree import Element

from discretion.web.charts._draw import SMALL, Drawn, num, root, shape, table, text_of, width_of, write
from discretion.web.charts._labels import Days, Label, day_words, placed

HEIGHT = 300.0
TOP, BOTTOM = 34.0, 30.0
RADIUS = 4.0


@dataclass(frozen=True, slots=True)
class BandPoint:
    """The value from ``day`` on, and the interval it may lie in, all at least 1.

    ``shown`` is the value in words; ``note`` says what happened on that day. ``is_sure_day`` is false where
    the day is only when it was written down: drawn hollow.
    """

    day: date
    value: float
    low: float
    high: float
    shown: str
    note: str = ""
    is_sure_day: bool = True


@dataclass(frozen=True, slots=True)
class BandLine:
    """What to draw: points in the order of their days, up to the day ``until``.

    ``start`` is the value before the first point. ``ticks`` are marks on the scale, value and words. ``key``
    names the line, the band and, where there are any, the hollow points.
    """

    title: str
    description: str
    points: tuple[BandPoint, ...]
    until: date
    start: float
    ticks: tuple[tuple[float, str], ...]
    key: tuple[str, str, str]
    heads: tuple[str, ...] = ("from", "value", "at least", "at most", "because of")


@dataclass(frozen=True, slots=True)
class _Plot:
    days: Days
    top: float
    bottom: float
    most: float

    def y(self, value: float) -> float:
        part = min(1.0, max(0.0, log10(max(value, 1.0)) / self.most))
        return self.bottom - part * (self.bottom - self.top)


def draw_line(chart: BandLine, name: str, *, width: float = 640.0, styled: bool = True) -> Drawn:
    """Draw it ``width`` units wide; ``name`` keeps its ids apart from those of other charts on the page."""
    svg = root(name, chart.title, chart.description, width, HEIGHT, styled=styled)
    plot = _plot(chart, width)
    _axes(svg, chart, plot)
    if chart.points:
        _band(svg, chart.points, plot)
        shape(svg, "path", class_="line", d=_steps(chart, plot), stroke="currentColor", stroke_width=2.5)
        _points(svg, chart.points, plot)
        _values(svg, chart.points, plot)
    _key(svg, chart, width)
    rows = [
        (
            day_words(one.day) + ("" if one.is_sure_day else " *"),
            one.shown,
            f"{one.low:,.0f}",
            f"{one.high:,.0f}",
            one.note,
        )
        for one in chart.points
    ]
    return Drawn(text_of(svg), table(chart.title, chart.heads, rows, 0))


def _plot(chart: BandLine, width: float) -> _Plot:
    left = max((width_of(words, SMALL) for _, words in chart.ticks), default=0.0) + 12.0
    days = [one.day for one in chart.points] or [chart.until]
    last = max(chart.until, days[-1])
    before = max(1, round((last - days[0]).days / 25))
    highest = max([chart.start, *(one.high for one in chart.points), 10.0])
    return _Plot(
        Days(days[0] - timedelta(days=before), last, left, width - 14.0),
        TOP,
        HEIGHT - BOTTOM,
        ceil(log10(highest) * 2) / 2,
    )


def _axes(svg: Element, chart: BandLine, plot: _Plot) -> None:
    days = plot.days
    for value, words in chart.ticks:
        y = plot.y(value)
        shape(svg, "line", class_="grid", x1=days.left, x2=days.right, y1=y, y2=y, stroke="#d4d7e0")
        write(svg, words, days.left - 8, y + 4, anchor="end", size=SMALL, class_="soft")
    shape(
        svg, "line", class_="axis", x1=days.left, x2=days.right, y1=plot.bottom, y2=plot.bottom,
        stroke="currentColor",
    )  # fmt: skip
    for label in days.labels(plot.bottom + 20, SMALL):
        write(svg, label.text, label.x, label.y, anchor=label.anchor, size=SMALL, class_="soft")


def _ends(points: Sequence[BandPoint], plot: _Plot) -> list[float]:
    """Where each step ends: at the next point, the last one at the right edge."""
    return [*(plot.days.at(one.day) for one in points[1:]), plot.days.right]


def _steps(chart: BandLine, plot: _Plot) -> str:
    path = [f"M{num(plot.days.left)} {num(plot.y(chart.start))}"]
    for one in chart.points:
        path.append(f"H{num(plot.days.at(one.day))}V{num(plot.y(one.value))}")
    return "".join([*path, f"H{num(plot.days.right)}"])


def _edge(points: Sequence[BandPoint], values: Sequence[float], plot: _Plot) -> list[str]:
    ends = _ends(points, plot)
    return [
        f"{num(x)} {num(plot.y(value))}"
        for one, end, value in zip(points, ends, values, strict=True)
        for x in (plot.days.at(one.day), end)
    ]


def _band(svg: Element, points: Sequence[BandPoint], plot: _Plot) -> None:
    above = _edge(points, [one.high for one in points], plot)
    below = _edge(points, [one.low for one in points], plot)
    outline = "M" + "L".join([*above, *reversed(below)]) + "Z"
    shape(svg, "path", class_="band", d=outline, fill="#888888", fill_opacity=0.22)
    for edge in (above, below):
        shape(
            svg, "path", class_="edge", d="M" + "L".join(edge), stroke="currentColor",
            stroke_width=1, stroke_dasharray="2 3",
        )  # fmt: skip


def _points(svg: Element, points: Sequence[BandPoint], plot: _Plot) -> None:
    for one in points:
        told = f"{day_words(one.day)}: {one.shown}, between {one.low:,.0f} and {one.high:,.0f}"
        title = f"{told}; {one.note}" if one.note else told
        x, y = plot.days.at(one.day), plot.y(one.value)
        if one.is_sure_day:
            shape(svg, "circle", title, class_="full", cx=x, cy=y, r=RADIUS, fill="currentColor")
        else:
            shape(
                svg, "circle", title, class_="hollow", cx=x, cy=y, r=RADIUS, fill="#ffffff",
                stroke="currentColor", stroke_width=2,
            )  # fmt: skip


def _values(svg: Element, points: Sequence[BandPoint], plot: _Plot) -> None:
    """The values beside their points: the last, the first, then the biggest falls, where there is room."""
    falls = {at: log10(points[at - 1].value / points[at].value) for at in range(1, len(points))}
    order = dict.fromkeys([len(points) - 1, 0, *sorted(falls, key=lambda at: -falls[at])])
    wanted = []
    for at in order:
        x, y = plot.days.at(points[at].day), plot.y(points[at].value)
        wanted.append(Label(points[at].shown, x + 8, y - 7))
        wanted.append(Label(points[at].shown, x - 8, y + 16, "end"))
        wanted.append(Label(points[at].shown, x - 8, y - 7, "end"))
    found: dict[str, Label] = {}
    for label in placed(wanted, plot.days.left + 2, plot.days.right):
        if plot.top - 8 < label.y < plot.bottom - 2:
            found.setdefault(label.text, label)
    for label in found.values():
        write(svg, label.text, label.x, label.y, anchor=label.anchor, class_="halo")


def _key(svg: Element, chart: BandLine, width: float) -> None:
    """What line, band and hollow points are, in one row at the top as far as it fits."""
    line, band, hollow = chart.key
    x = 2.0
    names = [line, band, hollow if any(not one.is_sure_day for one in chart.points) else ""]
    for at, words in enumerate(names):
        if not words or x + 30 + width_of(words, SMALL) > width:
            continue
        if at == 0:
            shape(svg, "line", class_="line", x1=x, x2=x + 20, y1=11, y2=11, stroke="currentColor",
                  stroke_width=2.5)  # fmt: skip
        elif at == 1:
            shape(
                svg, "rect", class_="band", x=x, y=5, width=20, height=12, fill="#888888", fill_opacity=0.22
            )
            for y in (5, 17):
                shape(svg, "line", class_="edge", x1=x, x2=x + 20, y1=y, y2=y, stroke="currentColor",
                      stroke_dasharray="2 3")  # fmt: skip
        else:
            shape(svg, "circle", class_="hollow", cx=x + 10, cy=11, r=RADIUS, fill="#ffffff",
                  stroke="currentColor", stroke_width=2)  # fmt: skip
        write(svg, words, x + 26, 15, size=SMALL, class_="soft")
        x += 26 + width_of(words, SMALL) + 10
