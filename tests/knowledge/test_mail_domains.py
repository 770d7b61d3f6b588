"""Which mail domains say nothing of whose address it is."""

from __future__ import annotations

from importlib.resources import files

import pytest

from discretion.knowledge import is_shared_mail_domain


@pytest.mark.parametrize(
    ("domain", "is_shared", "why"),
    [
        ("gmail.com", True, "a big provider"),
        ("GMail.com.", True, "the same as the name server knows it"),
        ("outlook.com", True, "a big provider"),
        ("mailbox.org", True, "a provider that many use"),
        ("mozmail.com", True, "an alias service"),
        ("passmail.net", True, "an alias service"),
        ("me.mozmail.com", False, "one user's subdomain of an alias service"),
        ("slmails.com", True, "SimpleLogin"),
        ("8shield.net", True, "SimpleLogin"),
        ("dralias.com", True, "SimpleLogin"),
        ("passfwd.com", True, "Proton Pass"),
        ("addymail.com", True, "addy.io"),
        ("mailer.me", True, "addy.io"),
        ("4wrd.cc", True, "addy.io"),
        ("keemail.me", True, "Tuta"),
        ("skiff.com", True, "closed, but its addresses are in old leaks"),
        ("disroot.org", True, "anybody may have a mailbox there"),
        ("riseup.net", True, "a collective's provider"),
        ("kim.anonaddy.com", False, "a subdomain of a shared service is one person's"),
        ("bluebarn.example", False, "somebody's own"),
        ("", False, "no domain"),
        ("# Domains", False, "a line of the file's head"),
    ],
)
def test_who_shares_a_domain(domain: str, is_shared: bool, why: str) -> None:
    assert is_shared_mail_domain(domain) is is_shared, why


def test_every_line_is_one_domain_in_order() -> None:
    text = files("discretion.knowledge").joinpath("data", "shared_mail_domains.txt").read_text("utf-8")
    domains = [line for line in text.splitlines() if not line.startswith("#")]
    assert domains == sorted(set(domains))
    assert all("." in one and one == one.casefold().strip() and " " not in one for one in domains)
