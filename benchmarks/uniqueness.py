"""Americans whom sex, date of birth and a place single out, over our tables, beside the published shares.

Two measures, as the two papers use them. Golle counts who is the only one with their sex, date of birth and
place: with n people of a sex and year of birth in a place, each is alone with probability (1 - 1/365)^(n-1).
Sweeney counts as likely unique whoever lives where a group of ages has fewer people than there are dates and
sexes to tell them apart.

Sources, opened on 2026-11-25: L. Sweeney, Simple Demographics Often Identify People Uniquely, Carnegie
Mellon 2000, abstract: "87% (216 million of 248 million) ... {5-digit ZIP, gender, date of birth} ... 53% ...
{place, gender, date of birth} ... 18%" by county; P. Golle, Revisiting the Uniqueness of Simple Demographics
in the US Population, WPES 2006, abstract: "63% of the US population". Our age groups, for want of hers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from discretion.knowledge._values._place_tables import _records
from discretion.knowledge.population import Cells, Region, people, read, strata_of

DAYS = 365.2425
GROUPS = ((0, 12), (12, 19), (19, 25), (25, 35), (35, 45), (45, 55), (55, 65), (65, 85))
"""Ages that are counted together in Sweeney's measure."""


@dataclass(frozen=True, slots=True)
class Share:
    """A published share and the simulated one."""

    place: str
    published: float
    source: str
    simulated: float
    measure: str


def alone(cells: Cells) -> float:
    """How many are expected to be the only ones of their sex and date of birth."""
    return float((cells * (1 - 1 / DAYS) ** np.maximum(cells - 1, 0)).sum())


def likely(cells: Cells) -> float:
    """How many live in groups of ages that are smaller than their dates of birth times two."""
    found = 0.0
    for first, after in GROUPS:
        last = after if after < 85 else cells.shape[1]
        group = float(cells[:, first:last].sum())
        found += group if group <= 2 * DAYS * (after - first) else 0.0
    return found


def zips() -> Iterator[Cells]:
    """People by sex and age of every ZIP code tabulation area."""
    for code, _, _, adults in read("us_zcta"):
        if adults != "0":
            for stratum in strata_of(f"zip:{code}"):
                yield stratum.people


def _listed(is_wanted: Callable[[str], bool]) -> Iterator[str]:
    for line in map(bytes.decode, _records()._lines):
        one, _, within, _ = line.split("\t")
        if within.startswith("US.") and is_wanted(one):
            yield one


def counties() -> Iterator[Cells]:
    """People by sex and age of every county."""
    for one in _listed(lambda one: one.startswith("fips:")):
        for stratum in strata_of(one):
            yield stratum.people


def towns() -> Iterator[Cells]:
    """People by sex and age of every place of 5,000 and more."""
    for one in _listed(str.isdigit):
        for stratum in strata_of(one):
            yield stratum.people


def _share(places: Sequence[Cells], measure: Callable[[Cells], float]) -> float:
    total = sum(float(cells.sum()) for cells in places)
    return sum(measure(cells) for cells in places) / total


def published() -> tuple[Share, ...]:
    """Every published share beside ours."""
    whole = float(people(Region("US")).sum())
    by_zip, by_county, by_town = list(zips()), list(counties()), list(towns())
    outside = max(0.0, whole - sum(float(cells.sum()) for cells in by_town)) / whole
    listed = _share(by_town, likely) * (1 - outside)
    return (
        Share("ZIP code", 0.87, "Sweeney 2000", _share(by_zip, likely), "likely unique"),
        Share("ZIP code", 0.63, "Golle 2006", _share(by_zip, alone), "expected to be the only one"),
        Share("town, at least", 0.53, "Sweeney 2000", listed, "likely unique, villages left out"),
        Share("town, at most", 0.53, "Sweeney 2000", listed + outside, "likely unique, villages all unique"),
        Share("county", 0.18, "Sweeney 2000", _share(by_county, likely), "likely unique"),
    )
