"""Reading in batches, as an export is read: our guard over whole conversations, and the bare encoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from benchmarks.corpus import Line
from benchmarks.ours import BARE, OURS
from benchmarks.peers.process import ask
from benchmarks.timed import row_of

BATCH = 64
"""Lines of both sides that are read at once: about as many of the user's as the encoder takes at once."""


def in_batches(
    lines: Sequence[Line], systems: Sequence[str], core: int | None, rounds: int
) -> dict[str, dict[str, float]]:
    """Messages of the user a second for each of our systems, and how many times as fast our guard is.

    Lengths are as they come, the other side's turns are read and their time counts; the first batch only
    warms up. Raises ``PeerError`` where a process fails.
    """
    rates: dict[str, list[float]] = {}
    for _ in range(rounds):
        for system in systems:
            rows = [line for line in lines if line.is_from_user] if system == BARE else lines
            rates.setdefault(system, []).append(_rate(list(_batches(rows)), system, core))
    return {
        name: {
            "messages_per_s": round(median(each), 1),
            "times_ours": round(median(a / b for a, b in zip(rates[OURS], each, strict=True)), 3),
        }
        for name, each in rates.items()
    }


def _batches(rows: Sequence[Line]) -> Iterator[Sequence[Line]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _rate(batches: Sequence[Sequence[Line]], system: str, core: int | None) -> float:
    asked: list[dict[str, Any]] = [{"batch": [row_of(line) for line in batch]} for batch in batches]
    took = [answer.nanoseconds for answer in ask(system, asked, core).answers]
    counted = batches[1:] if len(batches) > 1 else batches
    messages = sum(line.is_from_user for batch in counted for line in batch)
    return 1e9 * messages / sum(took[-len(counted) :])
