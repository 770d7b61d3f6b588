"""A whole reply as the stream that was asked for: some servers do not stream, and clients then show nothing.

The events are those that the ``openai`` 3.57 and ``anthropic`` 2.14 packages read; a text comes in one piece.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from discretion.gateway.wire import Endpoint

_DONE = b"data: [DONE]\n\n"


def as_stream(endpoint: Endpoint, body: bytes) -> bytes | None:
    """The events of a whole reply of ``endpoint``; ``None`` for what is none, an error for instance."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("error"):
        return None
    try:
        match endpoint:
            case Endpoint.CHAT:
                return _unnamed(_chat(said)) + _DONE
            case Endpoint.COMPLETIONS:
                return _unnamed(said) + _DONE if said["choices"] else None
            case Endpoint.MESSAGES:
                return b"".join(_named(event) for event in _messages(said))
            case Endpoint.RESPONSES:
                numbered = enumerate(_responses(said))
                return b"".join(_named({**event, "sequence_number": number}) for number, event in numbered)
    except (KeyError, TypeError, ValueError):
        pass
    return None


def _unnamed(document: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(document, ensure_ascii=False).encode() + b"\n\n"


def _named(event: dict[str, Any]) -> bytes:
    return f"event: {event['type']}\n".encode() + _unnamed(event)


def _chat(said: dict[str, Any]) -> dict[str, Any]:
    choices = []
    for choice in said["choices"]:
        message = dict(choice["message"])
        if calls := message.get("tool_calls"):
            message["tool_calls"] = [{**call, "index": at} for at, call in enumerate(calls)]
        choices.append({**{key: choice[key] for key in choice if key != "message"}, "delta": message})
    return {**said, "object": "chat.completion.chunk", "choices": choices}


def _messages(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {
        "type": "message_start",
        "message": {**said, "content": [], "stop_reason": None, "stop_sequence": None},
    }
    for at, block in enumerate(said["content"]):
        empty, deltas = _block(block)
        yield {"type": "content_block_start", "index": at, "content_block": empty}
        for delta in deltas:
            yield {"type": "content_block_delta", "index": at, "delta": delta}
        yield {"type": "content_block_stop", "index": at}
    stop = {key: said.get(key) for key in ("stop_reason", "stop_sequence")}
    yield {"type": "message_delta", "delta": stop, "usage": said["usage"]}
    yield {"type": "message_stop"}


def _block(block: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """How a block begins, and what then comes."""
    match block["type"]:
        case "text":
            return {**block, "text": ""}, [{"type": "text_delta", "text": block["text"]}]
        case "tool_use":
            arguments = json.dumps(block["input"], ensure_ascii=False)
            return {**block, "input": {}}, [{"type": "input_json_delta", "partial_json": arguments}]
        case "thinking":
            deltas = [
                {"type": "thinking_delta", "thinking": block["thinking"]},
                {"type": "signature_delta", "signature": block.get("signature", "")},
            ]
            return {**block, "thinking": "", "signature": ""}, deltas
    return block, []


def _responses(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    begun = {**said, "status": "in_progress", "output": []}
    yield {"type": "response.created", "response": begun}
    for at, item in enumerate(said["output"]):
        is_message = item["type"] == "message"
        first = {**item, "status": "in_progress", "content": []} if is_message else item
        yield {"type": "response.output_item.added", "output_index": at, "item": first}
        for place, part in enumerate(item["content"] if is_message else []):
            where = {"item_id": item["id"], "output_index": at, "content_index": place}
            yield from _part(where, part)
        yield {"type": "response.output_item.done", "output_index": at, "item": item}
    yield {"type": "response.completed", "response": said}


def _part(where: dict[str, Any], part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    is_text = part["type"] == "output_text"
    yield {"type": "response.content_part.added", **where, "part": {**part, "text": ""} if is_text else part}
    if is_text:
        more = {"logprobs": part.get("logprobs") or []}
        yield {"type": "response.output_text.delta", **where, "delta": part["text"], **more}
        yield {"type": "response.output_text.done", **where, "text": part["text"], **more}
    yield {"type": "response.content_part.done", **where, "part": part}
