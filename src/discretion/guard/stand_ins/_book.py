"""The pairs of one persona: which stand for what now, which did before, what changed since somebody asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from discretion.guard.stand_ins._known import KnownValues, Place, compiled
from discretion.guard.stand_ins._spelling import key, words_of
from discretion.records import Kind, Pair

_ONLY_WHERE_FOUND = frozenset({Kind.AGE})
"""Kinds whose values are too common to be known again by their spelling: "34" is not always an age."""


def key_of(kind: Kind, value: str) -> str:
    """The key under which a value is looked up: one for all kinds, so that one word has one stand-in."""
    plain = key(kind, value)
    return f"{kind.value} {plain}" if kind in _ONLY_WHERE_FOUND else plain


class Book:
    """Pairs in the order they were made. ``version`` grows with every change."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._pairs: list[Pair] = []
        self._active: dict[str, Pair] = {}
        self._last: dict[str, Pair] = {}
        self._reals = KnownValues()
        self._stand_ins = KnownValues()
        self._changed: dict[int, None] = {}
        self.version = 0
        for pair in pairs:
            self._keep(pair)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs, retired ones too."""
        return tuple(self._pairs)

    def active(self, kind: Kind | None = None) -> tuple[Pair, ...]:
        """The pairs that may be handed out, of ``kind`` alone where given."""
        return tuple(pair for pair in self._active.values() if kind in (None, pair.kind))

    def standing_for(self, plain: str) -> Pair | None:
        """The active pair of the value with that key."""
        return self._active.get(plain)

    def last_for(self, plain: str) -> Pair | None:
        """The newest pair of the value with that key, active or not."""
        return self._last.get(plain)

    def new_group(self) -> int:
        """A group that no pair has."""
        return max((pair.group for pair in self._pairs), default=0) + 1

    def add(self, pair: Pair) -> Pair:
        """Take in a new pair."""
        self.version += 1
        self._keep(pair)
        self._changed[len(self._pairs) - 1] = None
        return pair

    def change(self, old: Pair, new: Pair) -> Pair:
        """Put ``new`` in the place of ``old``, which it is with another field."""
        at = self._at(old)
        self._pairs[at] = new
        self._changed[at] = None
        plain = key_of(new.kind, new.real)
        for table in (self._active, self._last):
            if table.get(plain) is old:
                table[plain] = new
        return new

    def retire(self, pair: Pair) -> Pair:
        """From now on the pair only restores."""
        self.version += 1
        at = datetime.now(UTC).replace(microsecond=0)
        done = self.change(pair, replace(pair, retired_at=at))
        self._active.pop(key_of(pair.kind, pair.real), None)
        self._stand_ins.remove(key_of(pair.kind, pair.stand_in))
        return done

    def changed(self) -> tuple[Pair, ...]:
        """Pairs made or changed since this was last called."""
        found = tuple(self._pairs[at] for at in sorted(self._changed))
        self._changed.clear()
        return found

    def number(self, kept: Sequence[Pair]) -> None:
        """Take over the numbers that pairs got where they are kept."""
        numbers = {(one.kind, one.real, one.stand_in): one.number for one in kept}
        for at, pair in enumerate(self._pairs):
            number = numbers.get((pair.kind, pair.real, pair.stand_in))
            if number is not None and number != pair.number:
                was_changed = at in self._changed
                self.change(pair, replace(pair, number=number))
                if not was_changed:
                    self._changed.pop(at, None)

    def reals_in(
        self, text: str, since: int = -1, is_meant: Callable[[Place], bool] = lambda place: True
    ) -> list[Place]:
        """Where real values stand that became known after version ``since`` and that ``is_meant``."""
        return self._reals.find(text, since=since, is_meant=is_meant)

    def stand_ins_in(self, text: str) -> list[Pair]:
        """The active pairs whose stand-ins stand in ``text``."""
        found = {place.known.key for place in self._stand_ins.find(text)}
        return [pair for pair in self.active() if key_of(pair.kind, pair.stand_in) in found]

    def _at(self, pair: Pair) -> int:
        for at, one in enumerate(self._pairs):
            if one is pair:
                return at
        raise ValueError("the pair is none of this persona's")

    def _keep(self, pair: Pair) -> None:
        self._pairs.append(pair)
        plain = key_of(pair.kind, pair.real)
        self._last[plain] = pair
        if pair.kind not in _ONLY_WHERE_FOUND:
            self._reals.add(compiled(plain, pair.kind, pair.real, self.version, pair.group))
        if not pair.is_active:
            return
        self._active[plain] = pair
        if pair.kind not in _ONLY_WHERE_FOUND:
            other = key_of(pair.kind, pair.stand_in)
            self._stand_ins.add(compiled(other, pair.kind, pair.stand_in, self.version, pair.group))


def is_near(pair: Pair, other: Pair) -> bool:
    """Whether two stand-ins of one group have a word in common."""
    return bool(set(words_of(pair.stand_in)) & set(words_of(other.stand_in)))
