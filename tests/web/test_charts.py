"""The charts: well formed, the same twice, legible at any number of points, and deaf to hostile text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.web.charts import (
    BandLine,
    BandPoint,
    Bar,
    Bars,
    Drawn,
    Stretch,
    Timeline,
    draw_bars,
    draw_line,
    draw_timeline,
    style_sheet,
)
from discretion.web.charts._draw import width_of

FIRST = date(2026, 1, 5)
SVG = "{http://www.w3.org/2000/svg}"
TICKS = ((1.0, "you alone"), (1e3, "1,000"), (1e6, "1 million"), (1e9, "1 billion"))


def line(points: int, *, text: str = "", days_apart: int = 7) -> BandLine:
    made = []
    for at in range(points):
        value = max(1.0, 4e8 / 3.0**at)
        made.append(
            BandPoint(
                FIRST + timedelta(days=at * days_apart),
                value,
                max(1.0, value / 2),
                value * 2,
                text or f"{value:,.0f}",
                text or "location",
                is_sure_day=at % 5 != 3,
            )
        )
    until = FIRST + timedelta(days=max(1, points) * days_apart + 3)
    key = (text or "people who fit", text or "nine times in ten", text or "day noted")
    return BandLine(text or "How many", text or "A line.", tuple(made), until, 8.1e9, TICKS, key)


def bars(count: int, *, text: str = "") -> Bars:
    made = [Bar(text or f"fact {at}", float(count - at), text or f"1 in {at + 2}", at) for at in range(count)]
    return Bars(text or "Shares", text or "Bars.", tuple(made), ("a", "b", "c", "d"))


def timeline(count: int, *, text: str = "") -> Timeline:
    made = [
        Stretch(
            text or f"fact {at}",
            FIRST + timedelta(days=3 * at),
            FIRST + timedelta(days=5 * at),
            text or f"{at} times",
            is_sure_day=at % 4 != 1,
        )
        for at in range(count)
    ]
    return Timeline(text or "When", text or "Rows.", tuple(made))


def drawn(count: int, *, text: str = "", width: float = 640.0) -> list[Drawn]:
    return [
        draw_line(line(count, text=text), "one", width=width),
        draw_bars(bars(count, text=text), "two", width=width),
        draw_timeline(timeline(count, text=text), "three", width=width),
    ]


def texts(svg: Element) -> list[Element]:
    return list(svg.iter(f"{SVG}text"))


def box(text: Element) -> tuple[float, float, float, float]:
    """Left, top, right, bottom, by the module's own measure of letters."""
    size = float(text.get("font-size", "13"))
    wide = width_of(text.text or "", size)
    x, y = float(text.get("x", "0")), float(text.get("y", "0"))
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "start")]
    return left, y - 0.75 * size, left + wide, y + 0.2 * size


def overlaps(found: Iterable[Element]) -> list[tuple[str | None, str | None]]:
    boxes = [(one.text, box(one)) for one in found]
    return [
        (first, second)
        for at, (first, one) in enumerate(boxes)
        for second, other in boxes[at + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


@pytest.mark.parametrize("width", [340.0, 640.0])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 60])
def test_labels_stay_apart_and_inside(count: int, width: float) -> None:
    for one in drawn(count, width=width):
        svg = fromstring(one.svg)
        assert overlaps(texts(svg)) == []
        high = float((svg.get("viewBox") or "").split()[3])
        for text in texts(svg):
            left, top, right, bottom = box(text)
            assert left >= -1, text.text
            assert right <= width + 1, text.text
            assert top >= 0, text.text
            assert bottom <= high, text.text


@pytest.mark.parametrize("days_apart", [0, 1, 400])
def test_a_line_of_one_day_or_of_years(days_apart: int) -> None:
    svg = fromstring(draw_line(line(9, days_apart=days_apart), "one").svg)
    assert overlaps(texts(svg)) == []


@pytest.mark.parametrize("count", [1, 2, 60])
def test_every_number_is_in_the_table_and_in_a_title(count: int) -> None:
    for one, numbers in zip(
        drawn(count),
        (
            [point.shown for point in line(count).points],
            [bar.shown for bar in bars(count).bars],
            [row.shown for row in timeline(count).rows],
        ),
        strict=True,
    ):
        cells = [cell.text for cell in fromstring(one.table).iter() if cell.tag in ("td", "th")]
        titles = " ".join(title.text or "" for title in fromstring(one.svg).iter(f"{SVG}title"))
        for number in numbers:
            assert number in cells
            assert number in titles


