"""Everything that can be read from one message alone, so that big exports can use every core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from discretion.guard._detector import Detector, Hit, Scope
from discretion.guard._frame import FrameCues, frame_cues
from discretion.guard._view import View
from discretion.guard.limits import LimitCues, limit_cues
from discretion.records import NotChecked
from discretion.text import evaluated_language

LONGEST = 1_000_000
"""Characters of one message that are read; what lies behind is reported as not checked."""

_PIECE = 20_000
_OVERLAP = 400


@dataclass(frozen=True, slots=True)
class Scan:
    """What one message holds, before the conversation has its say; picklable and without text."""

    hits: tuple[Hit, ...]
    frame: FrameCues | None
    limits: LimitCues | None
    not_checked: tuple[NotChecked, ...] = ()


def scan(text: str, detectors: Sequence[Detector]) -> Scan:
    """Read one message: its language, hits of the detectors that may be trusted in it, other cues."""
    not_checked: list[NotChecked] = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        not_checked.append(NotChecked("the end of the message", f"longer than {LONGEST:,} characters"))
    language = evaluated_language(text[:_PIECE])
    trusted = [one for one in detectors if language.is_evaluated or one.scope is Scope.FORM]
    view = View(text)
    hits = tuple(_hits(text, view, trusted, not_checked))
    if not language.is_evaluated:
        reason = f"language: {language.code}"
        not_checked += (NotChecked(what, reason) for what in ("names", "disclosures", "frame", "limits"))
        return Scan(hits, None, None, tuple(not_checked))
    try:
        return Scan(hits, frame_cues(view, hits), limit_cues(view), tuple(not_checked))
    except Exception as error:  # one message that cannot be judged must not hide all the others
        reason = f"it failed: {type(error).__name__}"
        not_checked += (NotChecked(what, reason) for what in ("frame", "limits"))
        return Scan(hits, None, None, tuple(not_checked))


def _hits(
    text: str, view: View, detectors: Iterable[Detector], not_checked: list[NotChecked]
) -> Iterator[Hit]:
    """Hits of every detector; one that fails is reported as not checked and silences no other.

    A long text is read in overlapping pieces, so that no detector's work grows faster than the text.
    """
    pieces = [(0, view)] if len(text) <= _PIECE else list(_pieces(text))
    failed: set[str] = set()
    seen: set[tuple[str, str, int, int]] = set()
    for offset, piece in pieces:
        for one in detectors:
            if one.name in failed:
                continue
            try:
                found = list(one.find(piece))
            except Exception as error:  # a third party's detector may raise anything
                failed.add(one.name)
                not_checked.append(NotChecked(f"detector {one.name}", f"it failed: {type(error).__name__}"))
                continue
            for hit in found:
                key = (one.name, hit.kind.value, hit.start + offset, hit.end + offset)
                if key not in seen:
                    seen.add(key)
                    yield replace(hit, start=key[2], end=key[3], detector=one.name)


def _pieces(text: str) -> Iterator[tuple[int, View]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + _PIECE)
        if end < len(text):
            space = text.rfind(" ", start + _PIECE // 2, end)
            end = space if space > 0 else end
        yield start, View(text[start:end])
        if end == len(text):
            return
        start = max(start + 1, end - _OVERLAP)
