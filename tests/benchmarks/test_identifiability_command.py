"""`python -m benchmarks.identifiability`: figures of profiles, and the measures of uniqueness."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from benchmarks.identifiability import Outcome, main, outcome, profiles, share
from benchmarks.uniqueness import alone, likely


def of(true: float, k: int | None, low: int | None = None, high: int | None = None) -> Outcome:
    return Outcome("p", true, k, low, high, "estimated", ())


@pytest.mark.parametrize(
    ("one", "factor", "covered", "why"),
    [
        (of(100, 100, 50, 200), 1.0, True, "exact"),
        (of(100, 300, 150, 600), 3.0, False, "too many, and sure of it"),
        (of(300, 100, 50, 300), 3.0, True, "too few, the bound belongs to the interval"),
        (of(0.2, 1, 1, 1), 1.0, True, "less than one person is one: the author exists"),
        (of(100, None), math.inf, False, "no number is no hit"),
    ],
)
def test_a_profile_is_scored(one: Outcome, factor: float, covered: bool, why: str) -> None:
    assert one.factor == pytest.approx(factor), why
    assert one.is_covered is covered, why


def test_shares_of_profiles() -> None:
    some = [of(100, 100, 50, 200), of(100, 900, 500, 2000), of(100, 5000, 1, 9000)]
    assert share(some, within=3) == pytest.approx(1 / 3)
    assert share(some, within=10) == pytest.approx(2 / 3)
    assert share(some) == pytest.approx(2 / 3)
    assert share([]) is None


def test_profiles_are_read_one_or_many_a_file(tmp_path: Path) -> None:
    one = {"id": "a", "facts": [{"kind": "location", "value": "Ohio"}], "k": 11_800_000, "sources": ["x"]}
    (tmp_path / "a.json").write_text(json.dumps(one), "utf-8")
    (tmp_path / "b.json").write_text(json.dumps([{**one, "id": "b"}, {**one, "id": "c"}]), "utf-8")
    found = list(profiles(tmp_path))
    assert [one["id"] for one in found] == ["a", "b", "c"]
    assert outcome(found[0]).factor < 1.2


@pytest.mark.parametrize("content", ["no json", '{"id": "a"}', '{"id": "a", "facts": 3, "k": 1}', "[3]"])
def test_a_profile_that_cannot_be_read_ends_with_2(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content, "utf-8")
    assert main([str(tmp_path)]) == 2


def test_measures_of_uniqueness() -> None:
    single = np.zeros((2, 101))
    single[0, 30] = 1.0
    assert alone(single) == pytest.approx(1.0)
    assert likely(single) == pytest.approx(1.0)
    crowd = np.full((2, 101), 3000.0)
    assert alone(crowd) < 0.001 * crowd.sum()
    assert likely(crowd) == 0.0
