"""What upstreams and clients do wrong: always an end that the client understands, over real sockets."""

from __future__ import annotations

import json
import socket
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from tests.gateway.app.running import (
    FAST,
    HELLO,
    TOKEN,
    VALUES,
    Gateway,
    a_gatekeeper,
    chat_body,
    eventually,
    raw_exchange,
    running_gateway,
)
from tests.gateway.upstreams import ThrowawayUpstream, throwaway_upstream

STREAMS = ("/v1/chat/completions", "/v1/completions", "/v1/messages", "/v1/responses")


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThrowawayUpstream]:
    with throwaway_upstream() as made:
        yield made


@pytest.fixture(scope="module")
def gateway(upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url, limits=FAST) as made:
        yield made


def body_for(path: str, model: str, *, stream: bool, text: str = HELLO) -> dict[str, Any]:
    """The same message for each of the APIs."""
    if path.endswith("/completions") and "chat" not in path:
        return {"model": model, "prompt": text, "stream": stream}
    if path.endswith("/responses"):
        return {"model": model, "input": text, "stream": stream}
    return {**chat_body(text, model), "stream": stream, "max_tokens": 100}


def streamed_text(raw: str) -> str:
    """The text of a stream of any of the APIs, its pieces joined."""
    told = []
    for line in raw.splitlines():
        if line.startswith("data: {"):
            document = json.loads(line[6:])
            delta = document.get("delta")
            for choice in document.get("choices", []):
                told.append(choice.get("text") or choice.get("delta", {}).get("content") or "")
            if isinstance(delta, dict):
                told.append(delta.get("text", ""))
            elif isinstance(delta, str):
                told.append(delta)
    return "".join(told)


def errors_in(raw: str) -> list[Any]:
    """The errors that a stream tells of."""
    documents = [json.loads(line[6:]) for line in raw.splitlines() if line.startswith("data: {")]
    found = [one["error"] for one in documents if one.get("error")]
    found += [one["response"]["error"] for one in documents if one.get("type") == "response.failed"]
    return found + [one for one in documents if one.get("type") == "error" and "message" in one]


@pytest.mark.parametrize("path", STREAMS)
@pytest.mark.parametrize("model", ["echo", "one-byte", "gzip", "plain-type", "comments", "bad-utf8"])
def test_what_an_upstream_may_do_comes_back_restored(gateway: Gateway, path: str, model: str) -> None:
    back = gateway.client.post(path, json=body_for(path, model, stream=True))
    assert back.status_code == 200
    assert back.headers["content-type"].startswith("text/event-stream")
    told = streamed_text(back.text)
    assert HELLO in told, told
    assert errors_in(back.text) == []


@pytest.mark.parametrize("path", STREAMS)
@pytest.mark.parametrize("model", ["echo", "gzip", "cookies"])
def test_whole_replies_come_back_restored(gateway: Gateway, path: str, model: str) -> None:
    back = gateway.client.post(path, json=body_for(path, model, stream=False))
    assert back.status_code == 200
    assert HELLO in back.text
    assert int(back.headers["content-length"]) == len(back.content)


@pytest.mark.parametrize("path", STREAMS)
@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("dies", "broke off"),
        ("hangs-mid", "did not answer in time"),
        ("cut-gzip", "broke off"),
        ("endless", "longer than"),
        ("empty", "broke off"),
        ("garbage", "broke off"),
    ],
)
def test_a_stream_that_goes_wrong_ends_with_an_error(
    gateway: Gateway, path: str, model: str, words: str
) -> None:
    began = time.perf_counter()
    back = gateway.client.post(path, json=body_for(path, model, stream=True))
    assert back.status_code == 200
    (told,) = errors_in(back.text)
    assert words in told["message"]
    assert time.perf_counter() - began < 15


@pytest.mark.parametrize("path", STREAMS)
def test_an_orderly_end_without_the_api_s_own_is_one_where_the_api_has_no_event_for_it(
    gateway: Gateway, path: str
) -> None:
    back = gateway.client.post(path, json=body_for(path, "no-end", stream=True))
    if path.endswith("completions"):
        assert errors_in(back.text) == []
        assert back.text.endswith("}\n\ndata: [DONE]\n\n")
    else:
        assert "broke off" in errors_in(back.text)[0]["message"]


@pytest.mark.parametrize("path", STREAMS)
def test_a_reply_that_the_platform_calls_failed_counts_as_cut_off(
    upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    gatekeeper, told = a_gatekeeper(), list[bool]()
    replied = gatekeeper.replied

    def noting(*values: Any, is_whole: bool, **more: Any) -> None:
        told.append(is_whole)
        replied(*values, is_whole=is_whole, **more)

    gatekeeper.replied = noting  # type: ignore[method-assign]
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url, gatekeeper) as gateway:
        for model in ("error-inside", "echo"):
            back = gateway.client.post(path, json=body_for(path, model, stream=True))
            assert len(errors_in(back.text)) == (model == "error-inside")
            eventually(lambda: len(told) == 1 + (model == "echo"))  # noqa: B023
    assert told == [False, True]


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("model", ["bomb", "bomb-of-lines"])
def test_a_packed_reply_that_grows_too_long_fills_no_memory(
    upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory, model: str, stream: bool
) -> None:
    limits, folder = replace(FAST, reply_bytes=1 << 20, first_byte_s=5.0), tmp_path_factory.mktemp("home")
    with running_gateway(folder, upstream.url, limits=limits) as gateway:
        tracemalloc.start()
        back = gateway.chat(model=model, stream=stream)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert "longer than" in back.text
    assert most < 24 << 20


