"""What each platform knows by now, how few people that describes, and how it came to that.

Pure: from the ledger's rows to a report that every entry point can show. What was told is counted as
`discretion.exposure.identifiability` counts it; one platform alone, and everything together, since whoever
has both can join them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest

from discretion.exposure._facts import StatedFact
from discretion.exposure._report_facts import Group, candidates, grouped, learnt
from discretion.exposure._report_steps import MOST_STEPS, said_by_others, steps
from discretion.exposure._report_words import day_words, people_words, sentence
from discretion.exposure._told import NOT_KEPT
from discretion.exposure._where import world_size
from discretion.exposure.identifiability import estimate, not_estimated
from discretion.knowledge import describe
from discretion.records import (
    Disclosure,
    Estimate,
    Exposure,
    ExposureReport,
    FactShare,
    Kind,
    LearntFact,
    NotChecked,
)

__all__ = ["MOST_FACTS", "MOST_IN_FULL", "MOST_STEPS", "day_words", "people_words", "report", "world_size"]

MOST_FACTS = 500
"""Facts of one platform that a report shows, the most telling ones."""
MOST_IN_FULL = 8
"""Platforms whose line over time is drawn where all are asked for, those that know most."""


def report(
    disclosures: Iterable[Disclosure],
    *,
    today: date,
    platform: str | None = None,
    most_facts: int | None = MOST_FACTS,
) -> ExposureReport:
    """What ``platform`` knows, or each platform where none is named, and all of them put together.

    ``disclosures`` are the rows of the whole ledger, whichever platform is asked for. ``today`` is the day
    that ages are seen from. ``most_facts`` bounds the facts that are listed for each platform, not those that
    are counted; ``None`` lists all.
    """
    rows = tuple(disclosures)
    by_platform: defaultdict[str, list[Disclosure]] = defaultdict(list)
    for one in rows:
        by_platform[one.platform].append(one)
    asked = [platform] if platform is not None else list(by_platform)
    wanted = sorted((name for name in asked if name in by_platform), key=lambda name: -len(by_platform[name]))
    found = tuple(
        _exposure(name, by_platform[name], today, most_facts, is_brief=at >= MOST_IN_FULL)
        for at, name in enumerate(wanted)
    )
    together = None
    if len(by_platform) == 1 and found:
        together = replace(found[0], platform=None)
    elif rows:
        together = _exposure(None, rows, today, most_facts, is_brief=platform is not None)
    return ExposureReport(
        as_of=today,
        asked=platform,
        sentence=sentence(platform, found, together),
        platforms=tuple(sorted(found, key=_fewest_first)),
        together=together,
        known=tuple(sorted(by_platform)),
    )


def _fewest_first(one: Exposure) -> tuple[float, int, str]:
    return one.besides.k or float("inf"), -one.facts_known, one.platform or ""


@dataclass(frozen=True, slots=True)
class _Estimated:
    """The estimate of everything but direct identifiers, and the share of each fact by its rows' identity."""

    estimate: Estimate
    shares: dict[int, FactShare]
    counted: list[tuple[Group, StatedFact]]


def _exposure(
    platform: str | None,
    rows: Sequence[Disclosure],
    today: date,
    most_facts: int | None,
    *,
    is_brief: bool,
) -> Exposure:
    groups = grouped(rows)
    besides = _estimated(groups, today)
    direct: dict[Kind, date] = {}
    for one in groups:
        if one.is_direct:
            direct[one.kind] = min(one.first_day, direct.get(one.kind, date.max))
    facts = _most_telling(groups, besides, most_facts)
    return Exposure(
        platform=platform,
        personas=tuple(sorted({one.persona for one in rows if one.persona})),
        facts_known=len(groups),
        told=sum(one.times for one in groups),
        by_kind=tuple(Counter(one.kind for one in groups).most_common()),
        first_day=min(one.first_day for one in groups),
        last_day=max(one.last_day for one in groups),
        estimate=_whole(besides.estimate, groups, direct),
        besides=besides.estimate,
        direct=tuple(sorted(direct.items())),
        facts=facts,
        facts_left_out=len(groups) - len(facts),
        steps=() if is_brief else steps(besides.counted, besides.estimate, today),
        is_brief=is_brief,
        not_checked=_not_checked(groups, besides),
    )


