"""A graph of accounts, a person, and what links them: columns to both sides of the account in the middle.

What links stands between those it links, in columns by distance, so that every line runs between two columns
and no text lies on another. How surely a link holds is told by the line's dashes as well as by its colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

import networkx as nx

from discretion.web.charts._draw import (
    SMALL,
    Drawn,
    num,
    root,
    shape,
    shortened,
    shortened_inside,
    table,
    text_of,
    width_of,
    write,
)

Role = Literal["middle", "account", "person", "fact"]
Sureness = Literal["certain", "likely", "weak"]

ROW, BOX = 38.0, 26.0
"""From one box of a column to the next, and the height of a box."""
BETWEEN, LONG = 64.0, 40
"""From one column to the next, and up to as much again beside a column of ``LONG`` boxes."""
WIDEST = 210.0
LOOSEST = 2.5
"""How far the boxes of a short column stand apart at most, in rows of the longest."""
LEAST_WIDTH = 640.0
EDGE = 10.0
LINES: Mapping[str, tuple[str, float, str]] = {
    "certain": ("line", 2.6, ""),
    "likely": ("frame", 2.0, "8 4"),
    "weak": ("axis", 1.6, "2 4"),
}
"""Class, width and dashes of a line, by how surely the link holds."""
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Node:
    """One box: ``label`` stands in it, cut where it is too long; ``told`` is its whole title."""

    id: str
    label: str
    role: Role
    told: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between a fact and who has it."""

    fact: str
    holder: str
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Linkage:
    """What to draw: one node has the role ``middle``, at most one ``person``; ties join facts to the others.

    ``key`` names the shapes (the middle, other accounts, the person, what links) and ``sure`` the three
    lines; ``note`` stands below the drawing. ``rows`` are those of the table, under ``heads``.
    """

    title: str
    description: str
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    key: tuple[str, str, str, str]
    sure: tuple[str, str, str]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    x: float
    y: float
    width: float


def draw_graph(chart: Linkage, name: str, *, styled: bool = True) -> Drawn:
    """Draw it as wide and high as it needs to be; ``name`` keeps its ids apart from others on the page."""
    width, top = _key_size(chart)
    places, drawn_width, height = _layout(chart, top)
    shift = max(0.0, (width - drawn_width) / 2)
    places = {one: _Place(place.x + shift, place.y, place.width) for one, place in places.items()}
    width = max(width, drawn_width)
    if chart.note:
        height += 24.0
        width = max(width, width_of(chart.note, SMALL) + 2 * EDGE)
    svg = root(name, chart.title, chart.description, width, height, styled=styled)
    _key(svg, chart)
    for tie in chart.ties:
        _tie(svg, tie, places)
    for node in chart.nodes:
        _box(svg, node, places[node.id])
    if chart.note:
        write(svg, chart.note, width / 2, height - 9, anchor="middle", size=SMALL, class_="soft")
    return Drawn(text_of(svg), table(chart.title, chart.heads, chart.rows, 0))


def _layout(chart: Linkage, top: float) -> tuple[dict[str, _Place], float, float]:
    """Where every box stands (its middle), and the size of the whole."""
    columns = _columns(chart)
    labels = {node.id: node.label for node in chart.nodes}
    widths = {one: _box_width(label) for one, label in labels.items()}
    persons = [node.id for node in chart.nodes if node.role == "person"]
    rows = max(3 if persons else 1, *(len(column) for column in columns.values()))
    height = top + rows * ROW + EDGE
    middle = top + rows * ROW / 2
    places: dict[str, _Place] = {}
    x, gap = EDGE, 0.0
    for at in range(min(columns), max(columns) + 1):
        column = columns.get(at, [])
        wide = max((widths[one] for one in column), default=0.0)
        if at == 0 and persons:
            wide = max(wide, widths[persons[0]])
            above = max(ROW * 1.5, rows * ROW / 4)
            places[persons[0]] = _Place(x + wide / 2, middle - above, widths[persons[0]])
        step = ROW * min(LOOSEST, max(1.0, (rows - 1) / len(column))) if column else ROW
        first = middle - (len(column) - 1) * step / 2
        for row, one in enumerate(column):
            places[one] = _Place(x + wide / 2, first + row * step, widths[one])
        longest = max(len(column), len(columns.get(at + 1, [])))
        gap = BETWEEN * (1 + min(1.0, longest / LONG))
        x += wide + gap
    return places, x - gap + EDGE, height


def _columns(chart: Linkage) -> dict[int, list[str]]:
    """The boxes by column, the middle being 0 and the person over it; each column in order from the top."""
    centre = next(node.id for node in chart.nodes if node.role == "middle")
    ends = [node.id for node in chart.nodes if node.role in ("middle", "person")]
    made: nx.Graph = nx.Graph()
    made.add_nodes_from(node.id for node in chart.nodes)
    made.add_edges_from((tie.holder, tie.fact) for tie in chart.ties)
    order = {node.id: at for at, node in enumerate(chart.nodes)}
    distance = _distances(made, ends)
    columns: dict[int, list[str]] = {0: [centre]}
    taken = {1: 0, -1: 0}
    parts = [sorted(part, key=order.__getitem__) for part in _parts(made, ends)]
    for part in sorted(parts, key=lambda part: (-len(part), order[part[0]])):
        side = 1 if taken[1] <= taken[-1] else -1
        taken[side] += len(part)
        for one in part:
            columns.setdefault(side * distance.get(one, 1), []).append(one)
    _untangle(columns, made, {end: float(at) for at, end in enumerate(reversed(ends))})
    return columns


