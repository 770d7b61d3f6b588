"""The last step of a review: what the findings say, as values that can be counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from discretion.knowledge import normalise
from discretion.records import Finding, Frame, Kind
from discretion.text import Message


def valued(findings: Iterable[Finding], message: Message) -> tuple[Finding, ...]:
    """``findings`` with the values of what the author tells of themself: disclosures and the date of birth.

    A value depends on the kind, the words of the span and the day of the message alone, not on who found it.
    """
    day = message.sent_at.date() if message.sent_at else None
    return tuple(
        replace(one, value=normalise(one.kind, one.span.of(message.text), reference=day))
        if one.frame is Frame.SELF and (not one.kind.is_identifier or one.kind is Kind.DATE_OF_BIRTH)
        else one
        for one in findings
    )
