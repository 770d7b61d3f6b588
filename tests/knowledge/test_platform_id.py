"""Ids of platforms: the registrable domain, from whatever address the user names."""

from __future__ import annotations

import socket

import pytest

from discretion.knowledge import PlatformNotNamed, platform_id

GIVEN = [
    ("https://www.Character.ai/x", "character.ai", "scheme, host name, case and path"),
    ("character.ai", "character.ai", "its own id stays"),
    ("CHARACTER.AI.", "character.ai", "the root's dot"),
    ("//beta.character.ai", "character.ai", "a reference without a scheme"),
    ("http://user:pass@chat.foo.co.uk:8080/a?b#c", "foo.co.uk", "a suffix of two labels"),
    ("mail.google.com", "google.com", "a subdomain"),
    ("jo.github.io", "jo.github.io", "two sites on one host are two platforms"),
    ("github.io", "github.io", "the host itself is one"),
    ("bücher.de", "xn--bcher-kva.de", "an international name"),
    ("BÜCHER.de", "xn--bcher-kva.de", "in capitals"),
    ("xn--bcher-kva.de", "xn--bcher-kva.de", "in its ASCII form"),
    ("character。ai", "character.ai", "an ideographic full stop"),
    ("foo.bar9zz", "foo.bar9zz", "a suffix that the list does not name"),
    ("chat.mine.example", "mine.example", "a reserved name"),
    ("localhost", "localhost", "the own machine"),
    ("http://localhost:11434/api", "localhost", "with a port"),
    ("ollama.lan", "ollama.lan", "the own network"),
    ("127.0.0.1:5000", "127.0.0.1", "an address"),
    ("[::1]:9", "::1", "an address of six"),
]
HOSTILE = [
    ("", "nothing"),
    ("   ", "blanks"),
    ("characterai", "no domain"),
    ("com", "a suffix alone"),
    ("co.uk", "a suffix of two labels alone"),
    ("a b.com", "a blank"),
    ("a..com", "an empty label"),
    ("-a.com", "a hyphen first"),
    ("..", "dots"),
    ("../../etc/passwd", "a path"),
    ("javascript:alert(1)", "no host"),
    ("https://", "a scheme alone"),
    ("\x1b[31m.com", "a control character"),
    ("x\x00.com", "a null byte"),
    ("1.2.3", "numbers that are no address"),
    ("😀.com", "no letter of IDNA 2008"),
    ("a" * 64 + ".com", "a label that is too long"),
    ("a." * 200 + "com", "a name that is too long"),
    ("x" * 5000, "far too long"),
    ("' OR 1=1 --.com", "a quote"),
    ("\ud800.com", "half a character"),
]


@pytest.mark.parametrize(("text", "expected", "why"), GIVEN)
def test_ids(text: str, expected: str, why: str) -> None:
    assert platform_id(text) == expected, why
    assert platform_id(expected) == expected, "an id is its own id"


@pytest.mark.parametrize(("text", "why"), HOSTILE)
def test_what_is_no_platform(text: str, why: str) -> None:
    with pytest.raises(PlatformNotNamed) as caught:
        platform_id(text)
    assert not text.strip() or text.strip() not in str(caught.value), "the message does not repeat it"
    assert caught.value.exit_code == 2, why


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, **more: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    assert platform_id("never-seen-before.co.uk") == "never-seen-before.co.uk"
