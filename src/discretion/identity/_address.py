"""Where an alias service is: https anywhere, plain http on this machine alone."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from discretion.identity._errors import AliasError


def checked_url(base_url: str) -> str:
    """The address of a service without a slash at its end. Raises ``AliasError``."""
    said = base_url.strip()
    try:
        parts = urlsplit(said)
        host, _ = parts.hostname or "", parts.port
        host.encode("idna")  # as the resolver does; an empty or too long part is a ValueError
    except ValueError:
        host, parts = "", urlsplit("")
    is_plain = said.isascii() and said.isprintable() and " " not in said
    if not host or parts.username is not None or parts.query or parts.fragment or not is_plain:
        raise AliasError(
            "the base URL is no address of a service; write it as in https://app.service.example"
        )
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)):
        return said.rstrip("/")
    raise AliasError("the base URL must begin with https://; plain http would show the key on the way")


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
