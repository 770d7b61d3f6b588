"""Requests as clients send them: what becomes a passage, by whom, and that nothing else leaves.

Bodies are by hand from the types of the openai 3.57 and anthropic 2.14 packages, read on 2026-11-25.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from discretion.gateway.wire import Endpoint, Voice, read_request

SIGNATURE = "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pk="
CHAT, MESSAGES, RESPONSES = Endpoint.CHAT, Endpoint.MESSAGES, Endpoint.RESPONSES


def chat(*messages: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"model": "m", "messages": list(messages), **rest}


def user(content: Any = "hi", **rest: Any) -> dict[str, Any]:
    return {"role": "user", "content": content, **rest}


def assistant(**rest: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": None, **rest}


def claude(*messages: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"model": "claude-sonnet-4-5", "max_tokens": 64, "messages": list(messages), **rest}


def call(arguments: str) -> dict[str, Any]:
    return {"id": "call_a1b2c3", "type": "function", "function": {"name": "note", "arguments": arguments}}


Row = tuple[str, str, str, int | None]  # text, voice, key, turn

READ: list[tuple[str, Endpoint, dict[str, Any], list[Row]]] = [
    ("a user's message", CHAT, chat(user("I am Jess")), [("I am Jess", "user", "content", 0)]),
    (
        "the name field that SillyTavern fills from the persona",
        CHAT,
        chat(user(name="Jess")),
        [("hi", "user", "content", 0), ("Jess", "user", "name", 0)],
    ),
    (
        "the name of a character is the assistant's",
        CHAT,
        chat(user(), {"role": "assistant", "name": "Mara", "content": "Yes"}),
        [("hi", "user", "content", 0), ("Mara", "assistant", "name", 1), ("Yes", "assistant", "content", 1)],
    ),
    (
        "prompts first, wherever they stand; developer is a prompt too",
        CHAT,
        chat(user(), {"role": "developer", "content": "note"}, {"role": "system", "content": "card"}),
        [("note", "system", "content", 1), ("card", "system", "content", 2), ("hi", "user", "content", 0)],
    ),
    (
        "parts of text",
        CHAT,
        chat(user([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}])),
        [("a", "user", "content", 0), ("b", "user", "content", 0)],
    ),
    (
        "a role that nobody knows counts as the user, and is reviewed itself",
        CHAT,
        chat({"role": "Jess", "content": "x"}),
        [("Jess", "other", "role", 0), ("x", "user", "content", 0)],
    ),
    (
        "arguments as the leaves of their JSON, names of members and numbers too; escapes hide nothing",
        CHAT,
        chat(user(), assistant(tool_calls=[call('{"who": "J\\u0065ss", "tel": 5550123}')])),
        [
            ("hi", "user", "content", 0),
            ("note", "tool", "name", 1),
            ("who", "tool", "arguments", 1),
            ("Jess", "tool", "arguments", 1),
            ("tel", "tool", "arguments", 1),
            ("5550123", "tool", "arguments", 1),
        ],
    ),
    (
        "the older call of a function",
        CHAT,
        chat(user(), assistant(function_call={"name": "note", "arguments": '["Jess"]'})),
        [("hi", "user", "content", 0), ("note", "tool", "name", 1), ("Jess", "tool", "arguments", 1)],
    ),
    (
        "what a tool answered is one passage",
        CHAT,
        chat(user(), {"role": "tool", "tool_call_id": "call_a1b2c3", "content": '{"who": "Jess"}'}),
        [("hi", "user", "content", 0), ('{"who": "Jess"}', "tool", "content", 1)],
    ),
    (
        "an answer whose escapes would hide a name is read as JSON",
        CHAT,
        chat(user(), {"role": "tool", "tool_call_id": "call_a1b2c3", "content": '["Jos\\u00e9"]'}),
        [("hi", "user", "content", 0), ("José", "tool", "content", 1)],
    ),
    (
        "the same in a part, and JSON in JSON",
        CHAT,
        chat(
            user(),
            {
                "role": "tool",
                "tool_call_id": "call_a1b2c3",
                "content": [{"type": "text", "text": '["Jos\\u00e9"]'}],
            },
            assistant(tool_calls=[call('{"q": "[\\"J\\\\u0065ss\\"]"}')]),
        ),
        [
            ("hi", "user", "content", 0),
            ("José", "tool", "content", 1),
            ("note", "tool", "name", 2),
            ("q", "tool", "arguments", 2),
            ("Jess", "tool", "arguments", 2),
        ],
    ),
    (
        "a number of a telephone, an address, where words of the API stand",
        CHAT,
        chat(user(), service_tier="918-555-0142", audio={"voice": "555.0142", "format": "wav"}),
        [
            ("hi", "user", "content", 0),
            ("918-555-0142", "other", "service_tier", None),
            ("555.0142", "other", "voice", None),
        ],
    ),
    (
        "reasoning and refusals that are echoed back",
        CHAT,
        chat(user(), assistant(reasoning_content="Jess said", refusal="No, Jess")),
        [
            ("hi", "user", "content", 0),
            ("Jess said", "assistant", "reasoning_content", 1),
            ("No, Jess", "assistant", "refusal", 1),
        ],
    ),
    (
        "ids that a client makes up, metadata, a prediction, stops (PrivAiTe 0.3.3, 0.7.1)",
        CHAT,
        chat(
            user(),
            user="jess77",
            safety_identifier="jess",
            prompt_cache_key="jess-1",
            metadata={"Jess": "Tulsa"},
            prediction={"type": "content", "content": "Dear Jess"},
            stop=["\nJess:"],
            web_search_options={"user_location": {"type": "approximate", "approximate": {"city": "Tulsa"}}},
        ),
        [
            ("hi", "user", "content", 0),
            ("jess77", "other", "user", None),
            ("jess", "other", "safety_identifier", None),
            ("jess-1", "other", "prompt_cache_key", None),
            ("Jess", "other", "metadata", None),
            ("Tulsa", "other", "metadata", None),
            ("Dear Jess", "assistant", "prediction", None),
            ("\nJess:", "other", "stop", None),
            ("Tulsa", "other", "city", None),
        ],
    ),
    (
        "tools: their schemas are walked, words of the schema language are not",
        CHAT,
        chat(
            user(),
            tools=[
                {
                    "type": "function",
                    "function": {
                        "name": "note",
                        "description": "about Jess",
                        "parameters": {
                            "type": "object",
                            "properties": {"who": {"type": "string", "enum": ["Jess"], "minLength": 1}},
                            "required": ["who"],
                        },
                    },
                }
            ],
            tool_choice={"type": "function", "function": {"name": "note"}},
        ),
        [
            ("hi", "user", "content", 0),
            ("note", "other", "name", None),
            ("about Jess", "other", "description", None),
            ("who", "other", "properties", None),
            ("Jess", "other", "enum", None),
            ("who", "other", "required", None),
            ("note", "other", "name", None),
        ],
    ),
    (
        "a key that nobody knows is reviewed, and what it holds; sampling is not",
        CHAT,
        chat(user(), min_p=0.05, top_a=1, seed=7, jess_key={"x": 5550123}, temperature=1),
        [
            ("hi", "user", "content", 0),
            ("jess_key", "other", "", None),
            ("x", "other", "", None),
            ("5550123", "other", "", None),
        ],
    ),
    (
        "a word where the API has an id, a number where it has a word",
        CHAT,
        chat(user(), {"role": "tool", "tool_call_id": "Jess Miller", "content": "ok"}, seed="Jess"),
        [
            ("hi", "user", "content", 0),
            ("Jess Miller", "other", "tool_call_id", 1),
            ("ok", "tool", "content", 1),
            ("Jess", "other", "seed", None),
        ],
    ),
    (
        "biases of tokens are no text; of anything else they are",
        CHAT,
        chat(user(), logit_bias={"50256": -100}),
        [("hi", "user", "content", 0)],
    ),
    (
        "biases of words",
        CHAT,
        chat(user(), logit_bias={"Jess": -100}),
        [
            ("hi", "user", "content", 0),
            ("Jess", "other", "logit_bias", None),
            ("-100", "other", "logit_bias", None),
        ],
    ),
    (
        "a system prompt in blocks, tools, and what they answered",
        MESSAGES,
        claude(
            user("hi"),
            {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "ask Jess", "signature": SIGNATURE},
                    {"type": "redacted_thinking", "data": SIGNATURE},
                    {"type": "text", "text": "Wait"},
                    {"type": "tool_use", "id": "toolu_01T1x1f", "name": "note", "input": {"who": "Jess"}},
                ],
            },
            user(
                [
                    {
                        "type": "tool_result",
                        "tool_use_id": "toolu_01T1x1f",
                        "content": [{"type": "text", "text": "r"}],
                    }
                ]
            ),
            system=[{"type": "text", "text": "card", "cache_control": {"type": "ephemeral", "ttl": "1h"}}],
            metadata={"user_id": "jess"},
        ),
        [
            ("card", "system", "system", None),
            ("hi", "user", "content", 0),
            ("ask Jess", "assistant", "thinking", 1),
            ("Wait", "assistant", "content", 1),
            ("note", "tool", "name", 1),
            ("who", "tool", "input", 1),
            ("Jess", "tool", "input", 1),
            ("r", "tool", "content", 2),
            ("jess", "other", "user_id", None),
        ],
    ),
    (
        "a system prompt as text",
        MESSAGES,
        claude(user(), system="card"),
        [("card", "system", "system", None), ("hi", "user", "content", 0)],
    ),
    ("input as text", RESPONSES, {"model": "m", "input": "I am Jess"}, [("I am Jess", "user", "input", 0)]),
    (
        "input as items; what the platform keeps is named by its id",
        RESPONSES,
        {
            "model": "m",
            "instructions": "card",
            "previous_response_id": "resp_67c9fdcecf48",
            "conversation": {"id": "conv_67c9fdcecf48"},
            "input": [
                {"role": "user", "content": [{"type": "input_text", "text": "hi"}]},
                {"type": "item_reference", "id": "msg_67c9fdcecf48"},
                {
                    "type": "reasoning",
                    "id": "rs_67c9fdcecf48",
                    "summary": [{"type": "summary_text", "text": "ask Jess"}],
                    "encrypted_content": SIGNATURE,
                },
                {
                    "type": "function_call",
                    "call_id": "call_a1b2c3",
                    "name": "note",
                    "arguments": '{"who":"Jess"}',
                },
                {"type": "function_call_output", "call_id": "call_a1b2c3", "output": "told Jess"},
                {
                    "type": "message",
                    "id": "msg_67c9fdcecf48",
                    "role": "assistant",
                    "status": "completed",
                    "content": [{"type": "output_text", "text": "Done", "annotations": []}],
                },
            ],
        },
        [
            ("card", "system", "instructions", None),
            ("hi", "user", "content", 0),
            ("ask Jess", "assistant", "thinking", 2),
            ("note", "tool", "name", 3),
            ("who", "tool", "arguments", 3),
            ("Jess", "tool", "arguments", 3),
            ("told Jess", "tool", "output", 4),
            ("Done", "assistant", "content", 5),
        ],
    ),
]


@pytest.mark.parametrize(("reason", "endpoint", "body", "rows"), READ)
def test_every_string_is_a_passage(
    reason: str, endpoint: Endpoint, body: dict[str, Any], rows: list[Row]
) -> None:
    request = read_request(endpoint, json.dumps(body).encode())
    assert [(one.text, one.voice.value, one.key, one.turn) for one in request.passages] == rows, reason


@pytest.mark.parametrize(("reason", "endpoint", "body", "rows"), READ)
def test_what_was_not_replaced_leaves_as_it_came(
    reason: str, endpoint: Endpoint, body: dict[str, Any], rows: list[Row]
) -> None:
    request = read_request(endpoint, json.dumps(body).encode())
    left = json.loads(request.rewritten([one.text for one in request.passages]))
    assert left == body, reason
    assert list(left) == list(body), "the order of keys"


@pytest.mark.parametrize(("reason", "endpoint", "body", "rows"), READ)
def test_nothing_leaves_but_what_was_reviewed(
    reason: str, endpoint: Endpoint, body: dict[str, Any], rows: list[Row]
) -> None:
    request = read_request(endpoint, json.dumps(body).encode())
    masked = (f"p{at}" for at in range(len(rows)))
    left = request.rewritten([next(masked) for _ in rows]).decode()
    for marker in ("Jess", "jess", "Tulsa", "5550123", "card"):
        assert marker not in left, reason


def test_a_request_says_its_model_and_whether_it_streams() -> None:
    request = read_request(CHAT, json.dumps(chat(user(), stream=True)).encode())
    assert (request.endpoint, request.model, request.is_stream) == (CHAT, "m", True)
    assert not read_request(CHAT, b'{"messages":[{"role":"user","content":""}]}').is_stream


def test_numbers_keep_their_spelling() -> None:
    body = (
        b'{"temperature":1.0,"messages":[{"role":"user","content":"x"}],"seed":123456789012345678901234567890,'
        b'"top_p":1e-1,"mine":-0.50E+10}'
    )
    request = read_request(CHAT, body)
    assert request.rewritten([one.text for one in request.passages]) == (
        b'{"temperature":1.0,"messages":[{"role":"user","content":"x"}],"seed":123456789012345678901234567890,'
        b'"top_p":1e-1,"mine":-0.50E+10}'
    )


NUMBERS = [
    ("5550123", "5550199", b":5550199}", "a number in place of a number"),
    ("5550123", "555-0199", b':"555-0199"}', "what is no number any more is a string"),
    ("5550123", "007", b':"007"}', "no number in JSON"),
    ("1.0", "1.0", b":1.0}", "not replaced"),
]


@pytest.mark.parametrize(("number", "leaves", "expected", "reason"), NUMBERS)
def test_a_replaced_number(number: str, leaves: str, expected: bytes, reason: str) -> None:
    request = read_request(
        CHAT, b'{"messages":[{"role":"user","content":""}],"tel":' + number.encode() + b"}"
    )
    assert [one.is_number for one in request.passages] == [False, True]
    assert request.rewritten(["tel", leaves]).endswith(expected), reason


def test_a_replaced_argument_is_json_again() -> None:
    body = chat(user(), assistant(tool_calls=[call('{"who": "Jess", "n": 1.50}')]))
    request = read_request(CHAT, json.dumps(body).encode())
    texts = ['Ma"ra' if one.text == "Jess" else one.text for one in request.passages]
    left = json.loads(request.rewritten(texts))
    assert left["messages"][1]["tool_calls"][0]["function"]["arguments"] == '{"who":"Ma\\"ra","n":1.50}'


BROKEN_ARGUMENTS = [
    ('{"who": "Jess', '{"who": "Jess', "cut off"),
    ("Jess", "Jess", "no JSON at all"),
    ('{"who":"J\\u0065ss', '{"who":"Jess', "escapes hide nothing, even in broken JSON"),
    ('{"a":1,"a":2}', '{"a":1,"a":2}', "a key twice: a model wrote it, so it is text"),
    ('{"a":NaN}', '{"a":NaN}', "no JSON"),
    ('"Jess"', '"Jess"', "JSON, but no object"),
    ('{"a":"\\u0022"', '{"a":"\\u0022"', "an escape that keeps a string together stays"),
]


@pytest.mark.parametrize(("arguments", "passage", "reason"), BROKEN_ARGUMENTS)
def test_arguments_that_are_no_json_are_one_passage(arguments: str, passage: str, reason: str) -> None:
    request = read_request(CHAT, json.dumps(chat(user(), assistant(tool_calls=[call(arguments)]))).encode())
    assert [one.text for one in request.passages if one.key == "arguments"] == [passage], reason
    assert request.passages[-1].voice is Voice.TOOL


def test_a_passage_hides_its_text() -> None:
    request = read_request(CHAT, json.dumps(chat(user("I am Jess", name="Jess"))).encode())
    assert "Jess" not in repr(request)
    assert "Jess" not in repr(request.passages)


def test_the_texts_are_as_many_as_the_passages() -> None:
    with pytest.raises(ValueError, match="1 passages, 2 texts"):
        read_request(CHAT, json.dumps(chat(user())).encode()).rewritten(["a", "b"])
