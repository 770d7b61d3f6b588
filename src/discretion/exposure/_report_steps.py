"""How many people fit, as facts add up: the line that steps down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from discretion.exposure._count import Counter
from discretion.exposure._facts import StatedFact
from discretion.exposure._report_facts import Same
from discretion.exposure._report_shown import first_day, is_told_day
from discretion.exposure.identifiability import number_of
from discretion.records import Estimate, FactShare, Kind, Step

MOST_STEPS = 40
"""Points of the line; of more days, days that follow each other are taken together."""

IDLE = 0.99
"""A fact that at least this share of those who fit all others fits too may say what another says."""
MOST_IDLE = 12

Counted = Sequence[tuple[Same, StatedFact]]


def steps(told: Counted, counted: Counted, whole: Estimate, counter: Counter) -> tuple[Step, ...]:
    """A step for each day on which a fact came that is counted; the last one is the estimate itself.

    ``told`` are the facts of the whole, in its order, as old as they are on the counter's day; ``counted``
    those that take part in it.
    """
    if whole.k is None or whole.k_low is None or whole.k_high is None:
        return ()
    found: list[Step] = []
    came = {id(same): first_day(same) for same, _ in told}
    dated = [(came[id(same)], same, fact) for same, fact in counted]
    days = _days({day for day, _, _ in dated})
    since = date.min
    for day in days:
        is_last = day == days[-1]
        by_then = [fact for same, fact in told if came[id(same)] <= day]
        whole_number = (whole.k, whole.k_low, whole.k_high)
        number = whole_number if is_last else number_of(by_then, counter)
        if number is None:
            continue
        new = [same for on, same, _ in dated if since < on <= day]
        kinds = tuple(sorted({Kind(same[0].kind) for same in new}))
        count = sum(on <= day for on, *_ in dated)
        found.append(Step(day, *number, count, kinds, all(map(is_told_day, new))))
        since = day
    return tuple(found)


def said_by_others(counted: Counted, shares: Sequence[FactShare], counter: Counter) -> frozenset[int]:
    """The positions of facts that others say already, as "Oklahoma" is said by "Tulsa, Oklahoma".

    Without all of them the same people fit. Of two that say each other the later one is taken.
    """
    idle = [at for at, share in enumerate(shares) if share.share is not None and share.share > IDLE]
    gone: set[int] = set()
    everybody = number_of([fact for _, fact in counted], counter)
    for at in reversed(idle[-MOST_IDLE:]):
        left = [fact for other, (_, fact) in enumerate(counted) if other not in {*gone, at}]
        if left and number_of(left, counter) == everybody:
            gone.add(at)
    return frozenset(gone)


def _days(told: set[date]) -> list[date]:
    days = sorted(told)
    if len(days) <= MOST_STEPS:
        return days
    last = len(days) - 1
    return [days[round(at * last / (MOST_STEPS - 1))] for at in range(MOST_STEPS)]