def _distances(made: nx.Graph, ends: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for end in ends:
        for one, far in nx.single_source_shortest_path_length(made, end).items():
            found[one] = min(far, found.get(one, far))
    return found


def _parts(made: nx.Graph, ends: Iterable[str]) -> list[set[str]]:
    """What hangs together without the middle and the person: each part can stand on either side."""
    rest = made.copy()
    rest.remove_nodes_from(ends)
    return list(nx.connected_components(rest))


def _untangle(columns: dict[int, list[str]], made: nx.Graph, ends: Mapping[str, float]) -> None:
    """Order each column by the mean height of what its boxes are tied to, inwards and outwards in turn."""
    height = dict(ends)
    for column in columns.values():
        height.update({one: (row + 0.5) / len(column) for row, one in enumerate(column) if one not in ends})
    for sweep in range(_SWEEPS):
        for at in sorted(columns, key=abs, reverse=bool(sweep % 2)):
            column = columns[at]
            if at == 0:
                continue

            def mean(one: str) -> float:
                near = [height[other] for other in made[one]]
                return sum(near) / len(near) if near else height[one]

            column.sort(key=mean)
            height.update({one: (row + 0.5) / len(column) for row, one in enumerate(column)})


def _box_width(label: str) -> float:
    return min(WIDEST, width_of(label) + 22.0)


def _tie(svg: Element, tie: Tie, places: Mapping[str, _Place]) -> None:
    left, right = sorted((places[tie.fact], places[tie.holder]), key=lambda place: place.x)
    x1, x2 = left.x + left.width / 2, right.x - right.width / 2
    bend = (x2 - x1) / 2
    class_, wide, dashes = LINES[tie.sureness]
    points = ((x1 + bend, left.y), (x2 - bend, right.y), (x2, right.y))
    path = f"M{num(x1)} {num(left.y)}C" + " ".join(f"{num(x)} {num(y)}" for x, y in points)
    told = {"stroke_dasharray": dashes} if dashes else {}
    shape(svg, "path", class_=class_, d=path, stroke="currentColor", stroke_width=wide, **told)


def _box(svg: Element, node: Node, place: _Place) -> None:
    """A fact is a pill, an account a box; the middle has two outlines, the person a pill with two."""
    parent = shape(svg, "g", node.told or node.label)
    _outline(parent, node.role, place.x - place.width / 2, place.y - BOX / 2, place.width, BOX)
    cut = shortened if node.role == "fact" else shortened_inside  # words read on, names differ at either end
    write(parent, cut(node.label, place.width - 14), place.x, place.y + 4.5, anchor="middle")


def _outline(parent: Element, role: Role, x: float, y: float, width: float, height: float) -> None:
    round_ = height / 2 if role in ("fact", "person") else 4.0
    main = role in ("middle", "person")
    class_ = "line" if main else "frame" if role == "fact" else "axis"
    outlines = [("hollow", 0.0, 0.0), (class_, 2.0 if main else 1.3, 0.0)]
    if main:
        outlines.append((class_, 1.0, 4.0))
    for drawn, thick, out in outlines:
        shape(
            parent, "rect", class_=drawn, fill="#ffffff" if drawn == "hollow" else "none",
            stroke="currentColor", stroke_width=thick, x=x - out, y=y - out, width=width + 2 * out,
            height=height + 2 * out, rx=round_ + out,
        )  # fmt: skip


def _key_size(chart: Linkage) -> tuple[float, float]:
    """The width that the two rows of the key need, and where the drawing may begin below them."""
    rows = (chart.key, chart.sure)
    wide = max(sum(width_of(words, SMALL) + 58 for words in row if words) for row in rows)
    return max(LEAST_WIDTH, wide + 2 * EDGE), 72.0


def _key(svg: Element, chart: Linkage) -> None:
    roles: tuple[Role, ...] = ("middle", "account", "person", "fact")
    x = EDGE + 4
    for role, words in zip(roles, chart.key, strict=True):
        if words:
            _outline(svg, role, x, 8, 24, 12)
            x = _named(svg, words, x, 18)
    x = EDGE + 4
    for sureness, words in zip(LINES, chart.sure, strict=True):
        class_, wide, dashes = LINES[sureness]
        told = {"stroke_dasharray": dashes} if dashes else {}
        shape(
            svg, "line", class_=class_, x1=x, x2=x + 26, y1=42, y2=42, stroke="currentColor",
            stroke_width=wide, **told,
        )  # fmt: skip
        x = _named(svg, words, x, 46)


def _named(svg: Element, words: str, x: float, y: float) -> float:
    write(svg, words, x + 34, y, size=SMALL, class_="soft")
    return x + 58 + width_of(words, SMALL)
