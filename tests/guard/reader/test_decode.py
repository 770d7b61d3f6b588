"""From probabilities to runs."""

from __future__ import annotations

import numpy as np
import pytest

from discretion.guard.reader import LABELS
from discretion.guard.reader._decode import hits_of
from discretion.guard.reader._features import checksum
from discretion.records import Kind

WORK, NAME = (LABELS.index(f"B-{kind.value}") for kind in (Kind.WORKPLACE, Kind.NAME))


@pytest.mark.parametrize(
    ("words", "expected", "reason"),
    [
        ([("jess", {NAME: 0.9})], [("name", 0, 1)], "one word"),
        ([("jess", {NAME: 0.4})], [], "below the threshold"),
        ([("mary", {NAME: 0.9}), ("lou", {NAME + 1: 0.9})], [("name", 0, 2)], "it goes on"),
        ([("mary", {NAME: 0.9}), ("lou", {NAME: 0.9})], [("name", 0, 1), ("name", 1, 2)], "it begins anew"),
        ([("jess", {NAME: 0.9}), ("mercy", {WORK: 0.9})], [("name", 0, 1), ("workplace", 1, 2)], "two kinds"),
        (
            [("hospital", {WORK: 0.9}), ("ring", {WORK + 1: 0.3}), ("road", {WORK + 1: 0.9})],
            [("workplace", 0, 3)],
            "a word between that half belongs to it",
        ),
        (
            [("hospital", {WORK: 0.9}), ("and", {}), ("mercy", {WORK: 0.9})],
            [("workplace", 0, 1), ("workplace", 2, 3)],
            "a word between that does not",
        ),
        ([("mercy", {WORK: 0.9}), ("at", {WORK + 1: 0.8}), ("the", {WORK + 1: 0.8})], [("workplace", 0, 1)],
         "it does not end in joining words"),
        ([("the", {WORK: 0.9})], [], "and is none of them alone"),
    ],
)  # fmt: skip
def test_runs(
    words: list[tuple[str, dict[int, float]]], expected: list[tuple[str, int, int]], reason: str
) -> None:
    shares = np.zeros((len(words), len(LABELS)), np.float32)
    for row, (_, held) in enumerate(words):
        for column, share in held.items():
            shares[row, column] = share
        shares[row, 0] = 1 - sum(held.values())
    spans = [(i, i + 1) for i in range(len(words))]
    found = hits_of(shares, LABELS, {}, spans, [checksum(word) for word, _ in words])
    assert [(one.kind.value, one.start, one.end) for one in found] == expected, reason
