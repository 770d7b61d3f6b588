"""Shares that are published as single figures: conditions, faiths, peoples, genders, work, money, twins.

The table ``published.tsv`` has a row for each figure, with the words that hold it, where they stand and the
day they were read; parts of the words are joined by " | ", their addresses by " ; ". ``figure`` is a number
of the words or what follows from several ("22.3*23.4/19.1", the band's share with the sex's part); it is of
``of``: of 100, 1,000 or 100,000, of another number in the same words, or, where that says ``people``, of
the people of the region, sex and age in our own tables. ``from_age`` starts a band that ends before
``to_age`` or, where that is empty, where the next band of the same group begins.

``evidence`` gives the spread, the standard deviation of the share's logarithm (``SPREADS``, our own
choice): a count by an office of statistics or its survey of millions 0.1, an official or scientific survey
0.25, a single secondary source, or a figure that is spread over sexes and ages that it does not name, 0.5.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from discretion.exposure.variables._variable import Ask, Share, Variable, lumps
from discretion.knowledge.population import AGES, SEXES, Cells, Region, people, read

SPREADS: Mapping[str, float] = {"count": 0.1, "survey": 0.25, "secondary": 0.5}
LEAST_AGE: Mapping[str, int] = {
    "health": 12,
    "gender": 12,
    "orientation": 12,
    "occupation": 17,
    "finances": 16,
}
"""Down to which age the share of the first band holds where that starts no later than ``ADULT``: surveys ask
adults, and younger people have such things too. Faiths and peoples are those of all ages. Our own choice."""
ADULT = 20
IN_THE_REST: Mapping[str, float] = {"religion": 0.6, "ethnicity": 0.8}
IN_THE_REST_OTHER = 0.2
_OF_REGIONS = ("people/", "native_american/")
COMMON = 0.02
"""What a national share grows in spread by in a region of that nation, our own choice: peoples and churches
live unevenly, the common ones half as much; conditions do not."""
LEAST_REST = 0.1
"""The regions that were counted may have all of a group, by their rounding: the others keep this part of the
national share at least."""


@dataclass(frozen=True, slots=True)
class Row:
    """One published figure."""

    kind: str
    code: str
    region: str
    sex: str
    from_age: int
    to_age: int | None
    figure: str
    of: str
    evidence: str
    as_of: str
    quote: str
    address: str
    publisher: str
    read_on: str

    @property
    def number(self) -> float:
        """What ``figure`` comes to; raises ``ValueError`` where it is not numbers and + - * / alone."""
        return _number(ast.parse(self.figure, mode="eval").body)


_SIGNS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _number(node: ast.expr) -> float:
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        return _SIGNS[type(node.op)](_number(node.left), _number(node.right))
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    raise ValueError("a figure of published.tsv is not numbers and signs")


@cache
def rows() -> tuple[Row, ...]:
    """The table; raises ``ValueError`` for a line without an age."""
    found = []
    for kind, code, region, sex, first, last, *others in read("published"):
        found.append(Row(kind, code, region, sex, int(first), int(last) if last else None, *others))
    return tuple(found)


@cache
def _groups() -> Mapping[tuple[str, str], Mapping[str, tuple[Row, ...]]]:
    """Kind and code → region → its rows."""
    found: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for row in rows():
        found.setdefault((row.kind, row.code), {}).setdefault(row.region, []).append(row)
    return {key: {at: tuple(some) for at, some in by.items()} for key, by in found.items()}


def is_published(kind: str, code: str) -> bool:
    """Whether the table has the group anywhere."""
    return (kind, code) in _groups()


def has(kind: str, code: str, region: str) -> bool:
    """Whether the table has the group in just this region."""
    return region in _groups().get((kind, code), {})


@cache
def published(kind: str, code: str, region: Region) -> Share | None:
    """The share in the place itself, else in its region, else in the rest of its country; in a lump of
    countries, those that have one.

    ``None`` where none of them is published.
    """
    by_region = _groups().get((kind, code), {})
    if region.country.startswith("*"):
        return _lumped(kind, code, region.country)
    if region.area in by_region:
        return replace(_share(by_region[region.area]), is_local=True)
    if region.part in by_region:
        return _share(by_region[region.part])
    if region.country not in by_region:
        return None
    share = _share(by_region[region.country])
    if not region.part:
        return share
    if code.startswith(_OF_REGIONS) and not _has_regions(region.country, by_region):
        return None
    rest = _rest(region.country, share, by_region)
    more = IN_THE_REST.get(kind, IN_THE_REST_OTHER) * (0.5 if rest.max() > COMMON else 1.0)
    return replace(share, by_cell=rest, spread=(share.spread**2 + more**2) ** 0.5)


def _has_regions(country: str, by_region: Mapping[str, object]) -> bool:
    """Whether a people's share in a nation says anything of one region: outside the US and the UK, where
    peoples live in their own regions, only with a share for some of these."""
    return country in ("US", "GB") or any(one.startswith(f"{country}.") for one in by_region)


def _rest(country: str, share: Share, by_region: Mapping[str, Sequence[Row]]) -> Cells:
    """What the nation's share leaves to the states that have none of their own; known for America only."""
    whole = np.asarray(share.by_cell)
    parts = [one for one in by_region if one.startswith("US.")] if country == "US" else []
    if not parts:
        return whole
    everybody = people(Region(country))
    left, counted = whole * everybody, np.zeros_like(everybody)
    for part in parts:
        here = people(Region(country, part))
        left = left - np.asarray(_share(by_region[part]).by_cell) * here
        counted = counted + here
    total = float((whole * everybody).sum())
    part_left = float(left.sum()) / total / (1 - float(counted.sum()) / float(everybody.sum()))
    return np.asarray(whole * min(max(part_left, LEAST_REST), 1.0))


