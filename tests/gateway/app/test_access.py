"""Who may talk to the API: over real sockets, with what browsers and strangers send."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.gateway.app.running import KEY, TOKEN, Gateway, chat_body, raw_exchange, running_gateway
from tests.gateway.upstreams import ThrowawayUpstream, throwaway_upstream

from discretion.gateway._access import Access, AccessNotUsable, checked_origin, own_hosts

PAGE = "https://janitorai.com"


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThrowawayUpstream]:
    with throwaway_upstream() as made:
        yield made


@pytest.fixture(scope="module")
def gateway(upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("home")
    with running_gateway(folder, upstream.url, hosts=("pi.home.arpa",), origins=(PAGE,)) as made:
        yield made


def _get(gateway: Gateway, headers: dict[str, str], path: str = "/v1/models", method: str = "GET") -> bytes:
    sent = {"Host": f"127.0.0.1:{gateway.port}", "Authorization": f"Bearer {TOKEN}", "Connection": "close"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in {**sent, **headers}.items() if value)
    return raw_exchange(gateway.port, f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode())


@pytest.mark.parametrize(
    ("headers", "status", "why"),
    [
        ({}, 200, "the client's own token"),
        ({"Authorization": "", "X-Api-Key": TOKEN}, 200, "as Anthropic's clients send it"),
        ({"Authorization": f"bearer  {TOKEN} "}, 200, "any case, any blanks"),
        ({"Authorization": "Bearer no", "X-Api-Key": TOKEN}, 200, "one of two"),
        ({"Authorization": ""}, 401, "none"),
        ({"Authorization": "Bearer"}, 401, "an empty one"),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401, "a longer one"),
        ({"Authorization": f"Bearer {TOKEN[:-1]}"}, 401, "a shorter one"),
        ({"Authorization": f"Basic {TOKEN}"}, 401, "another scheme"),
        ({"Authorization": TOKEN}, 401, "without a scheme"),
        ({"Authorization": f"Bearer {KEY}"}, 401, "the upstream's key is not ours"),
        ({"Authorization": "Bearer \xe9\xff"}, 401, "what is no ASCII"),
        ({"Host": "localhost:{port}"}, 200, "another name of this machine"),
        ({"Host": "LOCALHOST:{port}"}, 200, "in any case"),
        ({"Host": "[::1]:{port}"}, 200, "by the other family"),
        ({"Host": "pi.home.arpa:{port}"}, 200, "a name that was allowed"),
        ({"Host": "rebound.example:{port}"}, 403, "DNS rebinding: a name that points here"),
        ({"Host": "127.0.0.1"}, 403, "another port"),
        ({"Host": "127.0.0.1:{port}.evil.example"}, 403, "one that begins like ours"),
        ({"Host": "evil.pi.home.arpa:{port}"}, 403, "one that ends like ours"),
        ({"Host": "0.0.0.0:{port}"}, 403, "a way around older browsers' checks"),
        ({"Origin": PAGE}, 200, "a page that was allowed"),
        ({"Origin": PAGE, "Sec-Fetch-Site": "cross-site"}, 200, "the same, as browsers say it"),
        ({"Origin": "https://evil.example"}, 403, "a simple GET from a foreign page is still a request"),
        ({"Origin": "null"}, 403, "a sandboxed frame"),
        ({"Origin": f"{PAGE}.evil.example"}, 403, "a page whose name begins like the allowed one"),
        ({"Origin": "http://127.0.0.1:{port}"}, 403, "no page of ours is there"),
        ({"Sec-Fetch-Site": "cross-site"}, 403, "an image or a form of a foreign page names no origin"),
        ({"Sec-Fetch-Site": "same-site"}, 403, "another port of this machine"),
        ({"Sec-Fetch-Site": "none"}, 200, "typed into the address bar"),
        ({"Sec-Fetch-Site": "same-origin"}, 200, "the page itself"),
        ({"Origin": PAGE, "Authorization": ""}, 401, "an allowed page without the token"),
        ({"Origin": "https://evil.example", "Authorization": ""}, 403, "the page is looked at first"),
    ],
)  # fmt: skip
def test_who_gets_in(gateway: Gateway, headers: dict[str, str], status: int, why: str) -> None:
    told = {name: value.replace("{port}", str(gateway.port)) for name, value in headers.items()}
    back = _get(gateway, told)
    assert back.startswith(f"HTTP/1.1 {status} ".encode()), why
    if status in (401, 403):
        assert b'"error"' in back
        assert TOKEN.encode() not in back


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\nX-Api-Key: TOKEN\r\n\r\n",
        b"GET /v1/models HTTP/1.1\r\nX-Api-Key: TOKEN\r\n\r\n",
        b"GET /v1/models HTTP/1.0\r\nX-Api-Key: TOKEN\r\n\r\n",
        b"GET http://evil.example/v1/models HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Api-Key: TOKEN\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Api-Key: TOKEN\r\n\r\n",
        b"GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Api-Key: TOKEN\r\nConnection: Upgrade\r\n"
        b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        b"\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Api-Key: TOKEN\r\n\r\n",
        b"GET //evil.example/v1/models HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Api-Key: TOKEN\r\n\r\n",
        b"GET /v1/../v1/models HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Api-Key: TOKEN\r\n\r\n",
        b"GET /v1/%6dodels HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Api-Key: TOKEN\r\n\r\n",
        b"GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: PAGE\r\nOrigin: https://e.example\r\n"
        b"X-Api-Key: TOKEN\r\n\r\n",
        b"POST /v1/models HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Api-Key: TOKEN\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_requests_that_no_client_sends_reach_nobody(
    gateway: Gateway, upstream: ThrowawayUpstream, raw: bytes
) -> None:
    before = len(upstream.seen)
    filled = raw.replace(b"PORT", str(gateway.port).encode()).replace(b"TOKEN", TOKEN.encode())
    back = raw_exchange(gateway.port, filled.replace(b"PAGE", PAGE.encode()), seconds=0.3)
    assert back[9:12] in (b"400", b"403", b"404", b"405"), back
    assert len(upstream.seen) == before


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/v1/models", 200, None),
        ("GET", "/models", 200, None),
        ("GET", "//v1//models/", 200, None),
        ("GET", "/health", 200, None),
        ("GET", "/v1/health/", 200, None),
        ("HEAD", "/v1/models", 405, "GET"),
        ("DELETE", "/v1/models", 405, "GET"),
        ("GET", "/v1/chat/completions", 405, "POST"),
        ("OPTIONS", "/v1/chat/completions", 405, "POST"),
        ("PUT", "/v1/messages", 405, "POST"),
        ("GET", "/", 404, None),
        ("GET", "/v1", 404, None),
        ("POST", "/v1/embeddings", 404, None),
        ("POST", "/v1/audio/transcriptions", 404, None),
        ("POST", "/v1/messages/count_tokens", 404, None),
        ("GET", "/v1/models/echo", 404, None),
        ("GET", "/docs", 404, None),
        ("GET", "/state", 404, None),
    ],
)
def test_paths_and_methods(
    gateway: Gateway, upstream: ThrowawayUpstream, method: str, path: str, status: int, allow: str | None
) -> None:
    before = len(upstream.seen)
    back = gateway.client.request(method, f"{gateway.url}{path}")
    assert back.status_code == status
    assert back.headers.get("allow") == allow
    if status >= 400:
        assert len(upstream.seen) == before
        if method != "HEAD":
            assert back.json()["error"]["message"]


def test_health_says_nothing_to_strangers(gateway: Gateway) -> None:
    assert gateway.client.get("/health").json() == {"status": "ok"}
    assert _get(gateway, {"Authorization": ""}, "/health").startswith(b"HTTP/1.1 401 ")


def _preflight(gateway: Gateway, origin: str, **asked: str) -> bytes:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type",
        "Access-Control-Request-Private-Network": "true",
        "Authorization": "",
        **asked,
    }
    return _get(gateway, headers, "/v1/chat/completions", "OPTIONS").lower()


def test_a_page_that_is_allowed_gets_its_preflight_also_into_the_private_network(gateway: Gateway) -> None:
    back = _preflight(gateway, PAGE)
    assert back.startswith(b"http/1.1 200 ")
    assert f"access-control-allow-origin: {PAGE}".encode() in back
    assert b"access-control-allow-private-network: true" in back
    assert b"authorization" in back
    assert b"*" not in back


def test_a_page_that_is_not_allowed_gets_none(gateway: Gateway) -> None:
    for origin in ("https://evil.example", "null", f"{PAGE}/", f"http{PAGE[5:]}"):
        back = _preflight(gateway, origin)
        assert back.startswith(b"http/1.1 403 "), origin
        assert b"access-control-allow-origin" not in back


def test_an_allowed_page_reads_replies_and_refusals(gateway: Gateway) -> None:
    for said in (chat_body(), {"model": "echo"}):
        headers = {"origin": PAGE, "sec-fetch-site": "cross-site"}
        back = gateway.client.post("/v1/chat/completions", json=said, headers=headers)
        assert back.headers["access-control-allow-origin"] == PAGE
        assert "access-control-allow-credentials" not in back.headers


def test_refusals_have_the_shape_of_the_api_that_was_called(gateway: Gateway) -> None:
    for path, kind in (("/v1/messages", dict), ("/v1/chat/completions", dict)):
        back = gateway.client.post(path, headers={"authorization": "Bearer wrong"})
        assert back.status_code == 401
        document = back.json()
        assert isinstance(document["error"], kind)
        assert (document.get("type") == "error") is (path == "/v1/messages")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("gateway.home.arpa", True),
        ("Gateway.Home.Arpa:8080", True),
        ("192.168.1.5", True),
        ("[fd00::1]", True),
        ("", False),
        ("*", False),
        ("*.example", False),
        ("a b", False),
        ("user@host", False),
        ("http://host", False),
        ("host/path", False),
        ("host:port", False),
        ("höst", False),
    ],
)
def test_host_names_to_allow(name: str, is_one: bool) -> None:
    if is_one:
        assert all(":" in host and host == host.lower() for host in own_hosts(7411, names=(name,)))
    else:
        with pytest.raises(AccessNotUsable):
            own_hosts(7411, names=(name,))


@pytest.mark.parametrize(
    ("origin", "taken"),
    [
        ("https://JanitorAI.com", "https://janitorai.com"),
        ("https://janitorai.com/", "https://janitorai.com"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("tauri://localhost", "tauri://localhost"),
        ("https://janitorai.com/chat", None),
        ("janitorai.com", None),
        ("null", None),
        ("*", None),
        ("https://*.example", None),
        ("https://user@host.example", None),
        ("", None),
    ],
)
def test_origins_to_allow(origin: str, taken: str | None) -> None:
    if taken:
        assert checked_origin(origin) == taken
    else:
        with pytest.raises(AccessNotUsable):
            checked_origin(origin)


def test_there_is_no_gateway_without_a_token() -> None:
    with pytest.raises(ValueError, match="token"):
        Access("", frozenset())
    assert TOKEN not in repr(Access(TOKEN, frozenset()))
