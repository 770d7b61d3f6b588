"""Replies in the shapes of the four APIs, whole and as streams, as a throwaway upstream gives them."""

from __future__ import annotations

import json
from typing import Any


def last_words(document: dict[str, Any]) -> str:
    """The last message of a request of any of the APIs."""
    if "messages" in document:
        said = document["messages"][-1]["content"]
    else:
        said = document.get("input", document.get("prompt", ""))
    if isinstance(said, list):
        said = said[-1]
        said = said if isinstance(said, str) else said.get("text") or said.get("content") or ""
    return str(said)


def whole(path: str, text: str) -> dict[str, Any]:
    """A reply in the shape of the API at ``path``."""
    usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    if path.endswith("/messages"):
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "echo",
            "content": [{"type": "text", "text": text}],
            "stop_reason": "end_turn",
            "stop_sequence": None,
            "usage": {"input_tokens": 11, "output_tokens": 7},
        }
    if path.endswith("/chat/completions"):
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "echo"}
        return {**head, "choices": [choice], "usage": usage}
    if path.endswith("/responses"):
        return response("completed", [_item("completed", text)])
    choice = {"index": 0, "text": text, "finish_reason": "stop", "logprobs": None}
    head = {"id": "cmpl-1", "object": "text_completion", "created": 1, "model": "echo"}
    return {**head, "choices": [choice], "usage": usage}


def _item(status: str, text: str) -> dict[str, Any]:
    content = [{"type": "output_text", "text": text, "annotations": [], "logprobs": []}] if text else []
    return {"id": "it_1", "type": "message", "role": "assistant", "status": status, "content": content}


def response(status: str, output: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1,
        "model": "echo",
        "status": status,
        "output": output,
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 11,
            "output_tokens": 7,
            "total_tokens": 18,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens_details": {"reasoning_tokens": 0},
        },
    }


def events(path: str, text: str, size: int = 4) -> list[bytes]:
    """The same as a stream: its events, the text in pieces of ``size`` characters."""
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    if path.endswith("/messages"):
        return _anthropic_events(pieces)
    if path.endswith("/responses"):
        return _response_events(pieces, text)
    if path.endswith("/chat/completions"):
        head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "echo"}
        deltas: list[dict[str, Any]] = [{"delta": {"role": "assistant", "content": ""}}]
        deltas += [{"delta": {"content": piece}} for piece in pieces]
        deltas.append({"delta": {}, "finish_reason": "stop"})
    else:
        head = {"id": "cmpl-1", "object": "text_completion", "created": 1, "model": "echo"}
        deltas = [{"text": piece} for piece in pieces] + [{"text": "", "finish_reason": "stop"}]
    made = [{**head, "choices": [{"index": 0, "finish_reason": None, **one}]} for one in deltas]
    usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    made.append({**head, "choices": [], "usage": usage})
    return [*(b"data: " + json.dumps(one).encode() + b"\n\n" for one in made), b"data: [DONE]\n\n"]


def named(name: str, **values: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name, **values}, ensure_ascii=False)}\n\n".encode()


def _anthropic_events(pieces: list[str]) -> list[bytes]:
    start = {**whole("/messages", ""), "content": [], "stop_reason": None}
    block = {"type": "text", "text": ""}
    return [
        named("message_start", message=start),
        named("content_block_start", index=0, content_block=block),
        *(
            named("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
            for piece in pieces
        ),
        named("content_block_stop", index=0),
        named(
            "message_delta",
            delta={"stop_reason": "end_turn", "stop_sequence": None},
            usage={"output_tokens": 7},
        ),
        named("message_stop"),
    ]


def _response_events(pieces: list[str], text: str) -> list[bytes]:
    at = {"item_id": "it_1", "output_index": 0, "content_index": 0}
    part = {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
    told: list[tuple[str, dict[str, Any]]] = [
        ("response.created", {"response": response("in_progress", [])}),
        ("response.output_item.added", {"output_index": 0, "item": _item("in_progress", "")}),
        ("response.content_part.added", {**at, "part": part}),
        *(("response.output_text.delta", {**at, "delta": piece, "logprobs": []}) for piece in pieces),
        ("response.output_text.done", {**at, "text": text, "logprobs": []}),
        ("response.content_part.done", {**at, "part": {**part, "text": text}}),
        ("response.output_item.done", {"output_index": 0, "item": _item("completed", text)}),
        ("response.completed", {"response": response("completed", [_item("completed", text)])}),
    ]
    return [named(name, sequence_number=at, **values) for at, (name, values) in enumerate(told)]
