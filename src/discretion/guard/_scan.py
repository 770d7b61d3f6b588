"""Everything that can be read from one message alone, so that big exports can use every core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from discretion.guard._detector import Detector, Hit, Scope, checked
from discretion.guard._frame import FrameCues, frame_cues
from discretion.guard._view import View
from discretion.guard.limits import LimitCues, limit_cues
from discretion.records import NotChecked
from discretion.text import evaluated_language

if TYPE_CHECKING:
    from discretion.guard.reader import Model, Reading

BY_MODEL = "what only the model finds"

LONGEST = 1_000_000
"""Characters of one message that are read; what lies behind is reported as not checked."""

UNREAD_IN_OTHERS = ("names", "disclosures", "frame", "limits")
"""What is built on words, and so is not checked outside the evaluated languages."""

_PIECE = 20_000
_OVERLAP = 400


@dataclass(frozen=True, slots=True)
class Scan:
    """What one message holds, before the conversation has its say; picklable and without text."""

    hits: tuple[Hit, ...]
    frame: FrameCues | None
    limits: LimitCues | None
    not_checked: tuple[NotChecked, ...] = ()
    reading: Reading | None = None
    """What the model made of it; None where it reads by rules alone."""


def scan(text: str, detectors: Sequence[Detector]) -> Scan:
    """Read one message: its language, hits of the detectors that may be trusted in it, other cues."""
    return scan_view(text, detectors)[0]


def scan_view(text: str, detectors: Sequence[Detector]) -> tuple[Scan, View]:
    """``scan``, with the view it was made from: what else reads the message need not fold it again."""
    view = View(text[:LONGEST])
    return _scanned(view, detectors, is_cut=len(text) > LONGEST), view


def read_hits(text: str, detectors: Sequence[Detector]) -> Scan:
    """``scan`` without frame and limits, for a text that claims nothing of anyone."""
    return _found(View(text[:LONGEST]), detectors, is_cut=len(text) > LONGEST)[0]


def _scanned(view: View, detectors: Sequence[Detector], *, is_cut: bool) -> Scan:
    found, is_evaluated = _found(view, detectors, is_cut=is_cut)
    if not is_evaluated:
        return found
    try:
        return replace(found, frame=frame_cues(view, found.hits), limits=limit_cues(view))
    except Exception as error:  # one message that cannot be judged must not hide all the others
        unread = (NotChecked(what, f"it failed: {type(error).__name__}") for what in ("frame", "limits"))
        return replace(found, not_checked=(*found.not_checked, *unread))


def _found(view: View, detectors: Sequence[Detector], *, is_cut: bool) -> tuple[Scan, bool]:
    """The hits of the detectors that may be trusted in a text, and whether its language was evaluated."""
    text = view.text
    cut: list[NotChecked] = []
    if is_cut:
        cut.append(NotChecked("the end of the message", f"longer than {LONGEST:,} characters"))
    language = evaluated_language(text[:_PIECE])
    if not language.is_evaluated:
        failed: list[NotChecked] = []
        hits = tuple(_hits(text, view, [one for one in detectors if one.scope is Scope.FORM], failed))
        # A wallet address or an account number is in no language: what is left of the message decides.
        language = evaluated_language(_without(text[:_PIECE], hits))
        if not language.is_evaluated:
            unread = (NotChecked(what, f"language: {language.code}") for what in UNREAD_IN_OTHERS)
            return Scan(hits, None, None, (*cut, *failed, *unread)), False
    failed = []
    hits = tuple(_hits(text, view, detectors, failed))
    return Scan(hits, None, None, (*cut, *failed)), True


def read(views: Sequence[View], scans: Sequence[Scan], model: Model) -> list[Scan]:
    """``scans`` with the model's readings of those messages that could be judged; in batches by length."""
    at = [i for i, one in enumerate(scans) if one.frame is not None]
    judged = [(views[i], scans[i].hits) for i in at]
    try:
        readings: list[Reading | str] = list(model.read(judged))
    except Exception:  # one message that the model cannot read must not hide all the others
        readings = [_read_alone(model, *one) for one in judged]
    made = list(scans)
    for i, reading in zip(at, readings, strict=True):
        if isinstance(reading, str):
            unread: tuple[NotChecked, ...] = (NotChecked(BY_MODEL, f"it failed: {reading}"),)
            made[i] = replace(scans[i], not_checked=(*scans[i].not_checked, *unread))
            continue
        unread = (
            () if reading.is_whole else (NotChecked(f"{BY_MODEL} in the end of the message", "too long"),)
        )
        made[i] = replace(scans[i], reading=reading, not_checked=(*scans[i].not_checked, *unread))
    return made


def _read_alone(model: Model, view: View, hits: tuple[Hit, ...]) -> Reading | str:
    """The reading of one message, or the name of the error that it met."""
    try:
        return model.read([(view, hits)])[0]
    except Exception as error:
        return type(error).__name__


def _without(text: str, hits: Iterable[Hit]) -> str:
    """``text`` with the hits blanked."""
    for hit in hits:
        text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
    return text


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
                found = checked(one, one.find(piece), len(piece.text))
            except (Exception, SystemExit) as error:  # a third party's detector may raise anything
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
