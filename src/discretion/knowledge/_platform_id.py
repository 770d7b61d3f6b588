"""The id of a platform: the registrable domain of whatever address the user names."""

from __future__ import annotations

import ipaddress
import re
from functools import cache
from typing import TYPE_CHECKING

from discretion.records import DiscretionError

if TYPE_CHECKING:
    from tldextract import TLDExtract

LONGEST = 2_000
"""Characters of an address that is looked at."""
_LONGEST_HOST = 253
"""RFC 1035, section 2.3.4, without the length bytes."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]{0,30}://", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LOCAL = frozenset({"localhost", "local", "internal", "lan", "home", "test", "invalid", "example", "onion"})
"""Names that no registry sells: RFC 2606, RFC 6761, RFC 6762, RFC 7686, and names usual in home networks."""


class PlatformNotNamed(DiscretionError):
    """What was given is no address of a platform."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "that is no domain of a platform; write the address of its site, such as character.ai "
            "(localhost for a model on your own machine)"
        )


def platform_id(text: str) -> str:
    """The registrable domain in ``text``: ``https://www.Character.ai/x`` gives ``character.ai``.

    By the Public Suffix List that tldextract carries (its private section counts: two sites on one host are
    two platforms); nothing is fetched. International names become their ASCII form (punycode). A host of the
    own machine or network ("localhost", an IP address) is its own id. Its own output is left as it is. Raises
    ``PlatformNotNamed``, whose message does not repeat the text.
    """
    host = _host(text)
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    name = _ascii(host)
    labels = name.split(".")
    if labels[-1].isdigit() or not all(_LABEL.fullmatch(label) for label in labels):
        raise PlatformNotNamed
    if labels[-1] == "localhost":
        return "localhost"
    if len(labels) == 1:
        raise PlatformNotNamed
    if labels[-1] in _LOCAL:
        return ".".join(labels[-2:])
    return _registrable(name)


def _host(text: str) -> str:
    """The host of an address, without scheme, user, port and path."""
    address = text.strip()
    if not address or len(address) > LONGEST or any(ord(char) < 33 or ord(char) == 127 for char in address):
        raise PlatformNotNamed
    rest = _SCHEME.sub("", address, count=1).removeprefix("//")
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    if authority.count(":") > 1:
        return authority
    host, colon, port = authority.partition(":")
    if colon and port and not port.isdigit():
        raise PlatformNotNamed
    return host


def _ascii(host: str) -> str:
    import idna

    plain = host.rstrip(".").lower()
    if not plain or len(plain) > _LONGEST_HOST:
        raise PlatformNotNamed
    if plain.isascii() and "xn--" not in plain:
        return plain
    try:
        name = idna.encode(plain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise PlatformNotNamed from None
    if not name or len(name) > _LONGEST_HOST:
        raise PlatformNotNamed
    return name


def _registrable(name: str) -> str:
    for is_private in (
        True,
        False,
    ):  # a host that is itself a suffix of the private section is a platform too
        found = _extract()(name, include_psl_private_domains=is_private)
        if found.suffix and found.domain:
            return f"{found.domain}.{found.suffix}"
        if not found.suffix:  # the list's own rule for what it does not name: the last label is the suffix
            return ".".join(name.split(".")[-2:])
    raise PlatformNotNamed


@cache
def _extract() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), fallback_to_snapshot=True)
