"""A client of a chat API, as thin as can be: one request on one connection, timed to its first text."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

TIMEOUT = 300.0


@dataclass(frozen=True, slots=True)
class Where:
    """The address of an API on loopback, and the token that it wants."""

    port: int
    token: str = field(default="none", repr=False)


@dataclass(slots=True)
class Exchange:
    """What came back: times in milliseconds from the request's first byte."""

    status: int = 0
    first_ms: float | None = None
    total_ms: float = 0.0
    text: str = ""
    arguments: str = ""
    events: int = 0
    is_whole: bool = False
    """Whether the stream said that it was done, or the body was a whole one."""
    error: str = ""


async def ask(where: Where, body: dict[str, Any], path: str = "/v1/chat/completions") -> Exchange:
    """One request; a refusal is an exchange too. Raises ``TimeoutError`` after five minutes."""
    async with asyncio.timeout(TIMEOUT):
        reader, writer = await asyncio.open_connection("127.0.0.1", where.port, limit=1 << 22)
        try:
            return await _exchange(reader, writer, where, body, path)
        finally:
            writer.close()


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, where: Where, body: dict[str, Any], path: str
) -> Exchange:
    sent = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{where.port}\r\nAuthorization: Bearer {where.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\nConnection: close\r\n\r\n"
    )
    took = Exchange()
    began = time.perf_counter()
    writer.write(head.encode() + sent)
    line, _, fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").partition("\r\n")
    took.status = int(line.split(" ")[1])
    if "text/event-stream" in fields.lower():
        pending = b""
        async for data in _chunks(reader, fields.lower()):
            *events, pending = (pending + data).replace(b"\r\n", b"\n").split(b"\n\n")
            for event in events:
                _take(took, event, began)
    else:
        whole = b"".join([data async for data in _chunks(reader, fields.lower())])
        _read(took, whole)
    took.total_ms = 1000 * (time.perf_counter() - began)
    return took


def _take(took: Exchange, event: bytes, began: float) -> None:
    for line in event.split(b"\n"):
        if not line.startswith(b"data:"):
            continue
        data = line[5:].strip()
        if data == b"[DONE]":
            took.is_whole = True
            continue
        took.events += 1
        row = json.loads(data)
        if "error" in row:
            took.error = str(row["error"])
        for choice in row.get("choices", ()):
            delta = choice.get("delta") or {}
            text = delta.get("content") or ""
            calls = delta.get("tool_calls") or ()
            asked = "".join((call.get("function") or {}).get("arguments") or "" for call in calls)
            if (text or asked) and took.first_ms is None:
                took.first_ms = 1000 * (time.perf_counter() - began)
            took.text += text
            took.arguments += asked


def _read(took: Exchange, whole: bytes) -> None:
    row = json.loads(whole) if whole else {}
    took.is_whole = took.status == 200
    if took.status != 200:
        error = row.get("error", row)
        took.error = str(error.get("message", error) if isinstance(error, dict) else error)
        return
    message = row["choices"][0]["message"]
    took.text = message.get("content") or ""
    took.arguments = "".join(call["function"]["arguments"] for call in message.get("tool_calls") or ())


async def _chunks(reader: asyncio.StreamReader, fields: str) -> Any:
    if "transfer-encoding: chunked" in fields:
        while size := int((await reader.readline()).split(b";")[0] or b"0", 16):
            yield await reader.readexactly(size)
            await reader.readline()
        return
    _, found, rest = fields.partition("content-length:")
    left = int(rest.partition("\r\n")[0]) if found else -1
    while left and (data := await reader.read(1 << 16 if left < 0 else left)):
        left -= len(data) if left > 0 else 0
        yield data


async def forget(upstream: Where) -> list[str]:
    """Empty the memory of the throwaway provider; returns the bodies that it held."""
    reader, writer = await asyncio.open_connection("127.0.0.1", upstream.port, limit=1 << 27)
    try:
        writer.write(b"GET /seen HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        held = b"".join([data async for data in _chunks(reader, fields)])
    finally:
        writer.close()
    return [str(body) for body in json.loads(held)]
