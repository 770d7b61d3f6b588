"""What restoring costs: compiling a table, a kilobyte at once, a token at a time, and memory.

Usage: `python -m benchmarks.restore`. Processor time, the least of 15 rounds; prints rows for
docs/decisions/0016-restore.md.
"""

from __future__ import annotations

import re
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

from discretion.guard.restore import RestoreTable
from discretion.guard.restore._forms import forms_of
from discretion.records import Kind, Pair

NAMES = (
    "Mara Quinn Delphine Orson Tamsin Ferris Lowell Bettina Casper Idris Juno Kester Linnea Morwen Nils "
    "Ottoline Percival Rowena Soren Thora Ulric Vesper Wilf Xanthe Yorick Zelda Alaric Brisa Cosima Dagny "
    "Elspeth Fenna Gideon Halcyon Imke Jorah Kalinda Leopold Mireille Nadia"
)
PLAIN = (
    "She leans closer to the window and says that the rain has not stopped since the morning, all day long. "
)
NAMED = "Mara leans closer to the window and tells Quinn that the rain has not stopped, and Delphine nods. "
SIZES = (10, 40)
KILOBYTE = 1_000


def pairs(count: int) -> list[Pair]:
    """So many pairs of names."""
    made = datetime(2026, 11, 1, tzinfo=UTC)
    return [Pair("", Kind.NAME, f"Real{at}", name, made) for at, name in enumerate(NAMES.split()[:count])]


def least(act: Callable[[], object], times: int) -> float:
    """The least time of one call, in microseconds."""

    def once() -> float:
        began = time.process_time()
        for _ in range(times):
            act()
        return (time.process_time() - began) / times * 1e6

    return min(once() for _ in range(15))


def by_pattern(count: int) -> Callable[[str], str]:
    """The same notations as one alternation of `re`, whole texts only: what the trie was chosen over."""
    forms = forms_of(pairs(count))
    body = "|".join(re.escape(text) for text in sorted(forms, key=len, reverse=True))
    re.purge()
    pattern = re.compile(rf"(?<!\w)(?:{body})(?!\w)")
    return lambda text: pattern.sub(lambda found: forms[found[0]].real, text)


def held(table: RestoreTable, streams: int) -> float:
    """What so many streams hold after 20 kilobytes each, in kilobytes for one."""
    tracemalloc.start()
    restorers = [table.restorer() for _ in range(streams)]
    for restorer in restorers:
        for _ in range(20):
            restorer.feed_text(NAMED * 10)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return used / streams / KILOBYTE


def rows() -> list[tuple[str, ...]]:
    """What was measured, for each size of the table."""
    found: list[list[str]] = [
        ["compiling the table"],
        ["1,000 characters without a stand-in"],
        ["1,000 characters with 30 stand-ins"],
        ["a token of 8 characters"],
        ["compiling the same as one pattern of `re`"],
        ["1,000 characters with that pattern, whole texts only"],
        ["memory for each of 200 streams"],
    ]
    for size in SIZES:
        given = pairs(size)
        table = RestoreTable(given)
        plain, named, token = table.restorer(), table.restorer(), table.restorer()
        pattern = by_pattern(size)
        text, names = (PLAIN * 10)[:KILOBYTE], (NAMED * 11)[:KILOBYTE]
        measured = [
            least(lambda given=given: RestoreTable(given), 10),  # type: ignore[misc]
            least(lambda feed=plain.feed_text, text=text: feed(text), 50),  # type: ignore[misc]
            least(lambda feed=named.feed_text, names=names: feed(names), 50),  # type: ignore[misc]
            least(lambda feed=token.feed_text: feed(" stopped"), 500),  # type: ignore[misc]
            least(lambda size=size: by_pattern(size), 1),  # type: ignore[misc]
            least(lambda pattern=pattern, text=text: pattern(text), 50),  # type: ignore[misc]
        ]
        for row, value in zip(found, measured, strict=False):
            row.append(f"{value:,.0f} µs")
        found[-1].append(f"{held(table, 200):.1f} kB")
    return [tuple(row) for row in found]


def main() -> None:
    """Print the table."""
    print("|  | " + " | ".join(f"{size} pairs" for size in SIZES) + " |")
    print("|---" * (len(SIZES) + 1) + "|")
    for row in rows():
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
