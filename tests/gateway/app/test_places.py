"""Every place of a request where a word or a number can hide: nothing that is known leaves from any.

Shapes by hand from the types of the openai 3.57 and anthropic 2.14 packages, read on 2026-11-25. Not planted:
ids and signatures that the platform issues, words of the API, and numbers that steer the model, which pass
unseen in their form (wire/data/keys.toml).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.gateway.app.running import Gateway, running_gateway
from tests.gateway.upstreams import ThrowawayUpstream, throwaway_upstream

SAID = "hi, my name is Jessica Kowalski, text me at 918-555-0142 or jess.kowalski91@mail.example"
V = "for Jessica Kowalski, 918-555-0142, jess.kowalski91@mail.example"
N = 9185550142
MARKERS = ("jessica", "kowalski", "918-555-0142", "9185550142", "jess.")
URL = "https://a.example/?q=Kowalski&t=918-555-0142"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": V,
    "description": V,
    "properties": {
        V: {"type": "string", "enum": [V], "const": V, "default": V, "pattern": V, "$comment": V},
        "n": {"type": "number", "default": N, "enum": [N], "examples": [N], "items": {"description": V}},
    },
    "required": [V],
    "$defs": {V: {"type": V, "anyOf": [{"description": V}]}},
    "additionalProperties": {"description": V},
    "dependentRequired": {V: [V]},
    "x-mine": V,
}
FUNCTION = {"name": "note", "description": V, "parameters": SCHEMA, "strict": True}
PLACE = {"type": "approximate", "approximate": {"city": V, "region": V, "country": V, "timezone": V}}
JSON_SCHEMA = {"name": "Kowalski", "description": V, "schema": SCHEMA}


def call(arguments: str) -> dict[str, Any]:
    function = {"name": "Kowalski", "arguments": arguments}
    said = {"id": "call_a1b2c3d4", "type": "function", "function": function}
    return {"role": "assistant", "content": None, "tool_calls": [said]}


def tool(content: Any) -> dict[str, Any]:
    return {"role": "tool", "tool_call_id": "call_a1b2c3d4", "content": content}


HIDDEN = '{"a":"Kow\\u0061lski"}'
CHAT: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    # where, messages between the first and the last, other members
    ("tools and their schemas", [], {"tools": [{"type": "function", "function": FUNCTION}]}),
    ("functions", [], {"functions": [FUNCTION], "function_call": {"name": "Kowalski"}}),
    ("the choice of a tool", [], {"tool_choice": {"type": "function", "function": {"name": "Kowalski"}}}),
    ("a form of the reply", [], {"response_format": {"type": "json_schema", "json_schema": JSON_SCHEMA}}),
    ("metadata, keys too", [], {"metadata": {V: V, "Kowalski": N}}),
    ("stops", [], {"stop": [V, "\nJessica Kowalski:"]}),
    ("biases", [], {"logit_bias": {V: 1, "Kowalski": N}}),
    (
        "who the user is",
        [],
        {"user": "jess.kowalski91@mail.example", "safety_identifier": "Jessica Kowalski"},
    ),
    ("a key of a cache", [], {"prompt_cache_key": V, "store": V}),
    ("where the user is", [], {"web_search_options": {"user_location": PLACE}}),
    ("a prediction", [], {"prediction": {"type": "content", "content": [{"type": "text", "text": V}]}}),
    ("unknown keys", [], {"zzz": {"a": [{"b": [[V, N]]}], V: V}, "yyy": N}),
    ("words for numbers", [], {"temperature": V, "n": V, "stream_options": {"include_usage": V}}),
    ("words of the API", [], {"service_tier": "918-555-0142", "modalities": ["text", "918-555-0142"]}),
    (
        "plugins and providers",
        [],
        {"plugins": [{"id": "web", "search_prompt": V}], "provider": {"only": [V]}},
    ),
    ("arguments", [call(json.dumps({V: V, "n": N, "deep": json.dumps({"x": V})})), tool("x")], {}),
    ("escaped arguments", [call(HIDDEN), tool("x")], {}),
    ("JSON in arguments", [call(json.dumps({"q": HIDDEN})), tool("x")], {}),
    ("broken arguments", [call(HIDDEN[:-1]), tool("x")], {}),
    ("an answer", [call("{}"), tool(HIDDEN)], {}),
    ("an answer in parts", [call("{}"), tool([{"type": "text", "text": HIDDEN}])], {}),
    ("a role", [{"role": "Kowalski", "content": V}], {}),
    ("names", [{"role": "user", "name": "Kowalski", "content": "x"}], {}),
    ("a name of the other side", [{"role": "assistant", "name": "Kowalski", "content": V}], {}),
    (
        "reasoning",
        [{"role": "assistant", "content": "x", "reasoning_details": [{"text": V, "type": "t"}]}],
        {},
    ),
    (
        "a citation",
        [{"role": "assistant", "content": "x", "annotations": [{"url_citation": {"title": V, "url": URL}}]}],
        {},
    ),
    ("other letters", [{"role": "user", "content": "Ｋｏｗａｌｓｋｉ Kow\u200balski K\u00adowalski"}], {}),
]
BLOCK = {"type": "text", "text": V}
MESSAGES: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    ("metadata", [], {"metadata": {"user_id": "jess.kowalski91@mail.example"}}),
    ("a container", [], {"container": {"id": "kowalski", "skills": [{"type": "custom", "version": V}]}}),
    (
        "a server of tools",
        [],
        {"mcp_servers": [{"type": "url", "url": URL, "name": V, "authorization_token": V}]},
    ),
    ("a system prompt", [], {"system": [{"type": "text", "text": f"The user is Jessica Kowalski. {V}"}]}),
    ("stops", [], {"stop_sequences": [V]}),
    (
        "tools",
        [],
        {"tools": [{"name": "kowalski", "input_schema": SCHEMA, "input_examples": [{V: V, "n": N}]}]},
    ),
    ("a search", [], {"tools": [{"type": "web_search_20250305", "name": "s", "user_location": {"city": V}}]}),
    ("what is edited", [], {"context_management": {"edits": [{"type": "x", "trigger": {"value": N}}]}}),
    ("a form of the reply", [], {"output_config": {"format": {"type": "json_schema", "schema": SCHEMA}}}),
    ("thinking", [{"role": "assistant", "content": [{"type": "thinking", "thinking": V}]}], {}),
    ("a cache", [{"role": "user", "content": [{**BLOCK, "cache_control": {"type": "x", V: V}}]}], {}),
    (
        "a search result",
        [
            {
                "role": "user",
                "content": [{"type": "search_result", "source": URL, "title": V, "content": [BLOCK]}],
            }
        ],
        {},
    ),
    ("a citation", [{"role": "assistant", "content": [{**BLOCK, "citations": [{"cited_text": V}]}]}], {}),
    (
        "a tool",
        [
            {"role": "assistant", "content": [{"type": "tool_use", "name": "n", "input": {V: V, "n": N}}]},
            {
                "role": "user",
                "content": [{"type": "tool_result", "content": [{"type": "text", "text": HIDDEN}]}],
            },
        ],
        {},
    ),
]
TEXT = {"type": "output_text", "text": V, "annotations": [{"type": "url_citation", "url": URL, "title": V}]}
RESPONSES: list[tuple[str, list[dict[str, Any]], dict[str, Any]]] = [
    ("a kept prompt", [], {"prompt": {"id": "kowalski", "version": "kowalski", "variables": {V: V, "n": N}}}),
    ("instructions", [], {"instructions": f"The user is Jessica Kowalski. {V}", "metadata": {V: V}}),
    ("ids that nobody issued", [], {"previous_response_id": "kowalski", "conversation": {"id": "kowalski"}}),
    ("a form of the reply", [], {"text": {"format": {"type": "json_schema", **JSON_SCHEMA}}}),
    (
        "a server of tools",
        [],
        {"tools": [{"type": "mcp", "server_url": URL, "headers": {V: V}, "authorization": V}]},
    ),
    ("a search in files", [], {"tools": [{"type": "file_search", "filters": {"key": V, "value": V}}]}),
    ("a grammar", [], {"tools": [{"type": "custom", "name": "k", "format": {"type": "x", "definition": V}}]}),
    ("what was said", [{"type": "message", "role": "assistant", "content": [TEXT]}], {}),
    ("reasoning", [{"type": "reasoning", "summary": [{"type": "summary_text", "text": V}]}], {}),
    ("arguments", [{"type": "function_call", "name": "kowalski", "arguments": json.dumps({V: V})}], {}),
    ("an answer", [{"type": "function_call_output", "output": [{"type": "input_text", "text": HIDDEN}]}], {}),
    (
        "a command",
        [{"type": "local_shell_call", "action": {"command": [V], "env": {V: V}, "user": "kowalski"}}],
        {},
    ),
    (
        "a server's tool",
        [{"type": "mcp_call", "name": "kowalski", "arguments": "{}", "output": V, "error": V}],
        {},
    ),
    ("code", [{"type": "code_interpreter_call", "code": V, "outputs": [{"type": "logs", "logs": V}]}], {}),
    ("a patch", [{"type": "apply_patch_call", "operation": {"path": "/home/kowalski/x", "diff": V}}], {}),
]
COMPLETIONS: list[tuple[str, dict[str, Any]]] = [
    (
        "turns and marks",
        {"prompt": f"User: {SAID}\nKowalski: {V}\nKowalski: x\n<|im_start|>Kowalski\n{V}<|im_end|>"},
    ),
    ("many prompts", {"prompt": [SAID, V]}),
    ("what comes after", {"prompt": SAID, "suffix": V, "stop": ["\nKowalski:"], "negative_prompt": V}),
    ("grammars", {"prompt": SAID, "grammar": V, "json_schema": SCHEMA, "guided_choice": [V]}),
    (
        "names",
        {"prompt": SAID, "char_name": "Kowalski", "user_name": "Jessica Kowalski", "banned_strings": [V]},
    ),
]


def requests() -> Iterator[tuple[str, str, dict[str, Any]]]:
    first, last = {"role": "user", "content": SAID}, {"role": "user", "content": "go on"}
    for where, between, more in CHAT:
        yield "/v1/chat/completions", where, {"messages": [first, *between, last], **more}
    for where, between, more in MESSAGES:
        yield "/v1/messages", where, {"max_tokens": 9, "messages": [first, *between, last], **more}
    for where, between, more in RESPONSES:
        yield "/v1/responses", where, {"input": [first, *between, last], **more}
    for where, body in COMPLETIONS:
        yield "/v1/completions", where, body


@pytest.fixture(scope="module")
def upstream() -> Iterator[ThrowawayUpstream]:
    with throwaway_upstream() as made:
        yield made


@pytest.fixture(scope="module")
def gateway(upstream: ThrowawayUpstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running_gateway(tmp_path_factory.mktemp("home"), upstream.url) as made:
        yield made


@pytest.mark.parametrize(("path", "where", "body"), list(requests()))
def test_nothing_hides_anywhere(
    gateway: Gateway, upstream: ThrowawayUpstream, path: str, where: str, body: dict[str, Any]
) -> None:
    upstream.seen.clear()
    back = gateway.client.post(path, json={"model": "echo", **body})
    assert back.status_code == 200, f"{where}: {back.text}"
    (seen,) = upstream.seen
    left = seen.raw.casefold().replace("\\u0061", "a")
    assert not [marker for marker in MARKERS if marker in left], where
    assert seen.document.keys() - {"model"} == body.keys(), where