@pytest.mark.parametrize("model", ["deflate", "raw-deflate"])
def test_both_readings_of_deflate_are_unpacked(gateway: Gateway, model: str) -> None:
    for stream in (False, True):
        assert "Jessica" in gateway.chat(model=model, stream=stream).text


@pytest.mark.parametrize(
    ("model", "stream", "status", "code"),
    [
        ("dies", False, 400, "upstream_broke_off"),
        ("garbage", False, 400, "upstream_garbled"),
        ("page", False, 400, "upstream_garbled"),
        ("page", True, 400, "upstream_garbled"),
        ("empty", False, 400, "upstream_garbled"),
        ("hangs", False, 400, "upstream_silent"),
        ("hangs", True, 400, "upstream_silent"),
        ("redirects", False, 400, "upstream_redirects"),
        ("redirects", True, 400, "upstream_redirects"),
        ("unknown-encoding", True, 400, "upstream_garbled"),
        ("unknown-encoding", False, 400, "upstream_garbled"),
        ("stream-for-json", False, 400, "upstream_garbled"),
        ("502-page", False, 502, "upstream_error"),
        ("502-page", True, 502, "upstream_error"),
    ],
)
def test_a_request_without_a_reply_is_refused_in_shape(
    gateway: Gateway, model: str, stream: bool, status: int, code: str
) -> None:
    back = gateway.chat(model=model, stream=stream)
    assert back.status_code == status
    assert back.json()["error"]["code"] == code
    assert back.json()["error"]["message"].endswith(".")
    anthropic = gateway.client.post("/v1/messages", json=body_for("/v1/messages", model, stream=stream))
    assert anthropic.status_code == status
    assert anthropic.json()["type"] == "error"


@pytest.mark.parametrize("stream", [False, True])
def test_the_upstream_s_own_status_and_words_pass_and_its_headers_do_not(
    gateway: Gateway, stream: bool
) -> None:
    back = gateway.chat(model="500", stream=stream)
    assert back.status_code == 500
    assert HELLO in back.json()["error"]["message"]
    assert back.headers["x-request-id"] == "req-7"
    assert "set-cookie" not in back.headers
    limited = gateway.chat(model="429", stream=stream)
    assert limited.status_code == 429
    assert limited.headers["retry-after"] == "3"
    assert limited.headers["x-ratelimit-remaining-requests"] == "0"
    assert gateway.chat(model="401", stream=stream).json()["error"]["code"] == "key"


@pytest.mark.parametrize("path", STREAMS)
def test_events_that_are_no_json_end_like_others(gateway: Gateway, path: str) -> None:
    back = gateway.client.post(path, json=body_for(path, "bad-events", stream=True))
    assert back.status_code == 200
    assert back.text.endswith("data: [DONE]\n\n")


@pytest.mark.parametrize("path", STREAMS)
def test_json_where_a_stream_was_asked_for_becomes_one(gateway: Gateway, path: str) -> None:
    back = gateway.client.post(path, json=body_for(path, "json-for-stream", stream=True))
    assert back.status_code == 200
    assert back.headers["content-type"].startswith("text/event-stream")
    assert streamed_text(back.text) == f"You said: {HELLO}"
    assert errors_in(back.text) == []


def test_an_upstream_that_is_not_there_is_refused_in_shape(tmp_path_factory: pytest.TempPathFactory) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    folder = tmp_path_factory.mktemp("home")
    with running_gateway(folder, f"http://127.0.0.1:{port}/v1", limits=FAST) as gateway:
        for back in (gateway.chat(), gateway.client.get("/v1/models")):
            assert back.status_code == 400
            assert back.json()["error"]["code"] == "upstream_unreachable"
            assert str(port) not in back.text


def test_a_client_that_goes_away_ends_the_upstream_at_once(
    gateway: Gateway, upstream: ThrowawayUpstream
) -> None:
    upstream.left.clear()
    text = "a long story " * 40
    with gateway.client.stream(
        "POST", "/v1/chat/completions", json=chat_body(text, "slow", stream=True)
    ) as back:
        next(back.iter_bytes())
    gone = time.perf_counter()
    assert upstream.wait_for_leaving() - gone < 2


def test_a_client_that_goes_away_before_the_reply_ends_the_upstream(
    gateway: Gateway, upstream: ThrowawayUpstream
) -> None:
    upstream.left.clear()
    with pytest.raises(httpx2.ReadTimeout):
        gateway.client.post("/v1/chat/completions", json=chat_body(model="hangs"), timeout=0.2)
    upstream.wait_for_leaving()


