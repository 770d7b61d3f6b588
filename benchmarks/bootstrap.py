"""Percentile bootstrap over conversations: how far a figure moves with the conversations one happens to have.

Lines of one conversation hang together, so conversations are drawn, with replacement, as many as there are
(Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13). The ends are the empirical
percentiles of the resamples in which the figure is defined.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from operator import mul

Interval = list[float] | None


def intervals(
    conversations: Sequence[Mapping[str, int]],
    figures: Callable[[Counter[str]], Mapping[str, float | None]],
    resamples: int,
    seed: int,
    level: float = 0.95,
) -> dict[str, Interval]:
    """Both ends of each figure's interval, by its name; ``None`` with one conversation or too few values.

    ``conversations`` are their counts, ``figures`` reads the figures off counts added up. The same seed draws
    the same conversations, also for another system over the same corpus.
    """
    names = sorted({name for one in conversations for name, count in one.items() if count})
    columns = [[one.get(name, 0) for one in conversations] for name in names]
    drawn: dict[str, list[float]] = {name: [] for name in figures(Counter())}
    picked = random.Random(seed)
    many = len(conversations)
    for _ in range(resamples if many > 1 else 0):
        times = [0] * many
        for index in picked.choices(range(many), k=many):
            times[index] += 1
        counts = Counter(
            {name: sum(map(mul, times, column)) for name, column in zip(names, columns, strict=True)}
        )
        for name, value in figures(counts).items():
            if value is not None:
                drawn[name].append(value)
    return {name: _ends(values, resamples, level) for name, values in drawn.items()}


def _ends(values: list[float], resamples: int, level: float) -> Interval:
    """The ends of the middle ``level`` of the values, or nothing where half of the resamples have none."""
    if 2 * len(values) < resamples or not values:
        return None
    values = sorted(values)
    tail = (1 - level) / 2
    low, high = int(tail * len(values)), int((1 - tail) * len(values))
    return [values[low], values[min(high, len(values) - 1)]]
