"""Trim the public tables of names, places and ordinary words to the lists that the guard carries.

    python tools/make_gazetteers.py POPULATION_FOLDER SCOWL_FOLDER OUTPUT_FOLDER

``POPULATION_FOLDER`` holds the tables of names and places, ``SCOWL_FOLDER`` the word lists of SCOWL as Debian
unpacks them (``english-words.10`` and so on). What each came from, and its licence, stands in
``src/discretion/SOURCES.toml``.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

# Fewer bearers than this would let rare spellings of ordinary words pass for names. A name with FAMILIAR
# times as many in one table is familiar: the guard knows it also in lower case and without a cue.
FAMILIAR = 8
GIVEN_NAME_BEARERS = {
    "us_first_names_2020.csv": ("name", "count", 500),
    "us_first_names_by_birth.csv": ("name", "female male", 2500),
    "uk_first_names_by_birth.csv": ("name", "births", 200),
    "ca_first_names_2021.csv": ("name", "count", 600),
    "fr_first_names_by_birth.csv": ("name", "births", 1500),
    "br_first_names_by_birth.csv": ("name", "people", 6000),
}
FAMILY_NAME_BEARERS = 1000
# Places this small are still asked for where English is the daily language of most chats.
SMALL_PLACE_COUNTRIES = frozenset({"US", "GB", "IE", "CA", "AU", "NZ", "ZA", "JM"})
SMALL_PLACE, PLACE, PLACE_WITH_OTHER_NAMES = 5_000, 25_000, 300_000
ORDINARY = (("10", "20"), ("35",))
"""SCOWL sizes: the most common words, then the rest that a spelling list for everyday text holds."""


_APOSTROPHES = {ord(c): None for c in "'’ʼʻ`"}


def plain(name: str) -> str:
    """The name in lower case without diacritics and apostrophes, as the guard looks it up."""
    decomposed = unicodedata.normalize("NFKD", name.lower().translate(_APOSTROPHES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of one table."""
    with path.open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def is_name(name: str) -> bool:
    """Whether the guard can look this up: Latin letters, joined by at most hyphens and apostrophes."""
    return len(name) > 1 and name.replace("-", "").replace("'", "").isalpha() and name.isascii()


def given_names(folder: Path) -> tuple[set[str], set[str]]:
    """First names with enough bearers in any of the national tables: the familiar ones, and the rest."""
    kept: set[str] = set()
    familiar: set[str] = set()
    for file, (column, counts, least) in GIVEN_NAME_BEARERS.items():
        bearers: Counter[str] = Counter()
        for row in rows(folder / file):
            bearers[plain(row[column])] += sum(int(row[c] or 0) for c in counts.split())
        kept |= {name for name, count in bearers.items() if count >= least and is_name(name)}
        familiar |= {name for name, count in bearers.items() if count >= least * FAMILIAR and is_name(name)}
    return familiar, kept - familiar


def family_names(folder: Path) -> set[str]:
    """Surnames with enough bearers."""
    table = rows(folder / "us_surnames_2020.csv")
    return {
        n for row in table if int(row["count"]) >= FAMILY_NAME_BEARERS and is_name(n := plain(row["name"]))
    }


def places(folder: Path) -> set[str]:
    """Names of populated places and of the regions and countries that hold them."""
    kept: set[str] = set()
    for row in rows(folder / "cities.csv"):
        people = int(row["population"] or 0)
        if people >= (SMALL_PLACE if row["country"] in SMALL_PLACE_COUNTRIES else PLACE):
            kept.add(plain(row["name"]))
            kept.add(plain(row["region"]))
        if people >= PLACE_WITH_OTHER_NAMES:
            kept |= {plain(name) for name in row["other_names"].split("|")}
    for row in rows(folder / "countries.csv"):
        kept |= {plain(row["name"]), plain(row["capital"])}
    return {p for p in kept if len(p) > 2 and p.isascii() and not any(c in p for c in "()/,0123456789")}


def ordinary_words(folder: Path) -> list[list[str]]:
    """Words written in lower case, most common group first, no word twice."""
    seen: set[str] = set()
    groups = []
    for sizes in ORDINARY:
        words: set[str] = set()
        for size in sizes:
            for variety in ("english", "british", "american", "australian", "canadian"):
                path = folder / f"{variety}-words.{size}"
                if path.exists():
                    words |= {plain(w) for w in path.read_text("latin-1").split() if "'" not in w}
        words = {w for w in words if len(w) > 1 and w.isascii()} - seen
        seen |= words
        groups.append(sorted(words))
    return groups


def write(path: Path, lines: Iterable[str]) -> None:
    """One entry a line."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(population: str, scowl: str, output: str) -> None:
    """Write the four lists."""
    source, words, target = Path(population), Path(scowl), Path(output)
    familiar, rare = given_names(source)
    write(target / "given_names.txt", [*sorted(familiar), "", *sorted(rare)])
    write(target / "family_names.txt", sorted(family_names(source)))
    write(target / "places.txt", sorted(places(source)))
    common, known = ordinary_words(words)
    write(target / "ordinary_words.txt", [*common, "", *known])


if __name__ == "__main__":
    main(*sys.argv[1:])
