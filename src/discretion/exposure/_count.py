"""Counting: people by place, sex and age, times the share of each variable in what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import exp, sqrt

import numpy as np

from discretion.exposure._facts import StatedFact
from discretion.exposure.variables import Ask, Share, Variable, variable
from discretion.exposure.variables.couples import MARRIED
from discretion.exposure.variables.faith import FAITHS_OF, FAITHS_OF_PEOPLE
from discretion.exposure.variables.health import MENTAL
from discretion.exposure.variables.origins import AT_HOME, lies_in_race
from discretion.exposure.variables.partners import NAME as PARTNER_SEX
from discretion.exposure.variables.partners import is_same_sex
from discretion.exposure.variables.persons import birthday
from discretion.exposure.variables.study import DEGREES
from discretion.exposure.variables.work import PROFESSIONS
from discretion.knowledge.population import Cells, Region, Stratum
from discretion.records import Value

States = Mapping[str, frozenset[str]]
"""Variable → the states that all facts on it leave."""

ALWAYS = 0.18
"""The standard deviation of the logarithm that every count has where more than a place is told: tables of
other years, people who move, what a word means. Our own choice, after intervals missed by little."""
BASE = frozenset({"sex", "age", "birth", PARTNER_SEX})
INDEPENDENCE = 0.2
"""What each pair of variables that no table joins adds to the standard deviation of the logarithm."""
WITH_ORIGINS = 0.5
"""The same where one says whose child somebody is and the other how they live: work, schooling, earnings and
families differ between races, origins and faiths by a factor of two and more. Our own choice."""
_LIVES = frozenset(
    {"job", "service", "attainment", "earnings", "couple", "children", "lone parent", "student", "veteran"}
)
_MANY = ("origin ", "people ", "children ", "service ")
"""Variables of which there are many, each for one group."""
LOCAL = {
    "orientation": 0.4,
    "gender": 0.4,
    "student": 0.45,
    "veteran": 0.35,
    "attainment": 0.4,
    "age": 0.25,
    "birth": 0.25,
    "sex": 0.05,
}
LOCAL_OTHER = 0.2
"""How much a town may differ from the region whose shares it is given, as a standard deviation of the share's
logarithm: as the authorities of England and Wales differ (`python -m benchmarks.local_shares`)."""
CLUSTERED = frozenset({"race", "origin", "people", "faith"})
CLUSTERED_MOST = 1.2
"""The same for groups that live near each other, where the group is small; less for larger ones.
Who tells of such a trait lives more often where it is common, so the expected share there is higher than in
the region: by half the variance of the logarithm. Measured with the former."""
COVERED = 0.95
"""The share of the people for whom a table must have a variable."""
NOT_STRAIGHT = frozenset({"gay", "bisexual", "other"})
"""Men of whom most that have HIV are: https://tools.cdc.gov/synd.aspx?js=1&clsids=syndicate&catalogitemid=48133
("MSM continue to bear the greatest burden of HIV infection", CDC, read on 2026-11-25)."""
PARTLY = 0.7
"""What a variable adds that is counted in a part of the strata only: origins, peoples at home."""
Z90 = 1.645
"""Two-sided 90% of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people fit, the standard deviation of the logarithm, and the sources by variable."""

    people: float
    spread: float
    sources: Mapping[str, str]

    @property
    def low(self) -> float:
        """The lower end of the 90% interval."""
        return self.people * exp(-Z90 * self.spread)

    @property
    def sure_below(self) -> float:
        """The upper end, were the facts drawn at random: without the person who tells them."""
        return self.people * exp(Z90 * self.spread)

    @property
    def high(self) -> float:
        """The upper end of the 90% interval; of few expected people a handful may still be there."""
        return (self.people + 1) * exp(Z90 * self.spread)


_Key = tuple[str, frozenset[str], int]
_Found = tuple[Cells, float, str, bool]


@dataclass(frozen=True, slots=True)
class _Stacked:
    """The people of several strata, put together once for everything that is counted among them.

    ``place`` is one number for the same regions, whose hash is slow; ``apart`` the part of the people who are
    given the shares of a region around them, ``placed`` how unsure their number is.
    """

    strata: Sequence[Stratum]
    place: int
    cells: Cells
    sizes: Cells
    apart: float
    placed: float


class Counter:
    """Counts with every share looked up once; holds what was asked for as long as the estimate takes."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.read: dict[StatedFact, tuple[Value | str, tuple[Ask, ...] | str]] = {}
        self._birthday = birthday(today)
        self._shares: dict[_Key, _Found | None] = {}
        self._stacks: dict[int, _Stacked] = {}
        self._regions: dict[tuple[Region, ...], int] = {}

    def _variable(self, name: str) -> Variable:
        return self._birthday if name == "birth" else variable(name)

    def share(self, name: str, states: frozenset[str], strata: Sequence[Stratum]) -> _Found | None:
        """Share by stratum, sex and age, spread, source, and whether it was counted in the places themselves.

        ``None`` where tables miss too many people.
        """
        key = (name, states, self._stacked(strata).place)
        if key not in self._shares:
            self._shares[key] = self._looked_up(name, states, strata)
        return self._shares[key]

    def _stacked(self, strata: Sequence[Stratum]) -> _Stacked:
        known = self._stacks.get(id(strata))
        if known is None or known.strata is not strata:
            regions = tuple(stratum.region for stratum in strata)
            place = self._regions.setdefault(regions, len(self._regions))
            cells = np.stack([stratum.people for stratum in strata])
            sizes = cells.sum(axis=(1, 2))
            everyone = float(sizes.sum())
            apart = float(sizes[[one.is_part for one in strata]].sum()) / everyone
            placed = float((sizes * [stratum.spread for stratum in strata]).sum()) / everyone
            known = self._stacks[id(strata)] = _Stacked(strata, place, cells, sizes, apart, placed)
        return known

    def _looked_up(self, name: str, states: frozenset[str], strata: Sequence[Stratum]) -> _Found | None:
        by_region: dict[object, Share | None] = {}
        for stratum in strata:
            if stratum.region not in by_region:
                by_region[stratum.region] = self._variable(name).share(states, stratum.region)
        found = [by_region[stratum.region] for stratum in strata]
        stacked = self._stacked(strata)
        is_known = [share is not None for share in found]
        known = [share for share in found if share]
        covered = float(stacked.sizes[is_known].sum() / stacked.sizes.sum())
        is_partial = name.startswith("origin ") or name in AT_HOME
        if not known or (covered < COVERED and not is_partial):
            return None
        cells = np.zeros((len(strata), *strata[0].people.shape))
        for at, share in enumerate(found):
            if share:
                cells[at] = share.by_cell
        weights = (stacked.cells * cells).sum(axis=(1, 2))[is_known]
        total = float(weights.sum()) or 1.0
        spread = float((weights * [share.spread for share in known]).sum()) / total
        if covered < COVERED:
            spread = sqrt(spread**2 + PARTLY**2)
        source = known[int(weights.argmax())].source
        return cells, spread, source, all(share.is_local for share in known)

    def count(self, asked: States, strata: Sequence[Stratum], wider: float, scale: float) -> Counted:
        """The people in ``strata`` who are in the asked states; ``wider`` is the facts' own variance,
        ``scale`` the part of the asked states that they are.

        Every variable of ``asked`` must have a share there.
        """
        stacked = self._stacked(strata)
        cells, apart_from_region = stacked.cells, stacked.apart
        variance = (ALWAYS**2 if asked else 0.0) + stacked.placed**2 + wider
        sources = {}
        shares: dict[str, Cells] = {}
        clustered = 0.0
        for name, states in asked.items():
            found = self.share(name, states, strata)
            if found is None:
                raise KeyError(name)
            shares[name], spread, sources[name], is_local = found
            variance += spread**2
            head = name.partition(" ")[0]
            if head in CLUSTERED and not is_local:
                clustered = max(clustered, _clusters(shares[name], cells))
            elif not is_local:
                variance += apart_from_region * LOCAL.get(head, LOCAL_OTHER) ** 2
            cells = cells * shares[name]
        variance += apart_from_region * clustered**2
        cells = cells * _together(asked, shares) * exp(apart_from_region * clustered**2 / 2)
        variance += _unjoined(asked.keys() - BASE)
        people = float(cells.sum()) * scale
        return Counted(people, sqrt(variance + 1 / max(people, 1.0)), sources)


