"""Horizontal bars, told apart by their pattern as well as by their place."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from discretion.web.charts._draw import (
    SMALL,
    Drawn,
    clean,
    hatches,
    root,
    shape,
    shortened,
    table,
    text_of,
    width_of,
    write,
)

ROW, TALL = 26.0, 16.0
STACKED = 44.0
"""A row whose name stands above its bar."""
MOST_BESIDE = 0.4
"""Part of the width that names may take beside the bars; longer ones stand above."""
TOP = 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, how long it is (0 or more), what stands behind it, and which of four patterns."""

    label: str
    value: float
    shown: str
    pattern: int = 0


@dataclass(frozen=True, slots=True)
class Bars:
    """What to draw; ``key`` names the patterns that are used, ``heads`` the columns of the table."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    key: tuple[str, ...] = ()
    heads: tuple[str, str] = ("what", "how much")


def draw_bars(chart: Bars, name: str, *, width: float = 640.0, styled: bool = True) -> Drawn:
    """Draw it ``width`` units wide; ``name`` keeps its ids apart from those of other charts on the page."""
    top = TOP + (ROW if chart.key else 0)
    longest = max((width_of(clean(one.label)) for one in chart.bars), default=0)
    is_stacked = longest > MOST_BESIDE * width
    row = STACKED if is_stacked else ROW
    svg = root(name, chart.title, chart.description, width, top + row * len(chart.bars) + TOP, styled=styled)
    fills = ("", *hatches(svg, name))
    _key(svg, chart.key, fills, width)
    figures = max((width_of(one.shown) for one in chart.bars), default=0)
    left = 2.0 if is_stacked else longest + 10
    room = max(20.0, width - left - figures - 14)
    most = max((one.value for one in chart.bars), default=0) or 1.0
    for at, one in enumerate(chart.bars):
        y = top + at * row
        if is_stacked:
            write(svg, shortened(one.label, width - 4), 2, y + 14)
            y += STACKED - ROW
        else:
            write(svg, one.label, longest, y + 17, anchor="end")
        long = room * max(0.0, one.value) / most
        _bar(svg, left, y + 5, long, fills[one.pattern % 4], f"{one.label}: {one.shown}")
        write(svg, one.shown, left + long + 6, y + 17, class_="soft")
    rows = [(one.label, one.shown) for one in chart.bars]
    return Drawn(text_of(svg), table(chart.title, chart.heads, rows, 1))


def _bar(svg: Element, x: float, y: float, long: float, fill: str, title: str) -> None:
    if not fill:
        shape(svg, "rect", title, class_="bar", x=x, y=y, width=long, height=TALL, fill="currentColor")
        return
    shape(
        svg, "rect", title, class_="frame", x=x, y=y, width=long, height=TALL, fill=fill,
        stroke="currentColor",
    )  # fmt: skip


def _key(svg: Element, key: tuple[str, ...], fills: tuple[str, ...], width: float) -> None:
    x = 2.0
    for at, words in enumerate(key[:4]):
        if x + 30 + width_of(words, SMALL) > width:
            break
        _bar(svg, x, TOP, 20, fills[at], words)
        write(svg, words, x + 26, TOP + 13, size=SMALL, class_="soft")
        x += 26 + width_of(words, SMALL) + 10
