"""How many people fit, as facts add up: the line that steps down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, floor

from discretion.exposure._count import Counter
from discretion.exposure._facts import StatedFact
from discretion.exposure._joined import joined
from discretion.exposure._report_facts import Group
from discretion.exposure._where import world_size
from discretion.exposure.identifiability import _at_most
from discretion.records import Estimate, FactShare, Step

MOST_STEPS = 40
"""Points of the line; of more days, days that follow each other are taken together."""

IDLE = 0.99
"""A fact that at least this share of those who fit all others fits too may say what another says."""
MOST_IDLE = 12

Counted = Sequence[tuple[Group, StatedFact]]


def steps(counted: Counted, whole: Estimate, today: date) -> tuple[Step, ...]:
    """A step for each day on which a fact came that is counted; the last one is the estimate itself.

    Facts are those that take part in the whole, in its order, as old as they are ``today``.
    """
    if whole.k is None or whole.k_low is None or whole.k_high is None:
        return ()
    counter = Counter(today)
    found: list[Step] = []
    days = _days(counted)
    since = date.min
    for at, day in enumerate(days):
        by_then = [(group, fact) for group, fact in counted if group.first_day <= day]
        is_last = at == len(days) - 1
        number = (
            (whole.k, whole.k_low, whole.k_high)
            if is_last
            else _number([fact for _, fact in by_then], counter, today)
        )
        if number is None:
            continue
        new = [group for group, _ in by_then if since < group.first_day]
        kinds = tuple(dict.fromkeys(sorted(group.kind for group in new)))
        is_told_day = all(group.is_told_day for group in new)
        found.append(Step(day, *number, len(by_then), kinds, is_told_day))
        since = day
    return tuple(found)


def said_by_others(counted: Counted, shares: Sequence[FactShare], today: date) -> frozenset[int]:
    """The positions of facts that others say already, as "Oklahoma" is said by "Tulsa, Oklahoma".

    Without all of them the same people fit. Of two that say each other the later one is taken.
    """
    idle = [at for at, share in enumerate(shares) if share.share is not None and share.share > IDLE]
    counter = Counter(today)
    gone: set[int] = set()
    everybody = _number([fact for _, fact in counted], counter, today)
    for at in reversed(idle[-MOST_IDLE:]):
        left = [fact for other, (_, fact) in enumerate(counted) if other not in {*gone, at}]
        if left and _number(left, counter, today) == everybody:
            gone.add(at)
    return frozenset(gone)


def _days(counted: Counted) -> list[date]:
    days = sorted({group.first_day for group, _ in counted})
    if len(days) <= MOST_STEPS:
        return days
    last = len(days) - 1
    return [days[round(at * last / (MOST_STEPS - 1))] for at in range(MOST_STEPS)]


def _number(facts: Sequence[StatedFact], counter: Counter, today: date) -> tuple[int, int, int] | None:
    """People who fit, with the ends of the interval, as ``identifiability.estimate`` puts them."""
    known = joined(facts, counter, today)
    if not known.counted:
        return None
    whole = known.count()
    most = _at_most(facts, known, today)
    k = max(1, round(min(whole.people, *(one.people for one in most))))
    high = max(k, min(world_size(), *(ceil(one.high) for one in (whole, *most))))
    return k, min(k, max(1, floor(whole.low))), high