def _unjoined(names: Set[str]) -> float:
    """The variance of the pairs of variables that are taken as independent of each other."""
    heads = [name.partition(" ")[0] if name.startswith(_MANY) else name for name in names]
    pairs = len(heads) * (len(heads) - 1) / 2
    uneven = sum(head in CLUSTERED for head in heads) * sum(head in _LIVES for head in heads)
    uneven += {"orientation", "couple"} <= set(heads)  # fewer of those who are not straight are married
    return INDEPENDENCE**2 * (pairs - uneven) + WITH_ORIGINS**2 * uneven


def _clusters(share: Cells, people: Cells) -> float:
    """How much the share of a group differs between the towns of a region: most where the group is small."""
    everyone = float(people.sum())
    part = float((share * people).sum()) / everyone if everyone else 1.0
    return CLUSTERED_MOST * (1 - part) ** 2


def _together(asked: States, shares: Mapping[str, Cells]) -> Cells | float:
    """Pairs of which one makes the other likelier, though no table joins them.

    Their joint share lies between the product (independence) and the smaller share (Frechet's bound): taken
    is the geometric mean of both.
    """
    lift: Cells | float = 1.0
    for one, other in _pairs(asked):
        first, second = shares[one], shares[other]
        larger = np.maximum(first, second)
        lift = lift * np.sqrt(np.divide(1.0, larger, out=np.ones_like(larger), where=larger > 0))
    for one, other in _inside(asked):
        larger = np.maximum(shares[one], shares[other])
        lift = lift * np.divide(1.0, larger, out=np.ones_like(larger), where=larger > 0)
    return lift


