"""Intervals over conversations: what they are where that can be worked out, and that they can be repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from benchmarks.bootstrap import intervals
from hypothesis import given
from hypothesis import strategies as st

Conversations = Sequence[Mapping[str, int]]


def rate(counts: Counter[str]) -> dict[str, float | None]:
    return {"rate": counts["right"] / counts["all"] if counts["all"] else None}


ENDS: list[tuple[str, Conversations, list[float] | None]] = [
    ("conversations that are all alike leave nothing to chance", [{"right": 1, "all": 2}] * 9, [0.5, 0.5]),
    ("one conversation says nothing about others", [{"right": 1, "all": 2}], None),
    ("none at all", [], None),
    ("a figure without a denominator", [{"right": 0, "all": 0}] * 5, None),
    (
        "two that differ: each is drawn alone in a quarter of the resamples",
        [{"right": 0, "all": 1}, {"right": 1, "all": 1}],
        [0.0, 1.0],
    ),
    (
        "a figure that half of the resamples lack: one of nine conversations has it, it is drawn in 65 %",
        [{"right": 1, "all": 1}, *([{"all": 0}] * 8)],
        [1.0, 1.0],
    ),
    (
        "and with many lines in one of two, the other weighs little",
        [{"right": 90, "all": 90}, {"right": 0, "all": 10}],
        [0.0, 1.0],
    ),
]


@pytest.mark.parametrize(("reason", "conversations", "ends"), ENDS, ids=[case[0] for case in ENDS])
def test_the_ends_are_those_worked_out_by_hand(
    reason: str, conversations: Conversations, ends: list[float] | None
) -> None:
    assert intervals(conversations, rate, 400, seed=1) == {"rate": ends}


def test_a_wide_sample_has_the_interval_of_the_binomial() -> None:
    conversations = [{"right": index % 2, "all": 1} for index in range(400)]
    drawn = intervals(conversations, rate, 1000, seed=7)["rate"]
    assert drawn is not None
    assert drawn[0] == pytest.approx(0.5 - 1.96 * 0.025, abs=0.01)
    assert drawn[1] == pytest.approx(0.5 + 1.96 * 0.025, abs=0.01)


def test_lines_that_hang_together_widen_it() -> None:
    apart = [{"right": index % 2, "all": 1} for index in range(200)]
    together = [{"right": 10 * (index % 2), "all": 10} for index in range(20)]
    narrow, wide = (intervals(one, rate, 500, seed=3)["rate"] for one in (apart, together))
    assert narrow is not None
    assert wide is not None
    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])


COUNTS = st.lists(
    st.integers(0, 9).flatmap(
        lambda n: st.fixed_dictionaries({"all": st.just(n), "right": st.integers(0, n)})
    ),
    max_size=12,
)


@given(COUNTS, st.integers(0, 1000))
def test_the_same_seed_gives_the_same_ends_within_the_range(counts: Conversations, seed: int) -> None:
    first = intervals(counts, rate, 60, seed)
    assert first == intervals(counts, rate, 60, seed)
    ends = first["rate"]
    assert ends is None or 0 <= ends[0] <= ends[1] <= 1
