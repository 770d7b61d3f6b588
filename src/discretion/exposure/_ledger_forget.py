"""Taking facts out of the ledger for good; what stays is counted anew from its sightings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from discretion.knowledge import platform_id
from discretion.records import Kind, Source
from discretion.vault import Asker, Vault, note_query

_CHOSEN = (
    "SELECT s.digest, s.disclosure, s.at, d.kind, d.times"
    " FROM sighting s JOIN disclosure d ON d.id = s.disclosure WHERE (?1 IS NULL OR d.platform = ?1)"
    " AND (?2 IS NULL OR d.persona = ?2) AND (?3 IS NULL OR d.kind = ?3) AND (?4 IS NULL OR d.id = ?4)"
    " AND (?5 IS NULL OR d.source = ?5) AND (?6 IS NULL OR s.at < ?6) AND (?7 IS NULL OR s.at >= ?7)"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to forget: the sightings that fit every part that is given; nothing given is nothing chosen.

    ``before`` and ``since`` are days (UTC) on which a fact was told, the first not included, the second
    included; what has no time fits neither. ``fact`` is a disclosure's number. ``everything`` is all that
    fits the other parts.
    """

    platform: str | None = None
    persona: str | None = None
    kind: Kind | None = None
    fact: int | None = None
    before: date | None = None
    since: date | None = None
    source: Source | None = None
    everything: bool = False

    @property
    def is_something(self) -> bool:
        """Whether anything is chosen at all."""
        return self != Chosen()


@dataclass(frozen=True, slots=True)
class Going:
    """What a choice takes away: facts whole and in part, the times they were told, facts by kind.

    ``without_time`` counts the times told that a day could not be held against: they stay.
    """

    whole: int
    partly: int
    times: int
    kinds: Mapping[str, int]
    without_time: int


_Row = tuple[bytes, int, str | None, str, int]


def would_forget(vault: Vault, chosen: Chosen, asker: Asker) -> Going:
    """What ``forget`` would take away now; leaves an audit row. Raises ``PlatformNotNamed``."""
    with vault.transaction():
        rows = _rows(vault, chosen)
        note_query(vault, asker, {kind for _, _, _, kind, _ in rows}, len(rows))
        undated = 0
        if chosen.before or chosen.since:
            others = replace(chosen, before=None, since=None, everything=True)
            undated = sum(at is None for _, _, at, _, _ in _rows(vault, others))
    going = Counter(number for _, number, _, _, _ in rows)
    facts = {number: (kind, times) for _, number, _, kind, times in rows}
    kinds = Counter(kind for kind, _ in facts.values())
    whole = sum(going[number] == times for number, (_, times) in facts.items())
    return Going(whole, len(facts) - whole, len(rows), dict(sorted(kinds.items())), undated)


def forget(
    vault: Vault,
    *,
    platform: str | None = None,
    persona: str | None = None,
    kind: Kind | None = None,
    fact: int | None = None,
    before: date | None = None,
    since: date | None = None,
    source: Source | None = None,
    everything: bool = False,
) -> int:
    """Remove the sightings that fit every given part (``Chosen``); how many there were.

    Nothing given removes nothing. Raises as ``forget_chosen`` does.
    """
    return forget_chosen(vault, Chosen(platform, persona, kind, fact, before, since, source, everything))


def forget_chosen(vault: Vault, chosen: Chosen) -> int:
    """Remove the sightings that fit; how many there were.

    A fact without a sighting left goes too; one that keeps some is counted anew. All or nothing, and
    overwritten in the file. Backups made before still hold it, and importing again brings it back.
    Raises ``PlatformNotNamed`` and what ``Vault.rows`` raises.
    """
    with vault.transaction():
        rows = _rows(vault, chosen)
        vault.run_many("DELETE FROM sighting WHERE digest = ?", [[digest] for digest, *_ in rows])
        _recount(vault, sorted({number for _, number, *_ in rows}))
    return len(rows)


def _rows(vault: Vault, chosen: Chosen) -> list[_Row]:
    if not chosen.is_something:
        return []
    return vault.rows(
        _CHOSEN,
        [
            None if chosen.platform is None else platform_id(chosen.platform),
            None if chosen.persona is None else " ".join(chosen.persona.split()),
            None if chosen.kind is None else Kind(chosen.kind).value,
            chosen.fact,
            None if chosen.source is None else Source(chosen.source).value,
            None if chosen.before is None else chosen.before.isoformat(),
            None if chosen.since is None else chosen.since.isoformat(),
        ],
    )


def _recount(vault: Vault, numbers: list[int]) -> None:
    vault.run_many(
        "UPDATE disclosure SET (times, first_at, last_at) ="
        " (SELECT count(*), min(at), max(at) FROM sighting WHERE disclosure = ?1) WHERE id = ?1",
        [[number] for number in numbers],
    )
    vault.run_many("DELETE FROM disclosure WHERE id = ? AND times = 0", [[number] for number in numbers])