def _inside(asked: States) -> list[tuple[str, str]]:
    """Pairs of which one group lies in the other: the smaller share is that of both."""
    pairs = []
    races = asked.get("race", frozenset())
    inner = [name for name in asked if name.startswith(("people ", "origin ")) and races]
    inner = [name for name in inner if lies_in_race(name, races)]
    if inner:
        pairs.append((inner[0], "race"))
    elif "black" in races and "health sickle_cell" in asked:
        pairs.append(("health sickle_cell", "race"))
    if "people people/jewish" in asked and "jewish" in asked.get("faith", frozenset()):
        pairs.append(("people people/jewish", "faith"))
    sexes = asked.get("sex", frozenset())
    men = sexes == frozenset({"male"})
    if (
        PARTNER_SEX in asked
        and asked.get("orientation", frozenset("?")) <= NOT_STRAIGHT
        and is_same_sex(asked[PARTNER_SEX], sexes)
    ):
        pairs.append((PARTNER_SEX, "orientation"))
    if "health hiv" in asked and men and asked.get("orientation", frozenset("?")) <= NOT_STRAIGHT:
        pairs.append(("health hiv", "orientation"))
    pairs += [(name, name.partition("/")[0]) for name in asked if name.startswith("health ") and "/" in name]
    return [(inner, outer) for inner, outer in pairs if outer in asked]


def _pairs(asked: States) -> list[tuple[str, str]]:
    pairs = []
    job = asked.get("job", frozenset())
    is_professional = bool(job) and all(code.partition("/")[0] in PROFESSIONS for code in job)
    if is_professional and asked.get("attainment", frozenset("?")) <= DEGREES:
        pairs.append(("attainment", "job"))
    inside = dict(_inside(asked))
    mental = sorted(MENTAL & asked.keys() - inside.keys())
    pairs += [(mental[0], other) for other in mental[1:]]
    children = [name for name in asked if name.startswith("children ") and "0" not in asked[name]]
    if asked.get("couple", frozenset("?")) <= frozenset({*MARRIED, "separated"}):
        pairs += [("couple", name) for name in children]
    if asked.get("orientation", frozenset("?")) <= NOT_STRAIGHT:
        pairs += [("orientation", name) for name in asked if name.startswith("gender ")][:1]
    if "lone parent" in asked:
        pairs += [("lone parent", name) for name in children]
    origins = [name for name in asked if name.startswith("origin ")]
    if origins and "race" in asked and "race" not in inside.values():
        pairs.append(("race", origins[0]))
    elif origins and (
        asked.get("faith", frozenset()) & FAITHS_OF.get(origins[0].partition("/")[2], frozenset())
    ):
        pairs.append(("faith", origins[0]))
    else:
        peoples = [name for name in asked if name.startswith("people ")]
        faith = asked.get("faith", frozenset())
        pairs += [("faith", name) for name in peoples if faith & FAITHS_OF_PEOPLE.get(name, frozenset())][:1]
    return pairs
