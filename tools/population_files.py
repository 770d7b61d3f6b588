"""Reading the shared population tables and writing the trimmed ones, for tools/make_population.py."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

OUT = Path(__file__).parent.parent / "src/discretion/knowledge/data/population"


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The lines of one shared table."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def write(name: str, header: Iterable[str], lines: Iterable[Iterable[object]]) -> None:
    """One trimmed table: tab-separated, one header line."""
    text = "\n".join("\t".join(map(str, line)) for line in (header, *lines))
    (OUT / f"{name}.tsv").write_text(text + "\n", "utf-8")
