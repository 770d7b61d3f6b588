"""The clients of the alias services against a server that follows the documentation, and one that lies."""

from __future__ import annotations

import datetime
import ipaddress
import itertools
import logging
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.identity.alias_servers import KEY, LIMIT, UUID, AliasServer, Reply, invalid, said

from discretion.identity import AliasError, alias_service
from discretion.identity._addy import Addy
from discretion.identity._simplelogin import SimpleLogin

NEW = "/api/v3/alias/custom/new"
OPTIONS = "/api/v5/alias/options"
MAILBOXES = "/api/v2/mailboxes"
ADDY_NEW = "/api/v1/aliases"
ADDY_DOMAINS = "/api/v1/domain-options"


def names(*given: str) -> Callable[[], str]:
    """Proposals for the part before the @, in that order."""
    return itertools.chain(given, (f"more{number}" for number in itertools.count())).__next__


def paths(server: AliasServer) -> list[tuple[str, str]]:
    return [(method, path) for method, path, _, _ in server.seen]


def test_simplelogin_makes_an_alias_as_its_documentation_says(server: AliasServer) -> None:
    with SimpleLogin(KEY, server.url) as there:
        assert there.create(names("fox.reed")) == ("7", "fox.reed.cat@sl.example")
    assert paths(server) == [("GET", MAILBOXES), ("GET", OPTIONS), ("POST", NEW)]
    _, _, headers, body = server.seen[-1]
    assert headers["authentication"] == KEY
    assert headers["content-type"] == "application/json"
    assert body == {"alias_prefix": "fox.reed", "signed_suffix": ".cat@sl.example.X6_7OQ", "mailbox_ids": [1]}


def test_no_service_is_told_where_the_alias_is_used(server: AliasServer) -> None:
    with SimpleLogin(KEY, server.url) as there:
        there.create(names("a"))
    with Addy(KEY, server.url) as other:
        other.create(names("b"))
    assert not any("?" in path for _, path in paths(server))
    told = [body for *_, body in server.seen if body]
    assert not any({"hostname", "note", "name", "description"} & set(body) for body in told)


def test_a_base_url_may_have_a_path(server: AliasServer) -> None:
    with SimpleLogin(KEY, server.url + "/mail/") as there, pytest.raises(AliasError):
        there.create(names("a"))
    assert paths(server) == [("GET", "/mail" + MAILBOXES)]


def test_a_prefix_that_is_taken_is_tried_otherwise(server: AliasServer) -> None:
    server.taken = {"one.cat@sl.example"}
    with SimpleLogin(KEY, server.url) as there:
        _, email = there.create(names("one", "two"))
    assert email.startswith("two")
    assert email.endswith(".cat@sl.example")


def test_an_expired_suffix_is_fetched_anew_once(server: AliasServer) -> None:
    expired = said(412, {"error": "Alias creation time is expired, please retry"})
    server.script(NEW, expired)
    with SimpleLogin(KEY, server.url) as there:
        assert there.create(names("a"))[1] == "a.cat@sl.example"
    assert paths(server).count(("GET", OPTIONS)) == 2
    server.script(NEW, expired, expired)
    with SimpleLogin(KEY, server.url) as there, pytest.raises(AliasError, match="expired, please retry"):
        there.create(names("b"))


def test_own_domains_only_if_asked(server: AliasServer) -> None:
    with SimpleLogin(KEY, server.url) as there:
        assert there.create(names("a"), own_domain=True)[1] == "a@mine.example"
    server.options["suffixes"] = server.options["suffixes"][:1]
    with SimpleLogin(KEY, server.url) as there, pytest.raises(AliasError, match="--own-domain"):
        there.create(names("b"))
    with Addy(KEY, server.url) as other:
        assert other.create(names("mine"), own_domain=True) == (UUID, "mine@mine.example")
        server.taken |= {f"{word}@mine.example" for word in ("mine", "more0", "more1", "more2")}
        with pytest.raises(AliasError, match="every address"):
            other.create(names("mine"), own_domain=True)


def test_simplelogin_switches_only_what_is_not_so_already(server: AliasServer) -> None:
    with SimpleLogin(KEY, server.url) as there:
        alias, _ = there.create(names("a"))
        assert there.set_active(alias, is_on=False) is False
        assert there.set_active(alias, is_on=False) is False
        assert there.set_active(alias, is_on=True) is True
    assert paths(server).count(("POST", f"/api/aliases/{alias}/toggle")) == 2


