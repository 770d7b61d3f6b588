"""Everything the platforms hold, told or filled in, in one form that can be compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from discretion.exposure._leak_rules import severities, thresholds
from discretion.records import (
    Disclosure,
    Evidence,
    Frame,
    GivenField,
    Kind,
    Origin,
    Read,
    Severity,
    Source,
)

Fact = tuple[Kind, bytes]
"""What makes two facts the same: their kind and keyed digest."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What all platforms hold, with the facts that are the user's own and those that are invented."""

    disclosures: tuple[Disclosure, ...]
    given: tuple[GivenField, ...]
    own: frozenset[Fact]
    invented: frozenset[Fact]

    def is_own(self, kind: Kind, digest: bytes) -> bool:
        """Whether a fact is one of the user's own."""
        return (kind, digest) in self.own

    def is_invented(self, kind: Kind | None, digest: bytes) -> bool:
        """Whether a fact is a persona's and not also the user's own."""
        return kind is not None and (kind, digest) in self.invented


def holdings(disclosures: Sequence[Disclosure], given: Sequence[GivenField], own: Iterable[Fact]) -> Holdings:
    """Gather them; a fact counts as own wherever it stands once one row says so.

    Payments that were none are left out: they say that nothing was given. A gender is not invented because a
    persona has it: it is one of few, and likely theirs too where it was told.
    """
    never = thresholds()["payment"]["never"]
    given = [one for one in given if one.way not in never]
    mine = set(own)
    mine.update((one.kind, one.digest) for one in disclosures if one.is_own)
    mine.update((one.kind, one.digest) for one in given if one.origin is Origin.OWN and one.kind)
    invented = {
        (one.kind, one.digest)
        for one in given
        if one.origin is Origin.PERSONA and one.kind and one.kind is not Kind.GENDER
    }
    return Holdings(tuple(disclosures), tuple(given), frozenset(mine), frozenset(invented - mine))


def reads(platform: str, held: Holdings) -> tuple[Read, ...]:
    """What a thief reads at one platform, one row for each kind, the worst first and the invented last."""
    told: dict[tuple[str, bool], list[Disclosure]] = defaultdict(list)
    filled: dict[tuple[str, bool], list[GivenField]] = defaultdict(list)
    for one in held.disclosures:
        if one.platform == platform:
            told[one.kind.value, held.is_invented(one.kind, one.digest)].append(one)
    for field in held.given:
        if field.platform == platform:
            name = field.kind.value if field.kind else field.name
            filled[name, field.origin is Origin.PERSONA and not _is_own(field, held)].append(field)
    rows = [
        _read(name, is_invented=is_invented, told=told[name, is_invented], filled=filled[name, is_invented],
              held=held)
        for name, is_invented in sorted({*told, *filled})
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.is_invented, -row.severity.rank, -row.times, row.name)))


def _is_own(field: GivenField, held: Holdings) -> bool:
    return field.origin is Origin.OWN or (field.kind is not None and held.is_own(field.kind, field.digest))


def _read(
    name: str, *, is_invented: bool, told: list[Disclosure], filled: list[GivenField], held: Holdings
) -> Read:
    frames: Counter[Frame] = Counter()
    for one in told:
        frames[one.frame] += one.times
    firsts = [one.first_at for one in told if one.first_at] + [field.given_at for field in filled]
    lasts = [one.last_at for one in told if one.last_at] + [field.given_at for field in filled]
    kind = told[0].kind if told else filled[0].kind
    own = sum(held.is_own(one.kind, one.digest) for one in told) + sum(_is_own(one, held) for one in filled)
    return Read(
        name=name,
        kind=kind,
        severity=Severity.LOW if is_invented else _severity(name, told, filled),
        times=frames.total(),
        facts=len({one.digest for one in told} | {field.digest for field in filled}),
        frames=tuple((frame, frames[frame]) for frame in Frame if frames[frame]),
        sources=tuple(source for source in Source if any(one.source is source for one in told)),
        given=len(filled),
        own=own,
        is_invented=is_invented,
        first_at=_first(firsts),
        last_at=max(lasts, default=None),
        evidence=evidence(told, filled),
    )


def _first(times: list[datetime]) -> datetime | None:
    return min(times, default=None)


def _severity(name: str, told: list[Disclosure], filled: list[GivenField]) -> Severity:
    grades = [one.severity for one in told]
    if filled:
        known = severities()
        grades.append(known.get(name, known["other"]))
    return max(grades, key=lambda grade: grade.rank)


def evidence(told: Iterable[Disclosure], filled: Iterable[GivenField] = ()) -> Evidence:
    """The numbers of the rows, each once and in order."""
    return Evidence(
        tuple(sorted({one.number for one in told if one.number is not None})),
        tuple(sorted({one.number for one in filled if one.number is not None})),
    )
