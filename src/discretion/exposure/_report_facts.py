"""From the ledger's columns to facts: what was told in several ways is one, and which of them are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from discretion.exposure._facts import SHAPES
from discretion.exposure._report_columns import A_DAY, Columns, Flags, Ints
from discretion.exposure._report_rows import Row
from discretion.exposure._told import NAME_NOT_KEPT, NO_VALUE, NOT_KEPT
from discretion.records import IDENTIFIERS, Kind

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
_WHYS = (NOT_OF_YOU, NOT_KEPT, NAME_NOT_KEPT, NO_VALUE)
_VALUED, _DIRECT = len(_WHYS), len(_WHYS) + 1
_GRAVER = 10**12
"""More than anything was ever told."""

Same = Sequence[Row]
"""The rows of one fact: of one kind and digest."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Seen:
    """Facts one after another, over all platforms or each platform's apart, and what their rows say.

    ``of`` has the fact of each row. ``what`` is why it takes no part (of ``_WHYS``), or that it has a value
    or finds one person by itself. The lowest ``score`` comes first, then the lowest ``then``, then the lowest
    ``number``.
    ``rows`` are those of the facts that are shown.
    """

    of: Ints
    kind: Ints
    number: Ints
    times: Ints
    first: Ints
    last: Ints
    what: Ints
    score: Ints
    then: Ints
    is_kept: Flags
    rows: dict[int, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, repr=False)
class Facts:
    """The facts of one platform, or of all: ``ids`` among those ``seen``, in the order they came."""

    kinds: Sequence[str]
    seen: Seen
    ids: Ints

    @property
    def known(self) -> int:
        """How many different facts."""
        return len(self.ids)

    @property
    def told(self) -> int:
        """How often all of them were told."""
        return int(self.seen.times[self.ids].sum())

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day on which anything was told."""
        return int(self.seen.first[self.ids].min()), int(self.seen.last[self.ids].max()) // A_DAY

    @property
    def by_kind(self) -> tuple[tuple[Kind, int], ...]:
        """How many of each kind; of as many, the kind that came first."""
        counts = _counted(self.seen.kind[self.ids])
        return tuple((Kind(self.kinds[kind]), count) for kind, count in Counter(counts).most_common())

    @cached_property
    def is_nothing_kept(self) -> bool:
        """Whether no value of the user's facts was to be kept."""
        of_user = self.ids[self.seen.what[self.ids] != _WHYS.index(NOT_OF_YOU)]
        return len(of_user) > 0 and not self.seen.is_kept[of_user].any()

    @cached_property
    def direct_first(self) -> dict[Kind, int]:
        """When the first of each kind came that finds one person by itself."""
        direct = self._that_are(_DIRECT)
        kinds = self.seen.kind[direct]
        return {
            Kind(self.kinds[kind]): int(self.seen.first[direct[kinds == kind]].min())
            for kind in np.unique(kinds).tolist()
        }

    @cached_property
    def whys(self) -> Counter[tuple[str, str]]:
        """Reason and kind of what takes no part, and how many facts."""
        what, kind = self.seen.what[self.ids], self.seen.kind[self.ids]
        lacks = _counted((what * len(self.kinds) + kind)[what < _VALUED])
        found = {}
        for both, count in lacks.items():
            why, of_kind = divmod(both, len(self.kinds))
            found[_WHYS[why], self.kinds[of_kind]] = count
        valued = self.seen.kind[self._that_are(_VALUED)]
        for of_kind, count in _counted(valued).items():
            if count > (most := _most(self.kinds[of_kind])):
                found[MORE_OF_A_KIND, self.kinds[of_kind]] = count - most
        return Counter(found)

    @cached_property
    def counted(self) -> Ints:
        """Those with a value that an estimate looks at, the first of each kind: told most often first, and
        of those told equally often the latest.
        """
        valued = self._in_order(self._that_are(_VALUED), self.seen.kind)
        kinds = self.seen.kind[valued]
        most = np.array([_most(kind) for kind in self.kinds], np.int64)
        rank = np.arange(len(kinds)) - np.searchsorted(kinds, kinds)
        return self._in_order(valued[rank < most[kinds]])

    def direct(self, most: int) -> Ints:
        """Those that find one person by themselves, by the name of their kind."""
        direct = self._that_are(_DIRECT)
        by_name = np.argsort(np.argsort(self.kinds))
        return direct[np.lexsort((self.seen.number[direct], by_name[self.seen.kind[direct]]))][:most]

    def others(self, most: int) -> Ints:
        """Those that take no part and have no value, the gravest first."""
        return self._in_order(self.ids[self.seen.what[self.ids] < _VALUED])[:most]

    def more(self, most: int) -> Ints:
        """Those with a value beyond the ones that are looked at, kind by kind."""
        if most <= 0:
            return self.ids[:0]
        valued = self._that_are(_VALUED)
        came = np.zeros(len(self.kinds), np.int64)
        for at, kind in enumerate(_counted(self.seen.kind[valued])):
            came[kind] = at
        further = valued[~np.isin(valued, self.counted)]
        return further[np.argsort(came[self.seen.kind[further]], kind="stable")][:most]

    def same(self, ids: Ints) -> list[Same]:
        """Their rows, which have been fetched."""
        return [self.seen.rows[one] for one in ids.tolist()]

    def _that_are(self, what: int) -> Ints:
        found: Ints = self.ids[self.seen.what[self.ids] == what]
        return found

    def _in_order(self, ids: Ints, *before: Ints) -> Ints:
        keys = (self.seen.number, self.seen.then, self.seen.score, *before)
        ordered: Ints = ids[np.lexsort([key[ids] for key in keys])]
        return ordered