def test_it_is_an_image_with_title_and_description() -> None:
    for one in drawn(3):
        svg = fromstring(one.svg)
        assert svg.get("role") == "img"
        title, description = (svg.get("aria-labelledby") or "").split()
        ids = {element.get("id"): element.tag for element in svg.iter() if element.get("id")}
        assert (ids[title], ids[description]) == (f"{SVG}title", f"{SVG}desc")
        table = fromstring(one.table)
        assert table.find("caption") is not None
        assert {head.get("scope") for head in table.iter("th")} == {"col", "row"}


def test_the_same_data_give_the_same_bytes() -> None:
    assert drawn(7) == drawn(7)


def test_more_than_colour_tells_things_apart() -> None:
    (a_line, some_bars, times) = (fromstring(one.svg) for one in drawn(6))
    fills = {bar.get("fill") for bar in some_bars.iter(f"{SVG}rect")}
    assert len(fills) == 4, "plain and three patterns"
    assert any(edge.get("stroke-dasharray") for edge in a_line.iter(f"{SVG}path"))
    assert any("hollow" in (dot.get("class") or "") for dot in a_line.iter(f"{SVG}circle"))
    assert any(row.get("stroke-dasharray") for row in times.iter(f"{SVG}line"))


def test_it_reads_without_a_style_sheet() -> None:
    for svg in (
        draw_line(line(5), "one", styled=False).svg,
        draw_bars(bars(5), "two", styled=False).svg,
        draw_timeline(timeline(5), "three", styled=False).svg,
    ):
        assert "<style" not in svg
        assert " style=" not in svg, "a strict content security policy forbids it"
        for shape in fromstring(svg).iter():
            if shape.tag in (f"{SVG}path", f"{SVG}line"):
                assert shape.get("stroke") or shape.get("fill")


def test_the_style_sheet_knows_dark_pages_and_paper_and_loads_nothing() -> None:
    sheet = style_sheet()
    assert "prefers-color-scheme: dark" in sheet
    assert "@media print" in sheet
    assert "url(" not in sheet
    assert "@import" not in sheet


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></style></svg><script>",
    "&lt;b&gt; &amp; &#x3c;",
    "tab\tline\nnul\x00 bell\x07 esc\x1b[31m",
    "\u202eright to left\u202c \ufeff",
    "lone \ud800 half",
    "{{ 7*7 }} {% x %}",
    "long " * 200,
    "漢字" * 60,
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    for one in drawn(3, text=text):
        svg, table = fromstring(one.svg), fromstring(one.table)
        tags = {element.tag.removeprefix(SVG) for element in svg.iter()}
        assert tags <= {
            "svg",
            "title",
            "desc",
            "style",
            "text",
            "path",
            "line",
            "rect",
            "circle",
            "defs",
            "pattern",
        }
        assert {element.tag for element in table.iter()} <= {
            "table", "caption", "thead", "tbody", "tr", "th", "td",
        }  # fmt: skip
        assert not any(name.startswith("on") for element in svg.iter() for name in element.attrib)
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", one.svg.replace("\n", " "))
        assert overlaps(texts(svg)) == [] or not text


@given(st.text(), st.text())
def test_any_text_gives_well_formed_elements(text: str, other: str) -> None:
    one = draw_bars(Bars(text, other, (Bar(text, 1.0, other), Bar(other, 0.0, text))), other)
    fromstring(one.svg)
    fromstring(one.table)


@pytest.mark.parametrize("value", [0.0, 1.0, 1e12])
def test_a_bar_never_leaves_the_drawing(value: float) -> None:
    svg = fromstring(
        draw_bars(Bars("t", "d", (Bar("a", value, "x"), Bar("b", 1.0, "y"))), "n", width=340).svg
    )
    for rect in svg.iter(f"{SVG}rect"):
        assert float(rect.get("x", "0")) + float(rect.get("width", "0")) <= 340
