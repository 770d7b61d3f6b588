"""Domains at which many people have e-mail addresses, so that one of them says nothing of whose it is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def is_shared_mail_domain(domain: str) -> bool:
    """Whether ``domain`` is a provider's or an alias service's that many people share, in any case.

    A subdomain of one is not: services hand out whole subdomains, and who has one is its only user.
    """
    return plain_domain(domain) in _shared()


def plain_domain(domain: str) -> str:
    """``domain`` as two are compared: lower case, without the dot that may end it."""
    return domain.strip().rstrip(".").casefold()


@cache
def _shared() -> frozenset[str]:
    text = files("discretion.knowledge").joinpath("data", "shared_mail_domains.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
