"""Whether a program reads the reply: then no line of Discretion's own has a place in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.gateway.wire.test_requests import CHAT, MESSAGES, RESPONSES, chat, claude, user

from discretion.gateway.wire import Endpoint, read_request

FORMS = [
    (CHAT, chat(user()), False, "prose"),
    (CHAT, chat(user(), response_format={"type": "text"}), False, "prose, said so"),
    (CHAT, chat(user(), response_format=None), False, "null"),
    (CHAT, chat(user(), response_format={"type": "json_object"}), True, "JSON"),
    (
        CHAT,
        chat(user(), response_format={"type": "json_schema", "json_schema": {"name": "n"}}),
        True,
        "a schema",
    ),
    (CHAT, chat(user(), grammar='root ::= "a"'), True, "llama.cpp"),
    (CHAT, chat(user(), guided_json={"type": "object"}), True, "vLLM"),
    (CHAT, chat(user(), guided_json=None, grammar=""), False, "left empty, as front ends send it"),
    (CHAT, chat(user(), tools=[{"type": "function", "function": {"name": "n"}}]), False, "tools say no form"),
    (
        MESSAGES,
        claude(user(), output_config={"format": {"type": "json_schema", "schema": {}}}),
        True,
        "Anthropic",
    ),
    (MESSAGES, claude(user(), output_config={"effort": "low"}), False, "another setting"),
    (RESPONSES, {"input": "hi", "text": {"format": {"type": "json_object"}}}, True, "as responses say it"),
    (RESPONSES, {"input": "hi", "text": {"format": {"type": "text"}}}, False, "prose, said so"),
    (RESPONSES, {"input": "hi", "text": "json"}, False, "no object"),
]


@pytest.mark.parametrize(("endpoint", "body", "wants_json", "reason"), FORMS)
def test_a_request_says_whether_a_program_reads_its_reply(
    endpoint: Endpoint, body: dict[str, Any], wants_json: bool, reason: str
) -> None:
    assert read_request(endpoint, json.dumps(body).encode()).wants_json is wants_json, reason
