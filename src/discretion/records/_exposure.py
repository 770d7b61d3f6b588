"""What a platform knows by now, and how few people that describes: the report, as entry points share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from discretion.records._disclosure import Source
from discretion.records._estimate import Estimate
from discretion.records._finding import Frame, Kind, Severity
from discretion.records._review import NotChecked


@dataclass(frozen=True, slots=True, repr=False)
class LearntFact:
    """One fact, whatever the ways in which it was told.

    ``label`` is made from the normalised value ("34", "Tulsa, Oklahoma"), or is the kind's name where there
    is none; it hides itself when printed. ``times`` counts how often it was told; ``first_at`` and
    ``last_at`` are UTC and ``None`` where the export has no times, ``noted_at`` is when the ledger learnt of
    it. ``share`` is the part of those who fit all other facts that fits this one too, ``bits`` the same as
    bits; ``not_checked`` says why there is none. ``is_direct`` marks a fact that finds one person by itself.
    ``numbers`` are the ledger's rows.
    """

    kind: Kind
    label: str
    severity: Severity
    frames: tuple[Frame, ...]
    sources: tuple[Source, ...]
    personas: tuple[str, ...]
    platforms: tuple[str, ...]
    is_own: bool
    times: int
    first_at: datetime | None
    last_at: datetime | None
    noted_at: datetime
    share: float | None
    bits: float | None
    tables: str | None
    not_checked: str | None
    is_direct: bool
    numbers: tuple[int, ...]

    def __repr__(self) -> str:
        return f"<LearntFact of {self.kind}, hidden>"


@dataclass(frozen=True, slots=True)
class Step:
    """How many people fit from ``day`` on: ``k`` with its 90% interval.

    ``facts`` counts the counted facts by then and ``new`` the kinds that came on that day. ``is_told_day`` is
    false where the export has no time for one of them: the day is then when the ledger learnt of it.
    """

    day: date
    k: int
    k_low: int
    k_high: int
    facts: int
    new: tuple[Kind, ...]
    is_told_day: bool


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Kinds of facts that help when none of them is told, the most telling first, and how many then fit."""

    kinds: tuple[Kind, ...]
    k_after: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one platform knows, or, with ``platform`` ``None``, all of them put together.

    ``facts_known`` counts different facts and ``told`` tellings; ``by_kind`` has the facts of each kind, most
    first. ``facts`` are the most telling ones first, ``facts_left_out`` the number of those not among them.
    ``direct`` are the kinds that find one person by themselves, each with the day of the first of them; then
    ``estimate`` says so, and ``besides`` is the estimate of everything else (without such kinds it is
    ``estimate`` again). ``steps`` is the line of ``besides`` over time, empty where ``is_brief``: of many
    platforms only the first have one here. ``leave_out`` is there where no single kind would help enough.
    """

    platform: str | None
    personas: tuple[str, ...]
    facts_known: int
    told: int
    by_kind: tuple[tuple[Kind, int], ...]
    first_day: date
    last_day: date
    estimate: Estimate
    besides: Estimate
    direct: tuple[tuple[Kind, date], ...]
    facts: tuple[LearntFact, ...]
    facts_left_out: int
    steps: tuple[Step, ...]
    is_brief: bool
    not_checked: tuple[NotChecked, ...]
    leave_out: LeaveOut | None = None


@dataclass(frozen=True, slots=True)
class ExposureReport:
    """What is known on ``as_of``: by each platform (by the one ``asked`` for only), and by all together.

    ``sentence`` is the answer in words and holds no value. ``together`` is ``None`` where the ledger holds
    nothing; ``known`` are all platforms that it holds something of.
    """

    as_of: date
    asked: str | None
    sentence: str
    platforms: tuple[Exposure, ...]
    together: Exposure | None
    known: tuple[str, ...]
