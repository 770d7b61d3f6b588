"""The guard's answer about one message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discretion.records._finding import Finding, Frame


class Verdict(StrEnum):
    """What happens to a message, weakest first; the strongest one counts."""

    ALLOW = "allow"
    SUBSTITUTE = "substitute"
    ASK = "ask"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """0 for ``allow`` to 3 for ``block``."""
        return list(Verdict).index(self)


class Limit(StrEnum):
    """The three limits that stand everywhere."""

    MINOR = "minor"
    REAL_PERSON = "real_person"
    CRIME = "crime"


class Ruling(StrEnum):
    """What a limit asks for: hold the message, ask the user first, or only say so."""

    NOTICE = "notice"
    ASK = "ask"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class LimitReason:
    """Why a limit stopped a message, asked about it or noted it.

    ``where`` names the text that ``start`` and ``end`` count in: ``message``, ``card``, ``system`` or
    ``turn:N``. ``reason`` is one plain sentence without the words themselves.
    """

    kind: Limit
    verdict: Ruling
    reason: str
    where: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NotChecked:
    """What could not be judged, and why; shown as such, never as silence."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """The guard's whole answer about one message.

    ``limits`` names the limits of the message itself; ``limit_reasons`` holds every reason behind a block, an
    ask or a notice, also those that lie elsewhere in the conversation. ``crisis`` marks signs that the author
    may harm themself: it holds nothing back.

    ``doubtful`` holds what would be findings were the clause the author's life and not the story: said
    outright, in the first person and in plain words ("my name is …"). They are none, count for nothing and
    are in no report; where stand-ins take the place of findings, they take theirs too, since one too many
    comes back.
    """

    verdict: Verdict
    frame: Frame | None
    findings: tuple[Finding, ...] = ()
    limits: tuple[Limit, ...] = ()
    limit_reasons: tuple[LimitReason, ...] = ()
    crisis: bool = False
    not_checked: tuple[NotChecked, ...] = ()
    doubtful: tuple[Finding, ...] = ()
