"""A fact with the place it was read in: the only form in which the product may state one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")


class Confidence(StrEnum):
    """How far a source carries, best first."""

    A = "A"
    """The service's own page, a public body, or an open record checked by its authors."""
    B = "B"
    """The press, a partner or a directory."""
    C = "C"
    """Old or weak: shown with a warning only."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A value, where it was read, the words it was read in, and of what date it is.

    ``source`` is an address, ``quote`` the wording that carries the value, ``as_of`` an ISO 8601 date as
    precise as the source (year, month or day). ``contradicts`` names claims that say otherwise; they are
    kept beside it, never overwritten. Raises ``ValueError`` where source, quote or date is missing: a fact
    without them is unknown.
    """

    value: str
    source: str
    quote: str
    as_of: str
    confidence: Confidence
    contradicts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.value.strip():
            raise ValueError("a claim without a value")
        if not self.source.startswith(("https://", "http://")):
            raise ValueError("a claim needs the address of its source")
        if not self.quote.strip():
            raise ValueError("a claim needs the words of its source")
        if not _DATE.match(self.as_of):
            raise ValueError("a claim needs the date of its source (YYYY, YYYY-MM or YYYY-MM-DD)")
