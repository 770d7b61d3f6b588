"""How many people live where, by sex and age, and the tables that say more of them.

Every count is an array of shape (2, 101): the sexes in the order of ``SEXES``, single years of age, the last
one 100 and over. Counts are brought to ``AS_OF``. Sources: SOURCES.toml; method: docs/decisions/0011.
"""

from discretion.knowledge.population._arrays import AGES, SEXES, Cells, fitted, raked, stepped
from discretion.knowledge.population._people import AS_OF, Region, is_ageing, people, world_countries
from discretion.knowledge.population._places import Stratum, local_race, strata_of, zip_stratum
from discretion.knowledge.population._tables import keyed, read

__all__ = [
    "AGES",
    "AS_OF",
    "SEXES",
    "Cells",
    "Region",
    "Stratum",
    "fitted",
    "is_ageing",
    "keyed",
    "local_race",
    "people",
    "raked",
    "read",
    "stepped",
    "strata_of",
    "world_countries",
    "zip_stratum",
]
