"""What an upstream, a log or a file could learn: markers are planted everywhere and looked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.gateway.app.running import KEY, TOKEN, VALUES, Gateway, chat_body, running_gateway
from tests.gateway.upstreams import ThrowawayUpstream, throwaway_upstream

MARKER = "planted-marker-7"
HOSTILE = {
    "authorization": f"Bearer {TOKEN}",
    "cookie": f"session={MARKER}",
    "user-agent": f"Agent/{MARKER}",
    "referer": f"https://{MARKER}.example/chat",
    "x-forwarded-for": MARKER,
    "x-real-ip": MARKER,
    "forwarded": f"for={MARKER}",
    "via": f"1.1 {MARKER}",
    "openai-organization": MARKER,
    "openai-project": MARKER,
    "x-stainless-os": MARKER,
    "x-title": MARKER,
    "http-referer": MARKER,
    "idempotency-key": MARKER,
    "accept": f"application/{MARKER}",
    "accept-language": MARKER,
    "accept-encoding": "gzip, br",
    "content-type": f"application/json; marker={MARKER}",
    "anthropic-version": MARKER,
    "anthropic-beta": f"{MARKER}-2024-01-01; x",
    "te": "trailers",
    "trailer": MARKER,
    "if-none-match": MARKER,
    "range": f"bytes={MARKER}",
    "x-http-method-override": "DELETE",
    "proxy-authorization": MARKER,
}
ALLOWED = {
    "host",
    "accept",
    "accept-encoding",
    "connection",
    "user-agent",
    "content-length",
    "content-type",
    "authorization",
}


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThrowawayUpstream]:
    with throwaway_upstream() as made:
        yield made


@pytest.fixture(scope="module")
def gateway(upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url) as made:
        yield made


@pytest.mark.parametrize(
    "path", ["/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages", "/v1/models"]
)
def test_no_header_path_or_query_of_the_client_s_goes_upstream(
    gateway: Gateway, upstream: ThrowawayUpstream, path: str
) -> None:
    upstream.seen.clear()
    said = chat_body("hello", max_tokens=5)
    if path.endswith("/completions") and "chat" not in path:
        said = {"model": "echo", "prompt": "hello"}
    if path.endswith("/responses"):
        said = {"model": "echo", "input": "hello"}
    method = "GET" if path.endswith("/models") else "POST"
    content = None if method == "GET" else json.dumps(said).encode()
    back = gateway.client.request(method, f"{path}?key={MARKER}", content=content, headers=HOSTILE)
    assert back.status_code == 200, back.text
    (seen,) = upstream.seen
    assert MARKER not in seen.raw
    assert TOKEN not in seen.raw
    assert (seen.path, seen.query) == (path, "")
    names = [name for name, _ in seen.headers]
    is_anthropic = path.endswith("/messages")
    assert set(names) <= ALLOWED | ({"x-api-key", "anthropic-version"} if is_anthropic else set())
    assert len(names) == len(set(names))
    headers = dict(seen.headers)
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["accept-encoding"] == "identity"
    assert headers["host"] == upstream.url.split("/")[2]
    if is_anthropic:
        assert headers["x-api-key"] == KEY
        assert headers["anthropic-version"] == "2023-06-01"


def test_anthropic_s_own_headers_pass_where_they_are_nothing_else(
    gateway: Gateway, upstream: ThrowawayUpstream
) -> None:
    upstream.seen.clear()
    told = {"anthropic-version": "2024-02-03", "anthropic-beta": "tools-2024-04-04,prompt-caching-2024-07-31"}
    gateway.client.post("/v1/messages", json=chat_body("hello", max_tokens=5), headers=told)
    headers = dict(upstream.seen[0].headers)
    assert {name: headers[name] for name in told} == told


def test_an_upstream_without_a_key_gets_none(
    upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory
) -> None:
    upstream.seen.clear()
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url, key=None) as gateway:
        gateway.chat("hello")
        gateway.client.post("/v1/messages", json=chat_body("hello", max_tokens=5))
    for seen in upstream.seen:
        assert not {"authorization", "x-api-key"} & {name for name, _ in seen.headers}


def test_cookies_of_the_upstream_tie_no_requests_together(
    gateway: Gateway, upstream: ThrowawayUpstream
) -> None:
    back = gateway.chat("hello", model="cookies")
    assert "set-cookie" not in back.headers
    assert "upstream" not in str(back.headers)
    upstream.seen.clear()
    gateway.chat("hello")
    assert "cookie" not in upstream.seen[0].raw.casefold()


def test_the_environment_leads_nothing_elsewhere(
    upstream: ThrowawayUpstream,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login x password {MARKER}\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    upstream.seen.clear()
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url, key=None) as gateway:
        assert gateway.chat("hello").status_code == 200
    assert MARKER not in upstream.seen[0].raw
    assert "authorization" not in dict(upstream.seen[0].headers)


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/messages"])
@pytest.mark.parametrize("stream", [False, True])
def test_real_values_never_arrive(
    gateway: Gateway, upstream: ThrowawayUpstream, path: str, stream: bool
) -> None:
    upstream.seen.clear()
    said = {**chat_body(stream=stream, max_tokens=9), "user": "Jessica Kowalski"}
    back = gateway.client.post(path, json=said)
    assert back.status_code == 200
    assert all(value in back.text for value in VALUES) or stream
    for value in VALUES:
        assert value.casefold() not in upstream.seen[0].raw.casefold(), value


def test_certificates_are_verified(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = _certificate(folder)
    options = {"ssl_certfile": str(certificate), "ssl_keyfile": str(key)}
    with throwaway_upstream(**options) as upstream, running_gateway(folder, upstream.url) as gateway:
        back = gateway.chat("hello")
        assert back.status_code == 400
        assert back.json()["error"]["code"] == "upstream_not_trusted"
        assert upstream.seen == []


def test_an_authority_that_is_trusted_is_enough(tmp_path_factory: pytest.TempPathFactory) -> None:
    import ssl

    folder = tmp_path_factory.mktemp("tls")
    certificate, key = _certificate(folder)
    options = {"ssl_certfile": str(certificate), "ssl_keyfile": str(key)}
    tls = ssl.create_default_context(cafile=str(certificate))
    with throwaway_upstream(**options) as upstream, running_gateway(folder, upstream.url, tls=tls) as gateway:
        assert gateway.chat("hello").status_code == 200


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody vouches for."""
    import datetime
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "throwaway upstream")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(pem)
    return folder / "cert.pem", folder / "key.pem"


def test_no_address_of_an_upstream_can_be_changed_by_a_request(
    gateway: Gateway, upstream: ThrowawayUpstream
) -> None:
    with throwaway_upstream() as other:
        host = other.url.split("/")[2]
        rows = [
            {"x-forwarded-host": host},
            {"x-original-url": other.url},
            {"x-upstream": other.url},
            {"base-url": other.url},
        ]
        for headers in rows:
            gateway.client.post("/v1/chat/completions", json=chat_body("hello"), headers=headers)
        gateway.client.post("/v1/chat/completions", json={**chat_body("hello"), "base_url": other.url})
        gateway.client.post(f"/v1/chat/completions?upstream={other.url}", json=chat_body("hello"))
        with pytest.raises(httpx2.HTTPStatusError):
            gateway.client.get(f"/v1/models/@{host}").raise_for_status()
        assert other.seen == []
