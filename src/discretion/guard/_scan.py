"""Everything that can be read from one message alone, so that big exports can use every core."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from discretion.guard._detector import Detector, Hit, Scope
from discretion.guard._frame import FrameCues, frame_cues
from discretion.guard._view import View
from discretion.guard.limits import LimitCues, limit_cues
from discretion.records import NotChecked
from discretion.text import evaluated_language


@dataclass(frozen=True, slots=True)
class Scan:
    """What one message holds, before the conversation has its say; picklable and without text."""

    hits: tuple[Hit, ...]
    frame: FrameCues | None
    limits: LimitCues | None
    not_checked: tuple[NotChecked, ...] = ()


def scan(text: str, detectors: Iterable[Detector]) -> Scan:
    """Read one message: its language, hits of the detectors that may be trusted in it, other cues."""
    view = View(text)
    language = evaluated_language(text)
    hits = tuple(
        replace(hit, detector=one.name)
        for one in detectors
        if language.is_evaluated or one.scope is Scope.FORM
        for hit in one.find(view)
    )
    if language.is_evaluated:
        return Scan(hits, frame_cues(view, hits), limit_cues(view))
    reason = f"language: {language.code}"
    unread = tuple(NotChecked(what, reason) for what in ("names", "disclosures", "frame", "limits"))
    return Scan(hits, None, None, unread)
