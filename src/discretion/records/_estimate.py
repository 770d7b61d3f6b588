"""How many people the disclosed facts describe: the estimate, as packages and entry points share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["estimated", "singled_out", "not_checked"]
"""Whether there is a number, a fact that names one person by itself, or nothing that could be counted."""


@dataclass(frozen=True, slots=True)
class Population:
    """The people among whom is counted: ``world`` or a country, how many, and in which year."""

    id: str
    size: int
    as_of: int


@dataclass(frozen=True, slots=True, repr=False)
class FactShare:
    """What one fact does: the share of those who fit all others that also fits it, and its bits.

    ``value`` is as given and hides itself when printed. ``not_checked`` says why a fact was not counted, and
    then ``share`` is ``None``, or which part of a counted one was not; ``source`` names the tables.
    """

    kind: str
    value: str
    share: float | None = None
    bits: float | None = None
    source: str | None = None
    not_checked: str | None = None

    def __repr__(self) -> str:
        return f"<FactShare of {self.kind}, hidden>"


@dataclass(frozen=True, slots=True, repr=False)
class Advice:
    """What to say more coarsely: of which fact, what instead (``None``: nothing), people who then fit."""

    fact: str
    say_instead: str | None
    k_after: int

    def __repr__(self) -> str:
        return f"<Advice on {self.fact}, hidden>"


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many living people fit the facts: ``k`` with a 90% interval, and ``bits`` = log2(world / k).

    ``reason`` says why there is no number, why one fact was enough, or which facts contradict others;
    ``advice`` has the best first.
    """

    status: Status
    reason: str | None
    k: int | None
    k_low: int | None
    k_high: int | None
    bits: float | None
    population: Population
    facts: tuple[FactShare, ...]
    advice: tuple[Advice, ...]
