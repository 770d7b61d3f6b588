"""Stand-ins for addresses on the internet: from the networks that are kept for documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from random import Random

from discretion.guard.stand_ins._alike import drawn
from discretion.guard.stand_ins._figures import Figures, said
from discretion.guard.stand_ins._seam import Asked, offers
from discretion.records import Kind

NETWORKS = tuple(map(ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))
"""RFC 5737 section 3."""
PREFIX = 0x2001_0DB8
"""RFC 3849: 2001:db8::/32."""
_GROUP = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_LEAD, _FIGURES = "one one one ", 3
_DOT = re.compile(r"\s*(?:dot|point|\.)\s*", re.IGNORECASE)


@offers(Kind.IP_ADDRESS)
def address(asked: Asked) -> Iterator[str]:
    """Addresses of the same version and notation that lead nowhere."""
    words, random = asked.words, asked.random
    real = _value(words)
    for pair in asked.known:
        if (
            pair.is_active
            and real is not None
            and _value(pair.real) == real
            and (other := _value(pair.stand_in))
        ):
            yield _written(other, words)
    if isinstance(real, IPv6Address):
        yield from drawn(lambda: _v6(words, random))
    elif real is not None:
        yield from drawn(lambda: _unlike(real, _written(_v4(random), words)))


def _v4(random: Random) -> IPv4Address:
    network = random.choice(NETWORKS)
    return IPv4Address(int(network.network_address) + random.randint(2, 254))


def _unlike(real: IPv4Address, made: str) -> str | None:
    """``made``, where neither its network nor its last figures are the user's."""
    other = _value(made)
    same = other is None or int(other) >> 8 == int(real) >> 8 or int(other) & 255 == int(real) & 255
    return None if same else made


def _value(words: str) -> IPv4Address | IPv6Address | None:
    """The address in figures or in words."""
    try:
        return ip_address(words.strip())
    except ValueError:
        pass
    # A number word alone is not read as a figure, so that figures are put before each part.
    parts = [Figures.read(f"{_LEAD}{part}").digits[_FIGURES:] for part in _DOT.split(words.strip())]
    try:
        return IPv4Address(".".join(str(int(part)) for part in parts))
    except ValueError:
        return None


def _written(other: IPv4Address | IPv6Address, words: str) -> str:
    """``other`` in figures, or said figure by figure where ``words`` are said."""
    if not Figures.read(words).is_spoken:
        return str(other).upper() if words.isupper() and ":" in words else str(other)
    dot = re.search(r"\s+(?:dot|point)\s+", words, re.IGNORECASE)
    return (dot.group() if dot else " dot ").join(said(group, words) for group in str(other).split("."))


def _v6(words: str, random: Random) -> str | None:
    """As many groups as there were, the first two those of the network; each as long as it was."""
    if words.partition("::")[0].count(":") == 0 and "::" in words:
        made = f"2001:db8::{random.randrange(1, 0xFFFF):x}"
        return made.upper() if words.isupper() else made
    groups = iter(range(len(words)))
    wide = all(len(group) == 4 for group in words.split(":") if group)
    first = ("2001", "0db8" if wide else "db8")

    def other(match: re.Match[str]) -> str:
        at = next(groups)
        if at < len(first):
            return first[at]
        high = 16 ** len(match.group())
        return f"{random.randrange(1, high):x}".rjust(len(match.group()) if wide else 1, "0")

    made = _GROUP.sub(other, words)
    made = made.upper() if words.isupper() else made
    try:
        is_there = int(IPv6Address(made)) >> 96 == PREFIX
    except ValueError:
        is_there = False
    return made if is_there and made.lower() != words.lower() else None
