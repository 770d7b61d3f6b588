"""Addresses on the internet, versions 4 and 6, in figures or said aloud.

Loopback, unspecified and multicast addresses and the private networks of RFC 1918 say nothing about where a
person is, so they are left out; the documentation networks (RFC 5737, RFC 3849) count, as examples stand in
for real ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from discretion.guard._detector import Hit, Scope, detector
from discretion.guard._view import View
from discretion.guard.detectors._reading import Reading, Run, read
from discretion.records import Kind

_V4 = re.compile(r"(?<![\w.:-])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?!\w|\.\d|-\w)")
_V6 = re.compile(r"(?<![\w:.])(?=[\da-f:]{0,39}:[\da-f:]{0,39}:)[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])")
_VERSION = re.compile(
    r"\b(?:versions?|ver|firmware|builds?|kernel|patch(?:es|ed)?|updated?|upgraded?|bumped"
    r"|releases?|hotfix|revision|sdk|plugin|mod|"
    r"chrome|ios|android|drivers?|section|chapter|clause|paragraph|v)\b"
)
_CUE = re.compile(
    r"\b(?:ip|ipv[46]|server|box|host|ping|ssh|trace|vpn|router|address|proxy|cam|node"
    r"|machine|dns|lan|port)\b"
)
_SPOKEN_DOT = re.compile(r"[ .]{1,2}(?:dot|point)[ ]{1,2}|\s?\.\s?")
_OWN = re.compile(r"\b(?:my|mine|our)\b[^.!?\n]{0,30}$")


@detector("ip_address", {Kind.IP_ADDRESS}, Scope.FORM)
def ip_address(view: View) -> Iterator[Hit]:
    """Addresses that can lead to a connection or a server; version numbers are none."""
    reading = read(view)
    text = reading.text
    if reading.has_digit and "." in text:
        for match in _V4.finditer(text):
            value = match.group().partition(":")[0]
            before = text[max(0, match.start() - 40) : match.start()]
            around = before + text[match.end() : match.end() + 25]
            if _is_public_v4(value) and (_CUE.search(before) or not _VERSION.search(around)):
                end = match.start() + len(value)
                yield _hit(view, match.start(), end, 0.95 if _CUE.search(before) else 0.85)
    if text.count(":") >= 2:
        for match in _V6.finditer(text):
            if _is_public_v6(match.group()):
                yield _hit(view, match.start(), match.end(), 0.93)
    if reading.has_spoken and ("dot" in text or "point" in text):
        yield from _spoken(view, reading)


def _hit(view: View, start: int, end: int, confidence: float) -> Hit:
    span = view.given(start, end)
    own = 0.6 if _OWN.search(view.folded.text[max(0, start - 40) : start]) else 0.2
    return Hit(Kind.IP_ADDRESS, span.start, span.end, confidence, "an internet address", own)


def _is_public_v4(text: str) -> bool:
    try:
        address = IPv4Address(text)
    except AddressValueError:
        return False
    private = text.startswith(("10.", "192.168.", "0.", "255.", "169.254.")) or (
        text.startswith("172.") and 16 <= int(text.split(".")[1]) <= 31
    )
    return not (private or address.is_loopback or address.is_multicast or address.is_unspecified)


def _is_public_v6(text: str) -> bool:
    if sum(c.isalnum() for c in text) < 4:
        return False
    try:
        address = IPv6Address(text)
    except AddressValueError:
        return False
    return not (
        address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified
    )


def _spoken(view: View, reading: Reading) -> Iterator[Hit]:
    """Four numbers with "dot" between them."""
    four: list[Run] = []
    for run in reading.runs:
        if four and not _SPOKEN_DOT.fullmatch(reading.text[four[-1].end : run.start]):
            four = []
        four.append(run)
        if len(four) == 4:
            if all(1 <= len(part.digits) <= 3 and int(part.digits) < 256 for part in four):
                yield _hit(view, four[0].start, four[-1].end, 0.85)
            four = []