def facts_of(columns: Columns, platforms: Iterable[str]) -> tuple[Facts, dict[str, Facts]]:
    """Put the rows of each fact together: of all, and of each of ``platforms``."""
    tellings = _tellings(columns)
    whole = _seen(columns, columns.fact, tellings)
    apart, of = np.unique(columns.fact * len(columns.platforms) + columns.platform, return_inverse=True)
    parts = _seen(columns, of, tellings)
    platform = apart % max(len(columns.platforms), 1)
    codes = {name: at for at, name in enumerate(columns.platforms)}
    return Facts(columns.kinds, whole, np.arange(len(whole.kind))), {
        name: Facts(columns.kinds, parts, np.flatnonzero(platform == codes[name])) for name in platforms
    }


def fetch_rows(columns: Columns, shown: Iterable[tuple[Facts, Ints]]) -> None:
    """Read the rows of these facts, of all platforms at once."""
    wanted: dict[int, tuple[Seen, list[Ints]]] = {}
    for facts, ids in shown:
        wanted.setdefault(id(facts.seen), (facts.seen, []))[1].append(ids)
    positions = {key: _rows_of(seen, np.concatenate(ids)) for key, (seen, ids) in wanted.items()}
    everywhere = np.unique(np.concatenate([np.zeros(0, np.int64), *positions.values()]))
    rows = dict(zip(everywhere.tolist(), columns.fetch(everywhere), strict=True))
    for key, (seen, _) in wanted.items():
        for at, one in zip(positions[key].tolist(), seen.of[positions[key]].tolist(), strict=True):
            seen.rows.setdefault(one, []).append(rows[at])


def _rows_of(seen: Seen, ids: Ints) -> Ints:
    is_shown = np.zeros(len(seen.kind), np.bool_)
    is_shown[ids] = True
    return np.flatnonzero(is_shown[seen.of])


def _tellings(columns: Columns) -> Ints:
    """How often each row counts: through two sources the same message may have come twice, and of those who
    say the same in the same place the one that says it most often stands, the others count nothing.
    """
    order = np.lexsort((-columns.times, columns.where, columns.fact))
    fact, where = columns.fact[order], columns.where[order]
    is_most = np.ones(len(order), np.bool_)
    is_most[1:] = (fact[1:] != fact[:-1]) | (where[1:] != where[:-1])
    times = np.zeros(len(order), np.int64)
    times[order[is_most]] = columns.times[order[is_most]]
    return times


def _seen(columns: Columns, of: Ints, tellings: Ints) -> Seen:
    """What the rows say of each fact; ``of`` has the fact of each row."""
    heads = np.unique(of, return_index=True)[1]

    def folded(how: np.ufunc, column: Ints) -> Ints:
        found = column[heads]
        how.at(found, of, column)
        return found

    def is_any(column: Flags) -> Flags:
        return np.bincount(of, column, len(heads)) > 0

    times = np.zeros(len(heads), np.int64)
    np.add.at(times, of, tellings)
    kind, last = columns.kind[heads], folded(np.maximum, columns.last)
    is_kept = is_any(columns.is_kept)
    what = _what(columns.kinds, kind, is_any(columns.is_mine), is_any(columns.has_value), is_kept)
    gravity = folded(np.maximum, columns.severity) * _GRAVER
    return Seen(
        of=of,
        kind=kind,
        number=columns.number[heads],
        times=times,
        first=folded(np.minimum, columns.first),
        last=last,
        what=what,
        score=-times - np.where(what == _VALUED, 0, gravity),
        then=np.where(what == _VALUED, -last, 0),
        is_kept=is_kept,
    )


def _what(kinds: Sequence[str], kind: Ints, is_mine: Flags, has_value: Flags, is_kept: Flags) -> Ints:
    """What each fact is to the estimate."""

    def is_of(some: Iterable[str] | Mapping[Kind, object]) -> Flags:
        return np.array([one in frozenset(some) for one in kinds], np.bool_)[kind]

    is_direct = is_of(SHAPES) & (is_kept | ~is_of(_SOME_DIRECT))
    return np.select(
        [~(is_mine | is_of(IDENTIFIERS)), has_value, is_direct, ~is_kept, is_of({Kind.NAME})],
        [_WHYS.index(NOT_OF_YOU), _VALUED, _DIRECT, _WHYS.index(NOT_KEPT), _WHYS.index(NAME_NOT_KEPT)],
        _WHYS.index(NO_VALUE),
    )


def _counted(codes: Ints) -> dict[int, int]:
    """How many there are of each, in the order in which they come first."""
    values, firsts, counts = np.unique(codes, return_index=True, return_counts=True)
    return {int(values[at]): int(counts[at]) for at in np.argsort(firsts)}


def _most(kind: str) -> int:
    return MOST_OF_A_KIND if kind in _SEVERAL else MOST_OF_ONE_VALUE
