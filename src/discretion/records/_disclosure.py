"""What a platform has learnt of the user: facts told in chats, and fields filled in by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from discretion.records._finding import Frame, Kind, Severity
from discretion.records._value import Value


class Source(StrEnum):
    """From where the ledger knows that a platform was told a fact."""

    IMPORT = "import"
    GATEWAY = "gateway"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One fact that one platform (and persona) learnt, in one frame, from one source.

    ``platform`` is a registrable domain, ``persona`` the name of a persona or empty. ``times`` counts how
    often it was told; ``first_at`` and ``last_at`` (UTC) are when, ``None`` where the export has no times;
    ``noted_at`` is when the ledger learnt of it first. ``is_own`` says that it equals one of the user's own
    facts. ``digest`` is keyed (``discretion.vault.FactDigests``): equal where the fact is the same, on every
    platform. ``value`` is the normalised value, ``None`` where there is none or it is not kept. Digest and
    value hide themselves when printed. ``number`` is what `exposure forget --fact` takes.
    """

    platform: str
    persona: str
    kind: Kind
    frame: Frame
    severity: Severity
    source: Source
    is_own: bool
    times: int
    first_at: datetime | None
    last_at: datetime | None
    noted_at: datetime
    digest: bytes = field(repr=False)
    value: Value | None = field(default=None, repr=False, compare=False)
    is_value_kept: bool = True
    number: int | None = None


class Origin(StrEnum):
    """Whose a given field is: the persona's invention, the user's own, or something else."""

    PERSONA = "persona"
    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class GivenField:
    """What one platform was actually given in one field (at sign-up, in a profile, at payment).

    ``name`` is one of the list that `persona given` shows (``email``, ``payment``, ``photo`` …); ``kind``
    its kind in the taxonomy where there is one. ``digest`` is made as a disclosure's, so that both compare.
    ``domain`` is the part of an e-mail address after the @; ``way`` the way of payment; ``label`` the name
    that the user gave to a photo or a note. The value itself is not kept.
    """

    platform: str
    persona: str
    name: str
    kind: Kind | None
    origin: Origin
    given_at: datetime
    digest: bytes = field(repr=False)
    domain: str = ""
    way: str = ""
    label: str = field(default="", repr=False)
    number: int | None = None


@dataclass(frozen=True, slots=True)
class PasswordGroup:
    """Accounts that one password opens; ``platforms`` are registrable domains. The password is nowhere."""

    platforms: tuple[str, ...]
