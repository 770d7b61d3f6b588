"""From hits to findings: overlaps settled, frames and severities set."""

from __future__ import annotations

from collections.abc import Iterable

from discretion.guard._detector import Hit
from discretion.guard._frame import FrameJudgement
from discretion.records import Finding, Frame, Kind, Severity

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


def settle(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Where hits overlap keep the more certain; among equals the identifier, then the longer."""
    kept: list[Hit] = []
    for hit in sorted(
        hits, key=lambda h: (-h.confidence, not h.kind.is_identifier, h.start - h.end, h.start)
    ):
        if hit.end > hit.start and not any(hit.start < k.end and k.start < hit.end for k in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: h.start))


def in_frame(hits: Iterable[Hit], frames: FrameJudgement | None) -> tuple[Finding, ...]:
    """The findings among ``hits``: in a story only what is real by form, elsewhere all of them."""
    found = []
    for hit in hits:
        frame = frames.at(hit.start) if frames else Frame.SELF
        if frame is Frame.FICTION and hit.kind not in REAL_BY_FORM:
            continue
        frame = Frame.FICTION if frame is Frame.FICTION else Frame.SELF
        found.append(
            Finding(
                hit.kind, hit.start, hit.end, frame, Severity.LOW, hit.confidence, hit.detector, hit.reason
            )
        )
    return tuple(found)
