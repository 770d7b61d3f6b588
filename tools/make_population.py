"""Trim the shared population tables to what the estimate reads: `python -m tools.make_population FOLDER`.

Every output has one header line; counts become one column for each age band, named by its first year, or for
each category, so that the tables stay small and can be read by eye. Nothing is estimated here but one thing:
the count of people by country of birth is summed over the sexes.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.population_files import OUT, rows, write
from tools.population_names import names

from discretion.knowledge._values._work import titles

LEAST_BORN = 500
Key = tuple[str, ...]


def wide(name: str, keys: Key, found: Iterable[tuple[Key, str, str]]) -> None:
    """One line for each key, one column for each band or category, in the order of their appearance."""
    lines: defaultdict[Key, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    columns: dict[str, None] = {}
    for key, column, count in found:
        lines[key][column] += int(count or 0)
        columns.setdefault(column)
    names = [*columns]
    if all(column.isdigit() for column in names):
        names.sort(key=int)
    write(name, (*keys, *names), ((*key, *(line[c] for c in names)) for key, line in lines.items()))


def plain(folder: Path) -> None:
    """Tables by age and sex."""
    wide(
        "world_age_sex",
        ("country", "sex"),
        (
            ((r["country"], r["sex"]), r["age_from"], r["pop_2025"])
            for r in rows(folder, "country_population_age_sex")
        ),
    )
    wide(
        "us_age_sex",
        ("geo", "sex"),
        (((r["geo"], r["sex"]), r["age_from"], r["people"]) for r in rows(folder, "us_state_age_sex")),
    )
    wide(
        "us_marital",
        ("geo", "sex", "status"),
        (
            ((r["geo"], r["sex"], r["status"].split(" / ")[-1].lower()), r["age_from"], r["people"])
            for r in rows(folder, "us_state_marital_age_sex")
        ),
    )
    wide(
        "us_education",
        ("geo", "sex", "attainment"),
        (
            ((r["geo"], r["sex"], r["attainment"]), r["age_from"], r["people"])
            for r in rows(folder, "us_state_education_age_sex")
        ),
    )
    wide(
        "uk_nations",
        ("nation", "sex"),
        (
            ((r["nation"], r["sex"]), str(min(int(r["age_from"]), 100)), r["people_2025"])
            for r in rows(folder, "uk_nations_single_age_sex")
            if r["age_from"].isdigit()
        ),
    )
    wide(
        "uk_ew_age_sex",
        ("area", "name", "sex"),
        (
            ((r["area_code"], r["area"], r["sex"]), r["age_from"], r["people"])
            for r in rows(folder, "uk_ew_area_age_sex")
        ),
    )


def britain(folder: Path) -> None:
    """Characteristics, orientation and faith in the United Kingdom."""
    areas = [
        ((r["area_code"],), f"{r['subject'].partition(' (')[0]}: {r['category']}", r["people_16_and_over"])
        for r in rows(folder, "uk_ew_area_characteristics")
        if r["subject"].split(" ")[0] in ("religion", "ethnic", "marital", "highest", "occupation")
    ]
    areas += [
        ((r["area_code"],), f"orientation: {r['orientation']}", r["people_16_and_over"])
        for r in rows(folder, "uk_ew_area_orientation")
    ]
    wide("uk_ew_areas", ("area",), areas)
    wide(
        "uk_orientation",
        ("orientation", "sex"),
        (
            ((r["orientation"], r["sex"]), r["age_from"], r["people"])
            for r in rows(folder, "uk_ew_sexual_orientation_age_sex")
        ),
    )
    for name, table, code in (
        ("uk_scotland_religion", "uk_scotland_area_religion_age_sex", "area"),
        ("uk_ni_religion", "uk_ni_area_religion_age_sex", "area_code"),
    ):
        wide(
            name,
            ("area", "sex", "age"),
            (((r[code], r["sex"], r["age_from"]), r["religion"], r["people"]) for r in rows(folder, table)),
        )


def america(folder: Path) -> None:
    """Work, origin, health, earnings and homes in the United States."""
    groups = list(dict.fromkeys(code.partition("/")[0] for code in titles()))
    names: dict[str, str] = {}
    lines = []
    for row in rows(folder, "us_state_occupation_groups"):
        if row["depth"] == "2":
            names.setdefault(row["group"], groups[len(names)] if row["group"] not in names else "")
        if row["depth"] != "1":
            lines.append(((row["geo"], row["sex"]), names.get(row["group"], "all"), row["employed"]))
    wide("us_occupation_groups", ("geo", "sex"), lines)
    codes = {title: code for code, title in titles().items()}
    write(
        "us_occupations",
        ("code", "male", "female"),
        ((codes[r["title"]], r["men"] or 0, r["women"] or 0) for r in rows(folder, "us_occupations")),
    )
    wide(
        "us_race",
        ("geo",),
        (
            ((r["geo"],), r["category"], r["count"])
            for r in rows(folder, "us_state_race_origin")
            if r["table"] == "B03002" and r["category"].count(">") < 2
        ),
    )
    wide(
        "us_profile",
        ("geo",),
        (
            ((r["geo"],), f"{r['subject']}: {r['category'].split(' > ')[-1]}", r["count"])
            for r in rows(folder, "us_state_social_profile")
            if r["subject"] in ("ancestry", "school enrollment", "place of birth", "relationship")
        ),
    )
    wide(
        "us_earnings",
        ("geo", "sex"),
        (
            ((r["geo"], r["category"].split(" > ")[0].lower()), _dollars(r["category"]), r["count"])
            for r in rows(folder, "us_state_income")
            if r["table"] == "B20001" and ">" in r["category"]
        ),
    )
    wide("us_conditions", ("geo", "sex", "condition"), _conditions(folder, "With "))
    wide("us_veterans", ("geo", "sex", "condition"), _conditions(folder, "Veteran"))
    wide(
        "us_living",
        ("geo", "arrangement"),
        (
            ((r["geo"], parts[1]), parts[0][:2], r["count"])
            for r in rows(folder, "us_state_households_families")
            if r["table"] == "B09021" and len(parts := r["category"].split(" > ")) == 2
        ),
    )


def births(folder: Path) -> None:
    """Women by age and whether they had a birth within a year (rates of fertility), and lone parents."""
    found = []
    for row in rows(folder, "us_state_households_families"):
        parts = row["category"].split(" > ")
        if row["table"] == "B13016" and len(parts) == 2:
            had = "birth" if parts[0].startswith("Women who had") else "none"
            found.append(((row["geo"], had), parts[1][:2], row["count"]))
    wide("us_births", ("geo", "birth"), found)
    lone = "With own children of the householder under 18 years"
    wide(
        "us_lone_parents",
        ("geo",),
        (
            ((r["geo"],), "female" if "Female" in r["category"] else "male", r["count"])
            for r in rows(folder, "us_state_households_families")
            if r["table"] == "B11003" and r["category"].startswith("Other") and r["category"].endswith(lone)
        ),
    )


def _dollars(category: str) -> str:
    """The lower bound of a band of earnings."""
    found = re.search(r"\$([\d,]+)", category.split(" > ")[1])
    return found[1].replace(",", "") if found else "0"


def _conditions(folder: Path, wanted: str) -> Iterator[tuple[Key, str, str]]:
    """What has bands of one kind: in one table, a band that the source lacks would be a count of nobody."""
    for row in rows(folder, "us_state_veterans_disability"):
        parts = row["category"].split(" > ")
        if len(parts) == 3 and parts[2].startswith(wanted):
            first = "0" if parts[1].startswith("Under") else re.findall(r"\d+", parts[1])[0]
            name = row["subject"].removesuffix(" by sex and age").partition(" ")[0]
            yield (row["geo"], parts[0].lower(), name), first, row["count"]


def _age(row: dict[str, str]) -> int:
    """The first year of the band; -1 where it is of all ages."""
    return int(float(row["age_from"] or -1))


def surveys(folder: Path) -> None:
    """Shares from samples, and measures of the body."""
    kept = ("Diabetes", "Depressed", "SleepTrouble", "Smoke100", "SmokeNow", "SexOrientation", "Work")
    write(
        "us_survey",
        ("variable", "category", "sex", "age", "sample", "share"),
        (
            (
                r["variable"],
                r["category"] or "-",
                r["sex"],
                int(float(r["age_from"] or -1)),
                r["sample"],
                r["share"],
            )
            for r in rows(folder, "us_survey_shares")
            if r["variable"] in kept
        ),
    )
    write(
        "us_gss",
        ("variable", "category", "age", "sample", "share"),
        (
            (r["variable"], r["category"], r["age"], r["sample"], r["share"])
            for r in rows(folder, "us_gss_2014_shares")
            if r["variable"] in ("relig", "denom", "partyid")
        ),
    )
    columns = ("sex", "age_from", "height_cm_mean", "height_cm_sd", "weight_kg_mean", "weight_kg_sd")
    write("us_body", columns, ([r[c] for c in columns] for r in rows(folder, "us_height_weight")))


def places(folder: Path) -> None:
    """ZIP areas, and people by country of birth."""
    write(
        "us_zcta",
        ("zip", "state", "people", "adults"),
        (
            (r["zcta"], r["state"] or "-", int(float(r["people_2013"] or 0)), r["adults_2020"] or 0)
            for r in rows(folder, "us_zcta")
        ),
    )
    born: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in rows(folder, "country_foreign_born"):
        born[row["country"], row["born_in"]] += int(row["people"])
    write(
        "born_abroad",
        ("country", "born_in", "people"),
        ((*pair, count) for pair, count in sorted(born.items()) if count >= LEAST_BORN),
    )


def main(folder: Path) -> None:
    """Write every table."""
    OUT.mkdir(exist_ok=True)
    for make in (plain, britain, america, births, surveys, places, names):
        make(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