def test_nothing_is_sent_for_a_client_that_went_away_during_the_review(
    upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory
) -> None:
    gatekeeper = a_gatekeeper()
    judge = gatekeeper.judge

    def slowly(request: Any) -> Any:
        time.sleep(0.4)
        return judge(request)

    gatekeeper.judge = slowly  # type: ignore[method-assign]
    upstream.seen.clear()
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url, gatekeeper) as gateway:
        with pytest.raises(httpx2.ReadTimeout):
            gateway.client.post("/v1/chat/completions", json=chat_body(), timeout=0.1)
        time.sleep(0.6)
        assert gateway.chat("hello").status_code == 200
    assert [seen.document["messages"][0]["content"] for seen in upstream.seen] == ["hello"]


def test_a_client_that_reads_nothing_does_not_hold_the_upstream(
    upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory
) -> None:
    limits, folder = replace(FAST, reply_bytes=1 << 30), tmp_path_factory.mktemp("home")
    with running_gateway(folder, upstream.url, limits=limits) as gateway, socket.socket() as link:
        upstream.left.clear()
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        link.connect(("127.0.0.1", gateway.port))
        raw = json.dumps(chat_body(model="endless", stream=True)).encode()
        link.sendall(_head(gateway, len(raw)) + raw)
        upstream.seen.clear()
        eventually(lambda: bool(upstream.seen))
        assert gateway.chat().status_code == 200
        upstream.wait_for_leaving()


def _head(gateway: Gateway, length: int, *more: str) -> bytes:
    lines = [
        "POST /v1/chat/completions HTTP/1.1",
        f"Host: 127.0.0.1:{gateway.port}",
        f"Authorization: Bearer {TOKEN}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_a_head_that_does_not_end_is_hung_up_on(gateway: Gateway) -> None:
    began = time.perf_counter()
    assert raw_exchange(gateway.port, b"POST /v1/chat/completions HTTP/1.1\r\nHost: 127") == b""
    assert raw_exchange(gateway.port, b"") == b""
    assert time.perf_counter() - began < 4


def test_a_second_head_on_a_kept_connection_may_not_dawdle_either(gateway: Gateway) -> None:
    first = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{gateway.port}\r\nX-Api-Key: {TOKEN}\r\n\r\n"
    began = time.perf_counter()
    back = raw_exchange(gateway.port, first.encode() + b"POST /v1/ch")
    assert back.count(b"HTTP/1.1") == 1
    assert time.perf_counter() - began < 4


def test_a_body_that_does_not_come_is_refused(gateway: Gateway) -> None:
    back = raw_exchange(gateway.port, _head(gateway, 5000) + b'{"model":', seconds=3)
    assert back.startswith(b"HTTP/1.1 400 ")
    assert b"too_slow" in back


def test_a_body_too_large_is_refused_and_its_rest_not_waited_for(
    gateway: Gateway, upstream: ThrowawayUpstream
) -> None:
    before = len(upstream.seen)
    back = gateway.chat("x" * 300_000)
    assert back.status_code == 413
    assert back.json()["error"]["code"] == "too_large"
    began = time.perf_counter()
    told = raw_exchange(gateway.port, _head(gateway, 10_000_000) + b"x" * 250_000)
    assert told.startswith(b"HTTP/1.1 413 ")
    assert time.perf_counter() - began < 4
    assert len(upstream.seen) == before


def test_a_head_too_large_is_refused(gateway: Gateway) -> None:
    head = b"GET /health HTTP/1.1\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"
    back = raw_exchange(gateway.port, head, seconds=1)
    assert back == b"" or back.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"model": "echo"}',
        b'{"model": "echo", "messages": "hi"}',
        b'{"model": "echo", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}',
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b"\xff\xfe\x00",
        b'{"model": "echo", "messages": [], "messages": [{"role": "user", "content": "hi"}]}',
    ],
)
def test_what_is_not_understood_is_refused_and_reaches_nobody(
    gateway: Gateway, upstream: ThrowawayUpstream, body: bytes
) -> None:
    before = len(upstream.seen)
    back = gateway.client.post("/v1/chat/completions", content=body)
    assert back.status_code == 400
    assert back.json()["error"]["code"] == "not_understood"
    assert len(upstream.seen) == before


def test_pipelined_requests_are_answered_in_order(gateway: Gateway) -> None:
    raw = json.dumps(chat_body()).encode()
    health = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{gateway.port}\r\nX-Api-Key: {TOKEN}\r\n"
    sent = _head(gateway, len(raw)) + raw + f"{health}Connection: close\r\n\r\n".encode()
    back = raw_exchange(gateway.port, sent)
    assert back.index(b"Jessica") < back.index(b'{"status":"ok"}')


def test_expect_continue_is_answered(gateway: Gateway) -> None:
    raw = json.dumps(chat_body()).encode()
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=3) as link:
        link.sendall(_head(gateway, len(raw), "Expect: 100-continue", "Connection: close"))
        assert link.recv(1000).startswith(b"HTTP/1.1 100 ")
        link.sendall(raw)
        back = b"".join(iter(lambda: link.recv(65536), b""))
    assert all(value.encode() in back for value in VALUES)
