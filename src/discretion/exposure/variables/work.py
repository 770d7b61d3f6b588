"""Occupations: the employed by state, sex and group, split as the nation's detailed occupations are."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import numpy as np

from discretion.exposure.variables._published import ask, is_published, published_variable
from discretion.exposure.variables._variable import PART, PART_SPREAD, Ask, Share, Variable, borrowed, fewer
from discretion.exposure.variables.couples import british_totals
from discretion.exposure.variables.study import COLLEGE
from discretion.exposure.variables.surveys import by_age
from discretion.knowledge.population import SEXES, Cells, Region, keyed, people, read
from discretion.records import Value

PROFESSIONS = frozenset(
    {
        "management_business_financial",
        "computer_engineering_science",
        "education_legal_community_arts_media",
        "healthcare_practitioners",
    }
)
"""The groups of which most jobs ask for a degree; our own reading."""
RETIRING = 55
UNTITLED_SPREAD = 1.3
"""How unsure a job is whose name no title has. Our own choice."""
JOBS_ABROAD = 0.9
"""How much less sure a borrowed share of one occupation is than other borrowed shares: what is one job in one
country is several in another, as midwives are. Our own choice."""
_LOOKING = re.compile(r"unemploy|out of work|between jobs|looking|job ?hunt|laid off|redundan", re.IGNORECASE)
SHORT = 4
"""Letters that a job and its title share where no word is the same ("welder", "welding")."""
_SAID = {
    "doctor": "physician", "gp": "physician", "medic": "physician", "ceo": "executive", "cop": "police",
    "barista": "counter", "miner": "mining", "attorney": "lawyer", "solicitor": "lawyer",
    "barrister": "lawyer", "programmer": "programmer", "postman": "mail", "mailman": "mail",
    "priest": "clergy", "vicar": "clergy", "pastor": "clergy",
}  # fmt: skip
"""Everyday words and the word of the title; our own reading."""
_SMALL = frozenset({"a", "an", "the", "and", "at", "of", "for", "in", "i", "am", "im", "as"})
_BRITISH = {
    "management_business_financial": "1",
    "computer_engineering_science": "2",
    "education_legal_community_arts_media": "2",
    "healthcare_practitioners": "2",
    "healthcare_support": "6",
    "protective_service": "3",
    "food_service": "9",
    "cleaning_grounds": "9",
    "personal_care": "6",
    "sales": "7",
    "office_administrative": "4",
    "farming_fishing_forestry": "5",
    "construction_extraction": "5",
    "installation_repair": "5",
    "production": "8",
    "transportation": "8",
    "material_moving": "9",
}
"""Which of the nine British groups most of an American one lies in; our own reading, for the differences
between British authorities only."""


@cache
def _jobs() -> dict[str, tuple[float, float]]:
    """Occupation → employed women and men in the nation."""
    return {code: (float(women), float(men)) for code, men, women in read("us_occupations")}


def occupation(value: Value, words: str) -> tuple[Ask, ...] | str:
    """A detailed occupation, those of a group whose titles hold the words ("nurse"), or the group."""
    asks: list[Ask] = []
    states: set[str] = set()
    wider, scale = 0.0, 1.0
    for code in value.codes:
        if code == "military/veteran":
            asks.append(Ask("veteran", frozenset({"yes"})))
        elif is_published("occupation", code):
            asks.append(ask("service", _branch(code, words), 0.1))
        elif code.startswith("former/") and "retired" in words.lower():
            return (Ask("job", frozenset({"not_employed/retired"}), PART_SPREAD),)
        elif code.startswith("not_employed"):
            return (_not_employed(code, words),)
        elif code.startswith("student"):
            return (Ask("student", COLLEGE, 0.2),)
        elif code in _jobs():
            states.add(code)
            wider = max(wider, 0.2)
        elif code.partition("/")[0] in _BRITISH:
            found = _titled(code.partition("/")[0], words)
            states |= found
            if len(found) == len(in_group(code)):
                wider, scale = UNTITLED_SPREAD, _like_one_job(found)
            else:
                wider = max(wider, 0.3)
    if states:
        asks.append(Ask("job", frozenset(states), wider, scale))
    return tuple(asks) or "no table counts this work"


_BRANCHES = {
    "reserve": re.compile(r"reserv|national guard", re.IGNORECASE),
    "navy": re.compile(r"\bnavy|naval|submarin", re.IGNORECASE),
    "air_force": re.compile(r"\bair force|\bairman", re.IGNORECASE),
    "marines": re.compile(r"\bmarines?\b", re.IGNORECASE),
    "army": re.compile(r"\barmy\b", re.IGNORECASE),
}


def _branch(code: str, words: str) -> str:
    """The branch of the forces that the words name."""
    found = next((name for name, said in _BRANCHES.items() if said.search(words)), "")
    return f"{code}/{found}" if code == "military" and found else code


def service_variable(name: str) -> Variable:
    """The variable of work that the tables of occupations leave out: the forces, the self-employed."""
    return published_variable("occupation", name)


def _not_employed(code: str, words: str) -> Ask:
    """Who looks for work where the words say so, else all who do not work, or a part of them."""
    if code == "not_employed" and _LOOKING.search(words):
        return Ask("job", frozenset({"not_employed/looking"}), 0.2)
    is_part = code in ("not_employed/homemaker", "not_employed/disabled")
    return Ask("job", frozenset({code}), *((PART_SPREAD, PART) if is_part else (0.2, 1.0)))


def _like_one_job(codes: frozenset[str]) -> float:
    """The part of a group that a job is taken as whose name no title has.

    Nearer to the median job than to all: most such words are specialities ("pediatrician"), few the field.
    """
    sizes = sorted(sum(_jobs()[code]) for code in codes)
    return float((sizes[len(sizes) // 2] / sum(sizes)) ** 0.75)


def in_group(group: str) -> frozenset[str]:
    """Every occupation of a group."""
    return frozenset(code for code in _jobs() if code.startswith(f"{group.partition('/')[0]}/"))


def _titled(group: str, words: str) -> frozenset[str]:
    """The group's occupations whose titles hold all words, else its head word, else the whole group."""
    wanted = [_stem(word) for word in words.lower().replace("-", " ").split() if word not in _SMALL]
    jobs = in_group(group)
    titles = {code: {_stem(word) for word in code.partition("/")[2].split("_")} for code in jobs}
    for asked in (wanted, wanted[-1:], *([_SAID[word]] for word in wanted if word in _SAID)):
        found = frozenset(code for code, title in titles.items() if asked and title.issuperset(asked))
        if found:
            return found
    head = wanted[-1][:SHORT] if wanted and len(wanted[-1]) > SHORT else "-"
    found = frozenset(code for code, title in titles.items() if any(word.startswith(head) for word in title))
    return found or jobs


