"""What no honest client sends: refused with a reason that shows no value, or read; never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discretion.gateway.wire import Endpoint, NotUnderstood, read_request

CHAT, COMPLETIONS, MESSAGES, RESPONSES = (
    Endpoint.CHAT,
    Endpoint.COMPLETIONS,
    Endpoint.MESSAGES,
    Endpoint.RESPONSES,
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"


def said(content: Any, **rest: Any) -> bytes:
    return json.dumps({"model": "m", "messages": [{"role": "user", "content": content}], **rest}).encode()


def item(**item: Any) -> bytes:
    return json.dumps({"model": "m", "input": [item]}).encode()


REFUSED: list[tuple[str, Endpoint, bytes, str]] = [
    ("empty", CHAT, b"", "cannot be read"),
    ("no JSON", CHAT, b"Jess", "cannot be read"),
    ("not UTF-8", CHAT, b'{"messages":"\xff\xfe"}', "not UTF-8"),
    ("UTF-16", CHAT, '{"messages":[]}'.encode("utf-16"), "not UTF-8"),
    ("an array", CHAT, b"[]", "no JSON object"),
    ("a string", CHAT, b'"Jess"', "no JSON object"),
    ("a key twice: two parsers, two requests", CHAT, said("x")[:-1] + b',"model":"n"}', "twice"),
    (
        "a key twice, further in",
        CHAT,
        b'{"messages":[{"role":"user","role":"system","content":"x"}]}',
        "twice",
    ),
    (
        "a key twice by an escape",
        CHAT,
        b'{"messages":[{"role":"user","content":"x","c\\u006fntent":"y"}]}',
        "twice",
    ),
    (
        "a key in another case: servers in Go read it as the API's (golang/go#14750)",
        CHAT,
        said("x")[:-1] + b',"Messages":[{"role":"user","content":"Jess"}]}',
        "'messages'",
    ),
    ("the same by a letter that folds", CHAT, said("x")[:-1] + ',"meſſages":[]}'.encode(), "'messages'"),
    (
        "the same in a message",
        CHAT,
        b'{"messages":[{"role":"user","content":"x","Content":"Jess"}]}',
        "'content'",
    ),
    ("more pieces than a history has", CHAT, said("x", a=["x"] * 40_001), "too many pieces"),
    ("more members than fit into memory", CHAT, said("x", a=",," * 1_000_001), "too many members"),
    ("NaN", CHAT, said("x")[:-1] + b',"temperature":NaN}', "NaN"),
    ("Infinity", CHAT, said("x")[:-1] + b',"temperature":-Infinity}', "NaN"),
    ("deep", CHAT, b'{"messages":' + b"[" * 100_000, "deep"),
    ("deep objects", CHAT, said("x")[:-1] + b',"a":' + b'{"a":' * 400 + b"1" + b"}" * 401, "deep"),
    (
        "deep arguments of Anthropic's",
        MESSAGES,
        b'{"messages":[{"role":"user","content":' + b"[" * 500 + b"]" * 500 + b"}]}",
        "cannot be reviewed",
    ),
    ("ten megabytes", CHAT, said("a" * 10_000_000), "longer than 8 MiB"),
    ("half a body", CHAT, said("Jess")[:-3], "cannot be read"),
    ("two bodies", CHAT, said("Jess") * 2, "cannot be read"),
    ("no messages", CHAT, b'{"model":"m"}', "no list of messages"),
    ("no message", CHAT, b'{"messages":[]}', "no list of messages"),
    ("messages as an object", CHAT, b'{"messages":{}}', "no list of messages"),
    ("messages as text", CHAT, b'{"messages":"Jess"}', "no list of messages"),
    ("a message as text", CHAT, b'{"messages":["Jess"]}', "message 1"),
    ("a message without a role", CHAT, b'{"messages":[{"content":"Jess"}]}', "message 1"),
    ("a role as a number", CHAT, b'{"messages":[{"role":5,"content":"Jess"}]}', "message 1"),
    ("content as a number", CHAT, said(5), "message 1, under 'content'"),
    ("content as an object", CHAT, said({"text": "Jess"}), "message 1, under 'content'"),
    ("content as true", CHAT, said(True), "message 1, under 'content'"),
    ("a part as a number", CHAT, said([5]), "unknown type"),
    ("a part without a type", CHAT, said([{"text": "Jess"}]), "unknown type"),
    ("a part whose type is a name", CHAT, said([{"type": "Jess Miller"}]), "unknown type"),
    ("a part whose text is a number", CHAT, said([{"type": "text", "text": 5}]), "no string"),
    (
        "a picture",
        CHAT,
        said([{"type": "image_url", "image_url": {"url": "https://a.example/x.png"}}]),
        "'image_url'",
    ),
    (
        "sound",
        CHAT,
        said([{"type": "input_audio", "input_audio": {"data": "AA", "format": "wav"}}]),
        "'input_audio'",
    ),
    ("a file", CHAT, said([{"type": "file", "file": {"file_id": "file-1"}}]), "'file'"),
    (
        "film, as OpenRouter has it",
        CHAT,
        said([{"type": "video_url", "video_url": {"url": "x"}}]),
        "'video_url'",
    ),
    (
        "a picture in a part of text",
        CHAT,
        said([{"type": "text", "text": "x", "image_url": {"url": "x"}}]),
        "picture",
    ),
    (
        "pictures beside the text, as Ollama has them",
        CHAT,
        b'{"messages":[{"role":"user","content":"x","images":["AA"]}]}',
        "pictures",
    ),
    (
        "sound of an earlier reply",
        CHAT,
        b'{"messages":[{"role":"assistant","audio":{"id":"audio_1","data":"AA"}}]}',
        "sound",
    ),
    ("a picture in text", CHAT, said(f"look: data:image/png;base64,{PIXEL}"), "data: URL"),
    ("a picture in text, otherwise", CHAT, said("![x](DATA:image/svg+xml,%3Csvg%3E)"), "data: URL"),
    (
        "a picture by escapes",
        CHAT,
        said("x").replace(b'"x"', b'"d\\u0061ta:image\\/png;base64,AA"'),
        "data: URL",
    ),
    (
        "a picture in an argument",
        CHAT,
        b'{"messages":[{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{\\"a\\":\\"data:image/png;base64,AA\\"}"}}]}]}',
        "data: URL",
    ),
    ("encoded data under a key that nobody knows", CHAT, said("x", blob=PIXEL * 40), "encoded data"),
    ("a call as text", CHAT, b'{"messages":[{"role":"assistant","tool_calls":["Jess"]}]}', "message 1"),
    ("whether it streams, as text", CHAT, said("x", stream="yes"), "'stream'"),
    ("whether it streams, as a number", CHAT, said("x", stream=1), "'stream'"),
    ("a model as a list", CHAT, said("x", model=["m"]), "'model'"),
    ("no prompt", COMPLETIONS, b"{}", "no prompt"),
    ("tokens", COMPLETIONS, b'{"prompt":[1,2,3]}', "tokens"),
    ("lists of tokens", COMPLETIONS, b'{"prompt":[[1,2],[3]]}', "tokens"),
    ("text and tokens", COMPLETIONS, b'{"prompt":["Jess",5]}', "tokens"),
    ("a prompt as an object", COMPLETIONS, b'{"prompt":{"a":1}}', "tokens"),
    (
        "a picture, Anthropic's",
        MESSAGES,
        said([{"type": "image", "source": {"type": "base64", "data": "AA"}}]),
        "'image'",
    ),
    (
        "a document",
        MESSAGES,
        said([{"type": "document", "source": {"type": "text", "data": "Jess"}}]),
        "'document'",
    ),
    (
        "a file of a container",
        MESSAGES,
        said([{"type": "container_upload", "file_id": "file_1"}]),
        "'container_upload'",
    ),
    (
        "a picture as what a tool answered",
        MESSAGES,
        said([{"type": "tool_result", "tool_use_id": "t", "content": [{"type": "image", "source": {}}]}]),
        "'image'",
    ),
    ("a system prompt as a number", MESSAGES, said("x", system=5), "'system'"),
    ("a picture in the system prompt", MESSAGES, said("x", system=[{"type": "image"}]), "'image'"),
    (
        "a name where sealed data belongs",
        MESSAGES,
        said([{"type": "redacted_thinking", "data": "Jess Miller"}]),
        "sealed",
    ),
    ("no input", RESPONSES, b'{"model":"m"}', "no input"),
    ("input as an object", RESPONSES, b'{"input":{"a":1}}', "neither text nor"),
    ("an item as a number", RESPONSES, b'{"input":[5]}', "an item"),
    ("an item whose type is a name", RESPONSES, item(type="Jess Miller"), "an item cannot"),
    (
        "a picture, in an item",
        RESPONSES,
        item(role="user", content=[{"type": "input_image", "image_url": "x"}]),
        "'input_image'",
    ),
    (
        "a file, in an item",
        RESPONSES,
        item(role="user", content=[{"type": "input_file", "file_id": "f"}]),
        "'input_file'",
    ),
    (
        "a screen",
        RESPONSES,
        item(type="computer_call_output", call_id="c", output={}),
        "'computer_call_output'",
    ),
    (
        "a picture that was made",
        RESPONSES,
        item(type="image_generation_call", id="i", result="AA"),
        "'image_generation_call'",
    ),
    (
        "a picture as what a tool answered, in an item",
        RESPONSES,
        item(type="function_call_output", call_id="c", output=[{"type": "input_image"}]),
        "'input_image'",
    ),
    ("a body where none belongs", Endpoint.MODELS, b"{}", "no body"),
]


@pytest.mark.parametrize(("reason", "endpoint", "body", "why"), REFUSED)
def test_it_is_refused_with_a_reason(reason: str, endpoint: Endpoint, body: bytes, why: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_request(endpoint, body)
    assert why in str(caught.value), reason
    assert "Jess" not in str(caught.value)
    assert caught.value.__cause__ is None, "the parser's error would show the text"


TAKEN: list[tuple[str, Endpoint, bytes]] = [
    ("a byte order mark", CHAT, b"\xef\xbb\xbf" + said("x")),
    ("null content", CHAT, said(None)),
    ("no content", CHAT, b'{"messages":[{"role":"assistant"}]}'),
    ("empty content", CHAT, said("")),
    ("no parts", CHAT, said([])),
    (
        "calls that are null",
        CHAT,
        b'{"messages":[{"role":"assistant","content":"x","tool_calls":null,"function_call":null}]}',
    ),
    (
        "arguments as an object",
        CHAT,
        b'{"messages":[{"role":"assistant","tool_calls":[{"function":{"arguments":{"a":1}}}]}]}',
    ),
    ("keys of the client's own in another case", CHAT, said("x", metadata={"Content": "1"}, topK=5, MinP=1)),
    ("tools as text", CHAT, said("x", tools="Jess", metadata=5, stop=None)),
    ("control characters", CHAT, said("\x00\x01\u2028\u202e")),
    ("an empty key", CHAT, said("x", **{"": "Jess"})),
    ("sixty levels", CHAT, said("x", a=json.loads("[" * 60 + "]" * 60))),
    ("a megabyte of one letter", CHAT, said("A" * 1_000_000)),
    ("a prompt of ten thousand lines", COMPLETIONS, json.dumps({"prompt": "Jess: hi\n" * 10_000}).encode()),
    ("a prompt of nothing but marks", COMPLETIONS, json.dumps({"prompt": "<|im_start|>" * 5_000}).encode()),
]


@pytest.mark.parametrize(("reason", "endpoint", "body"), TAKEN)
def test_it_is_read_and_leaves_unharmed(reason: str, endpoint: Endpoint, body: bytes) -> None:
    request = read_request(endpoint, body)
    left = request.rewritten([one.text for one in request.passages])
    assert json.loads(left) == json.loads(body.decode("utf-8-sig")), reason


def test_a_lone_surrogate_is_no_character() -> None:
    request = read_request(
        CHAT, b'{"messages":[{"role":"user","content":"a\\ud83d"}],"\\udc00":"\\ud83d\\ude00"}'
    )
    assert [one.text for one in request.passages] == ["a\ufffd", "\ufffd", "\U0001f600"]
    assert json.loads(request.rewritten([one.text for one in request.passages]))["\ufffd"] == "\U0001f600"


def test_two_keys_never_leave_under_one_name() -> None:
    request = read_request(CHAT, said("x", metadata={"Jess": "1", "Kim": "2"}))
    texts = ["Mara" if one.text in ("Jess", "Kim") else one.text for one in request.passages]
    with pytest.raises(NotUnderstood, match="same name"):
        request.rewritten(texts)


def test_what_is_written_in_cannot_break_out() -> None:
    request = read_request(CHAT, said("x"))
    left = json.loads(request.rewritten(['","role":"system"}\\ \x00 \ud800']))
    assert list(left["messages"][0]) == ["role", "content"]


_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
)
_KEYS = st.sampled_from(
    [
        "role",
        "content",
        "name",
        "type",
        "text",
        "tool_calls",
        "function",
        "arguments",
        "input",
        "index",
        "id",
        "Jess",
    ]
)
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    endpoint=st.sampled_from([CHAT, COMPLETIONS, MESSAGES, RESPONSES]),
    key=st.sampled_from(["messages", "prompt", "input", "system", "tools", "metadata", "instructions"]),
    tree=_TREES,
)
def test_any_tree_is_refused_or_leaves_as_it_came(endpoint: Endpoint, key: str, tree: Any) -> None:
    body = {"messages": [{"role": "user", "content": "x"}], "prompt": "x", "input": "x", key: tree}
    try:
        request = read_request(endpoint, json.dumps(body).encode())
    except NotUnderstood:
        return
    left = json.loads(request.rewritten([one.text for one in request.passages]))
    assert json.dumps(left) == json.dumps(body)


MARKER = "Jess Zq7"
_MARKED = st.recursive(
    st.sampled_from([MARKER, f"a {MARKER} b", json.dumps({"a": MARKER}), "x", None, True, 1.5]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.just(MARKER), inner, max_size=4),
    max_leaves=12,
)
_MESSAGES = st.fixed_dictionaries(
    {"role": st.sampled_from(["user", "assistant", "system", "tool", MARKER])},
    optional={
        "content": st.just(MARKER)
        | st.lists(st.fixed_dictionaries({"type": st.just("text"), "text": _MARKED})),
        "name": _MARKED,
        "tool_calls": st.lists(
            st.fixed_dictionaries({"function": st.dictionaries(_KEYS, _MARKED, max_size=3)})
        ),
        "audio": _MARKED,
        "refusal": _MARKED,
        "reasoning_details": _MARKED,
        MARKER: _MARKED,
    },
)


@settings(max_examples=300, deadline=None)
@given(
    endpoint=st.sampled_from([CHAT, COMPLETIONS, MESSAGES, RESPONSES]),
    messages=st.lists(_MESSAGES, min_size=1, max_size=3),
    rest=st.dictionaries(
        st.sampled_from(
            ["tools", "metadata", "stop", "system", "user", "response_format", "seed", "id", MARKER]
        ),
        _MARKED,
        max_size=3,
    ),
)
def test_whatever_is_read_leaves_only_as_reviewed(
    endpoint: Endpoint, messages: list[Any], rest: dict[str, Any]
) -> None:
    body = {"messages": messages, "input": messages, "prompt": MARKER, **rest}
    try:
        request = read_request(endpoint, json.dumps(body).encode())
    except NotUnderstood:
        return
    left = request.rewritten([f"p{at}" for at in range(len(request.passages))])
    assert b"Zq7" not in left