def test_addy_makes_and_switches_as_its_documentation_says(server: AliasServer) -> None:
    with Addy(KEY, server.url) as there:
        assert there.create(names("unused")) == (UUID, "x481n904@addy.example")
        _, _, headers, body = server.seen[-1]
        assert headers["authorization"] == f"Bearer {KEY}"
        assert headers["x-requested-with"] == "XMLHttpRequest"
        assert body == {"domain": "addy.example", "format": "random_characters"}
        assert there.set_active(UUID, is_on=False) is False
        assert server.addy_active[UUID] is False
        assert there.set_active(UUID, is_on=True) is True
    assert server.addy_active[UUID] is True


PAGE = (500, {"Content-Type": "text/html"}, b"<html>Whoops</html>")
REFUSED: list[tuple[str, str, Reply, str, str]] = [
    ("simplelogin", NEW, said(400, {"error": LIMIT}), "free account", "the quota, in the service's words"),
    (
        "simplelogin",
        OPTIONS,
        said(200, {"can_create": False, "suffixes": []}),
        "no more",
        "the quota, told first",
    ),
    ("simplelogin", NEW, (429, {"Retry-After": "30"}, b"{}"), "in 30 s", "too many requests, with a time"),
    ("simplelogin", NEW, (429, {"Retry-After": "x" * 99}, b""), "try later", "a time that is none"),
    ("simplelogin", MAILBOXES, said(403, {"error": "Disabled account"}), "Disabled account", "a reason"),
    ("simplelogin", MAILBOXES, said(200, {"mailboxes": []}), "verified mailbox", "nowhere to send mail to"),
    (
        "simplelogin",
        MAILBOXES,
        said(200, {"mailboxes": [{"id": True, "verified": True}]}),
        "mailbox",
        "no number",
    ),
    ("simplelogin", OPTIONS, (200, {}, b"{"), "no JSON", "cut short"),
    ("simplelogin", OPTIONS, (200, {}, b"[" * 200_000), "no JSON", "deeper than a parser goes"),
    ("simplelogin", OPTIONS, said(200, []), "another form", "a list for an object"),
    ("simplelogin", OPTIONS, said(200, {"can_create": True, "suffixes": "x"}), "no domain", "not a list"),
    ("simplelogin", NEW, said(201, {"id": 1, "email": "a@b.example\x1b[2J"}), "did not say which", "escapes"),
    (
        "simplelogin",
        NEW,
        said(201, {"id": "1", "email": "a@b.example"}),
        "did not say which",
        "an id that is text",
    ),
    ("simplelogin", NEW, PAGE, "trouble of its own", "an error page"),
    (
        "simplelogin",
        OPTIONS,
        (302, {"Location": "https://elsewhere.example/"}, b""),
        "not followed",
        "a redirect",
    ),
    ("simplelogin", OPTIONS, (200, {}, b" " * ((1 << 20) + 1)), "1 MiB", "a huge answer"),
    ("simplelogin", OPTIONS, (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b"), "packed", "a packed answer"),
    (
        "simplelogin",
        NEW,
        said(400, {"error": f"key {KEY} is bad\x1b[1m"}),
        "key ····· is bad",
        "it says the key",
    ),
    (
        "addy",
        ADDY_NEW,
        (403, {}, b"You have reached your active shared domain alias limit"),
        "limit",
        "the quota",
    ),
    (
        "addy",
        ADDY_NEW,
        (429, {}, b"You have reached your hourly limit for creating new aliases"),
        "hourly",
        "limit",
    ),
    (
        "addy",
        ADDY_NEW,
        invalid("domain", "The selected domain is invalid."),
        "domain is invalid",
        "a form error",
    ),
    (
        "addy",
        ADDY_DOMAINS,
        said(200, {"data": [], "sharedDomains": []}),
        "no domain",
        "nothing to choose from",
    ),
    ("addy", ADDY_DOMAINS, said(200, {"data": None, "sharedDomains": 5}), "no domain", "not a list"),
    (
        "addy",
        ADDY_NEW,
        said(201, {"data": {"id": "../x", "email": "a@b.example"}}),
        "which",
        "an id for a path",
    ),
    ("addy", ADDY_NEW, said(201, {"data": []}), "which", "no alias"),
    ("addy", ADDY_DOMAINS, PAGE, "trouble of its own", "an error page"),
    ("addy", ADDY_DOMAINS, (302, {"Location": "/login"}, b""), "not followed", "sent to the login page"),
]


@pytest.mark.parametrize(("service", "path", "reply", "told", "why"), REFUSED)
def test_what_goes_wrong_is_one_sentence(
    server: AliasServer, service: str, path: str, reply: Reply, told: str, why: str
) -> None:
    server.script(path, reply)
    with alias_service(service, KEY, server.url) as there, pytest.raises(AliasError) as caught:
        there.create(names("a"))
    message = str(caught.value)
    assert told in message, why
    assert KEY not in message
    assert message.isprintable()
    assert len(message) < 400


@pytest.mark.parametrize("service", ["simplelogin", "addy"])
def test_a_wrong_key_is_said_and_not_shown(server: AliasServer, service: str) -> None:
    with alias_service(service, "not-the-key-7731", server.url) as there, pytest.raises(AliasError) as caught:
        there.create(names("a"))
    assert "does not know this key" in str(caught.value)
    assert "7731" not in str(caught.value) + repr(caught.value)


def test_a_slow_answer_is_given_up(server: AliasServer) -> None:
    server.script(MAILBOXES, 1.5)
    with (
        SimpleLogin(KEY, server.url, within_s=0.3) as there,
        pytest.raises(AliasError, match="did not answer"),
    ):
        there.create(names("a"))


def test_an_answer_that_drips_is_given_up() -> None:
    """Each piece comes in time, the whole does not."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            client, _ = listening.accept()
            with client:
                client.recv(65536)
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                for _ in range(40):
                    try:
                        client.sendall(b" ")
                    except OSError:
                        return
                    threading.Event().wait(0.1)

        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with SimpleLogin(KEY, url, within_s=0.5) as there, pytest.raises(AliasError, match="did not answer"):
            there.create(names("a"))
        dripping.join(5)


def test_nobody_there_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with (
        SimpleLogin(KEY, f"http://127.0.0.1:{port}") as there,
        pytest.raises(AliasError, match="no connection"),
    ):
        there.create(names("a"))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://app.simplelogin.example", "plain http off this machine"),
        ("http://127.0.0.1.evil.example", "a name that begins like this machine"),
        ("http://localhost.evil.example", "the same"),
        ("https://user:pw@service.example", "a password in the address"),
        ("https://service.example/?key=1", "a query"),
        ("https://service.example/#x", "a fragment"),
        ("ftp://service.example", "another scheme"),
        ("service.example", "no scheme"),
        ("https://", "no host"),
        ("https://[::1", "half an address"),
        ("https://service.example:99999", "no such port"),
        ("https://sérvice.example", "letters that look alike"),
        ("", "nothing"),
        ("https://a..example", "an empty part of a name"),
        ("https://.", "nothing but a dot"),
        (f"https://{'a' * 64}.example", "a part that is too long for a resolver"),
        ("https://service.example/\x01", "a control character"),
        ("https://two words.example", "a space"),
        ("https://@service.example", "an empty user"),
    ],
)
def test_addresses_that_are_refused_before_any_call(url: str, why: str) -> None:
    from discretion.identity._address import checked_url

    with pytest.raises(AliasError):
        checked_url(url)


def test_an_address_that_is_a_number_and_none_is_refused() -> None:
    with pytest.raises(AliasError):
        alias_service("addy", KEY, "https://1.2.3.400")


@pytest.mark.parametrize("key", ["", " ", "two words", "x" * 600, "kéy", "line\nbreak", "head: er\r\n"])
def test_keys_that_are_none(key: str) -> None:
    with pytest.raises(AliasError) as caught:
        alias_service("simplelogin", key, "https://service.example")
    assert not key.strip() or key not in str(caught.value)


def test_certificates_are_checked(tmp_path: Path) -> None:
    certificate = _self_signed(tmp_path)
    with AliasServer(certificate) as server:
        with SimpleLogin(KEY, server.url) as there, pytest.raises(AliasError, match="certificate"):
            there.create(names("a"))
        assert server.seen == []
        trusting = ssl.create_default_context(cafile=certificate[0])
        with SimpleLogin(KEY, server.url, context=trusting) as there:
            assert there.create(names("a"))[1] == "a.cat@sl.example"


def test_the_environment_changes_nothing(
    server: AliasServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    with SimpleLogin(KEY, server.url) as there:
        assert there.create(names("a"))[0] == "7"
    assert not (tmp_path / "keys").exists()


def test_nothing_is_logged(server: AliasServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with SimpleLogin(KEY, server.url) as there:
        there.create(names("a"))
        assert KEY not in repr(there) + repr(there._connection)
    assert caplog.records == []


def _self_signed(folder: Path) -> tuple[str, str]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(pem), str(secret)
