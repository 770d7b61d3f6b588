"""Payment cards: right by issuer and Luhn's check, presented as a card, or the last figures with a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._numbers import is_attached, is_quantity, windows
from discretion.guard.detectors._reading import Reading, Run, read
from discretion.records import Kind

# Issuer ranges (ISO/IEC 7812; the networks' own publications) with the lengths that each uses.
_ISSUERS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|(?:6011|64[4-9]\d|65\d\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12,15}|3(?:0[0-5]|[68]\d)\d{11}(?:\d{2})?"
    r"|62\d{14,17}|(?:50|5[6-9]|6[0139])\d{10,17}|(?:81|82|508)\d{13,14}"
)
_LAST_FOUR = re.compile(
    r"\b(?:card|visa|mastercard|amex|debit|credit)\b[^.!?\n\d]{0,30}\b(?:end(?:s|ing)?"
    r"|last (?:four|4)(?: digits)?)(?: in| with| are| is|:)?\s{0,2}(\d{4})(?!\d)"
    r"|\blast (?:four|4)(?: digits)? (?:of|on) (?:my|the|her|his) (?:card|visa|mastercard"
    r"|amex|debit|credit)\b[^.!?\n\d]{0,16}(\d{4})(?!\d)"
)
_OWN = re.compile(r"\b(?:my|mine|i|me)\b[^.!?\n]{0,60}$")


@detector("payment_card", {Kind.PAYMENT_CARD}, Scope.FORM)
def payment_card(view: View) -> Iterator[Hit]:
    """Card numbers in groups, in words or run together."""
    reading = read(view)
    if not reading.has_digit and not reading.has_spoken:
        return
    text = reading.text
    for run in reading.runs:
        if len(run.digits) < 12 or is_attached(text, run.start, run.end):
            continue
        for part in windows(run, text, longest=20):
            confidence = _likelihood(reading, part)
            if confidence:
                yield _hit(view, part.start, part.end, confidence, "a payment card number")
                break
    if "last" in text or "end" in text:
        for match in _LAST_FOUR.finditer(text):
            group = 1 if match[1] else 2
            yield _hit(view, match.start(group), match.end(group), 0.75, "the last figures of a payment card")


def _hit(view: View, start: int, end: int, confidence: float, reason: str) -> Hit:
    span = view.given(start, end)
    own = 0.6 if _OWN.search(view.folded.text[max(0, start - 70) : start]) else 0.1
    return Hit(Kind.PAYMENT_CARD, span.start, span.end, confidence, reason, own)


def _likelihood(reading: Reading, run: Run) -> float:
    from stdnum import luhn

    digits, text = run.digits, reading.text
    if not 12 <= len(digits) <= 19 or len(set(digits)) == 1 or is_quantity(text, run.start, run.end):
        return 0.0
    joints = "".join(text[a.end : b.start] for a, b in zip(run.atoms, run.atoms[1:], strict=False))
    if "." in joints or "/" in joints:
        return 0.0
    cues = reading.cues(run.start, run.end)
    gap = cues.get("card", 999)
    rival = min((cues.get(kind, 999) for kind in ("account", "id", "reference", "phone")), default=999)
    grouped = (
        run.shape in {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 2)}
        or len(set(run.shape)) == 1
    )
    if luhn.is_valid(digits) and _ISSUERS.fullmatch(digits):
        if len(digits) < 15 and gap == 999 and run.shape not in {(4, 6, 4), (4, 4, 4, 2)}:
            return 0.7 if grouped and rival > 30 else 0.0
        return 0.97 if gap < 999 or rival > 12 else 0.85
    if gap < 70 and gap <= rival and len(digits) >= 13 and (grouped or len(run.atoms) <= 5):
        return 0.8
    return 0.0
