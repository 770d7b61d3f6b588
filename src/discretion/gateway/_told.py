"""What the platform was told by a request that left: the findings for which nothing stood in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from discretion.gateway._conversations import is_spoken
from discretion.gateway._leaving import Leaving
from discretion.gateway._listening import Heard
from discretion.gateway.wire import Passage, Voice
from discretion.guard import OWN_FACT
from discretion.text import Message

if TYPE_CHECKING:
    from discretion.exposure.ledger import Told


def told_in(heard: Heard, passages: Sequence[Passage], going: Leaving) -> list[Told]:
    """The user's facts that leave for the first time in this conversation.

    The newest message was said now; those before it at a time that nobody knows.
    """
    from discretion.exposure.ledger import Told

    told = []
    for i, (seen, passage) in enumerate(zip(heard.seen, passages, strict=True)):
        if seen.is_told or not is_spoken(passage, Voice.USER):
            continue
        seen.is_told = True
        covered = going.replaced[i]
        open_ones = [
            one
            for one in seen.review.findings
            if not any(r.start < one.end and one.start < r.end for r in covered)
        ]
        if open_ones:
            at = datetime.now(UTC) if i == heard.last else None
            message = Message(passage.text, sent_at=at)
            told += [Told(message, one, one.detector == OWN_FACT) for one in open_ones]
    return told
