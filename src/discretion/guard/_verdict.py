"""How much a finding gives away, and what happens to the message: the tables of the taxonomy."""

from __future__ import annotations

from collections.abc import Iterable

from discretion.records import Finding, Kind, LimitReason, Ruling, Severity, Verdict

NEVER_RESTORED = frozenset({Kind.SECRET, Kind.GOVERNMENT_ID, Kind.PAYMENT_CARD, Kind.BANK_ACCOUNT})
"""Kinds in whose place a neutral phrase leaves, always."""
_HIGH = frozenset(
    {
        Kind.EMAIL,
        Kind.PHONE,
        Kind.STREET_ADDRESS,
        Kind.USERNAME,
        Kind.DATE_OF_BIRTH,
        Kind.IP_ADDRESS,
        Kind.COORDINATES,
        Kind.VEHICLE_PLATE,
        Kind.CRYPTO_WALLET,
    }
)
_MEDIUM = frozenset(
    {
        Kind.NAME,
        Kind.WORKPLACE,
        Kind.EDUCATION,
        Kind.HEALTH,
        Kind.FINANCES,
        Kind.ORIENTATION,
        Kind.RELIGION,
        Kind.ETHNICITY,
        Kind.EVENT,
        Kind.ROUTINE,
        Kind.LOCATION,
    }
)
_SUBSTITUTED = NEVER_RESTORED | _HIGH | {Kind.NAME}
_SUBSTITUTED_IF_PROPER = frozenset({Kind.LOCATION, Kind.WORKPLACE, Kind.EDUCATION, Kind.PET})
_GENERIC_START = frozenset({"a", "an", "the", "my", "our", "this", "some", "another"})


def severity(kind: Kind, words: str, *, is_region: bool = False) -> Severity:
    """The severity of a finding of ``kind`` whose span reads ``words``.

    A name counts as high with a family name beside the given one; a location below a first-level region is
    medium, a region or country (``is_region``) low.
    """
    if kind in NEVER_RESTORED:
        return Severity.CRITICAL
    if kind in _HIGH or (kind is Kind.NAME and len(words.split()) > 1):
        return Severity.HIGH
    if kind in _MEDIUM and not (kind is Kind.LOCATION and is_region):
        return Severity.MEDIUM
    return Severity.LOW


def is_proper(words: str) -> bool:
    """Whether a span reads as a proper name: it holds a capital, or does not open with an article."""
    parts = words.split()
    if not parts:
        return False
    if any(part[:1].isupper() for part in parts[1:]) or words[:1].isupper():
        return True
    return parts[0].lower() not in _GENERIC_START


def is_substituted(kind: Kind, words: str) -> bool:
    """Whether a stand-in takes the place of a finding of ``kind`` whose span reads ``words``, by default."""
    return kind in _SUBSTITUTED or (kind in _SUBSTITUTED_IF_PROPER and is_proper(words))


def verdict(findings: Iterable[Finding], text: str, reasons: Iterable[LimitReason]) -> Verdict:
    """The strongest verdict that the findings of ``text`` and the limits ask for."""
    asked = [Verdict.ALLOW]
    for finding in findings:
        if is_substituted(finding.kind, text[finding.start : finding.end]):
            asked.append(Verdict.SUBSTITUTE)
    for reason in reasons:
        if reason.verdict is Ruling.BLOCK:
            asked.append(Verdict.BLOCK)
        elif reason.verdict is Ruling.ASK:
            asked.append(Verdict.ASK)
    return max(asked, key=lambda v: v.rank)
