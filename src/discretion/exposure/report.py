"""What each platform knows by now, how few people that describes, and how it came to that.

From the ledger's rows to a report that every entry point can show. What was told is counted as
`discretion.exposure.identifiability` counts it; one platform alone, and everything together, since whoever
has both can join them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import log2

import numpy as np

from discretion.exposure import _count
from discretion.exposure._advice_together import leave_out_together
from discretion.exposure._collection import uncollected
from discretion.exposure._facts import StatedFact
from discretion.exposure._report_columns import Columns, columns_of, columns_of_vault, day_of
from discretion.exposure._report_facts import Facts
from discretion.exposure._report_plan import MOST_IN_FULL, Part, Plan, plan
from discretion.exposure._report_shown import Told, candidates, learnt
from discretion.exposure._report_steps import MOST_STEPS, said_by_others, steps
from discretion.exposure._report_words import day_words, people_words, sentence
from discretion.exposure._told import NOT_KEPT
from discretion.exposure._where import world_size
from discretion.exposure.identifiability import estimate, not_estimated, number_of
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
from discretion.vault import Asker, Vault

__all__ = [
    "MOST_FACTS",
    "MOST_IN_FULL",
    "MOST_STEPS",
    "day_words",
    "people_words",
    "report",
    "report_of_vault",
    "world_size",
]

MOST_FACTS = 500
"""Facts of one platform that a report lists, the most telling ones."""


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
    with uncollected():
        columns = columns_of(disclosures)
        return _report(columns, plan(columns, platform, most_facts), today)


def report_of_vault(
    vault: Vault,
    asker: Asker,
    *,
    today: date,
    platform: str | None = None,
    most_facts: int | None = MOST_FACTS,
) -> ExposureReport:
    """The same of the ledger in ``vault``, read without making a record of each row; leaves an audit row."""
    with uncollected():
        with vault.transaction():
            columns = columns_of_vault(vault, asker)
            asked = plan(columns, platform, most_facts)
        return _report(columns, asked, today)


def _report(columns: Columns, asked: Plan, today: date) -> ExposureReport:
    maker = _Maker(_count.Counter(today), columns)
    found = [maker.exposure(part) for part in asked.parts]
    together = None
    if len(columns.platforms) == 1 and found:
        together = replace(found[0], platform=None)
    elif asked.together:
        together = maker.exposure(asked.together)
    return ExposureReport(
        as_of=today,
        asked=asked.platform,
        sentence=sentence(asked.platform, tuple(found), together),
        platforms=tuple(sorted(found, key=_fewest_first)),
        together=together,
        known=tuple(sorted(columns.platforms)),
    )


def _fewest_first(one: Exposure) -> tuple[float, int, str]:
    return one.besides.k or float("inf"), -one.facts_known, one.platform or ""


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the parts of one report; what its counter looked up once serves all of them."""

    counter: _count.Counter
    columns: Columns

    def exposure(self, part: Part) -> Exposure:
        facts, is_brief = part.facts, part.is_brief
        told = candidates(facts, self.counter.today)
        besides = self._brief(facts, told) if is_brief else self._besides(facts, told)
        shares = {id(same): share for (same, _), share in zip(told, besides.facts, strict=False)}
        counted = [pair for pair in told if id(pair[0]) in shares and not shares[id(pair[0])].not_checked]
        direct = {kind: day_of(day) for kind, day in facts.direct_first.items()}
        listed = () if is_brief else _most_telling(part, told, shares)
        first_day, last_day = map(day_of, facts.days)
        return Exposure(
            platform=part.platform,
            personas=self.columns.personas_on(part.platform),
            facts_known=facts.known,
            told=facts.told,
            by_kind=facts.by_kind,
            first_day=first_day,
            last_day=last_day,
            estimate=_whole(besides, direct),
            besides=besides,
            direct=tuple(sorted(direct.items())),
            facts=listed,
            facts_left_out=facts.known - len(listed),
            steps=() if is_brief else steps(told, counted, besides, self.counter),
            is_brief=is_brief,
            not_checked=_not_checked(facts, told, shares, is_brief=is_brief),
            leave_out=None if is_brief else leave_out_together([fact for _, fact in counted], self.counter),
        )

    def _brief(self, facts: Facts, told: Told) -> Estimate:
        """The number alone, without what each fact does."""
        nothing = not_estimated(NOT_KEPT if facts.is_nothing_kept else "no fact could be counted")
        number = None if facts.is_nothing_kept else number_of([fact for _, fact in told], self.counter)
        if number is None:
            return nothing
        k, low, high = number
        bits = round(log2(world_size() / k), 2)
        return replace(nothing, status="estimated", reason=None, k=k, k_low=low, k_high=high, bits=bits)

    def _besides(self, facts: Facts, told: Told) -> Estimate:
        """The estimate of everything but direct identifiers. Its shares and advice are as they are without
        the facts that others say already: beside "Oklahoma", to leave out "Tulsa, Oklahoma" would seem to
        help less than it does.
        """
        if facts.is_nothing_kept:
            return not_estimated(NOT_KEPT)
        today = self.counter.today
        made = estimate([fact for _, fact in told], today=today)
        at_told = [at for at, share in enumerate(made.facts) if share.not_checked is None]
        echoes = {
            at_told[at]
            for at in said_by_others(
                [told[at] for at in at_told], [made.facts[at] for at in at_told], self.counter
            )
        }
        if not echoes:
            return made
        again = estimate([fact for at, (_, fact) in enumerate(told) if at not in echoes], today=today)
        if again.k != made.k:
            return made
        shares = iter(again.facts)
        return replace(
            again,
            facts=tuple(
                replace(share, share=1.0, bits=0.0) if at in echoes else next(shares)
                for at, share in enumerate(made.facts)
            ),
        )


