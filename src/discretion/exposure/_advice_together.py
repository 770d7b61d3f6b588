"""What to leave out together, where facts are so many that no single one would help."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from discretion.exposure._count import Counter
from discretion.exposure._facts import StatedFact
from discretion.exposure._joined import Joined, joined
from discretion.records import Kind, LeaveOut

ENOUGH = 1_000
"""People among whom one is no longer easily found. Our own choice."""
MOST_KINDS = 4
"""Nobody leaves out more at once."""
LEAST_GAIN = 2.0
"""How many times more people the last kind must bring."""


def leave_out_together(facts: Sequence[StatedFact], counter: Counter) -> LeaveOut | None:
    """The fewest kinds, the most telling first, without which at least ``ENOUGH`` people fit, or more.

    Taken one after the other, each that lets most people fit beside those already taken. ``None`` where one
    kind is enough, or where even all of them help nobody.
    """
    known = joined(facts, counter, counter.today)
    at_kind: dict[Kind, list[int]] = {}
    for at in sorted(known.counted):
        kind = facts[at].known_kind
        if kind is not None:
            at_kind.setdefault(kind, []).append(at)
    taken: list[Kind] = []
    people = known.count().people if known.counted else 0.0
    while at_kind and len(taken) < MOST_KINDS and people < ENOUGH:
        left = {kind: reduce(Joined.without, ats, known) for kind, ats in at_kind.items()}
        most = {kind: other.count().people for kind, other in left.items() if other.counted}
        best = max(most, key=lambda kind: most[kind], default=None)
        if best is None or most[best] < LEAST_GAIN * people:
            break
        taken.append(best)
        known, people = left[best], most[best]
        del at_kind[best]
    return LeaveOut(tuple(taken), max(1, round(people))) if len(taken) > 1 and people > 1 else None
