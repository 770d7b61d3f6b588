"""From the ledger's rows to facts: what was told in several ways is one, and which of them are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import TypeVar

from discretion.exposure._facts import SHAPES, StatedFact
from discretion.exposure._told import _NAME_NOT_KEPT as NAME_NOT_KEPT
from discretion.exposure._told import _NO_VALUE as NO_VALUE
from discretion.exposure._told import NOT_KEPT, stated
from discretion.records import Disclosure, FactShare, Frame, Kind, LearntFact

_Text = TypeVar("_Text", bound=str)

MOST_OF_A_KIND = 20
"""Different values of one kind that an estimate looks at, those told most often; later ones contradict."""
NOT_OF_YOU = "told inside a story, and no fact of yours"
NO_DIRECT = frozenset({Kind.STREET_ADDRESS})
"""Kinds of which some values do not find one household: a ZIP code alone."""
MORE_OF_A_KIND = f"only the {MOST_OF_A_KIND} told most often of each kind are counted"


@dataclass(slots=True)
class Group:
    """The rows of one fact: of one kind and digest."""

    rows: list[Disclosure]
    times: int

    @property
    def kind(self) -> Kind:
        """The kind of the fact."""
        return self.rows[0].kind

    @property
    def is_of_user(self) -> bool:
        """Whether it says something of the user: told of a life, the user's own, or real by its form."""
        return any(one.frame is Frame.SELF or one.is_own or one.kind.is_identifier for one in self.rows)

    @property
    def has_value(self) -> bool:
        """Whether there is something to count."""
        return any(one.value is not None for one in self.rows)

    @property
    def is_value_kept(self) -> bool:
        """Whether its value was to be kept."""
        return any(one.is_value_kept for one in self.rows)

    @property
    def is_direct(self) -> bool:
        """Whether it finds one person or household by itself, whatever else was told."""
        if self.kind not in SHAPES or self.has_value:
            return False
        return self.is_value_kept or self.kind not in NO_DIRECT

    @property
    def why_not(self) -> str:
        """Why it takes no part in the estimate, as far as the rows say."""
        if not self.is_of_user:
            return NOT_OF_YOU
        if not self.is_value_kept:
            return NOT_KEPT
        if self.kind is Kind.NAME:
            return NAME_NOT_KEPT
        return MORE_OF_A_KIND if self.has_value else NO_VALUE

    @property
    def first_day(self) -> date:
        """The first day on which it was told; where no time is known, the day it was noted."""
        return min(_day(one) for one in self.rows)

    @property
    def last_day(self) -> date:
        """The last day on which it was told or noted."""
        return max((one.last_at or one.first_at or one.noted_at).date() for one in self.rows)

    @property
    def is_told_day(self) -> bool:
        """Whether the first day is one of the export's own."""
        first = min(self.rows, key=_day)
        return first.first_at is not None


def _day(one: Disclosure) -> date:
    return (one.first_at or one.noted_at).date()


def grouped(disclosures: Iterable[Disclosure]) -> list[Group]:
    """One group for each fact, in the order of the rows."""
    found: dict[tuple[Kind, bytes], list[Disclosure]] = {}
    for one in disclosures:
        same = found.setdefault((one.kind, one.digest), [])
        same.append(one)
    return [Group(same, _times(same)) for same in found.values()]


def _times(same: list[Disclosure]) -> int:
    """How often it was told; through two sources the same message may have come twice: the larger counts."""
    if len(same) == 1:
        return same[0].times
    times: dict[tuple[str, str, Frame], int] = {}
    for one in same:
        where = (one.platform, one.persona, one.frame)
        times[where] = max(times.get(where, 0), one.times)
    return sum(times.values())


def candidates(groups: Sequence[Group], today: date) -> list[tuple[Group, StatedFact]]:
    """The facts with a value, as `discretion.exposure.ledger.stated` puts them, told most often first: of
    each kind the first few, since many more values of one kind only contradict each other.
    """
    kinds: dict[Kind, list[Group]] = {}
    for one in groups:
        if one.has_value and one.is_of_user:
            kinds.setdefault(one.kind, []).append(one)
    kept = [one for same in kinds.values() for one in nsmallest(MOST_OF_A_KIND, same, key=_often)]
    found = []
    for one in sorted(kept, key=_often):
        facts = stated(one.rows, today)
        if facts and facts[0].value is not None:
            found.append((one, facts[0]))
    return found


def _often(one: Group) -> tuple[int, Kind, bytes]:
    return -one.times, one.kind, one.rows[0].digest


def learnt(group: Group, label: str, share: FactShare | None, *, direct: bool, why: str | None) -> LearntFact:
    """The fact as the report shows it, with what it does or ``why`` that is not known."""
    rows = group.rows
    firsts = [one.first_at for one in rows if one.first_at]
    lasts = [one.last_at for one in rows if one.last_at]
    return LearntFact(
        kind=group.kind,
        label=label,
        severity=max((one.severity for one in rows), key=lambda severity: severity.rank),
        frames=_distinct(rows, lambda one: one.frame),
        sources=_distinct(rows, lambda one: one.source),
        personas=_distinct(rows, lambda one: one.persona),
        platforms=_distinct(rows, lambda one: one.platform),
        is_own=any(one.is_own for one in rows),
        times=group.times,
        first_at=min(firsts, default=None),
        last_at=max(lasts, default=None),
        noted_at=min(one.noted_at for one in rows),
        share=share.share if share else None,
        bits=share.bits if share else None,
        tables=share.source if share else None,
        not_checked=share.not_checked if share else why,
        is_direct=direct,
        numbers=tuple(sorted(one.number for one in rows if one.number is not None)),
    )


def _distinct(rows: Sequence[Disclosure], of: Callable[[Disclosure], _Text]) -> tuple[_Text, ...]:
    return tuple(sorted({of(one) for one in rows if of(one)}))
