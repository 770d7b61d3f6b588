"""Shares by sex and age from the National Health and Nutrition Examination Survey 2009-2012."""

from __future__ import annotations

from functools import cache

import numpy as np

from discretion.knowledge.population import SEXES, Cells, read, stepped


@cache
def by_age(variable: str, categories: tuple[str, ...]) -> Cells:
    """The share of adults in one of ``categories``, by sex and age; under 18 as at 18.

    Ages above those that were asked have the share of the oldest.
    """
    found = []
    for sex in SEXES:
        bands: dict[str, float] = {}
        for name, category, of, age, _, share in read("us_survey"):
            if name == variable and of == sex and age != "-1":
                bands[age] = bands.get(age, 0.0) + (float(share) if category in categories else 0.0)
        line = stepped(bands)
        line[:18] = line[18]
        found.append(line)
    return np.stack(found)
