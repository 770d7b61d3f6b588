"""The words of a conversation in little memory: the same answers as sets of words give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discretion.guard.reader import _earlier
from discretion.guard.reader._earlier import OVERLAPS, Earlier
from discretion.guard.reader._features import checksum, words_of


class Sets:
    """What ``Earlier`` has to answer, said plainly: a set for each column, full at ``most`` words."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sets: list[set[int]] = [set() for _ in OVERLAPS]

    def add(self, at: int, keys: Iterable[int]) -> None:
        for key in keys:
            if key and (key in self._sets[at] or len(self._sets[at]) < self._most):
                self._sets[at].add(key)

    def columns(self, keys: Sequence[int]) -> list[list[float]]:
        return [[float(key in held) for held in self._sets] for key in keys]


_WORDS = st.lists(st.sampled_from([f"w{i}" for i in range(40)] + ["a", "é", "🙂", "\ud83d"]), max_size=25)
_SAID = st.tuples(
    st.just("say"), _WORDS, st.booleans(), st.sets(st.integers(0, 24)), st.sets(st.integers(0, 24))
)
_TOLD = st.tuples(st.sampled_from(["card", "other"]), _WORDS)


@given(steps=st.lists(_SAID | _TOLD, max_size=12), asked=_WORDS, most=st.integers(1, 30))
@settings(max_examples=150, deadline=None)
def test_the_answers_are_those_of_sets(steps: list[tuple[object, ...]], asked: list[str], most: int) -> None:
    earlier, sets = Earlier(most=most), Sets(most)
    for what, words, *rest in steps:
        assert isinstance(words, list)
        if what == "say":
            keys = [checksum(word) for word in words]
            life, facts, names = rest
            assert isinstance(facts, set)
            assert isinstance(names, set)
            facts, names = ([i for i in sorted(part) if i < len(keys)] for part in (facts, names))
            earlier.say(keys, life=bool(life), facts=facts, names=names)
            sets.add(2 if life else 3, keys)
            sets.add(4, [keys[i] for i in facts])
            sets.add(5, [keys[i] for i in names])
        else:
            text = " ".join(words)
            (earlier.enter if what == "card" else earlier.hear)(text)
            sets.add(0 if what == "card" else 1, map(checksum, words_of(text)))
        keys = [checksum(word) for word in asked]
        assert earlier.columns(keys).tolist() == sets.columns(keys)


@pytest.mark.parametrize(
    ("column", "reason"), [(name, "a column that is full keeps what it has") for name in OVERLAPS]
)
def test_a_full_column_takes_no_more(column: str, reason: str) -> None:
    at = OVERLAPS.index(column)
    earlier = Earlier()
    keys = list(range(1, _earlier.MOST_WORDS + 11))
    earlier._add(at, keys)
    held = earlier.columns(keys)[:, at]
    assert held[: _earlier.MOST_WORDS].all(), reason
    assert not held[_earlier.MOST_WORDS :].any(), reason


def test_a_busy_conversation_is_small() -> None:
    """Every column full of words of its own, which is more than any conversation holds: six times 3,000."""
    earlier = Earlier()
    for at in range(len(OVERLAPS)):
        earlier._add(at, range(1 + at * 5_000, 1 + at * 5_000 + 4_000))
    assert len(earlier._keys) == len(OVERLAPS) * _earlier.MOST_WORDS
    assert earlier._keys.nbytes + earlier._bits.nbytes <= 90_000
    assert earlier._keys.dtype == np.uint32