def occupations_meant(code: str, words: str) -> frozenset[str]:
    """The occupations that ``words`` mean within a bare group ("nurse"); none where they may mean all."""
    if code not in _BRITISH:
        return frozenset()
    found = _titled(code, words)
    return found if len(found) < len(in_group(code)) else frozenset()


def _stem(word: str) -> str:
    word = word.strip(".,;!?()'\"")
    return word.removesuffix("es") if word.endswith(("sses", "ches")) else word.removesuffix("s")


@cache
def working_share(geo: str) -> Cells:
    """Who is employed, by sex and age: the pattern by age of NHANES, the total of B24010 in the state."""
    table = keyed("us_occupation_groups", 2)
    shape = people(Region("US", "" if geo == "US" else f"US.{geo}"))
    pattern = by_age("Work", ("Working",)).copy()
    pattern[:, :16] = 0
    pattern[:, 16:18] = pattern[:, 18:19] / 2
    grown = people(Region("US")).sum() / sum(sum(keyed("us_age_sex", 2)["US", sex].values()) for sex in SEXES)
    for at, sex in enumerate(SEXES):
        employed = table[geo, sex]["all"] * grown
        pattern[at] *= employed / float((pattern[at] * shape[at]).sum())
    return np.minimum(pattern, 0.97)


@cache
def _job_shares(geo: str) -> dict[str, Cells]:
    """Occupation → its share of the employed women and men, shape (2, 1)."""
    table = keyed("us_occupation_groups", 2)
    totals: dict[str, list[float]] = {}
    for code, counts in _jobs().items():
        sums = totals.setdefault(code.partition("/")[0], [0.0, 0.0])
        sums[0] += counts[0]
        sums[1] += counts[1]
    found = {}
    for code, counts in _jobs().items():
        group = code.partition("/")[0]
        parts = [
            [counts[at] / totals[group][at] * table[geo, sex][group] / table[geo, sex]["all"]]
            for at, sex in enumerate(SEXES)
        ]
        found[code] = np.array(parts)
    return found


def _job(states: frozenset[str], region: Region) -> Share:
    geo = region.geo if region.country == "US" else "US"
    working = working_share(geo)
    if any(code.startswith("not_employed") for code in states):
        found = 1 - working
        found[:, :16] = 0
        if "not_employed/looking" in states:
            found = by_age("Work", ("Looking",)).copy()
            found[:, :16] = 0
        if "not_employed/retired" in states:
            found[:, :RETIRING] = 0
        share = Share(found, 0.2, "NHANES 2009-12 (work by age), ACS 2018, B24010")
    else:
        jobs = _job_shares(geo)
        found = working * sum(
            (jobs[code] * _local(code, region) for code in sorted(states)), np.zeros((2, 1))
        )
        share = Share(found, 0.25, "American Community Survey 2018, B24010, B24114; NHANES 2009-12")
    if region.country == "US":
        return share
    if any(code.startswith("not_employed") for code in states):
        return borrowed(share, region)
    share = replace(share, spread=(share.spread**2 + JOBS_ABROAD**2) ** 0.5)
    return borrowed(fewer(share, region), region)


@cache
def _local(code: str, region: Region) -> float:
    """How much more of a group's people an English or Welsh authority has than both nations."""
    if not region.area.startswith("ons:"):
        return 1.0
    number = _BRITISH[code.partition("/")[0]]
    here, both = british_totals(region.area, "occupation"), british_totals("", "occupation")
    part = [
        sum(count for name, count in table.items() if name.startswith(number)) / sum(table.values())
        for table in (here, both)
    ]
    return part[0] / part[1]


VARIABLES = (Variable("job", _job),)