def _lumped(kind: str, code: str, name: str) -> Share | None:
    found = [(one, share) for one in lumps()[name] if (share := published(kind, code, Region(one)))]
    if not found:
        return None
    fits = sum((np.asarray(share.by_cell) * people(Region(one)) for one, share in found), np.zeros((2, AGES)))
    everybody = sum((people(Region(one)) for one in lumps()[name]), np.zeros((2, AGES)))
    return Share(fits / everybody, max(share.spread for _, share in found), found[0][1].source)


def _share(some: Sequence[Row]) -> Share:
    """The rows of one group in one region as shares by sex and age."""
    cells = np.zeros((len(SEXES), AGES))
    least = LEAST_AGE.get(some[0].kind, 0)
    for at, sex in enumerate(SEXES):
        bands = sorted((row for row in some if row.sex in ("all", sex)), key=lambda row: row.from_age)
        for number, row in enumerate(bands):
            is_first = number == 0 and least < row.from_age <= ADULT
            until = _until(row, bands[number + 1 :])
            cells[at, least if is_first else row.from_age : until] = _part(row, until)
    first = some[0]
    spread = max(SPREADS[row.evidence] for row in some)
    return Share(np.minimum(cells, 0.99), spread, f"{first.publisher} ({first.as_of}), {first.address}")


def _until(row: Row, later: Sequence[Row]) -> int:
    return row.to_age or (later[0].from_age if later else AGES)


def _part(row: Row, until: int) -> float:
    if row.of != "people":
        return row.number / float(row.of)
    country = row.region.partition(".")[0]
    counted = people(Region(country, row.region if "." in row.region else ""))
    of_sex = counted if row.sex == "all" else counted[[SEXES.index(row.sex)]]
    return row.number / float(of_sex[:, row.from_age : until].sum())


def published_variable(kind: str, name: str) -> Variable:
    """The variable of one group of the table: in it or not."""
    code = name.partition(" ")[2]
    return Variable(name, lambda states, region: published(kind, code, region))


def ask(head: str, code: str, wider: float = 0.0) -> Ask:
    """To be in a group of the table, as the variable that ``head`` begins the name of."""
    return Ask(f"{head} {code}", frozenset({"yes"}), wider)
