"""Which platforms a report shows in full, and the facts of which it needs the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from discretion.exposure._report_columns import Columns, Ints
from discretion.exposure._report_facts import Facts, facts_of, fetch_rows

MOST_IN_FULL = 8
"""Platforms that are reported in full where all are asked for, those that know most."""
MOST_COUNTED = 120
"""Facts with a value that those have together at most: what a report takes in half a second."""


@dataclass(frozen=True, slots=True)
class Part:
    """One platform, or all of them put together (``None``), and what is told of it.

    ``direct``, ``others`` and ``more`` are the facts that are listed beside the counted ones, which come
    after the direct ones; a brief part lists none.
    """

    platform: str | None
    facts: Facts
    is_brief: bool
    direct: Ints
    others: Ints
    more: Ints
    most: int

    @property
    def shown(self) -> Ints:
        """Every fact of which the rows are needed."""
        return np.concatenate([self.facts.counted, self.direct, self.others, self.more])


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of a report: of the platform that was asked for or of all, and all together."""

    platform: str | None
    parts: Sequence[Part]
    together: Part | None


def plan(columns: Columns, platform: str | None, most_facts: int | None) -> Plan:
    """What a report of ``platform``, or of all, is made of; the rows it needs are fetched."""
    rows = np.bincount(columns.platform, minlength=len(columns.platforms)).tolist()
    rows_of_each = dict(zip(columns.platforms, rows, strict=True))
    wanted = [name for name in rows_of_each if platform in (None, name)]
    wanted.sort(key=lambda name: (-rows_of_each[name], name))
    everything, by_platform = facts_of(columns, wanted)
    parts = list(_parts(by_platform, wanted, most_facts))
    is_one = len(rows_of_each) == 1 and bool(parts)
    together = None
    if rows_of_each and not is_one:
        together = _part(None, everything, most_facts, is_brief=platform is not None)
    fetch_rows(columns, ((part.facts, part.shown) for part in (*parts, together) if part))
    return Plan(platform, parts, together)


def _parts(by_platform: dict[str, Facts], wanted: Sequence[str], most_facts: int | None) -> Iterator[Part]:
    in_full = counted = 0
    for name in wanted:
        facts = by_platform[name]
        counted += len(facts.counted)
        is_brief = name != wanted[0] and (in_full >= MOST_IN_FULL or counted > MOST_COUNTED)
        in_full += not is_brief
        yield _part(name, facts, most_facts, is_brief=is_brief)


def _part(platform: str | None, facts: Facts, most_facts: int | None, *, is_brief: bool) -> Part:
    """Direct identifiers come first, then what is counted, then the rest, the gravest first."""
    most = 0 if is_brief else facts.known if most_facts is None else most_facts
    direct = facts.direct(most)
    others = facts.others(max(0, most - len(direct) - len(facts.counted)))
    more = facts.more(most - len(direct) - len(facts.counted) - len(others))
    return Part(platform, facts, is_brief, direct, others, more, most)
