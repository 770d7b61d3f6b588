"""Elements of a chart: escaped text, rounded numbers, the frame around a drawing, the table beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

FONT = 13.0
"""Drawing units; a drawing of 640 is shown about as wide in pixels."""
SMALL = 12.0
WIDEST_LETTER = 0.62
"""Width of a letter in parts of the font size: a generous mean of sans-serif fonts, capitals included."""

_NO_XML = re.compile("[^\t\n\r\\x20-\\x7e\\x85\\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_STEERS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart: the ``svg`` element, and an HTML ``table`` of the same numbers to stand beside it."""

    svg: str
    table: str


@cache
def style_sheet() -> str:
    """The style sheet of all charts, for a page that serves it."""
    return files("discretion.web.charts").joinpath("charts.css").read_text("utf-8")


def clean(text: str) -> str:
    """``text`` without what XML forbids or what turns the direction of writing; on one line."""
    return " ".join(_NO_XML.sub("\ufffd", _STEERS.sub("\ufffd", text)).split())


def num(value: float) -> str:
    """A coordinate, rounded so that the same data gives the same bytes on every machine."""
    return f"{round(value, 1):g}"


def width_of(text: str, size: float = FONT) -> float:
    """About how wide a text is, rather too much than too little; wide scripts count twice."""
    return sum(2.0 if ord(letter) > 0x2E7F else 1.0 for letter in text) * size * WIDEST_LETTER


def shortened(text: str, width: float, size: float = FONT) -> str:
    """``text``, cut so that it fits ``width``."""
    if width_of(text, size) <= width:
        return text
    kept = text
    while kept and width_of(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def shortened_inside(text: str, width: float, size: float = FONT) -> str:
    """``text``, cut in its middle so that it fits: names of one family differ at either end."""
    if width_of(text, size) <= width:
        return text
    head, tail = text[: (len(text) + 1) // 2], text[(len(text) + 1) // 2 :]
    while (head or tail) and width_of(f"{head}…{tail}", size) > width:
        if len(head) > len(tail):
            head = head[:-1]
        else:
            tail = tail[1:]
    return f"{head.rstrip()}…{tail.lstrip()}"


def root(name: str, title: str, description: str, width: float, height: float, *, styled: bool) -> Element:
    """The ``svg`` element with its title, description and style sheet; ``name`` makes its ids unique."""
    prefix = re.sub(r"[^a-z0-9-]", "-", name.lower()) or "chart"
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {num(width)} {num(height)}",
            "class": "chart",
            "role": "img",
            "aria-labelledby": f"{prefix}-title {prefix}-desc",
            "font-size": num(FONT),
            "font-family": "sans-serif",
            "fill": "none",
        },
    )
    SubElement(svg, "title", {"id": f"{prefix}-title"}).text = clean(title)
    SubElement(svg, "desc", {"id": f"{prefix}-desc"}).text = clean(description)
    if styled:
        SubElement(svg, "style").text = style_sheet()
    return svg


def shape(parent: Element, tag: str, title: str = "", **attributes: str | float) -> Element:
    """A child element; an underscore at an attribute's end is left off, one inside is a hyphen."""
    told = {
        key.rstrip("_").replace("_", "-"): value if isinstance(value, str) else num(value)
        for key, value in attributes.items()
    }
    made = SubElement(parent, tag, told)
    if title:
        SubElement(made, "title").text = clean(title)
    return made


def write(
    parent: Element,
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    size: float = FONT,
    class_: str = "",
) -> Element:
    """A text whose base line starts, ends or has its middle at (x, y)."""
    told = {"x": num(x), "y": num(y), "text-anchor": anchor, "fill": "currentColor"}
    if size != FONT:
        told["font-size"] = num(size)
    if class_:
        told["class"] = class_
    made = SubElement(parent, "text", told)
    made.text = clean(text)
    return made


def hatches(svg: Element, name: str) -> tuple[str, ...]:
    """Define the patterns and give the ``fill`` of each: stripes one way, the other, dots."""
    prefix = re.sub(r"[^a-z0-9-]", "-", name.lower()) or "chart"
    defs = SubElement(svg, "defs")
    fills = []
    for at, turn in enumerate((45, -45)):
        one = shape(
            defs, "pattern", id=f"{prefix}-p{at}", width=6, height=6, patternUnits="userSpaceOnUse",
            patternTransform=f"rotate({turn})",
        )  # fmt: skip
        shape(one, "line", class_="hatch", x1=0, y1=0, x2=0, y2=6, stroke="currentColor", stroke_width=3)
        fills.append(f"url(#{prefix}-p{at})")
    dots = shape(defs, "pattern", id=f"{prefix}-p2", width=6, height=6, patternUnits="userSpaceOnUse")
    shape(dots, "circle", class_="bar", cx=3, cy=3, r=1.6, fill="currentColor")
    return (*fills, f"url(#{prefix}-p2)")


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], figures: int) -> str:
    """An HTML table; the last ``figures`` columns hold numbers, the first heads its row."""
    made = Element("table", {"class": "chart-table"})
    SubElement(made, "caption").text = clean(caption)
    head = SubElement(SubElement(made, "thead"), "tr")
    for at, name in enumerate(heads):
        SubElement(head, "th", _cell(at, len(heads), figures) | {"scope": "col"}).text = clean(name)
    body = SubElement(made, "tbody")
    for row in rows:
        line = SubElement(body, "tr")
        for at, cell in enumerate(row):
            told = _cell(at, len(heads), figures) | ({"scope": "row"} if at == 0 else {})
            SubElement(line, "td" if at else "th", told).text = clean(cell)
    return text_of(made)


def _cell(at: int, columns: int, figures: int) -> dict[str, str]:
    return {"class": "n"} if at >= columns - figures else {}


def text_of(element: Element) -> str:
    """The element as text; never with an empty element written short, which HTML would not close."""
    return tostring(element, encoding="unicode", short_empty_elements=False)
