"""E-mail addresses: plain, half written and in words."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.email import email

FOUND = [
    ("write me at jess.k@mail.example ok", "jess.k@mail.example", "plain"),
    ("its JESS.K@MAIL.EXAMPLE", "JESS.K@MAIL.EXAMPLE", "capitals"),
    ("(jess+shop@mail.example).", "jess+shop@mail.example", "plus tag, brackets and full stop outside"),
    ("mine is jess@müller.example", "jess@müller.example", "a domain beyond ASCII (RFC 6531)"),
    ("send to o'brien_7@a.b.example!", "o'brien_7@a.b.example", "apostrophe, underscore, subdomain"),
    ("jess @ mail.example works", "jess @ mail.example", "spaces around the sign"),
    ("email me jess.k@gmail", "jess.k@gmail", "a big provider without its ending"),
    ("my email is jesskay at gmail", "jesskay at gmail", "no ending, but called an e-mail"),
    ("try jess dot k at gmail", "jess dot k at gmail", "no ending, but a joint in words"),
    ("jess (at) mail (dot) example", "jess (at) mail (dot) example", "signs in brackets"),
    ("jess[at]mail[dot]example", "jess[at]mail[dot]example", "signs in square brackets"),
    ("jess underscore k at gmail dot com", "jess underscore k at gmail dot com", "all in words"),
    ("j e s s at mail dot example", "j e s s at mail dot example", "spelled letter by letter"),
    ("its j e s s . k @ m a i l . e x a m p l e ok", "j e s s . k @ m a i l . e x a m p l e", "by letters"),
    ("its j e s s k @ mail.example", "j e s s k @ mail.example", "the local part by letters"),
    ("correo: luna arroba correo punto es", "luna arroba correo punto es", "Spanish"),
    ("anna.k chiocciola posta punto it", "anna.k chiocciola posta punto it", "Italian"),
    ("write to gro.elpmaxe@kssej", "gro.elpmaxe@kssej", "backwards"),
    ("jess⭐at⭐mail⭐dot⭐org", "jess⭐at⭐mail⭐dot⭐org", "signs instead of spaces"),
]  # fmt: skip

NOT = [
    ("meet me at gmail headquarters", "a place"),
    ("see you @ 5pm", "a time"),
    ("i work at amazon dot com", "an employer's site"),
    ("@dataclass\nclass A: pass", "a decorator"),
    ("follow @jess.k on there", "a handle"),
    ("look at that dot on the map", "no ending"),
    ("dinner at nine dot dot dot", "dots for a pause"),
    ("http://user:pw@host.example/", "a login in a link"),
    ("user@host", "no dotted domain"),
    ("a@1.2", "figures are no top-level domain"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in email.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert span in found(text), reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason


def test_ones_own_address_speaks_for_life() -> None:
    own = next(iter(email.find(View("my email is jess.k@mail.example"))))
    bare = next(iter(email.find(View("jess.k@mail.example"))))
    assert own.self_evidence > 0.5 > bare.self_evidence
