"""The sex of one's partner: a wife makes a husband likely and no more."""

from __future__ import annotations

import numpy as np

from discretion.exposure.variables._variable import Ask, Share, Variable
from discretion.knowledge.population import AGES, SEXES, Region

SAME_SEX_MARRIED = 710_000 / 58_174_461
"""Of married couples: "Roughly 710,000 of the same-sex couple households were married" (American Community
Survey 2021; the Census Bureau, copied on 27 January 2023 by azednews.com as "Number of Same-Sex Couple
Households Exceeded 1 Million in 2021", read on 2026-11-25), of 58,174,461 married-couple families (ACS 2018,
B11003)."""
SAME_SEX_UNMARRIED = (200_083 + 202_776) / 7_814_711
"""Of couples who live together unmarried (American Community Survey 2018, B11009)."""
_OF: dict[str, tuple[str, float]] = {
    "wife": ("female", SAME_SEX_MARRIED),
    "husband": ("male", SAME_SEX_MARRIED),
    "girlfriend": ("female", SAME_SEX_UNMARRIED),
    "boyfriend": ("male", SAME_SEX_UNMARRIED),
}
NAME = "partner sex"


def partner_sex(code: str) -> tuple[Ask, ...]:
    """What a partner's word tells of one's own sex, given that one has such a partner."""
    word = code.partition("/")[2]
    return (Ask(NAME, frozenset({word}), 0.0),) if word in _OF else ()


def is_same_sex(states: frozenset[str], sexes: frozenset[str]) -> bool:
    """Whether people of ``sexes`` who have such a partner have one of their own sex."""
    return len(sexes) == 1 and all(frozenset({_OF[state][0]}) == sexes for state in states)


def _share(states: frozenset[str], region: Region) -> Share:
    found = np.zeros((len(SEXES), AGES))
    for state in sorted(states):
        partner, same = _OF[state]
        found += np.array([[same if sex == partner else 1 - same] for sex in SEXES])
    return Share(np.minimum(found, 1.0), 0.05, "American Community Survey 2018 and 2021, same-sex couples")


VARIABLES = (Variable(NAME, _share),)
