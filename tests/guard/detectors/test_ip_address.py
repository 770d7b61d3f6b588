"""Internet addresses; versions, private networks and times are none."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.ip_address import ip_address

FOUND = [
    ("my box is 203.0.113.57", "203.0.113.57", "version 4"),
    ("ssh 198.51.100.7:2222", "198.51.100.7", "the port stays outside"),
    ("2001:db8:44::17", "2001:db8:44::17", "version 6"),
    ("one nine eight dot fifty one dot one hundred dot nine",
     "one nine eight dot fifty one dot one hundred dot nine", "said aloud"),
]  # fmt: skip

NOT = [
    ("127.0.0.1", "loopback"),
    ("192.168.1.1 is the router", "a private network (RFC 1918)"),
    ("10.0.0.7", "a private network"),
    ("172.20.1.1", "a private network"),
    ("0.0.0.0", "unspecified"),
    ("::1", "loopback"),
    ("version 1.9.0.142", "a version"),
    ("firmware 10.2.19.7", "a version"),
    ("999.1.1.1", "no such address"),
    ("12:30:45", "a time"),
    ("1.2.3.4.5", "five parts"),
    ("std::vector::size", "code"),
    ("we went from 4.12.0.3 to the next release", "a release"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in ip_address.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