def _estimated(groups: Sequence[Group], today: date) -> _Estimated:
    found = candidates(groups, today)
    of_user = [one for one in groups if one.is_of_user]
    if of_user and not any(one.is_value_kept for one in of_user):
        return _Estimated(not_estimated(NOT_KEPT), {}, [])
    made = _without_echoes(found, estimate([fact for _, fact in found], today=today), today)
    shares = {id(group): share for (group, _), share in zip(found, made.facts, strict=True)}
    counted = [pair for pair in found if shares[id(pair[0])].not_checked is None]
    return _Estimated(made, shares, counted)


def _without_echoes(found: Sequence[tuple[Group, StatedFact]], made: Estimate, today: date) -> Estimate:
    """The estimate, its shares and advice as they are without the facts that others say already.

    Beside "Oklahoma", leaving out "Tulsa, Oklahoma" would seem to help less than it does.
    """
    told = [at for at, share in enumerate(made.facts) if share.not_checked is None]
    echoes = {
        told[at] for at in said_by_others([found[at] for at in told], [made.facts[at] for at in told], today)
    }
    if not echoes:
        return made
    again = estimate([fact for at, (_, fact) in enumerate(found) if at not in echoes], today=today)
    if again.k != made.k:
        return made
    shares = iter(again.facts)
    facts = tuple(
        replace(share, share=1.0, bits=0.0) if at in echoes else next(shares)
        for at, share in enumerate(made.facts)
    )
    return replace(again, facts=facts)


def _whole(besides: Estimate, groups: Sequence[Group], direct: dict[Kind, date]) -> Estimate:
    """The estimate with the direct identifiers, as `identifiability` puts it where values are kept."""
    if not direct or besides.reason == NOT_KEPT:
        return besides
    firsts = {one.kind: one for one in reversed(groups) if one.is_direct}
    alone = estimate(
        [StatedFact(kind, describe(kind, None), is_found_direct=True) for kind in sorted(firsts)]
    )
    return replace(alone, facts=(*alone.facts, *besides.facts), population=besides.population)


def _most_telling(groups: Sequence[Group], besides: _Estimated, most: int | None) -> tuple[LearntFact, ...]:
    """Direct identifiers, then facts by what they do, then those that are not counted, the gravest first."""

    def order(one: Group) -> tuple[int, float, int, int]:
        share = besides.shares.get(id(one))
        bits = share.bits if share and share.bits is not None else -1.0
        rank = max(row.severity.rank for row in one.rows)
        return 0 if one.is_direct else 1, -bits, -rank, -one.times

    first = sorted(groups, key=order) if most is None else nsmallest(most, groups, key=order)
    labels = {id(group): fact.words for group, fact in besides.counted}
    return tuple(
        learnt(
            one,
            labels.get(id(one)) or _label(one),
            besides.shares.get(id(one)),
            direct=one.is_direct,
            why=None if one.is_direct else one.why_not,
        )
        for one in first
    )


def _label(group: Group) -> str:
    value = next((one.value for one in group.rows if one.value is not None), None)
    return describe(group.kind, value)


def _not_checked(groups: Sequence[Group], besides: _Estimated) -> tuple[NotChecked, ...]:
    """What the number leaves out, by reason, and of how many facts."""
    whys: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    for one in groups:
        share = besides.shares.get(id(one))
        why = share.not_checked if share else None if one.is_direct else one.why_not
        if why:
            whys[why][one.kind] += 1
    found = []
    if NOT_KEPT in whys:
        missing = whys.pop(NOT_KEPT).total()
        all_of_them = not any(one.is_of_user and one.is_value_kept for one in groups)
        few = "" if all_of_them else f": {missing} of {len(groups)} facts"
        found.append(NotChecked("estimate", f"{NOT_KEPT}{few}"))
    for why, kinds in sorted(whys.items(), key=lambda item: -item[1].total()):
        names = ", ".join(str(kind).replace("_", " ") for kind, _ in kinds.most_common())
        count = kinds.total()
        found.append(NotChecked(names, f"{why} ({count:,} fact{'s' if count > 1 else ''})"))
    return tuple(found)
