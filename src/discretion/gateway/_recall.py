"""How much of what people write the guard finds, as measured: what a clean run of `verify` does not prove."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Recall:
    """Recall of one group in per cent, with its 95 % interval."""

    group: str
    recall: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """The guard's recall on labelled chats: when it was measured, by which command, on how much."""

    date: str
    command: str
    lines: int
    conversations: int
    groups: tuple[Recall, ...]


@cache
def measured() -> Measured:
    """The figures of the last benchmark (docs/benchmarks.md), read once."""
    raw = tomllib.loads((files("discretion.gateway") / "data/recall.toml").read_text("utf-8"))
    groups = tuple(Recall(name, **row) for name, row in raw.items() if isinstance(row, dict))
    return Measured(raw["date"], raw["command"], raw["lines"], raw["conversations"], groups)
