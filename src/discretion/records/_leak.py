"""The blast radius of one platform: what a thief of its data reads, whom that reaches, and what to do first.

Nothing here holds a value or a digest: facts are kinds, counts and the numbers of the rows they stand in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from discretion.records._disclosure import Source
from discretion.records._estimate import Status
from discretion.records._finding import Frame, Kind, Severity
from discretion.records._review import NotChecked

PERSON = "person"
"""The name of the user among those whom facts link; every other is a platform's registrable domain."""


class Strength(StrEnum):
    """How surely a thief may follow a link, the surest first."""

    CERTAIN = "certain"
    LIKELY = "likely"
    WEAK = "weak"

    @property
    def rank(self) -> int:
        """2 for ``certain``, 0 for ``weak``."""
        return _RANKS[self]


_RANKS = {Strength.CERTAIN: 2, Strength.LIKELY: 1, Strength.WEAK: 0}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows that something rests on: numbers of disclosures and of given fields, in order."""

    disclosures: tuple[int, ...] = ()
    given: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a thief reads of one kind.

    ``name`` is the kind's, or the name of a given field that has none (``payment``, ``photo``). ``times``
    counts tellings and ``facts`` different facts, ``own`` rows that are the user's own; ``frames`` are the
    tellings by frame, ``given`` the fields that were filled in. ``is_invented`` marks what is a persona's and
    leads to nobody. ``first_at`` and ``last_at`` are UTC, ``None`` where no time is known.
    """

    name: str
    kind: Kind | None
    severity: Severity
    times: int
    facts: int
    frames: tuple[tuple[Frame, int], ...]
    sources: tuple[Source, ...]
    given: int
    own: int
    is_invented: bool
    first_at: datetime | None
    last_at: datetime | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Link:
    """What several accounts, or an account and the person, have in common.

    ``between`` are platforms, and ``PERSON`` last where the fact leads to the user; ``strength`` is how
    surely it joins the accounts, ``to_person`` how surely it leads to the person. ``basis`` names the rule
    (``email``, ``mail_domain``, ``password``, ``combination`` …), ``label`` says it in words.
    """

    basis: str
    label: str
    kinds: tuple[Kind, ...]
    strength: Strength
    to_person: Strength | None
    reason: str
    between: tuple[str, ...]
    facts: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Reach:
    """Another account, or the person, at the end of a chain of links.

    ``strength`` is that of the chain's weakest link; ``path`` leads from the platform to ``target`` over the
    accounts between; ``links`` are the positions in ``Leak.links`` of the steps; ``words`` says the chain.
    """

    target: str
    strength: Strength
    path: tuple[str, ...]
    links: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement about the world: what, where it was read, of what date, in which words."""

    says: str
    source: str
    as_of: str
    quote: str


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who could recognise the user in what is read, and by what."""

    id: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Harm:
    """What could follow, how bad, and why; ``claims`` are where it has happened to others."""

    id: str
    name: str
    level: Severity
    why: str
    claims: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What to do, and because of what; ``when`` says whether it can be done today or only after a leak."""

    id: str
    what: str
    because: str
    when: Literal["today", "after"]
    harms: tuple[str, ...]
    claims: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """A breach of one platform, played through: everything sorted with the worst, surest and first on top.

    ``is_known`` says whether anything is kept about the platform. ``status``, ``k`` and ``bits`` are those of
    the estimate of its facts, where one was made. ``accounts`` counts the platforms that were looked at.
    """

    platform: str
    today: date
    is_known: bool
    is_intimate: bool
    accounts: int
    status: Status | None
    k: int | None
    bits: float | None
    reads: tuple[Read, ...]
    links: tuple[Link, ...]
    reaches: tuple[Reach, ...]
    onlookers: tuple[Onlooker, ...]
    harms: tuple[Harm, ...]
    actions: tuple[Action, ...]
    not_checked: tuple[NotChecked, ...]
