"""From the ledger's rows to facts: what was told in several ways is one, and which of them are counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import nlargest

from discretion.exposure._facts import SHAPES, StatedFact
from discretion.exposure._report_rows import Row, record
from discretion.exposure._told import NAME_NOT_KEPT, NO_VALUE, NOT_KEPT, _Fact, _name_words, _stated
from discretion.records import IDENTIFIERS, FactShare, Frame, Kind, LearntFact, Severity, Source

MOST_OF_A_KIND, MOST_OF_ONE_VALUE = 8, 4
"""Different values of one kind that an estimate looks at, those told most often; later ones contradict. The
smaller number is for kinds of which a person has one value."""
_SEVERAL = frozenset(
    {Kind.HEALTH, Kind.FAMILY, Kind.APPEARANCE, Kind.EDUCATION, Kind.LOCATION, Kind.ETHNICITY}
)
NOT_OF_YOU = "told inside a story, and no fact of yours"
MORE_OF_A_KIND = "only the values told most often of each kind are counted"
_SOME_DIRECT = frozenset({Kind.STREET_ADDRESS})
"""Kinds of which some values do not find one household: a ZIP code alone."""
_RANKS = {severity.value: severity.rank for severity in Severity}

_VALUED, _DIRECT = "valued", "direct"

Same = Sequence[Row]
"""The rows of one fact: of one kind and digest."""
_Seen = tuple[str, str, int, str, str, int, int]
_Scored = tuple[int, int, bytes, Same]
_Valued = tuple[int, str, int, bytes, Same]
"""How often, when last, the number turned round, the digest: the largest goes first."""


@dataclass(slots=True)
class Facts:
    """The facts of one platform, or of all, and what one pass over them says.

    ``valued`` are those of the user that have a value, by kind and with what orders them; ``direct`` what
    finds one person by itself and ``direct_first`` when the first of a kind came; ``whys`` why others take no
    part, ``others`` those with what orders them.
    """

    kinds: list[str] = field(default_factory=list)
    told: int = 0
    first: str = "9999"
    last: str = ""
    of_user: int = 0
    kept_of_user: int = 0
    valued: defaultdict[str, list[_Valued]] = field(default_factory=lambda: defaultdict(list))
    direct: list[Same] = field(default_factory=list)
    direct_first: dict[str, str] = field(default_factory=dict)
    lacks: list[tuple[str, str]] = field(default_factory=list)
    others: list[_Scored] = field(default_factory=list)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def known(self) -> int:
        """How many different facts."""
        return len(self.kinds)

    @property
    def whys(self) -> Counter[tuple[str, str]]:
        """Reason and kind of what takes no part, and how many facts."""
        return Counter(self.lacks) + self.left

    @property
    def is_nothing_kept(self) -> bool:
        """Whether no value of the user's facts was to be kept."""
        return self.of_user > 0 and not self.kept_of_user

    def add(self, seen: _Seen, same: Same) -> None:
        """One fact more."""
        what, kind, times, first, last, score, is_kept = seen
        self.kinds.append(kind)
        self.told += times
        if first < self.first:
            self.first = first
        if last > self.last:
            self.last = last
        if what is not NOT_OF_YOU:
            self.of_user += 1
            if is_kept:
                self.kept_of_user += 1
        if what is _VALUED:
            self.valued[kind].append((times, last, -(same[0].number or 0), same[0].digest, same))
        elif what is _DIRECT:
            self.direct.append(same)
            if first < self.direct_first.get(kind, "9999"):
                self.direct_first[kind] = first
        else:
            self.lacks.append((what, kind))
            self.others.append((score, same[0].number or 0, same[0].digest, same))


def facts_of(rows: Sequence[Row], platforms: Collection[str]) -> tuple[Facts, dict[str, Facts]]:
    """Put the rows of each fact together: of all, and of each of ``platforms``.

    Each fact is looked at once; most are known to one platform only, and then both are told the same.
    """
    grouped: dict[tuple[str, bytes], list[Row]] = {}
    for row in rows:
        key = (row.kind, row.digest)
        if key in grouped:
            grouped[key].append(row)
        else:
            grouped[key] = [row]
    everything = Facts()
    by_platform = {name: Facts() for name in platforms}
    for same in grouped.values():
        seen = _look_at(same)
        everything.add(seen, same)
        first = same[0].platform
        if len(same) == 1 or all(row.platform == first for row in same):
            if first in by_platform:
                by_platform[first].add(seen, same)
            continue
        for name in {row.platform for row in same} & by_platform.keys():
            part = [row for row in same if row.platform == name]
            by_platform[name].add(_look_at(part), part)
    return everything, by_platform


