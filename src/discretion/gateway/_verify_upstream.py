"""The throwaway upstream of `gateway verify`: it keeps what it receives and says all of it back.

A real server on a free port of this machine. What it repeats, it repeats as a model would: through the API's
own shapes, whole or as a stream of small uneven pieces, tool calls included.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from discretion.gateway._verify_leaves import as_lines, leaves
from discretion.gateway._verify_plan import CALL, MODEL, TOOL
from discretion.gateway.wire import Endpoint, endpoint_of

_CUTS = (1, 2, 3, 5, 8, 13, 1, 4)
"""Characters of each piece of a stream, in turn: names are cut in every place."""
_ID = "chatcmpl-4x8k2m9q"


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it arrived: its path, header names and values, and every byte of its body."""

    path: str
    headers: tuple[tuple[bytes, bytes], ...] = field(repr=False)
    body: bytes = field(repr=False)


class Echo:
    """Keeps what was received, in order; ``application`` is the server."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.application = Starlette(routes=[Route("/{path:path}", self._take, methods=["GET", "POST"])])

    async def _take(self, request: Request) -> Response:
        body = await request.body()
        self.received.append(Received(request.url.path, tuple(request.headers.raw), body))
        endpoint = endpoint_of(request.method, request.url.path)
        if endpoint is None or endpoint is Endpoint.MODELS:
            return JSONResponse({"object": "list", "data": [{"id": MODEL, "object": "model"}]})
        told = json.loads(body)
        if not told.get("stream"):
            return Response(whole_reply(endpoint, told), media_type="application/json")
        return StreamingResponse(_pieces(endpoint, told), media_type="text/event-stream")


def whole_reply(endpoint: Endpoint, told: dict[str, Any]) -> bytes:
    """A reply in the shape of ``endpoint`` that repeats every leaf of the request ``told``."""
    return json.dumps(_WHOLE[endpoint](as_lines(leaves(told)), _arguments(told))).encode()


async def _pieces(endpoint: Endpoint, told: dict[str, Any]) -> AsyncIterator[bytes]:
    for event in _STREAMED[endpoint](as_lines(leaves(told)), _arguments(told)):
        name = f"event: {event['type']}\n" if "type" in event else ""
        yield f"{name}data: {json.dumps(event)}\n\n".encode()
    if endpoint in (Endpoint.CHAT, Endpoint.COMPLETIONS):
        yield b"data: [DONE]\n\n"


def _arguments(told: Any) -> str | None:
    """What the tool was called with in the request, as JSON text; ``None`` where none was."""
    if isinstance(told, list):
        return next((found for one in told if (found := _arguments(one)) is not None), None)
    if not isinstance(told, dict):
        return None
    if told.get("name") == TOOL and ("arguments" in told or "input" in told):
        said = told.get("arguments", told.get("input"))
        return said if isinstance(said, str) and _is_json(said) else json.dumps(said)
    return next((found for one in told.values() if (found := _arguments(one)) is not None), None)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _cut(text: str) -> Iterator[str]:
    at, sizes = 0, cycle(_CUTS)
    while at < len(text):
        size = next(sizes)
        yield text[at : at + size]
        at += size


def _chat_whole(text: str, arguments: str | None) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if arguments is not None:
        call = {"id": CALL, "type": "function", "function": {"name": TOOL, "arguments": arguments}}
        message["tool_calls"] = [call]
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 9, "completion_tokens": 7, "total_tokens": 16}
    return {
        "id": _ID,
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "choices": [choice],
        "usage": usage,
    }


def _chat_streamed(text: str, arguments: str | None) -> Iterator[dict[str, Any]]:
    def event(delta: dict[str, Any], ended: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": ended}
        return {
            "id": _ID,
            "object": "chat.completion.chunk",
            "created": 0,
            "model": MODEL,
            "choices": [choice],
        }

    yield event({"role": "assistant", "content": ""})
    for part in _cut(text):
        yield event({"content": part})
    if arguments is not None:
        function = {"name": TOOL, "arguments": ""}
        yield event({"tool_calls": [{"index": 0, "id": CALL, "type": "function", "function": function}]})
        for part in _cut(arguments):
            yield event({"tool_calls": [{"index": 0, "function": {"arguments": part}}]})
    yield event({}, "stop")


def _completions_whole(text: str, arguments: str | None) -> dict[str, Any]:
    return _completion(text, "stop")


def _completions_streamed(text: str, arguments: str | None) -> Iterator[dict[str, Any]]:
    for part in _cut(text):
        yield _completion(part, None)
    yield _completion("", "stop")


def _completion(text: str, ended: str | None) -> dict[str, Any]:
    choice = {"index": 0, "text": text, "finish_reason": ended, "logprobs": None}
    return {"id": _ID, "object": "text_completion", "created": 0, "model": MODEL, "choices": [choice]}


def _messages_whole(text: str, arguments: str | None) -> dict[str, Any]:
    content: list[dict[str, Any]] = [{"type": "text", "text": text}]
    if arguments is not None:
        content.append({"type": "tool_use", "id": CALL, "name": TOOL, "input": json.loads(arguments)})
    return {**_MESSAGE, "content": content, "stop_reason": "end_turn"}


def _messages_streamed(text: str, arguments: str | None) -> Iterator[dict[str, Any]]:
    yield {"type": "message_start", "message": {**_MESSAGE, "content": [], "stop_reason": None}}
    yield {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
    for part in _cut(text):
        yield {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": part}}
    yield {"type": "content_block_stop", "index": 0}
    if arguments is not None:
        block = {"type": "tool_use", "id": CALL, "name": TOOL, "input": {}}
        yield {"type": "content_block_start", "index": 1, "content_block": block}
        for part in _cut(arguments):
            delta = {"type": "input_json_delta", "partial_json": part}
            yield {"type": "content_block_delta", "index": 1, "delta": delta}
        yield {"type": "content_block_stop", "index": 1}
    yield {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 7}}
    yield {"type": "message_stop"}


def _items(text: str, arguments: str | None) -> list[dict[str, Any]]:
    said = {"type": "output_text", "text": text, "annotations": []}
    items: list[dict[str, Any]] = [
        {
            "id": "msg_4x8k2m9q",
            "type": "message",
            "role": "assistant",
            "status": "completed",
            "content": [said],
        }
    ]
    if arguments is not None:
        call = {"type": "function_call", "id": "fc_4x8k2m9q", "call_id": CALL, "status": "completed"}
        items.append({**call, "name": TOOL, "arguments": arguments})
    return items


def _responses_whole(text: str, arguments: str | None) -> dict[str, Any]:
    return {**_RESPONSE, "status": "completed", "output": _items(text, arguments)}


def _responses_streamed(text: str, arguments: str | None) -> Iterator[dict[str, Any]]:
    items = _items(text, arguments)
    at = {"output_index": 0, "content_index": 0, "item_id": items[0]["id"]}
    yield {"type": "response.created", "response": {**_RESPONSE, "status": "in_progress", "output": []}}
    begun = {**items[0], "status": "in_progress", "content": []}
    yield {"type": "response.output_item.added", "output_index": 0, "item": begun}
    part = {"type": "output_text", "text": "", "annotations": []}
    yield {"type": "response.content_part.added", **at, "part": part}
    for piece in _cut(text):
        yield {"type": "response.output_text.delta", **at, "delta": piece}
    yield {"type": "response.output_text.done", **at, "text": text}
    yield {"type": "response.content_part.done", **at, "part": items[0]["content"][0]}
    yield {"type": "response.output_item.done", "output_index": 0, "item": items[0]}
    for item in items[1:]:
        here = {"output_index": 1, "item_id": item["id"]}
        begun = {**item, "status": "in_progress", "arguments": ""}
        yield {"type": "response.output_item.added", "output_index": 1, "item": begun}
        for piece in _cut(str(item["arguments"])):
            yield {"type": "response.function_call_arguments.delta", **here, "delta": piece}
        yield {"type": "response.function_call_arguments.done", **here, "arguments": item["arguments"]}
        yield {"type": "response.output_item.done", "output_index": 1, "item": item}
    yield {"type": "response.completed", "response": _responses_whole(text, arguments)}


_MESSAGE = {
    "id": "msg_4x8k2m9q",
    "type": "message",
    "role": "assistant",
    "model": MODEL,
    "stop_sequence": None,
    "usage": {"input_tokens": 9, "output_tokens": 7},
}
_RESPONSE = {"id": "resp_4x8k2m9q", "object": "response", "created_at": 0, "model": MODEL}
_WHOLE = {
    Endpoint.CHAT: _chat_whole,
    Endpoint.COMPLETIONS: _completions_whole,
    Endpoint.MESSAGES: _messages_whole,
    Endpoint.RESPONSES: _responses_whole,
}
_STREAMED = {
    Endpoint.CHAT: _chat_streamed,
    Endpoint.COMPLETIONS: _completions_streamed,
    Endpoint.MESSAGES: _messages_streamed,
    Endpoint.RESPONSES: _responses_streamed,
}
