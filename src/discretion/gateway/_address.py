"""Where an upstream may be: https anywhere, plain http on this machine or the network at home."""

from __future__ import annotations

import ipaddress
import re
from typing import ClassVar
from urllib.parse import urlsplit

from discretion.records import DiscretionError

LONGEST = 500


class AddressNotUsable(DiscretionError):
    """What was given is no address of an upstream that can be used; the message does not hold it."""

    exit_code: ClassVar[int] = 2


def checked_upstream(url: str) -> str:
    """The address of an upstream without a slash at its end. Raises ``AddressNotUsable``.

    Plain http is taken for this machine, and for a number of a private network (RFC 1918, RFC 4193), where a
    model may run on another computer at home; ``is_open_to_the_network`` says when to warn. A name would be
    looked up, and could lead anywhere.
    """
    said = url.strip()
    if is_bare(said):
        raise AddressNotUsable(BARE)
    try:
        parts = urlsplit(said)
        host, _ = parts.hostname or "", parts.port
        host.encode("idna")  # as the resolver does; an empty or too long part is a ValueError
    except ValueError:
        raise AddressNotUsable(_NO_ADDRESS) from None
    is_plain = said.isascii() and said.isprintable() and not set(said) & set(' "\\<>`{}|^')
    if not host or not is_plain or len(said) > LONGEST or parts.scheme not in ("http", "https"):
        raise AddressNotUsable(_NO_ADDRESS)
    if parts.username is not None or parts.password is not None:
        raise AddressNotUsable("the URL holds a user name or a key; a key comes from a file: --key-file FILE")
    if parts.query or parts.fragment:
        raise AddressNotUsable("the URL of a platform has nothing after ? or #; a key comes from a file")
    if parts.scheme == "http" and not (is_loopback(host) or _is_private(host)):
        raise AddressNotUsable(
            "the URL must begin with https://; over plain http everybody on the way could read your chats"
        )
    return said.rstrip("/")


def without_endpoint(url: str) -> tuple[str, str]:
    """``url`` as a base URL, and the path of an endpoint that was cut from its end (empty: none was).

    Documentation of platforms often gives the whole address of one endpoint.
    """
    said = url.strip().rstrip("/")
    for endpoint in _ENDPOINTS:
        if said.lower().endswith(endpoint) and "://" in said.removesuffix(said[-len(endpoint) :]):
            return said[: -len(endpoint)], endpoint
    return url, ""


def is_bare(said: str) -> bool:
    """Whether ``said`` looks like an address without its beginning: ``host.example/v1``, ``localhost:1``."""
    return bool(_BARE.fullmatch(said.strip()))


BARE = "did you mean https:// before that (http:// for a model on this machine)? Write the whole address"
_BARE = re.compile(r"(?:[\w-]+(?:\.[\w-]+)+|localhost|[\w-]+(?=:\d))(?::\d{1,5})?(?:/[^\s]*)?", re.ASCII)
_ENDPOINTS = ("/chat/completions", "/completions", "/messages", "/responses", "/models")
_NO_ADDRESS = "that is no address of a platform; write it as in https://api.provider.example/v1"


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_open_to_the_network(url: str) -> bool:
    """Whether what goes to ``url`` can be read on the local network: plain http, and not on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "http" and not is_loopback(parts.hostname or "")


_PRIVATE = tuple(
    ipaddress.ip_network(one) for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)


def _is_private(host: str) -> bool:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(number in network for network in _PRIVATE)