def _look_at(same: Same) -> _Seen:
    """What one fact is: (what it is, its kind, how often told, first, last, its score, whether kept)."""
    (_, _, kind, frame, severity, _, is_own, times, first, last, noted, _, value, is_kept, _) = same[0]
    first = first or noted
    last = last or first
    if len(same) > 1:
        times = _times(same)
        is_own = any(row.is_own or row.frame == "self" for row in same)
        value = next((row.value for row in same if row.value is not None), None)
        is_kept = any(row.is_value_kept for row in same)
        severity = max((row.severity for row in same), key=_RANKS.__getitem__)
        first, last = min(row.first for row in same), max(row.last for row in same)
    if not (is_own or frame == "self" or kind in IDENTIFIERS):
        what = NOT_OF_YOU
    elif value is not None:
        return _VALUED, kind, times, first, last, 0, is_kept
    elif kind in SHAPES and (is_kept or kind not in _SOME_DIRECT):
        return _DIRECT, kind, times, first, last, 0, is_kept
    else:
        what = NOT_KEPT if not is_kept else NAME_NOT_KEPT if kind == Kind.NAME else NO_VALUE
    return what, kind, times, first, last, -_RANKS[severity] * 10**12 - times, is_kept


def _times(same: Same) -> int:
    """How often it was told; through two sources the same message may have come twice: the larger counts."""
    times: dict[tuple[str, str, str], int] = {}
    for one in same:
        where = (one.platform, one.persona, one.frame)
        times[where] = max(times.get(where, 0), one.times)
    return sum(times.values())


def first_day(same: Same) -> date:
    """The first day on which it was told; where no time is known, the day it was noted."""
    return date.fromisoformat(min(one.first for one in same)[:10])


def is_told_day(same: Same) -> bool:
    """Whether the first day is one of the export's own."""
    return min(same, key=lambda one: one.first).first_at is not None


def candidates(facts: Facts, today: date) -> list[tuple[Same, StatedFact]]:
    """The facts with a value, put as `discretion.exposure.ledger.stated` puts them: told most often first,
    and of those told equally often the latest.

    Of each kind the first few, since many more values of one kind only contradict each other; how many that
    leaves out is noted in ``facts.left``.
    """
    kept = []
    for kind, same in facts.valued.items():
        most = MOST_OF_A_KIND if kind in _SEVERAL else MOST_OF_ONE_VALUE
        kept += nlargest(most, same)
        if len(same) > most:
            facts.left[MORE_OF_A_KIND, kind] = len(same) - most
    told = [(same, _fact(same, often)) for often, *_, same in sorted(kept, reverse=True)]
    longest = max((_name_words(fact) for _, fact in told), default=0)
    name = next((fact for _, fact in told if longest and _name_words(fact) == longest), None)
    return [(same, _stated(fact, today, is_counted_name=fact is name)) for same, fact in told]


def _fact(same: Same, times: int) -> _Fact:
    """As `discretion.exposure._told` joins the rows of a fact: the newest one with a value stands for it."""
    with_value = [row for row in same if row.value is not None]
    newest = record(max(with_value, key=lambda row: row.last_at or row.noted_at))
    return _Fact(newest, times, newest.value, True)


def learnt(
    same: Same, label: str, share: FactShare | None, *, is_direct: bool, why: str | None
) -> LearntFact:
    """The fact as the report shows it, with what it does or ``why`` that is not known."""
    firsts = [row.first_at for row in same if row.first_at]
    lasts = [row.last_at for row in same if row.last_at]
    return LearntFact(
        kind=Kind(same[0].kind),
        label=label,
        severity=Severity(max((row.severity for row in same), key=lambda severity: _RANKS[severity])),
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
        not_checked=None if is_direct else share.not_checked if share else why,
        is_direct=is_direct,
        numbers=tuple(sorted(row.number for row in same if row.number is not None)),
    )


def why_not(same: Same) -> str:
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
