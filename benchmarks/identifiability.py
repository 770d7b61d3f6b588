"""How good the estimate of identifiability is: ``python -m benchmarks.identifiability [--json] [PROFILES]``.

Three questions. (1) Profiles with the number of matching people worked out by hand from other tables
(``benchmarks/profiles/*.json``, or the folder named; ``{"id", "facts": [{"kind", "value"}], "k", "sources"}``
or a list of them a file): how often the estimate is within a factor of 3 and of 10, and how often
its interval holds the number. (2) The published shares of Americans whom a date of birth, a sex and a place
single out, simulated over our own tables. (3) How long 40 facts take once the tables are loaded.

Exit codes: 0 measured; 1 a limit does not hold; 2 a profile cannot be read.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from benchmarks.tables import Table, console, percent
from benchmarks.uniqueness import Share, published
from discretion.exposure.identifiability import StatedFact, estimate

FOLDER = Path(__file__).with_name("profiles")
TODAY = date(2026, 11, 25)
WITHIN_3, WITHIN_10, COVERED = 0.73, 0.92, 0.90
MOST_MS = 50.0
RUNS = 25
FORTY = [
    ("age", "34"), ("location", "Tulsa, Oklahoma"), ("occupation", "registered nurse"), ("gender", "woman"),
    ("relationship", "divorced"), ("family", "two kids"), ("health", "depressed"), ("ethnicity", "Black"),
    ("religion", "Baptist"), ("orientation", "straight"), ("education", "bachelor's degree"),
    ("finances", "$60k a year"), ("appearance", "5'6\""), ("name", "Jess Kowalski"),
    ("health", "hearing loss"), ("health", "diabetic"), ("religion", "democrat"),
    ("ethnicity", "Irish-American"), ("date_of_birth", "1992"), ("location", "Oklahoma"),
    *[("pet", f"Rex {n}") for n in range(10)], *[("health", f"condition {n}") for n in range(10)],
]  # fmt: skip
"""Forty facts, twenty of which have tables."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One profile: the number worked out, and ours with its interval; ``None`` where there was none."""

    id: str
    true: float
    k: int | None
    low: int | None
    high: int | None
    status: str
    not_checked: tuple[str, ...]

    @property
    def factor(self) -> float:
        """How far off, as a factor of at least 1; infinite where nothing was estimated."""
        if self.k is None:
            return math.inf
        return max(self.k / max(self.true, 1.0), max(self.true, 1.0) / self.k)

    @property
    def is_covered(self) -> bool:
        """Whether the interval holds the number."""
        return self.low is not None and self.high is not None and self.low <= max(self.true, 1.0) <= self.high


def profiles(folder: Path) -> Iterator[dict[str, object]]:
    """Every profile of every file, in the order of the names."""
    for path in sorted(folder.glob("*.json")):
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            found = found.get("profiles", [found])
        yield from found


def outcome(profile: dict[str, object]) -> Outcome:
    """Estimate one profile; raises ``KeyError``, ``TypeError`` or ``ValueError`` where it is malformed."""
    facts = profile["facts"]
    if not isinstance(facts, list):
        raise TypeError("facts")
    found = estimate([StatedFact(one["kind"], str(one["value"])) for one in facts], today=TODAY)
    left_out = tuple(f"{one.kind}: {one.not_checked}" for one in found.facts if one.not_checked)
    true = float(str(profile["k"]))
    return Outcome(str(profile["id"]), true, found.k, found.k_low, found.k_high, found.status, left_out)


def milliseconds() -> float:
    """The median processor time of one estimate of forty facts, the tables loaded."""
    facts = [StatedFact(kind, words) for kind, words in FORTY]
    estimate(facts, today=TODAY)
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        estimate(facts, today=TODAY)
        took.append(1000 * (time.process_time() - began))
    return sorted(took)[len(took) // 2]


def share(outcomes: Sequence[Outcome], *, within: float | None = None) -> float | None:
    """The share within a factor, or whose interval covers the number."""
    if not outcomes:
        return None
    hits = [one.is_covered if within is None else one.factor <= within for one in outcomes]
    return sum(hits) / len(hits)


def tables(outcomes: Sequence[Outcome], simulated: Sequence[Share], took: float) -> Iterator[Table]:
    """What is printed."""
    if outcomes:
        rows = [
            ("within a factor of 3", percent(share(outcomes, within=3)), f">= {percent(WITHIN_3)}"),
            ("within a factor of 10", percent(share(outcomes, within=10)), f">= {percent(WITHIN_10)}"),
            ("interval holds it", percent(share(outcomes)), f">= {percent(COVERED)}"),
        ]
        yield Table(f"{len(outcomes)} hand-worked profiles", ("", "measured", "limit"), tuple(rows))
        worst = sorted(outcomes, key=lambda one: -one.factor)[:15]
        yield Table(
            "Furthest off",
            ("profile", "true", "ours", "interval", "factor", "not checked"),
            tuple(
                (one.id, f"{one.true:,.0f}", f"{one.k}", f"{one.low}-{one.high}", f"{one.factor:.1f}",
                 "; ".join(one.not_checked))
                for one in worst
            ),
        )  # fmt: skip
    yield Table(
        "Americans singled out by date of birth, sex and place",
        ("place", "published", "source", "simulated", "measure"),
        tuple((one.place, percent(one.published), one.source, percent(one.simulated), one.measure)
              for one in simulated),
        holds_words=True,
    )  # fmt: skip
    rows = [("40 facts, tables loaded, median processor time", f"{took:.1f} ms", f"<= {MOST_MS:.0f} ms")]
    yield Table("Speed", ("", "measured", "limit"), tuple(rows))


def holds(outcomes: Sequence[Outcome], took: float) -> bool:
    """Whether every limit holds; profiles that are not there break none."""
    if outcomes and (
        (share(outcomes, within=3) or 0) < WITHIN_3
        or (share(outcomes, within=10) or 0) < WITHIN_10
        or (share(outcomes) or 0) < COVERED
    ):
        return False
    return took <= MOST_MS


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether the limits hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identifiability")
    parser.add_argument("profiles", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        outcomes = [outcome(one) for one in profiles(asked.profiles)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        Console(stderr=True).print(f"a profile cannot be read: {type(error).__name__}")
        return 2
    simulated, took = published(), milliseconds()
    if asked.json:
        document = {
            "schema": "discretion.identifiability/1",
            "profiles": {
                "n": len(outcomes),
                "within_3": share(outcomes, within=3),
                "within_10": share(outcomes, within=10),
                "interval": share(outcomes),
                "each": [{**asdict(one), "factor": one.factor} for one in outcomes],
            },
            "published": [asdict(one) for one in simulated],
            "forty_facts_ms": round(took, 2),
        }
        print(json.dumps(document, indent=1, default=str))
    else:
        if not outcomes:
            console().print("skipped: profiles: there is no benchmarks/profiles/*.json")
        for table in tables(outcomes, simulated, took):
            console().print(table.rich())
    return 0 if holds(outcomes, took) else 1


if __name__ == "__main__":
    sys.exit(main())
