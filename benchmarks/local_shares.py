"""How much a group's share differs from place to place: ``python -m benchmarks.local_shares [--json]``.

The estimate gives a town the shares of the region around it. This measures how wrong that is, on the 331
authorities of England and Wales, of which every group was counted: the logarithm of an authority's share over
the nation's, weighed by people (mean and standard deviation) and by members of the group, since who tells of
a trait is one of its members. Beside it stands what the estimate takes (``exposure/_count.py``).
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from benchmarks.tables import Table, console
from discretion.exposure._count import CLUSTERED_MOST, LOCAL_OTHER
from discretion.knowledge.population import keyed

CLUSTERED = ("religion", "ethnic group")
LEAST = 0.002
"""A smaller share of the nation is left out: too few people in most authorities."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One group: its share of the nation, and the logarithm of local over national share."""

    subject: str
    group: str
    share: float
    mean_of_members: float
    deviation_of_people: float
    deviation_of_members: float
    taken_mean: float
    taken_deviation: float


def spreads() -> Iterator[Spread]:
    """Every group of the table."""
    counts: defaultdict[str, defaultdict[str, dict[str, float]]]
    counts = defaultdict(lambda: defaultdict(dict))
    for (area,), line in keyed("uk_ew_areas", 1).items():
        for name, count in line.items():
            subject, _, group = name.partition(": ")
            counts[subject][group][area] = count
    for subject, groups in counts.items():
        people: defaultdict[str, float] = defaultdict(float)
        for by_area in groups.values():
            for area, count in by_area.items():
                people[area] += count
        for group, by_area in groups.items():
            share = sum(by_area.values()) / sum(people.values())
            if share >= LEAST:
                yield _spread(subject, group, share, by_area, people)


def _spread(
    subject: str, group: str, share: float, members: dict[str, float], people: dict[str, float]
) -> Spread:
    logs = {area: math.log(max(count, 1.0) / people[area] / share) for area, count in members.items()}
    of_members, deviation = _moments(logs, members)
    is_clustered = subject.startswith(CLUSTERED)
    taken = CLUSTERED_MOST * (1 - share) ** 2 if is_clustered else LOCAL_OTHER
    shift = taken**2 / 2 if is_clustered else 0.0
    return Spread(subject, group, share, of_members, _moments(logs, people)[1], deviation, shift, taken)


def _moments(values: dict[str, float], weights: dict[str, float]) -> tuple[float, float]:
    total = sum(weights[area] for area in values)
    mean = sum(value * weights[area] for area, value in values.items()) / total
    variance = sum((value - mean) ** 2 * weights[area] for area, value in values.items()) / total
    return mean, math.sqrt(variance)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.local_shares", description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    asked = parser.parse_args(arguments)
    found = list(spreads())
    if asked.json:
        print(json.dumps([asdict(one) for one in found], indent=2))
        return 0
    heads = ("group", "share", "members: mean", "members: sd", "people: sd", "taken")
    rows = tuple(
        (
            f"{one.subject[:24]}: {one.group[:44]}",
            f"{one.share:.3f}",
            f"{one.mean_of_members:+.2f}",
            f"{one.deviation_of_members:.2f}",
            f"{one.deviation_of_people:.2f}",
            f"{one.taken_mean:+.2f} sd {one.taken_deviation:.2f}",
        )
        for one in found
    )
    console().print(Table("Local over national share, logarithm", heads, rows).rich())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
