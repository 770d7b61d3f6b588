"""Crisis and emergency lines by country, each a claim with its source and date."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from discretion.knowledge._claim import Claim, Confidence


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A line that takes calls or texts from people in a crisis, or the emergency number.

    ``country`` is ISO 3166-1 alpha-2, ``EU`` or ``INT``; ``reach`` holds the number, the text line or both;
    ``hours`` and ``web`` are empty where they were not read in a source.
    """

    country: str
    service: str
    is_emergency: bool
    reach: Claim
    web: str
    hours: str


@cache
def _all() -> tuple[HelpLine, ...]:
    table = resources.files("discretion.knowledge").joinpath("data", "help_lines.csv")
    rows = csv.DictReader(table.read_text("utf-8").splitlines())
    return tuple(
        HelpLine(
            row["country"],
            row["service"],
            row["purpose"] == "emergency",
            Claim(row["reach"], row["source"], row["quote"], row["as_of"], Confidence(row["confidence"])),
            row["web"],
            row["hours"],
        )
        for row in rows
    )


def help_lines(country: str | None = None) -> tuple[HelpLine, ...]:
    """The lines of ``country`` (ISO 3166-1 alpha-2), crisis lines first; all of them for ``None``.

    A country without a sourced line gives an empty tuple: the caller must say so.
    """
    lines = [line for line in _all() if country is None or line.country == country.upper()]
    return tuple(sorted(lines, key=lambda line: (line.country, line.is_emergency)))
