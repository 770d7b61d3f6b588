"""One round of one system, and the figures of several: medians, and ratios round by round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.corpus import Line
from benchmarks.peers.process import Asked
from benchmarks.timed import WARM_UP, is_short


@dataclass(frozen=True, slots=True)
class Run:
    """One round of one system: milliseconds of each counted message, and of all that was read for them."""

    asked: Asked
    times: tuple[float, ...]
    read: float

    @property
    def per_s(self) -> float:
        """Messages a second, each by its own time."""
        return 1000 * len(self.times) / sum(self.times)

    @property
    def with_turns_per_s(self) -> float:
        """Messages a second, with the time of everything that was read between them."""
        return 1000 * len(self.times) / self.read


def counted(rows: Sequence[Line], asked: Asked) -> Run:
    """What counts of the answers to ``rows``: short messages of users, after the first that only warm up."""
    times: list[float] = []
    read = 0.0
    warm = WARM_UP
    for line, answer in zip(rows, asked.answers, strict=True):
        took = answer.nanoseconds / 1e6
        if is_short(line) and warm:
            warm -= 1
            continue
        if not warm:
            read += took
            times += [took] if is_short(line) else []
    return Run(asked, tuple(times), read)


def figures(rounds: Sequence[Run]) -> dict[str, Any]:
    """The medians of a system's rounds."""
    return {
        "version": rounds[0].asked.version,
        "messages_per_s": round(median(one.per_s for one in rounds), 1),
        "with_turns_per_s": round(median(one.with_turns_per_s for one in rounds), 1),
        "p50_ms": round(median(median(one.times) for one in rounds), 4),
        "p95_ms": round(median(sorted(one.times)[int(0.95 * len(one.times))] for one in rounds), 4),
        "load_ms": round(median(one.asked.loaded_ms for one in rounds), 1),
        "memory_mib": round(median(one.asked.memory_mib for one in rounds), 1),
        "cores": round(median(one.asked.worked_ms / _wall_ms(one.asked) for one in rounds), 2),
    }


def _wall_ms(asked: Asked) -> float:
    return sum(answer.nanoseconds for answer in asked.answers) / 1e6


def ratio(ours: Sequence[Run], other: Sequence[Run]) -> dict[str, float]:
    """Our messages/s over the other's, round by round: both were measured within the same minutes."""
    by_round = [mine.per_s / theirs.per_s for mine, theirs in zip(ours, other, strict=True)]
    turns = [mine.with_turns_per_s / theirs.per_s for mine, theirs in zip(ours, other, strict=True)]
    return {
        "messages": round(median(by_round), 3),
        "least": round(min(by_round), 3),
        "most": round(max(by_round), 3),
        "with_turns": round(median(turns), 3),
    }
