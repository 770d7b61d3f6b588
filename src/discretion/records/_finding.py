"""What the guard found in a message: kinds, frames, severities and the finding itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from discretion.records._value import Value
from discretion.text import Span


class Kind(StrEnum):
    """What a finding is about; the names of the taxonomy, in code, JSON and the UI."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    STREET_ADDRESS = "street_address"
    USERNAME = "username"
    DATE_OF_BIRTH = "date_of_birth"
    GOVERNMENT_ID = "government_id"
    PAYMENT_CARD = "payment_card"
    BANK_ACCOUNT = "bank_account"
    CRYPTO_WALLET = "crypto_wallet"
    SECRET = "secret"  # noqa: S105  the name of a kind
    IP_ADDRESS = "ip_address"
    COORDINATES = "coordinates"
    VEHICLE_PLATE = "vehicle_plate"
    AGE = "age"
    GENDER = "gender"
    ORIENTATION = "orientation"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    LOCATION = "location"
    WORKPLACE = "workplace"
    OCCUPATION = "occupation"
    EDUCATION = "education"
    RELATIONSHIP = "relationship"
    FAMILY = "family"
    HEALTH = "health"
    FINANCES = "finances"
    APPEARANCE = "appearance"
    ROUTINE = "routine"
    EVENT = "event"
    PET = "pet"

    @property
    def is_identifier(self) -> bool:
        """Whether this kind alone is enough to find a person; the others are disclosures."""
        return self in IDENTIFIERS


IDENTIFIERS = frozenset(
    {
        Kind.NAME,
        Kind.EMAIL,
        Kind.PHONE,
        Kind.STREET_ADDRESS,
        Kind.USERNAME,
        Kind.DATE_OF_BIRTH,
        Kind.GOVERNMENT_ID,
        Kind.PAYMENT_CARD,
        Kind.BANK_ACCOUNT,
        Kind.CRYPTO_WALLET,
        Kind.SECRET,
        Kind.IP_ADDRESS,
        Kind.COORDINATES,
        Kind.VEHICLE_PLATE,
    }
)


class Frame(StrEnum):
    """Who is speaking: the author about their life, or the story."""

    SELF = "self"
    FICTION = "fiction"
    NEUTRAL = "neutral"


class Severity(StrEnum):
    """How much a finding gives away; compare with ``rank``."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for ``low`` to 3 for ``critical``."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact in a message.

    ``start`` and ``end`` count code points in the text as given; ``frame`` is that of the clause it stands in
    (``self`` or ``fiction``); ``confidence`` lies in (0, 1]; ``detector`` and ``reason`` say which rule found
    it and why, without the value.

    ``value`` is the fact normalised (``discretion.knowledge.normalise``), ``None`` where it is not known; as
    sensitive as the words: left out of what is printed, compared and pickled.
    """

    kind: Kind
    start: int
    end: int
    frame: Frame
    severity: Severity
    confidence: float
    detector: str
    reason: str
    value: Value | None = field(default=None, repr=False, compare=False)

    def __copy__(self) -> Finding:
        return self

    def __deepcopy__(self, memo: object) -> Finding:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        told = (self.kind, self.start, self.end, self.frame, self.severity, self.confidence)
        return Finding, (*told, self.detector, self.reason)

    @property
    def span(self) -> Span:
        """The run of characters that carries the fact."""
        return Span(self.start, self.end)
