"""Horizontal bars, told apart by their pattern as well as by their place."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from discretion.web.charts._draw import (
    SMALL,
    Drawn,
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
    svg = root(name, chart.title, chart.description, width, top + ROW * len(chart.bars) + TOP, styled=styled)
    fills = ("", *hatches(svg, name))
    _key(svg, chart.key, fills, width)
    names = min(0.4 * width, max((width_of(one.label) for one in chart.bars), default=0))
    figures = max((width_of(one.shown) for one in chart.bars), default=0)
    room = max(20.0, width - names - figures - 24)
    most = max((one.value for one in chart.bars), default=0) or 1.0
    for at, one in enumerate(chart.bars):
        y = top + at * ROW
        write(svg, shortened(one.label, names), names, y + 17, anchor="end")
        long = room * max(0.0, one.value) / most
        _bar(svg, names + 10, y + 5, long, fills[one.pattern % 4], f"{one.label}: {one.shown}")
        write(svg, one.shown, names + 16 + long, y + 17, class_="soft")
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
