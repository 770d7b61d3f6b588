"""Trim the shared tables of names: part of `python -m tools.make_population FOLDER`.

American names keep their bearers and births. Where a country publishes births, or the living by decade of
birth, a name becomes its bearers per million of the people of that sex and cohort who live there in 2025.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from tools.population_files import rows, write

LEAST_AMERICAN = 100
"""Bearers of a first or last name in the trimmed tables: the publisher's own cut."""
SEXES = ("female", "male")
FRENCH_YEARS = {1930 + 5 * at: 5 for at in range(17)} | {2015: 4}
"""Years of birth in each span of the file: 1930 to 2018."""
BRITISH_YEARS = {1995: 4, 2000: 5, 2005: 5, 2010: 5, 2015: 5, 2020: 1}
"""England and Wales 1996 to 2020 (Northern Ireland from 1997)."""
SCOTTISH_YEARS = {1975: 5, 1980: 5, 1985: 5, 1990: 5}
BORN_BEFORE = 2025
SETTLED = 40
"""From this age on, a cohort changes by deaths rather than by people who move."""
Births = Mapping[tuple[str, str, int], float]
"""Name, sex, first year of the cohort → people."""


def names(folder: Path) -> None:
    """Every table of names."""
    _american(folder)
    _per_million("fr_first_names", _french(folder))
    _per_million("uk_first_names", _british(folder))
    _per_million("br_first_names", _brazilian(folder))
    write(
        "ca_first_names",
        ("name", "women", "men"),
        (
            (r["name"].lower(), r["women"] or 0, r["men"] or 0)
            for r in rows(folder, "ca_first_names_2021")
            if int(r["women"] or 0) + int(r["men"] or 0)
        ),
    )


def _american(folder: Path) -> None:
    births: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows(folder, "us_first_names_by_birth"):
        births[row["name"]].append(f"{row['born_from']}:{row['female']}:{row['male']}")
    write(
        "us_first_names",
        ("name", "people", "percent_female", "births"),
        (
            (name, r["count"], r["percent_female"], ",".join(births[name]) or "-")
            for r in rows(folder, "us_first_names_2020")
            if int(r["count"]) >= LEAST_AMERICAN and (name := r["name"].lower())
        ),
    )
    write(
        "us_surnames",
        ("name", "people"),
        (
            (r["name"].lower(), r["count"])
            for r in rows(folder, "us_surnames_2020")
            if int(r["count"]) >= LEAST_AMERICAN
        ),
    )


def _per_million(table: str, found: Iterable[tuple[str, str, int, float]]) -> None:
    """One line a name: ``first year:women per million women:men per million men`` for each cohort."""
    by_name: defaultdict[str, defaultdict[int, list[float]]]
    by_name = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for name, sex, cohort, share in found:
        by_name[name][cohort][SEXES.index(sex)] += share * 1e6
    write(
        table,
        ("name", "per_million"),
        (
            (name, ",".join(f"{year}:{pair[0]:.0f}:{pair[1]:.0f}" for year, pair in sorted(cohorts.items())))
            for name, cohorts in sorted(by_name.items())
        ),
    )


def _french(folder: Path) -> Iterator[tuple[str, str, int, float]]:
    people, alive = _people(folder, "FR"), _alive(folder, "FR")
    for row in rows(folder, "fr_first_names_by_birth"):
        year = int(row["born_from"])
        yearly = float(row["births"]) / FRENCH_YEARS[year]
        share = yearly * alive(row["sex"], year) / people(row["sex"], year)
        yield row["name"].lower(), row["sex"], year, share


def _british(folder: Path) -> Iterator[tuple[str, str, int, float]]:
    """Births of the three offices; before 1995 those of Scotland stand for the whole country."""
    whole, scotland = _nations(folder, None), _nations(folder, "Scotland")
    for row in rows(folder, "uk_first_names_by_birth"):
        name, sex, year, births = row["name"].lower(), row["sex"], int(row["born_from"]), float(row["births"])
        if year in BRITISH_YEARS:
            yield name, sex, year, births / BRITISH_YEARS[year] / whole(sex, year)
        elif row["nation"] == "Scotland" and year in SCOTTISH_YEARS:
            yield name, sex, year, births / SCOTTISH_YEARS[year] / scotland(sex, year)


def _brazilian(folder: Path) -> Iterator[tuple[str, str, int, float]]:
    """The living of 2010 by decade of birth; the sexes are split as the American bearers of the name are."""
    women = {r["name"].lower(): float(r["percent_female"]) / 100 for r in rows(folder, "us_first_names_2020")}
    people, alive = _people(folder, "BR"), _alive(folder, "BR")
    for row in rows(folder, "br_first_names_by_birth"):
        if not row["born_from"]:
            continue
        name, year = row["name"].lower(), int(row["born_from"])
        part = women.get(name, 0.5)
        for sex, of in (("female", part), ("male", 1 - part)):
            then = (
                sum(
                    10 * people(sex, half) / alive(sex, half) * alive(sex, half + BORN_BEFORE - 2010)
                    for half in (year, year + 5)
                )
                / 2
            )
            if of and then:
                yield name, sex, year, min(float(row["people"]) * of / then, 0.2)


def _people(folder: Path, country: str) -> Callable[[str, int], float]:
    """People of one year of birth, within a cohort of five, in 2025."""
    found = {
        (r["sex"], int(r["age_from"])): float(r["pop_2025"])
        for r in rows(folder, "country_population_age_sex")
        if r["country"] == country
    }
    return lambda sex, year: found[sex, min(BORN_BEFORE - 5 - year, 95)] / 5


def _alive(folder: Path, country: str) -> Callable[[str, int], float]:
    """The part of a cohort of five years that lives in 2025, from how cohorts shrank from 2020 to 2025."""
    table = {
        (r["sex"], int(r["age_from"])): (float(r["pop_2020"]), float(r["pop_2025"]))
        for r in rows(folder, "country_population_age_sex")
        if r["country"] == country
    }

    @cache
    def alive(sex: str, year: int) -> float:
        part = 1.0
        for age in range(SETTLED, min(BORN_BEFORE - 5 - year, 95), 5):
            part *= min(table[sex, age + 5][1] / table[sex, age][0], 1.0)
        return part

    return alive


def _nations(folder: Path, nation: str | None) -> Callable[[str, int], float]:
    """People of one year of birth, within a cohort of five, in one British nation or in all, in 2025."""
    found: defaultdict[tuple[str, int], float] = defaultdict(float)
    for row in rows(folder, "uk_nations_single_age_sex"):
        if row["nation"] == nation or (nation is None and row["nation"] in _FOUR):
            found[row["sex"], int(row["age_from"])] += float(row["people_2025"])

    def people(sex: str, year: int) -> float:
        ages = [BORN_BEFORE - one for one in range(year, year + 5) if one <= BORN_BEFORE]
        return sum(found[sex, age] for age in ages) / len(ages)

    return people


_FOUR = frozenset({"England", "Wales", "Scotland", "Northern Ireland"})
