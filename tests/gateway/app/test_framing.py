"""Where a request begins and ends: nothing is taken for two requests by one side and for one by the other."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.gateway.app.running import TOKEN, Gateway, chat_body, raw_exchange, running_gateway
from tests.gateway.upstreams import ThrowawayUpstream, throwaway_upstream

BODY = json.dumps(chat_body()).encode()
LENGTH = f"Content-Length: {len(BODY)}"
CHUNKED = "Transfer-Encoding: chunked"


def chunks(body: bytes, size: int = 10_000) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThrowawayUpstream]:
    with throwaway_upstream() as made:
        yield made


@pytest.fixture(scope="module")
def gateway(upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url) as made:
        yield made


def _head(gateway: Gateway, *more: str) -> bytes:
    host = f"Host: 127.0.0.1:{gateway.port}"
    lines = ["POST /v1/chat/completions HTTP/1.1", host, f"X-Api-Key: {TOKEN}", "Connection: close", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


FRAMES: list[tuple[tuple[str, ...], bytes, int, str]] = [
    # headers, what follows them, how many requests reach the upstream, why
    ((LENGTH,), BODY, 1, "as clients send it"),
    ((CHUNKED,), chunks(BODY), 1, "in chunks"),
    ((CHUNKED,), chunks(BODY, 1), 1, "in chunks of a byte"),
    ((CHUNKED, LENGTH), chunks(BODY), 1, "both: chunks count (RFC 9112, 6.3)"),
    (
        (CHUNKED, "Content-Length: 5"),
        b"0\r\n\r\n" + BODY,
        0,
        "both: what is behind the last chunk is no body",
    ),
    ((LENGTH, "Content-Length: 5"), BODY, 0, "two lengths"),
    ((f"Content-Length: +{len(BODY)}",), BODY, 0, "a sign"),
    (("Content-Length: -1",), BODY, 0, "less than nothing"),
    (("Transfer-Encoding: xchunked",), chunks(BODY), 0, "a coding that nobody knows"),
    (("Transfer-Encoding: chunked, identity",), chunks(BODY), 0, "chunks within another coding"),
    (("Transfer-Encoding : chunked",), chunks(BODY), 0, "a blank before the colon"),
    (
        (CHUNKED, "Trailer: x-k"),
        chunks(BODY)[:-2] + b"X-K: Kowalski\r\nHost: e.example\r\n\r\n",
        1,
        "trailers",
    ),
    ((CHUNKED,), b"%x;k=Kowalski\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), 1, "an extension of a chunk"),
    ((LENGTH, "X-A: b\r\n Kowalski"), BODY, 1, "a folded line"),
    ((LENGTH, "X-A: \0"), BODY, 0, "a null"),
    (
        (LENGTH, "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQ"),
        BODY,
        1,
        "another protocol is offered: not taken",
    ),
    ((LENGTH, "Content-Type: multipart/form-data; boundary=Kowalski"), BODY, 1, "the type is not looked at"),
    ((LENGTH, "Content-Encoding: gzip"), BODY, 1, "nothing is unpacked; what is read is what leaves"),
    (("Content-Length: 9", "Content-Type: application/x-www-form-urlencoded"), b"messages=", 0, "a form"),
]


@pytest.mark.parametrize(("headers", "sent", "count", "reason"), FRAMES)
def test_one_request_is_one(
    gateway: Gateway,
    upstream: ThrowawayUpstream,
    headers: tuple[str, ...],
    sent: bytes,
    count: int,
    reason: str,
) -> None:
    upstream.seen.clear()
    back = raw_exchange(gateway.port, _head(gateway, *headers) + sent, seconds=1)
    assert back.count(b"HTTP/1.1 ") == 1, reason
    assert back.startswith(b"HTTP/1.1 200 " if count else b"HTTP/1.1 400 "), reason
    assert len(upstream.seen) == count, reason
    for seen in upstream.seen:
        assert "kowalski" not in seen.raw.casefold(), reason
        assert seen.document.keys() == {"model", "messages"}, reason


@pytest.mark.parametrize("where", ["query", "cookie", "path", "basic"])
def test_a_token_is_taken_from_its_headers_alone(
    gateway: Gateway, upstream: ThrowawayUpstream, where: str
) -> None:
    upstream.seen.clear()
    path = {"query": f"/v1/models?token={TOKEN}&key={TOKEN}", "path": f"/{TOKEN}/v1/models"}
    more = {"cookie": f"Cookie: token={TOKEN}", "basic": f"Proxy-Authorization: Bearer {TOKEN}"}
    lines = [
        f"GET {path.get(where, '/v1/models')} HTTP/1.1",
        f"Host: 127.0.0.1:{gateway.port}",
        "Connection: close",
        *([more[where]] if where in more else []),
    ]
    back = raw_exchange(gateway.port, ("\r\n".join(lines) + "\r\n\r\n").encode())
    assert back.startswith(b"HTTP/1.1 401 ")
    assert upstream.seen == []
