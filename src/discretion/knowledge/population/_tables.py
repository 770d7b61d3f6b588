"""Reading the population tables: tab-separated, one header line, trimmed by tools/make_population.py."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def read(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a table without its header."""
    return _lines(name)[1:]


@cache
def keyed(name: str, keys: int) -> Mapping[tuple[str, ...], Mapping[str, float]]:
    """The first ``keys`` columns of each line → its other columns by their names, as numbers."""
    header, *lines = _lines(name)
    names = header[keys:]
    return {line[:keys]: dict(zip(names, map(float, line[keys:]), strict=True)) for line in lines}


def _lines(name: str) -> tuple[tuple[str, ...], ...]:
    path = files("discretion.knowledge") / "data" / "population" / f"{name}.tsv"
    return tuple(tuple(line.split("\t")) for line in path.read_text("utf-8").splitlines())
