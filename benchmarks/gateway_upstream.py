"""A throwaway model provider on loopback: answers from what it was sent, and keeps the bytes of it.

Runs as a process of its own (``python -m benchmarks.gateway_upstream``), prints its port, and ends with its
standard input. It needs nothing but the standard library, so that nothing of ours can flatter it. What it
answers is decided by the model's name, which every gateway passes on:

``echo``    the last message of the user, said back
``recall``  the first message of the user that is still in the history, said back
``shout``   the last message in capitals, each line as a possessive
``long``    the last message eight times, with story between
``tool``    a call of a tool with the arguments of the last tool call in the history

``GET /seen`` returns the bodies since the last time, as a JSON list of strings; all are forgotten then.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import deque
from collections.abc import Iterator
from typing import Any

KEPT = 400
"""Bodies that are held at most; older ones are dropped."""
MODELS = ("echo", "recall", "shout", "long", "tool")
_CUTS = (3, 1, 5, 2, 4)
"""Characters of one piece, in turn: names are cut at every place."""
_STORY = " *The lamp turns once more over the water.* "


def reply_to(model: str, messages: list[dict[str, Any]]) -> str:
    """What is answered; the same for a gateway's stand-ins as for the words that they stand for."""
    said = [_text(message) for message in messages if message.get("role") == "user"] or [""]
    if model == "recall":
        return f"You began with: {said[0]}"
    if model == "shout":
        return f"LISTEN! {said[-1].upper()}"
    if model == "long":
        return _STORY.join(f"{number}. {said[-1]}" for number in range(1, 9))
    return f"You said: {said[-1]}"


def pieces(text: str) -> Iterator[str]:
    """The text as it is streamed."""
    at = number = 0
    while at < len(text):
        size = _CUTS[number % len(_CUTS)]
        yield text[at : at + size]
        at, number = at + size, number + 1


def arguments_in(messages: list[dict[str, Any]]) -> str:
    """The arguments of the last tool call in the history, as the JSON source that stands there."""
    for message in reversed(messages):
        for call in message.get("tool_calls") or ():
            return str(call["function"]["arguments"])
    return "{}"


def _text(message: dict[str, Any]) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return content or ""


class Upstream:
    """The provider; ``gap`` are seconds between two pieces of a stream."""

    def __init__(self, gap: float) -> None:
        self.gap = gap
        self.seen: deque[str] = deque(maxlen=KEPT)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, any number of requests."""
        try:
            while head := await _head(reader):
                line, _, fields = head.partition("\r\n")
                method, path, _ = line.split(" ", 2)
                body = await _body(reader, fields.lower())
                await self._answer(method, path, body, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went away, or the server stops with the connection open
        finally:
            writer.close()

    async def _answer(self, method: str, path: str, body: bytes, writer: asyncio.StreamWriter) -> None:
        if method == "GET":
            answer: object = {"object": "list", "data": [{"id": name, "object": "model"} for name in MODELS]}
            if path == "/seen":
                answer = list(self.seen)
                self.seen.clear()
            writer.write(_whole(json.dumps(answer).encode()))
        else:
            self.seen.append(body.decode("utf-8", "replace"))
            asked = json.loads(body)
            if asked.get("stream"):
                await self._stream(asked, writer)
            else:
                writer.write(_whole(json.dumps(_completion(asked)).encode()))
        await writer.drain()

    async def _stream(self, asked: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for number, delta in enumerate(_deltas(asked)):
            if number > 1:
                await asyncio.sleep(self.gap)
            writer.write(_event(asked, delta, None))
            await writer.drain()
        writer.write(_event(asked, {}, "tool_calls" if asked["model"] == "tool" else "stop"))
        if (asked.get("stream_options") or {}).get("include_usage"):
            writer.write(_event(asked, None, None))
        writer.write(_chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n")


def _deltas(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": ""}
    if asked["model"] != "tool":
        yield from ({"content": piece} for piece in pieces(reply_to(asked["model"], asked["messages"])))
        return
    function: dict[str, str] = {"name": "send_recap", "arguments": ""}
    yield {"tool_calls": [{"index": 0, "id": "call_2", "type": "function", "function": function}]}
    for piece in pieces(arguments_in(asked["messages"])):
        yield {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}


def _event(asked: dict[str, Any], delta: dict[str, Any] | None, finish: str | None) -> bytes:
    row: dict[str, Any] = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1}
    row |= {"model": asked["model"], "choices": []}
    if delta is None:
        row["usage"] = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    else:
        row["choices"] = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return _chunk(b"data: " + json.dumps(row).encode() + b"\n\n")


def _completion(asked: dict[str, Any]) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply_to(asked["model"], asked["messages"])}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": asked["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def _whole(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return ""


async def _body(reader: asyncio.StreamReader, fields: str) -> bytes:
    if "transfer-encoding: chunked" in fields:
        parts = []
        while size := int((await reader.readline()).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)
    _, found, rest = fields.partition("content-length:")
    return await reader.readexactly(int(rest.partition("\r\n")[0])) if found else b""


async def run(gap: float) -> None:
    """Serve until the standard input ends; the port is the first line of the standard output."""
    server = await asyncio.start_server(Upstream(gap).serve, "127.0.0.1", 0, limit=1 << 20)
    async with server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gap-ms", type=float, default=10.0, help="between two pieces (default 10)")
    asyncio.run(run(parser.parse_args().gap_ms / 1000))
