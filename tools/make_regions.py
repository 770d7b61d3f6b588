"""Cut the names of countries and first-level regions out of the shared place tables.

Usage: `python tools/make_regions.py FOLDER`, the folder that holds cities.csv and countries.csv (GeoNames).
A name that is also a town in the same country is left out: "lagos" may be either.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from discretion.knowledge.gazetteer import plain

TARGET = Path(__file__).parent.parent / "src/discretion/knowledge/data/regions.txt"


def main(folder: Path) -> None:
    with (folder / "cities.csv").open(encoding="utf-8", newline="") as table:
        cities = list(csv.DictReader(table))
    with (folder / "countries.csv").open(encoding="utf-8", newline="") as table:
        countries = {plain(row["name"]) for row in csv.DictReader(table)}
    towns = {(row["country"], plain(row["name"])) for row in cities}
    regions = {plain(row["region"]) for row in cities if (row["country"], plain(row["region"])) not in towns}
    names = sorted(name for name in countries | regions if len(name) > 2)
    head = "# Countries and first-level regions. GeoNames, CC BY 4.0; made by tools/make_regions.py.\n"
    TARGET.write_text(head + "\n".join(names) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
