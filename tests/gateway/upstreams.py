"""A throwaway upstream on loopback that behaves as badly as a request's ``model`` asks for.

It keeps every byte that arrived, so that a test can say what a provider would have received. ``model``
names the behaviour, as in ``"dies"``; every other name echoes the last message.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import threading
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from tests.gateway.shapes import events, last_words, named, response, whole

SSE = "text/event-stream"


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def document(self) -> Any:
        return json.loads(self.body)

    @property
    def raw(self) -> str:
        """Everything that arrived, as one text to look for something in."""
        lines = "".join(f"{name}: {value}\n" for name, value in self.headers)
        return f"{self.method} {self.path}?{self.query}\n{lines}{self.body.decode('utf-8', 'replace')}"


@dataclass
class ThrowawayUpstream:
    """What the upstream saw, and how its clients left."""

    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    """When a client hung up in the middle of a reply, by ``time.perf_counter``."""

    def wait_for_leaving(self, count: int = 1, seconds: float = 3.0) -> float:
        """When the last of ``count`` clients hung up; fails if it does not happen in time."""
        until = time.perf_counter() + seconds
        while len(self.left) < count:
            assert time.perf_counter() < until, "nobody hung up"
            time.sleep(0.005)
        return self.left[count - 1]


class _Behaviour:
    """What one request gets."""

    def __init__(self, upstream: ThrowawayUpstream, request: Request, document: dict[str, Any]) -> None:
        self.upstream, self.request, self.document = upstream, request, document
        self.path = request.url.path
        self.text = f"You said: {last_words(document)}"
        self.is_stream = bool(document.get("stream"))

    def answer(self) -> Response:
        name = str(self.document.get("model", "")).replace("-", "_")
        made: Callable[[], Response] = getattr(self, f"as_{name}", self.as_echo)
        return made()

    def stream(self, *, cut: int | None = None, then: str = "", pause: float = 0.0) -> StreamingResponse:
        """The events up to ``cut``, then a death ("dies") or nothing for ever ("hangs")."""

        async def coming() -> AsyncIterator[bytes]:
            try:
                for event in events(self.path, self.text)[:cut]:
                    yield event
                    await asyncio.sleep(pause)
                if then == "dies":
                    raise ConnectionResetError
                if then == "hangs":
                    await asyncio.sleep(3600)
            except (asyncio.CancelledError, ClientDisconnect):
                self.upstream.left.append(time.perf_counter())
                raise

        return StreamingResponse(coming(), media_type=SSE)

    def bytes_of_stream(self) -> bytes:
        return b"".join(events(self.path, self.text))

    def as_echo(self) -> Response:
        return self.stream() if self.is_stream else JSONResponse(whole(self.path, self.text))

    def as_tools(self) -> Response:
        """A call of a tool with the last words in its arguments, as JSON source in pieces."""
        arguments = json.dumps({"note": last_words(self.document)})
        if self.path.endswith("/messages"):
            return self._anthropic_tools(arguments)
        call = {"id": "call_1", "type": "function", "function": {"name": "remember", "arguments": arguments}}
        if not self.is_stream:
            said = whole(self.path, "")
            said["choices"][0]["message"] = {"role": "assistant", "content": None, "tool_calls": [call]}
            return JSONResponse(said)
        first = {**call, "index": 0, "function": {"name": "remember", "arguments": ""}}
        calls: list[dict[str, Any]] = [first]
        calls += [
            {"index": 0, "function": {"arguments": arguments[at : at + 3]}}
            for at in range(0, len(arguments), 3)
        ]
        head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "echo"}
        deltas: list[dict[str, Any]] = [
            {"delta": {"role": "assistant", "tool_calls": [one]}, "finish_reason": None} for one in calls
        ]
        deltas.append({"delta": {}, "finish_reason": "tool_calls"})
        made = [{**head, "choices": [{"index": 0, **one}]} for one in deltas]
        raw = b"".join(b"data: " + json.dumps(one).encode() + b"\n\n" for one in made)
        return Response(raw + b"data: [DONE]\n\n", media_type=SSE)

    def _anthropic_tools(self, arguments: str) -> Response:
        said = whole("/messages", "")
        block = {"type": "tool_use", "id": "toolu_1", "name": "remember", "input": json.loads(arguments)}
        if not self.is_stream:
            return JSONResponse({**said, "content": [block], "stop_reason": "tool_use"})
        pieces = [arguments[at : at + 3] for at in range(0, len(arguments), 3)]
        made = [
            named("message_start", message={**said, "content": [], "stop_reason": None}),
            named("content_block_start", index=0, content_block={**block, "input": {}}),
            *(
                named("content_block_delta", index=0, delta={"type": "input_json_delta", "partial_json": one})
                for one in pieces
            ),
            named("content_block_stop", index=0),
            named("message_delta", delta={"stop_reason": "tool_use"}, usage={"output_tokens": 7}),
            named("message_stop"),
        ]
        return Response(b"".join(made), media_type=SSE)

    def as_slow(self) -> Response:
        return self.stream(pause=0.02)

    def as_dies(self) -> Response:
        if self.is_stream:
            return self.stream(cut=4, then="dies")
        said = json.dumps(whole(self.path, self.text)).encode()
        return Response(said[:20], headers={"content-length": str(len(said))}, media_type="application/json")

    def as_hangs_mid(self) -> Response:
        return self.stream(cut=4, then="hangs")

    def as_no_end(self) -> Response:
        return self.stream(cut=4)

    def as_error_inside(self) -> Response:
        """Some of a reply, then the API's event for an error."""
        end = b'data: {"error":{"message":"overloaded","type":"server_error"}}\n\n'
        if self.path.endswith("/messages"):
            end = named("error", error={"type": "overloaded_error", "message": "overloaded"})
        if self.path.endswith("/responses"):
            failed = {**response("failed", []), "error": {"code": "server_error", "message": "overloaded"}}
            end = named("response.failed", sequence_number=4, response=failed)
        return Response(b"".join(events(self.path, self.text)[:4]) + end, media_type=SSE)

    def as_bomb(self) -> Response:
        """Nothing, packed: a thousand times as long as it came."""
        return self._packed(b"\0")

    def as_bomb_of_lines(self) -> Response:
        return self._packed(b"\n")

    def _packed(self, byte: bytes) -> Response:
        packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        packed = b"".join(packer.compress(byte * (1 << 20)) for _ in range(32)) + packer.flush()
        media_type = SSE if self.is_stream else "application/json"
        return Response(packed, headers={"content-encoding": "gzip"}, media_type=media_type)

    def as_deflate(self) -> Response:
        return self._deflated(zlib.MAX_WBITS)

    def as_raw_deflate(self) -> Response:
        return self._deflated(-zlib.MAX_WBITS)

    def _deflated(self, bits: int) -> Response:
        raw = self.bytes_of_stream() if self.is_stream else json.dumps(whole(self.path, self.text)).encode()
        packer = zlib.compressobj(wbits=bits)
        packed = packer.compress(raw) + packer.flush()
        media_type = SSE if self.is_stream else "application/json"
        return Response(packed, headers={"content-encoding": "deflate"}, media_type=media_type)

    def as_garbage(self) -> Response:
        media_type = SSE if self.is_stream else "application/json"
        return Response(b"\x00\xff\xfe{not json\x80" * 40, media_type=media_type)

    def as_bad_events(self) -> Response:
        return Response(b"data: {not json\n\ndata: [1,2\n\ndata: [DONE]\n\n", media_type=SSE)

    def as_page(self) -> Response:
        return Response("<html><h1>It works!</h1></html>", media_type="text/html")

    def as_empty(self) -> Response:
        return Response(b"", media_type=SSE if self.is_stream else "application/json")

    def as_500(self) -> Response:
        error = {"error": {"message": f"no model for {self.text}", "type": "server_error", "code": None}}
        return JSONResponse(error, 500, headers={"x-request-id": "req-7", "set-cookie": "a=b"})

    def as_502_page(self) -> Response:
        return Response("<html>Bad gateway, said the proxy</html>", 502, media_type="text/html")

    def as_429(self) -> Response:
        error = {"error": {"message": "slow down", "type": "rate_limit", "code": "rate_limited"}}
        return JSONResponse(error, 429, headers={"retry-after": "3", "x-ratelimit-remaining-requests": "0"})

    def as_401(self) -> Response:
        error = {"error": {"message": "no such key", "type": "invalid_request_error", "code": "key"}}
        return JSONResponse(error, 401)

    def as_one_byte(self) -> Response:
        return StreamingResponse(_bytes_of(self.bytes_of_stream()), media_type=SSE)

    def as_bad_utf8(self) -> Response:
        raw = self.bytes_of_stream().replace(b"said", b"sai\xc3\x28\xf0\x9fd \xed\xa0\x80")
        return StreamingResponse(_bytes_of(raw, 3), media_type=SSE)

    def as_gzip(self) -> Response:
        raw = self.bytes_of_stream() if self.is_stream else json.dumps(whole(self.path, self.text)).encode()
        media_type = SSE if self.is_stream else "application/json"
        return Response(gzip.compress(raw), headers={"content-encoding": "gzip"}, media_type=media_type)

    def as_cut_gzip(self) -> Response:
        packed = gzip.compress(self.bytes_of_stream())
        half = packed[: len(packed) // 2]
        return Response(half, headers={"content-encoding": "gzip"}, media_type=SSE)

    def as_unknown_encoding(self) -> Response:
        return Response(b"\x0b\x02", headers={"content-encoding": "br"}, media_type=SSE)

    def as_redirects(self) -> Response:
        return Response(status_code=307, headers={"location": f"{self.upstream.url}/elsewhere"})

    def as_json_for_stream(self) -> Response:
        return JSONResponse(whole(self.path, self.text))

    def as_stream_for_json(self) -> Response:
        return self.stream()

    def as_plain_type(self) -> Response:
        return Response(self.bytes_of_stream(), media_type="text/plain")

    def as_comments(self) -> Response:
        return Response(b": still thinking\n\n" * 5 + self.bytes_of_stream(), media_type=SSE)

    def as_cookies(self) -> Response:
        headers = {"set-cookie": "session=upstream-cookie; Path=/", "server": "upstream-name"}
        return JSONResponse(whole(self.path, self.text), headers=headers)

    def as_endless(self) -> Response:
        piece = events(self.path, "word" * 400, 1600)[1]

        async def coming() -> AsyncIterator[bytes]:
            try:
                while True:
                    yield piece
                    await asyncio.sleep(0)
            except (asyncio.CancelledError, ClientDisconnect):
                self.upstream.left.append(time.perf_counter())
                raise

        return StreamingResponse(coming(), media_type=SSE)


async def _bytes_of(raw: bytes, size: int = 1) -> AsyncIterator[bytes]:
    for at in range(0, len(raw), size):
        yield raw[at : at + size]
        await asyncio.sleep(0)


async def _take(request: Request) -> Response:
    upstream: ThrowawayUpstream = request.app.state.upstream
    body = await request.body()
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw)
    upstream.seen.append(Seen(request.method, request.url.path, request.url.query, headers, body))
    if request.method == "GET":
        return JSONResponse({"object": "list", "data": [{"id": "echo", "object": "model", "owned_by": "x"}]})
    document = json.loads(body)
    if document.get("model") == "hangs":
        message = await request.receive()
        assert message["type"] == "http.disconnect"
        upstream.left.append(time.perf_counter())
    return _Behaviour(upstream, request, document).answer()


@contextmanager
def throwaway_upstream(**options: Any) -> Iterator[ThrowawayUpstream]:
    """An upstream on a free port of loopback; ``options`` go to uvicorn (a certificate, for instance)."""
    upstream = ThrowawayUpstream()
    app = Starlette(routes=[Route("/{path:path}", _take, methods=["GET", "POST"])])
    app.state.upstream = upstream
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # or no TCP_NODELAY
    listener.bind(("127.0.0.1", 0))
    listener.listen(256)
    scheme = "https" if "ssl_certfile" in options else "http"
    upstream.url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/v1"
    config = uvicorn.Config(
        app, log_config=None, log_level=100, access_log=False, timeout_graceful_shutdown=0, **options
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        yield upstream
    finally:
        server.should_exit = True
        thread.join(5)
