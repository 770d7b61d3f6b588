"""How many children somebody has had, from the rates at which women of each age give birth."""

from __future__ import annotations

from functools import cache
from math import factorial

import numpy as np

from discretion.exposure.variables._variable import Ask, Share, Variable, borrowed
from discretion.exposure.variables.couples import partner
from discretion.knowledge.population import Cells, Region, keyed, stepped
from discretion.records import Value

MOST = 8
FATHERS_OLDER = 2
"""Years that fathers are older at a birth; our own round figure, for want of a table of men's children."""
GIRLS = 0.5
_SEXES = {"partner/husband": "female", "partner/wife": "male"}


def family(value: Value) -> tuple[Ask, ...] | str:
    """Children by number, partners; other relatives are in no table."""
    asks: list[Ask] = []
    for code in value.codes:
        head = code.partition("/")[0]
        if head == "child" and code not in ("child/step", "child/foster", "child/adopted", "child/godchild"):
            which = code.partition("/")[2] or "child"
            number = value.number
            states = {str(int(number))} if number is not None else {str(n) for n in range(1, MOST + 1)}
            asks.append(Ask(f"children {which}", frozenset(states), 0.1))
        asks += partner(code)
        if code in _SEXES:
            asks.append(Ask("sex", frozenset({_SEXES[code]}), 0.1))
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


def _share(which: str, states: frozenset[str], region: Region) -> Share:
    """Numbers of children as a Poisson count: the known rates, births taken as independent of each other."""
    mean = _expected() * (1.0 if which == "child" else GIRLS)
    found = np.zeros_like(mean)
    for state in states:
        number = int(state)
        found += np.exp(-mean) * mean**number / factorial(number)
    share = Share(found, 0.35, "American Community Survey 2018, B13016 (births by age of mother)")
    return share if region.country == "US" else borrowed(share, region)


def children_variable(name: str) -> Variable:
    """Children, sons or daughters, each a variable of its own."""
    which = name.partition(" ")[2]
    return Variable(name, lambda states, region: _share(which, states, region))
