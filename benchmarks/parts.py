"""Where the time of a message goes, step by step and detector by detector: ``python -m benchmarks.parts``.

Means in microseconds over short messages of the training chats, warm, each message asked once; the clock of
every part costs a little itself, so the sum lies above what ``benchmarks.speed`` measures from outside.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from time import perf_counter_ns
from typing import Any

from rich.console import Console

from benchmarks.ours import shipped_model
from benchmarks.shared_data import absent, data_folder
from benchmarks.tables import Table
from benchmarks.timed import WARM_UP, conversations, is_short
from discretion.guard import View
from discretion.guard._detector import Hit, discovered
from discretion.guard._frame import frame_cues
from discretion.guard.limits import limit_cues
from discretion.text import evaluated_language


class _Watch:
    """Adds up what passed since the last lap, by part."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self.since = perf_counter_ns()

    def lap(self, part: str) -> None:
        self.spent[part] += perf_counter_ns() - self.since
        self.since = perf_counter_ns()


def parts(texts: Sequence[str]) -> dict[str, float]:
    """Mean microseconds of each part of reading one message alone, dearest first; the first texts warm up."""
    watch = _Watch()
    model = shipped_model()
    talk = import_module("discretion.guard.reader").Conversation(model, "") if model else None
    for index, text in enumerate(texts):
        if index == WARM_UP:
            watch = _Watch()
        _read(text, watch, model, talk)
    counted = max(1, len(texts) - WARM_UP)
    return {part: round(took / counted / 1000, 1) for part, took in watch.spent.most_common()}


def _read(text: str, watch: _Watch, model: Any, talk: Any) -> None:
    watch.since = perf_counter_ns()
    view = View(text)
    _ = view.folded
    watch.lap("fold")
    _ = view.respelled
    watch.lap("respell")
    _ = view.clauses
    watch.lap("clauses")
    evaluated_language(text)
    watch.lap("language")
    hits: list[Hit] = []
    for one in discovered():
        hits += one.find(view)
        watch.lap(one.name)
    frame_cues(view, tuple(hits))
    watch.lap("frame cues")
    limit_cues(view)
    watch.lap("limit cues")
    if model:
        (reading,) = model.read([(view, hits)])
        watch.lap("model: words' columns and encoder")
        talk.answer(reading)
        watch.lap("model: heads")


def parts_table(measured: dict[str, float]) -> Table:
    """One row a part, and their sum."""
    rows = [(part, f"{took:.1f}") for part, took in measured.items()]
    return Table("Where the time goes", ("part", "µs"), (*rows, ("sum", f"{sum(measured.values()):.1f}")))


def main() -> int:
    """Measure and print; exit 0, also where the data are absent."""
    folder = data_folder() / "guard" / "train"
    if not folder.is_dir():
        Console(stderr=True, soft_wrap=True).print(absent("parts", folder))
        return 0
    texts = [line.text for line in conversations(folder) if is_short(line)]
    Console().print(parts_table(parts(texts)).rich())
    return 0


if __name__ == "__main__":
    sys.exit(main())
