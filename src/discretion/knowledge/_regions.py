"""Names of first-level regions and countries: places that tell little of where someone lives."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from discretion.knowledge.gazetteer import plain

_SHORT = frozenset({"uk", "usa", "us", "uae", "nz", "midwest", "new england", "pacific northwest", "outback"})
"""Short names and areas wider than a region, which the table does not hold."""


@cache
def _regions() -> frozenset[str]:
    lines = files("discretion.knowledge").joinpath("data", "regions.txt").read_text("utf-8").splitlines()
    return _SHORT.union(line for line in lines if not line.startswith("#"))


def is_region(words: str) -> bool:
    """Whether ``words`` names a state, province, country or wider area rather than a place within one."""
    return plain(words).removeprefix("the ").strip() in _regions()
