"""Putting facts into the ledger, so that the same message counts once however often it is brought in."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from discretion.exposure._ledger_values import fact_value, kept_value, written
from discretion.knowledge import normalise, platform_id
from discretion.records import DiscretionError, Finding, Kind, Source
from discretion.text import Message, fold
from discretion.vault import FactDigests, Vault

LONGEST_PERSONA = 100
"""Characters of a persona's name."""
REMEMBERED_TEXTS = 300_000
"""Messages without a time of which one run remembers how often the same text came: about 30 MB."""
_PURPOSE = "ledger sightings"
_SIGHTING_BYTES = 16

_ADD = (
    "INSERT INTO disclosure (platform, persona, kind, frame, severity, source, is_own, digest, value,"
    " is_value_kept, times, first_at, last_at, noted_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, NULL, ?)"
    " ON CONFLICT (platform, persona, kind, frame, source, digest)"
    " DO UPDATE SET is_own = max(is_own, excluded.is_own) RETURNING id"
)
_COUNT = (
    "UPDATE disclosure SET times = times + ?1, first_at = coalesce(min(first_at, ?2), first_at, ?2),"
    " last_at = coalesce(max(last_at, ?3), last_at, ?3) WHERE id = ?4"
)


class PersonaNotNamed(DiscretionError):
    """A persona's name is too long or holds a control character."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(f"a persona's name has up to {LONGEST_PERSONA} characters that can be printed")


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """One finding in the user's own message; ``is_own`` where it equals one of the user's own facts."""

    message: Message
    finding: Finding
    is_own: bool = False

    def __repr__(self) -> str:
        return f"<Told {self.finding.kind}, hidden>"


@dataclass(frozen=True, slots=True)
class Kept:
    """How often something was told: ``new`` to the ledger, and known to it ``again``."""

    new: int = 0
    again: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.new + other.new, self.again + other.again)


@dataclass(frozen=True, slots=True)
class _Sighting:
    digest: bytes
    fact: tuple[str, str, bytes]
    told: Told
    at: str | None


class Keeper:
    """One import: facts told to one platform, kept in as many batches as the caller likes.

    ``own`` are the user's own facts: what equals one is marked, whichever detector found it. Only within one
    keeper identical messages without a time are told apart, so an import has one keeper.
    Raises ``PlatformNotNamed`` or ``PersonaNotNamed``.
    """

    def __init__(
        self,
        vault: Vault,
        *,
        platform: str,
        persona: str = "",
        source: Source,
        digests_only: bool = False,
        own: Iterable[tuple[Kind, str]] = (),
        now: datetime | None = None,
    ) -> None:
        self._vault = vault
        self.platform = platform_id(platform)
        self.persona = _persona(persona)
        self._source = source
        self._digests_only = digests_only
        self._now = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        self._digests = FactDigests(vault)
        self._own = {self._digests.of(kind, words, normalise(kind, words)) for kind, words in own}
        self._key = vault.subkey(_PURPOSE)
        self._texts: dict[int, int] = {}
        self._last: tuple[Message, bytes] | None = None

    def keep(self, facts: Iterable[Told]) -> Kept:
        """Keep ``facts``, all or none; on return they are on the disk.

        The facts of one message stand together and in one call. Raises as ``Vault.rows`` does.
        """
        sightings = [self._sighting(one) for one in facts]
        if not sightings:
            return Kept()
        with self._vault.transaction():
            new = self._put(sightings)
        return Kept(new, len(sightings) - new)

    def _sighting(self, told: Told) -> _Sighting:
        message, finding = told.message, told.finding
        words = finding.span.of(message.text)
        value = fact_value(message, finding, is_own=told.is_own)
        fact = (finding.kind.value, finding.frame.value, self._digests.of(finding.kind, words, value))
        if fact[2] in self._own and not told.is_own:
            told = replace(told, is_own=True)
        place = f"{finding.kind} {finding.start} {finding.end}".encode()
        digest = hmac.digest(self._message_digest(message), place, "sha256")[:_SIGHTING_BYTES]
        at = _utc(message.sent_at).isoformat(timespec="seconds") if message.sent_at else None
        return _Sighting(digest, fact, told, at)

    def _message_digest(self, message: Message) -> bytes:
        """Where the message was said, when and what it says; without a time also its how-manieth it is."""
        if self._last and self._last[0] is message:
            return self._last[1]
        sent = _utc(message.sent_at).isoformat() if message.sent_at else ""
        said = json.dumps([self.platform, self.persona, self._source, sent, fold(message.text).text])
        digest = hmac.digest(self._key, said.encode(), "sha256")
        if not sent:
            number = self._how_manieth(digest)
            if number:
                digest = hmac.digest(digest, str(number).encode(), "sha256")
        self._last = (message, digest)
        return digest

    def _how_manieth(self, digest: bytes) -> int:
        text = int.from_bytes(digest[:7])
        number = self._texts.get(text, 0)
        if number or len(self._texts) < REMEMBERED_TEXTS:
            self._texts[text] = number + 1
        return number

    def _put(self, sightings: list[_Sighting]) -> int:
        """Inside a transaction: the sightings that are new, each counted at its fact. How many there were."""
        ids: dict[tuple[str, str, bytes], int] = {}
        times: dict[int, list[str | None]] = {}
        for one in sightings:
            if one.fact not in ids or one.told.is_own:
                ids[one.fact] = self._id(one)
            added = self._vault.rows(
                "INSERT INTO sighting (digest, disclosure, at) VALUES (?, ?, ?)"
                " ON CONFLICT DO NOTHING RETURNING 1",
                [one.digest, ids[one.fact], one.at],
            )
            if added:
                times.setdefault(ids[one.fact], []).append(one.at)
        for number, ats in times.items():
            known = sorted(filter(None, ats))
            self._vault.rows(
                _COUNT, [len(ats), known[0] if known else None, known[-1] if known else None, number]
            )
        unused = [[number] for number in ids.values() if number not in times]
        self._vault.run_many("DELETE FROM disclosure WHERE id = ? AND times = 0", unused)
        return sum(map(len, times.values()))

    def _id(self, one: _Sighting) -> int:
        finding, is_own = one.told.finding, one.told.is_own
        value = None
        if not self._digests_only:
            words = finding.span.of(one.told.message.text)
            own_value = fact_value(one.told.message, finding, is_own=is_own)
            value = written(kept_value(words, finding.kind, own_value, is_own=is_own))
        kind, frame, digest = one.fact
        where = (self.platform, self.persona, kind, frame, finding.severity.value, self._source.value)
        kept = (digest, value, int(not self._digests_only), self._now)
        return int(self._vault.rows(_ADD, [*where, int(is_own), *kept])[0][0])


def keep(
    vault: Vault,
    facts: Iterable[Told],
    *,
    platform: str,
    persona: str = "",
    source: Source,
    digests_only: bool = False,
    now: datetime | None = None,
) -> Kept:
    """Keep all ``facts`` of one import in one transaction; the same again changes nothing.

    ``digests_only`` leaves the normalised values out. For an import that is too large for one transaction,
    see ``Keeper``. Raises ``PlatformNotNamed``, ``PersonaNotNamed`` and what ``Vault.rows`` raises.
    """
    keeper = Keeper(
        vault, platform=platform, persona=persona, source=source, digests_only=digests_only, now=now
    )
    return keeper.keep(facts)


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _persona(name: str) -> str:
    plain = " ".join(name.split())
    if len(plain) > LONGEST_PERSONA or not plain.isprintable():
        raise PersonaNotNamed
    return plain
