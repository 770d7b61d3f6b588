"""Children: how many somebody has had, and who brings them up alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from math import factorial

import numpy as np

from discretion.exposure.variables._published import published
from discretion.exposure.variables._variable import Ask, Share, Variable, borrowed
from discretion.exposure.variables.couples import partner, unmarried
from discretion.exposure.variables.partners import partner_sex
from discretion.knowledge.population import SEXES, Cells, Region, keyed, people, stepped
from discretion.records import Value

MOST = 8
FATHERS_OLDER = 2
"""Years that fathers are older at a birth; our own round figure, for want of a table of men's children."""
GIRLS = 0.5
_TWINS = re.compile(r"\btwins?\b", re.IGNORECASE)


def family(value: Value, words: str) -> tuple[Ask, ...] | str:
    """Children by number, twins, partners; other relatives are in no table."""
    asks: list[Ask] = []
    if _TWINS.search(words) and {code.partition("/")[0] for code in value.codes} <= {"child", "twins"}:
        return (Ask("children twins", frozenset({"1", "2"}), 0.3),)
    for code in value.codes:
        head = code.partition("/")[0]
        if head == "child" and code not in ("child/step", "child/foster", "child/adopted", "child/godchild"):
            which = code.partition("/")[2] or "child"
            number = value.number
            states = {str(int(number))} if number is not None else {str(n) for n in range(1, MOST + 1)}
            asks.append(Ask(f"children {which}", frozenset(states), 0.1))
        asks += partner(code)
        asks += partner_sex(code)
        if code == "childless":
            asks.append(Ask("children child", frozenset({"0"}), 0.1))
    return tuple(asks) or "no table counts such relatives"


@cache
def birth_rates() -> Cells:
    """The share of women of each age who gave birth within a year (B13016); of men none."""
    table = keyed("us_births", 2)
    had, none = table["US", "birth"], table["US", "none"]
    rates = stepped({age: had[age] / (had[age] + none[age]) for age in had})
    rates[51:] = 0.0
    return np.stack([rates, np.zeros_like(rates)])


@cache
def _expected() -> Cells:
    """Children that a woman of each age has had if she lived through the rates of 2018 (B13016)."""
    rates = birth_rates()[0]
    women = np.concatenate([[0.0], np.cumsum(rates)[:-1]])
    men = np.concatenate([np.zeros(FATHERS_OLDER), women[:-FATHERS_OLDER]])
    return np.stack([women, men])


def _twins() -> float:
    """Pairs of twins for each birth; who says "twin" has them or is one, and there are as many of these."""
    share = published("family", "twins", Region("US"))
    return float(np.max(share.by_cell)) / 2 if share else 0.0


def _share(which: str, states: frozenset[str], region: Region) -> Share:
    """Numbers of children as a Poisson count: the known rates, births taken as independent of each other."""
    mean = _expected() * (_twins() if which == "twins" else 1.0 if which == "child" else GIRLS)
    found = np.zeros_like(mean)
    for state in sorted(states):
        number = int(state)
        found += np.exp(-mean) * mean**number / factorial(number)
    share = Share(found, 0.35, "American Community Survey 2018, B13016 (births by age of mother)")
    return share if region.country == "US" else borrowed(share, region)


def children_variable(name: str) -> Variable:
    """Children, sons, daughters or pairs of twins, each a variable of its own."""
    which = name.partition(" ")[2]
    return Variable(name, lambda states, region: _share(which, states, region))


GROWN = 18
"""Years after a birth for which a child counts in the table of lone parents."""


def _lone(states: frozenset[str], region: Region) -> Share:
    """Lone parents among the unmarried: their number by state and sex, their ages as those of parents are."""
    geo = region.geo if region.country == "US" else "US"
    whole = people(Region("US", "" if geo == "US" else f"US.{geo}"))
    born = np.stack([np.convolve(rates, np.ones(GROWN))[: len(rates)] for rates in _rates_of_both()])
    single = whole * unmarried(geo)
    likely = single * (1 - np.exp(-born))
    counted = keyed("us_lone_parents", 1)[(geo,)]
    grown = float(whole.sum()) / sum(sum(line.values()) for line in _bands(geo))
    scale = np.array([[counted[sex] * grown] for sex in SEXES]) / likely.sum(axis=1, keepdims=True)
    found = np.divide(likely * scale, single, out=np.zeros_like(single), where=single > 0)
    share = Share(np.minimum(found, 1.0), 0.15, "American Community Survey 2018, B11003, B13016")
    return share if region.country == "US" else borrowed(share, region)


def _rates_of_both() -> Cells:
    rates = birth_rates()[0]
    return np.stack([rates, np.concatenate([np.zeros(FATHERS_OLDER), rates[:-FATHERS_OLDER]])])


def _bands(geo: str) -> list[Mapping[str, float]]:
    return [line for (of, _), line in keyed("us_age_sex", 2).items() if of == geo]


LONE_PARENT = Variable("lone parent", _lone)
