"""The drawing of a graph: well formed, the same twice, no box on another, deaf to hostile text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretion.web.charts import Drawn
from discretion.web.charts._draw import shortened_inside, width_of
from discretion.web.charts.graph import LINES, Linkage, Node, Sureness, Tie, draw_graph

SVG = "{http://www.w3.org/2000/svg}"
SURE: tuple[Sureness, ...] = ("certain", "likely", "weak")


def chart(accounts: int, *, text: str = "", with_person: bool = True, note: str = "") -> Linkage:
    """A middle, a person and ``accounts`` others; every fact joins the middle and up to three of them."""
    nodes = [Node("m", text or "middle.example", "middle")]
    ties: list[Tie] = []
    if with_person:
        nodes += [Node("p", text or "you", "person"), Node("f-p", text or "full name", "fact")]
        ties += [Tie("f-p", "m", "certain"), Tie("f-p", "p", "certain")]
    for at in range(accounts):
        nodes.append(Node(f"a{at}", text or f"site-{at}.example", "account", text or f"site {at}, at length"))
        fact = f"f{at // 3}"
        if at % 3 == 0:
            nodes.append(Node(fact, text or "the same combination of a great many facts", "fact"))
            ties.append(Tie(fact, f"a{at - 1}" if at % 4 == 3 else "m", SURE[at % 3]))
        ties.append(Tie(fact, f"a{at}", SURE[at % 3]))
    return Linkage(
        title=text or "What links",
        description=text or "As the table says.",
        nodes=tuple(nodes),
        ties=tuple(ties),
        key=(text or "leaks", "another account", "you", "what links"),
        sure=("certain", "likely", "weak"),
        heads=("what", "between", "how surely", "why"),
        rows=((text or "handle", "a and b", "likely", "it stands in both"),),
        note=note,
    )


def boxes(svg: Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each node's innermost outline, and the texts within."""
    found = []
    for group in svg.iter(f"{SVG}g"):
        rect = next(group.iter(f"{SVG}rect"))
        x, y, wide, high = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        found.append((x, y, x + wide, y + high))
    return found


SIZES = pytest.mark.parametrize("accounts", [0, 1, 2, 7, 30, 60])


@SIZES
@pytest.mark.parametrize("with_person", [False, True])
def test_boxes_keep_apart_and_stay_inside(accounts: int, with_person: bool) -> None:
    linkage = chart(accounts, with_person=with_person, note="A note.")
    svg = fromstring(draw_graph(linkage, "g").svg)
    width, height = map(float, svg.attrib["viewBox"].split()[2:])
    found = boxes(svg)
    assert len(found) == len(linkage.nodes)
    for at, one in enumerate(found):
        assert one[0] >= 0
        assert one[1] >= 0
        assert one[2] <= width
        assert one[3] <= height
        for other in found[at + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


@SIZES
def test_it_is_the_same_twice_and_has_words_for_everything(accounts: int) -> None:
    linkage = chart(accounts)
    drawn = draw_graph(linkage, "g")
    assert drawn == draw_graph(linkage, "g")
    svg = fromstring(drawn.svg)
    assert svg.attrib["role"] == "img"
    ids = svg.attrib["aria-labelledby"].split()
    assert [next(svg.iter(f"{SVG}{tag}")).attrib["id"] for tag in ("title", "desc")] == ids
    titles = [group.findtext(f"{SVG}title") for group in svg.iter(f"{SVG}g")]
    assert titles == [node.told or node.label for node in linkage.nodes]
    assert drawn.table.startswith("<table")


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            "a-long-name-of-one-family-of-sites-01.example",
            "a-long-name-of-one-family-of-sites-02.example",
            "ends",
        ),
        ("harbor.a-long-name-of-one-family.example", "desk.a-long-name-of-one-family.example", "beginnings"),
    ],
)
def test_long_names_that_differ_at_one_end_do_not_look_alike(one: str, other: str, why: str) -> None:
    cut = [shortened_inside(name, 196.0) for name in (one, other)]
    assert cut[0] != cut[1], why
    for name, whole in zip(cut, (one, other), strict=True):
        head, _, tail = name.partition("…")
        assert width_of(name) <= 196.0
        assert whole.startswith(head)
        assert whole.endswith(tail)
        assert abs(len(head) - len(tail)) <= 1


@pytest.mark.parametrize(
    ("text", "width"), [("", 10.0), ("short", 200.0), ("anything", 0.0), ("字" * 40, 90.0)]
)
def test_what_fits_stays_and_what_does_not_is_cut(text: str, width: float) -> None:
    cut = shortened_inside(text, width)
    assert cut in (text, "…") or width_of(cut) <= width


def test_lines_are_told_apart_without_colour() -> None:
    assert len({(width, dashes) for _, width, dashes in LINES.values()}) == len(LINES)
    assert len({dashes for _, _, dashes in LINES.values()}) == len(LINES)
    svg = fromstring(draw_graph(chart(7), "g").svg)
    drawn = {path.attrib.get("stroke-dasharray", "") for path in svg.iter(f"{SVG}path")}
    assert drawn == {dashes for _, _, dashes in LINES.values()}
    key = {line.attrib.get("stroke-dasharray", "") for line in svg.iter(f"{SVG}line")}
    assert key == drawn, "every line has its key"


def test_a_box_without_a_tie_stands_too() -> None:
    linkage = chart(0, with_person=False)
    lost = Linkage(
        linkage.title, linkage.description, (*linkage.nodes, Node("x", "alone.example", "account")), (),
        linkage.key, linkage.sure, linkage.heads, linkage.rows,
    )  # fmt: skip
    assert len(boxes(fromstring(draw_graph(lost, "g").svg))) == 2


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]>&amp;&#x3c;!--",
    "\u202egnp.example",
    "a\x00b\x1b[31mc\ufffe",
    "\ud800lone",
    "x" * 3000,
    "漢字" * 200,
    "xn--80ak6aa92e.example",
    " \n\t ",
]


def _is_deaf(drawn: Drawn) -> None:
    svg = fromstring(drawn.svg)
    for element in svg.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "style", "g", "rect", "path", "line", "text",
        }  # fmt: skip
        assert not any(name.lower().startswith("on") or "href" in name for name in element.attrib)
    fromstring(drawn.table)
    assert not re.search("[\x00-\x08\x1b\u202e]", drawn.svg + drawn.table)
    drawn.svg.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    _is_deaf(draw_graph(chart(4, text=text, note=text), text))


@given(st.text(max_size=60), st.integers(0, 12))
def test_any_words_and_any_number_draw(text: str, accounts: int) -> None:
    _is_deaf(draw_graph(chart(accounts, text=text), "g"))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8)), max_size=20), st.booleans())
def test_any_ties_draw_without_a_box_on_another(pairs: list[tuple[int, int]], has_person: bool) -> None:
    nodes = [Node("m", "middle.example", "middle"), Node("p", "you", "person")][: 2 if has_person else 1]
    nodes += [Node(f"a{at}", f"site-{at}.example", "account") for at in range(7)]
    nodes += [Node(f"f{at}", "a fact", "fact") for at in range(7)]
    holders = [node.id for node in nodes if node.role != "fact"]
    ties = tuple({Tie(f"f{fact}", holders[holder % len(holders)], "likely") for fact, holder in pairs})
    linkage = chart(0)
    drawn = draw_graph(
        Linkage("t", "d", tuple(nodes), tuple(sorted(ties, key=repr)), linkage.key, linkage.sure, (), ()), "g"
    )
    found = boxes(fromstring(drawn.svg))
    assert len(set(found)) == len(nodes)
