"""Replies that come whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.gateway.wire.streams import LINE, TABLE

from discretion.gateway.wire import Endpoint, NotUnderstood, read_reply

CHAT, COMPLETIONS, MESSAGES, RESPONSES = (
    Endpoint.CHAT,
    Endpoint.COMPLETIONS,
    Endpoint.MESSAGES,
    Endpoint.RESPONSES,
)


def chat(**message: Any) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}


REPLIES: list[tuple[str, Endpoint, dict[str, Any], dict[str, Any]]] = [
    ("text", CHAT, chat(content="Hi Mara"), chat(content="Hi Jess")),
    (
        "arguments are JSON in a string",
        CHAT,
        chat(
            content=None,
            tool_calls=[{"id": "call_a1", "function": {"name": "f", "arguments": '{"a":"Mara"}'}}],
        ),
        chat(
            content=None,
            tool_calls=[{"id": "call_a1", "function": {"name": "f", "arguments": '{"a":"Jess"}'}}],
        ),
    ),
    (
        "a refusal, reasoning",
        CHAT,
        chat(refusal="No, Mara", reasoning="Mara?"),
        chat(refusal="No, Jess", reasoning="Jess?"),
    ),
    ("a model that is called so", CHAT, {"model": "Mara"}, {"model": "Mara"}),
    (
        "text completion",
        COMPLETIONS,
        {"choices": [{"text": " Mara", "index": 0}]},
        {"choices": [{"text": " Jess", "index": 0}]},
    ),
    (
        "what a tool is called with, parsed; names of members too",
        MESSAGES,
        {"content": [{"type": "tool_use", "id": "toolu_1", "name": "go", "input": {"Mara": ["Millbrook"]}}]},
        {"content": [{"type": "tool_use", "id": "toolu_1", "name": "go", "input": {"Jess": ["Tulsa"]}}]},
    ),
    (
        "a response",
        RESPONSES,
        {
            "output": [{"type": "function_call", "name": "go", "arguments": '{"to":"Millbrook"}'}],
            "instructions": "Mara",
        },
        {
            "output": [{"type": "function_call", "name": "go", "arguments": '{"to":"Tulsa"}'}],
            "instructions": "Jess",
        },
    ),
    (
        "an error of the platform",
        CHAT,
        {"error": {"message": "Mara is too long"}},
        {"error": {"message": "Jess is too long"}},
    ),
    (
        "models",
        Endpoint.MODELS,
        {"data": [{"id": "gpt-4o-mini", "object": "model"}]},
        {"data": [{"id": "gpt-4o-mini", "object": "model"}]},
    ),
]


@pytest.mark.parametrize(("reason", "endpoint", "body", "expected"), REPLIES)
def test_every_string_is_restored(
    reason: str, endpoint: Endpoint, body: dict[str, Any], expected: dict[str, Any]
) -> None:
    reply = read_reply(endpoint, json.dumps(body).encode(), TABLE)
    assert json.loads(reply.body) == expected, reason
    assert (reply.counts.restored > 0) == (body != expected)
    assert "Jess" not in repr(reply)


TEXTS: list[tuple[Endpoint, dict[str, Any], list[Any]]] = [
    (CHAT, chat(content="Hi"), ["choices", 0, "message", "content"]),
    (CHAT, chat(content=[{"type": "text", "text": "Hi"}]), ["choices", 0, "message", "content", 0, "text"]),
    (COMPLETIONS, {"choices": [{"text": "Hi"}]}, ["choices", 0, "text"]),
    (
        MESSAGES,
        {
            "content": [
                {"type": "thinking", "thinking": "x"},
                {"type": "text", "text": "Hi"},
                {"type": "text", "text": "y"},
            ]
        },
        ["content", 1, "text"],
    ),
    (
        RESPONSES,
        {
            "output": [
                {"type": "reasoning"},
                {"type": "message", "content": [{"type": "output_text", "text": "Hi"}]},
            ]
        },
        ["output", 1, "content", 0, "text"],
    ),
]


@pytest.mark.parametrize(("endpoint", "body", "path"), TEXTS)
def test_the_line_before_stands_before_the_first_text(
    endpoint: Endpoint, body: dict[str, Any], path: list[Any]
) -> None:
    reply = read_reply(endpoint, json.dumps(body).encode(), TABLE, before=LINE)
    found: Any = json.loads(reply.body)
    for step in path:
        found = found[step]
    assert found == f"{LINE}\n\nHi"
    assert reply.body.count(LINE.encode()) == 1


@pytest.mark.parametrize(
    "body", [b'{"error":{"message":"no"}}', b'{"choices":[]}', b'{"choices":[{"message":{"content":""}}]}']
)
def test_where_there_is_no_text_nothing_is_put_before_it(body: bytes) -> None:
    assert read_reply(CHAT, body, TABLE, before=LINE).body == body


def test_a_reply_without_a_stand_in_passes_as_it_came() -> None:
    body = b'{ "x": 1.0e5, "choices": [ {"message": {"content": "\\u0041 \\ud83d"}} ] }\n'
    assert read_reply(CHAT, body, TABLE).body == body


def test_numbers_and_halves_of_characters_survive() -> None:
    body = b'{"logprob":-0.317253050,"content":"Mara \\ud83d"}'
    assert read_reply(CHAT, body, TABLE).body == b'{"logprob":-0.317253050,"content":"Jess \\ud83d"}'


USAGES = [
    (b'{"usage":{"prompt_tokens":12,"completion_tokens":5}}', 12, 5, "OpenAI"),
    (
        b'{"usage":{"input_tokens":3,"cache_read_input_tokens":9,"output_tokens":5}}',
        12,
        5,
        "Anthropic, with its cache",
    ),
    (b'{"usage":{"prompt_tokens":"12","completion_tokens":-5}}', 0, 0, "no numbers"),
    (b'{"usage":null}', 0, 0, "none"),
    (b"[]", 0, 0, "no object"),
]


@pytest.mark.parametrize(("body", "tokens_in", "tokens_out", "reason"), USAGES)
def test_tokens_are_read_from_the_usage(body: bytes, tokens_in: int, tokens_out: int, reason: str) -> None:
    reply = read_reply(CHAT, body, TABLE)
    assert (reply.tokens_in, reply.tokens_out) == (tokens_in, tokens_out), reason


@pytest.mark.parametrize(
    "body", [b"", b"Mara", b"<html>Mara</html>", b"\xff\xfe", b"[" * 100_000, b'{"a":1,"a":2}']
)
def test_what_is_no_json_is_not_understood(body: bytes) -> None:
    with pytest.raises(NotUnderstood, match="no JSON"):
        read_reply(CHAT, body, TABLE)
