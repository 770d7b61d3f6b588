"""The facts that a report shows or counts, made from their rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from discretion.exposure._facts import StatedFact
from discretion.exposure._report_columns import RANKS
from discretion.exposure._report_facts import MORE_OF_A_KIND, NOT_OF_YOU, Facts, Same
from discretion.exposure._report_rows import record
from discretion.exposure._told import NAME_NOT_KEPT, NO_VALUE, NOT_KEPT, Fact, name_words, stated_fact
from discretion.knowledge import describe
from discretion.records import IDENTIFIERS, FactShare, Frame, Kind, LearntFact, Severity, Source

Told = list[tuple[Same, StatedFact]]


def first_day(same: Same) -> date:
    """The first day on which it was told; where no time is known, the day it was noted."""
    return date.fromisoformat(min(one.first for one in same)[:10])


def is_told_day(same: Same) -> bool:
    """Whether the first day is one of the export's own."""
    return min(same, key=lambda one: one.first).first_at is not None


def candidates(facts: Facts, today: date) -> Told:
    """The facts with a value, put as `discretion.exposure.ledger.stated` puts them, told most often first.

    Of each kind the first few, since many more values of one kind only contradict each other.
    """
    times = facts.seen.times[facts.counted].tolist()
    sames = facts.same(facts.counted)
    told = [(same, _fact(same, often)) for same, often in zip(sames, times, strict=True)]
    longest = max((name_words(fact) for _, fact in told), default=0)
    name = next((fact for _, fact in told if longest and name_words(fact) == longest), None)
    return [(same, stated_fact(fact, today, is_counted_name=fact is name)) for same, fact in told]


def _fact(same: Same, times: int) -> Fact:
    """As `discretion.exposure._told` joins the rows of a fact: the newest one with a value stands for it."""
    with_value = [row for row in same if row.value is not None]
    newest = record(max(with_value, key=lambda row: row.last_at or row.noted_at))
    return Fact(newest, times, newest.value, True)


def learnt(same: Same, label: str | None, share: FactShare | None, *, is_direct: bool) -> LearntFact:
    """The fact as the report shows it, with what it does or why that is not known.

    ``label`` is made from the rows where there is none.
    """
    firsts = [row.first_at for row in same if row.first_at]
    lasts = [row.last_at for row in same if row.last_at]
    return LearntFact(
        kind=Kind(same[0].kind),
        label=label or _label(same),
        severity=Severity(max((row.severity for row in same), key=lambda severity: RANKS[severity])),
        frames=tuple(map(Frame, _distinct(row.frame for row in same))),
        sources=tuple(map(Source, _distinct(row.source for row in same))),
        personas=_distinct(row.persona for row in same),
        platforms=_distinct(row.platform for row in same),
        is_own=any(row.is_own for row in same),
        times=_times(same),
        first_at=datetime.fromisoformat(min(firsts)) if firsts else None,
        last_at=datetime.fromisoformat(max(lasts)) if lasts else None,
        noted_at=datetime.fromisoformat(min(row.noted_at for row in same)),
        share=share.share if share else None,
        bits=share.bits if share else None,
        tables=share.source if share else None,
        not_checked=None if is_direct else share.not_checked if share else _why_not(same),
        is_direct=is_direct,
        numbers=tuple(sorted(row.number for row in same if row.number is not None)),
    )


def _times(same: Same) -> int:
    """How often it was told; through two sources the same message may have come twice: the larger counts."""
    times: dict[tuple[str, str, str], int] = {}
    for one in same:
        where = (one.platform, one.persona, one.frame)
        times[where] = max(times.get(where, 0), one.times)
    return sum(times.values())


def _label(same: Same) -> str:
    value = next((record(row).value for row in same if row.value is not None), None)
    return describe(Kind(same[0].kind), value)


def _why_not(same: Same) -> str:
    """Why a fact takes no part in the estimate, as far as its rows say."""
    if not any(one.is_own or one.frame == Frame.SELF or one.kind in IDENTIFIERS for one in same):
        return NOT_OF_YOU
    if not any(one.is_value_kept for one in same):
        return NOT_KEPT
    if any(one.value is not None for one in same):
        return MORE_OF_A_KIND
    return NAME_NOT_KEPT if same[0].kind == Kind.NAME else NO_VALUE


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words) - {""}))
