"""From hits to findings: overlaps settled, frames and severities set."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from discretion.guard._detector import OWN_FACT, Hit
from discretion.guard._frame import FrameJudgement
from discretion.guard._verdict import severity
from discretion.knowledge import is_region
from discretion.records import Finding, Frame, Kind

REAL_BY_FORM = frozenset(
    {
        Kind.EMAIL,
        Kind.PHONE,
        Kind.STREET_ADDRESS,
        Kind.GOVERNMENT_ID,
        Kind.PAYMENT_CARD,
        Kind.BANK_ACCOUNT,
        Kind.CRYPTO_WALLET,
        Kind.SECRET,
        Kind.IP_ADDRESS,
        Kind.COORDINATES,
    }
)
"""Identifiers that count in a story too, because their form makes them real."""

CREDENTIAL_FORM = 0.6
"""A ``secret`` counts in a story from this confidence on: below it only the cue speaks, not the form."""


SHOWN_LIFE = 0.5
"""The evidence of a life from which a disclosure stands against a clause judged neutral."""


def settle(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Where hits overlap keep the more certain; among equals an own fact, the identifier, the longer.

    An own name inside an e-mail address gives way to the address, which says the name and more.
    """
    hits = tuple(hits)
    addresses = [hit for hit in hits if hit.kind is Kind.EMAIL]
    kept: list[Hit] = []
    order = sorted(
        (hit for hit in hits if not _is_part(hit, addresses)),
        key=lambda h: (
            -h.confidence,
            h.detector != OWN_FACT,
            not h.kind.is_identifier,
            h.start - h.end,
            h.start,
        ),
    )
    for hit in order:
        at = bisect_left(kept, hit.start, key=lambda k: k.start)
        overlaps_before = at > 0 and kept[at - 1].end > hit.start
        overlaps_after = at < len(kept) and kept[at].start < hit.end
        if hit.end > hit.start and not overlaps_before and not overlaps_after:
            kept.insert(at, hit)
    return tuple(kept)


def _is_part(hit: Hit, addresses: Sequence[Hit]) -> bool:
    """Whether an own name or handle is a part of one of the addresses."""
    return (
        hit.detector == OWN_FACT
        and hit.kind in (Kind.NAME, Kind.USERNAME)
        and any(one.start <= hit.start and hit.end <= one.end for one in addresses)
    )


def counts_in_fiction(hit: Hit) -> bool:
    """Whether a hit in a story clause is a finding: real by its form, or one of the user's own facts."""
    if hit.detector == OWN_FACT:
        return True
    if hit.kind is Kind.SECRET:
        return hit.confidence >= CREDENTIAL_FORM
    return hit.kind in REAL_BY_FORM


def standing(hits: Iterable[Hit], frames: FrameJudgement) -> tuple[Hit, ...]:
    """The hits that can become findings: what a detector saw in a story gives way to a fact told before."""
    return tuple(hit for hit in hits if frames.at(hit.start) is not Frame.FICTION or counts_in_fiction(hit))


def in_frame(hits: Iterable[Hit], frames: FrameJudgement | None, text: str) -> tuple[Finding, ...]:
    """The findings among ``hits``: in a story only what counts there, elsewhere all of them.

    In a clause that claims nothing about anyone, a disclosure counts only where its own wording shows a life.
    """
    found = []
    for hit in hits:
        clause = frames.at(hit.start) if frames else Frame.SELF
        if clause is Frame.FICTION and not counts_in_fiction(hit):
            continue
        if clause is Frame.NEUTRAL and not hit.kind.is_identifier and hit.self_evidence < SHOWN_LIFE:
            continue
        frame = Frame.FICTION if clause is Frame.FICTION else Frame.SELF
        words = text[hit.start : hit.end]
        grade = severity(hit.kind, words, is_region=hit.kind is Kind.LOCATION and is_region(words))
        found.append(
            Finding(hit.kind, hit.start, hit.end, frame, grade, hit.confidence, hit.detector, hit.reason)
        )
    return tuple(found)
