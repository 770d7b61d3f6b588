"""Edits of a labelled message: pieces of its text replaced, its labels moved along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from training.corpus import Label, Turn

FIXED = frozenset({
    "email", "phone", "username", "secret", "government_id", "payment_card", "bank_account", "crypto_wallet",
    "ip_address", "coordinates", "vehicle_plate",
})  # fmt: skip
"""Kinds whose characters are the fact: no noise touches them."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The run ``[start, end)`` becomes ``text``; ``start == end`` inserts."""

    start: int
    end: int
    text: str


def edited(turn: Turn, edits: Iterable[Edit]) -> Turn:
    """``turn`` with those edits that keep its labels whole.

    An edit counts where it lies inside a label or beside it; one that crosses a label's border or another
    edit is left out, and so are all edits of a label that they would leave blank at an end.
    """
    chosen: list[Edit] = []
    for edit in sorted(set(edits)):
        apart = not chosen or chosen[-1].end <= edit.start
        if apart and not any(_crosses(edit, label) for label in turn.labels):
            chosen.append(edit)
    for label in turn.labels:
        words = _applied(turn.text[label.start : label.end], _inside(chosen, label), label.start)
        if not words or words != words.strip():
            held = _inside(chosen, label)
            chosen = [edit for edit in chosen if edit not in held]
    labels = tuple(
        replace(
            label, start=_moved(label.start, chosen, insert=True), end=_moved(label.end, chosen, insert=False)
        )
        for label in turn.labels
    )
    return replace(turn, text=_applied(turn.text, chosen, 0), labels=labels)


def free(turn: Turn, start: int, end: int) -> bool:
    """Whether no label whose characters are the fact holds a part of ``[start, end)``."""
    return not any(x.kind in FIXED and x.start < end and x.end > start for x in turn.labels)


def _crosses(edit: Edit, label: Label) -> bool:
    beside = edit.end <= label.start or edit.start >= label.end
    return not beside and not (label.start <= edit.start and edit.end <= label.end)


def _inside(edits: Iterable[Edit], label: Label) -> list[Edit]:
    return [
        edit
        for edit in edits
        if label.start <= edit.start and edit.end <= label.end
        and (edit.start < edit.end or label.start < edit.start < label.end)
    ]  # fmt: skip


def _applied(text: str, edits: Iterable[Edit], offset: int) -> str:
    made, at = [], 0
    for edit in edits:
        made += [text[at : edit.start - offset], edit.text]
        at = edit.end - offset
    return "".join((*made, text[at:]))


def _moved(position: int, edits: Iterable[Edit], *, insert: bool) -> int:
    """Where a border went: an insertion at a label's first character stands before it, at its end behind."""
    return position + sum(
        len(edit.text) - (edit.end - edit.start)
        for edit in edits
        if edit.end <= position and (edit.start < edit.end or edit.end < position or insert)
    )
