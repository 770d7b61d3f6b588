"""Replies as no framework sends them, byte by byte: an end that clients understand, nothing smuggled."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from tests.gateway.app.running import FAST, Gateway, running_gateway
from tests.gateway.shapes import events, whole

CHAT = "/v1/chat/completions"
REPLY = json.dumps(whole(CHAT, "hello")).encode()
OK = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
CLOSE = b"connection: close\r\n\r\n"
SAID = events(CHAT, "hello there")
OLD = b"HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"


@contextmanager
def answering(reply: bytes) -> Iterator[str]:
    """The URL of an upstream that answers one request with these very bytes and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            link, _ = listener.accept()
            with link, suppress(OSError):
                while b"messages" not in link.recv(65536):
                    pass
                link.sendall(reply)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        thread.join(5)


@pytest.fixture
def gateway(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("home")
    with answering(request.param) as url, running_gateway(folder, url, limits=FAST) as made:
        yield made


REPLIES = [
    # What comes, the status and a word that the client gets, why.
    (OK + CLOSE + REPLY, 200, "hello", "a reply whose end the connection tells"),
    (b"HTTP/1.1 100 Continue\r\n\r\n" * 20 + OK + CLOSE + REPLY, 200, "hello", "interim answers"),
    (
        b"HTTP/1.1 103 Early Hints\r\nlink: <https://e.example>\r\n\r\n" + OK + CLOSE + REPLY,
        200,
        "hello",
        "hints",
    ),
    (OK + "x-request-id: é—ü\r\n".encode() + CLOSE + REPLY, 200, "hello", "a header that is no ASCII"),
    (OK + b"x-request-id: a\rset-cookie: b\r\n" + CLOSE + REPLY, 400, "broke_off", "a line within a header"),
    (b"HTTP/1.1 799 Odd\r\n" + CLOSE + b"{}", 400, "garbled", "a status that there is not"),
    (b"HTTP/1.1 204 No Content\r\n\r\n", 400, "garbled", "no content"),
    (b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\nabc", 400, "broke_off", "another protocol"),
    (b"HTTP/1.1 200 OK\r\nx: " + b"a" * 300_000 + b"\r\n\r\n", 400, "broke_off", "a header without end"),
    (b"SSH-2.0-server\r\n", 400, "broke_off", "no HTTP at all"),
    (b"", 400, "broke_off", "nothing"),
]


@pytest.mark.parametrize(("gateway", "status", "word", "reason"), REPLIES, indirect=["gateway"])
@pytest.mark.parametrize("stream", [False, True])
def test_odd_replies(gateway: Gateway, status: int, word: str, reason: str, stream: bool) -> None:
    back = gateway.chat("hi", stream=stream)
    assert back.status_code == status, reason
    assert word in back.text, reason
    assert not {"set-cookie", "link", "upgrade"} & set(back.headers), reason


@pytest.mark.parametrize(
    ("gateway", "has_error", "reason"),
    [
        (OLD + b"".join(SAID), False, "[DONE] tells that it is an end"),
        (OLD + b"".join(SAID[:3]), True, "nothing tells: it may have died"),
        (OLD + b"".join(SAID[:-1]), False, "a reason to finish tells"),
    ],
    indirect=["gateway"],
)
def test_an_end_that_only_the_connection_tells_may_be_a_death(
    gateway: Gateway, has_error: bool, reason: str
) -> None:
    """As servers of HTTP/1.0 answer."""
    back = gateway.chat("hi", stream=True)
    assert ("broke off" in back.text) == has_error, reason
    assert back.text.endswith("data: [DONE]\n\n"), reason