def _most_telling(part: Part, told: Told, shares: dict[int, FactShare]) -> tuple[LearntFact, ...]:
    """Direct identifiers, then facts by what they do, then those not counted, the gravest first."""
    direct = part.facts.same(part.direct)
    valued = sorted(
        told, key=lambda pair: -(shares[id(pair[0])].bits or -1.0) if id(pair[0]) in shares else 1.0
    )
    labels = {id(same): fact.words for same, fact in told}
    further = part.facts.same(np.concatenate([part.others, part.more]))
    return tuple(
        learnt(same, labels.get(id(same)), shares.get(id(same)), is_direct=at < len(direct))
        for at, same in enumerate([*direct, *(same for same, _ in valued), *further][: part.most])
    )


def _whole(besides: Estimate, direct: dict[Kind, date]) -> Estimate:
    """The estimate with the direct identifiers, as `identifiability` puts it where values are kept."""
    if not direct or besides.reason == NOT_KEPT:
        return besides
    alone = estimate(
        [StatedFact(kind, describe(kind, None), is_found_direct=True) for kind in sorted(direct)]
    )
    return replace(alone, facts=(*alone.facts, *besides.facts), population=besides.population)


def _not_checked(
    facts: Facts, told: Told, shares: dict[int, FactShare], *, is_brief: bool
) -> tuple[NotChecked, ...]:
    """What the number leaves out, by reason, and of how many facts."""
    whys: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (why, kind), count in facts.whys.items():
        whys[why][kind] += count
    for same, _ in told if not is_brief else ():
        lack = shares[id(same)].not_checked if id(same) in shares else None
        if lack:
            whys[lack][same[0].kind] += 1
    found = []
    missing = whys.pop(NOT_KEPT, Counter()).total()
    if missing:
        few = "" if facts.is_nothing_kept else f": {missing:,} of {facts.known:,} facts"
        found.append(NotChecked("estimate", f"{NOT_KEPT}{few}"))
    for why, kinds in sorted(whys.items(), key=lambda item: (-item[1].total(), item[0])):
        names = ", ".join(kind.replace("_", " ") for kind, _ in kinds.most_common())
        count = kinds.total()
        found.append(NotChecked(names, f"{why} ({count:,} fact{'s' if count > 1 else ''})"))
    return tuple(found)
